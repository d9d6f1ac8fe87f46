"""What training learns from: real tracks, renders and speech, and the pictures of them that it keeps."""
