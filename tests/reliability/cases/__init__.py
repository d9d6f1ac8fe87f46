"""Inputs as other people have them, from public bug reports: each module makes its files and states what is right.

A module here has

- `NAME`, a few words, and `SOURCE`, the public reports that it follows ("MPD #1200"),
- `NEEDS`, the programs that its makers call, () where there are none,
- `make(folder)`, which writes the inputs into an empty folder and returns a list of `Case`.

Modules whose names begin with _ are shared by the others. `python -m tests.reliability.cases` runs all of them.
"""
