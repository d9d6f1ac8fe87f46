"""What we know of the tracks: the database, its columns, filters and tag lists."""
