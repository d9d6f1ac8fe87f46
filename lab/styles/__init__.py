"""Styles and controlled pairs: music composed so that what a vector follows, and what it ignores, can be measured."""
