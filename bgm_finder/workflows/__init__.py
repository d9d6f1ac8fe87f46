"""One recipe per user story, as plain functions that run without a window."""
