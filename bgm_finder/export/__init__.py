"""What leaves the library for an editing program: copies of the files, and timelines that refer to them."""
