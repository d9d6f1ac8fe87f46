"""What a file sounds like: decoding, pictures, loudness and playing."""
