"""Networks of others that hear the training music, and what their answers teach."""
