"""An editor's whole jobs, done by keys alone in the real window; counted, and not part of the tests."""
