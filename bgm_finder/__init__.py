"""Find background music by ear and by keyboard in a local library."""

__version__ = "0.1.0"
