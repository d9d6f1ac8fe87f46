"""The machinery of recipes: a run that can be stopped, file by file work in worker processes, time limits."""
