"""All tracks in memory as columns: loaded, kept up to date, filtered, sorted and searched."""
