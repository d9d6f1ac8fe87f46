"""The ways through the window: each file connects panels with what is going on, for one of the user's aims."""
