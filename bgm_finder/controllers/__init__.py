"""What is going on now: recipes run off the GUI thread, facts come back as signals."""
