"""What keeps the catalogue whole: backups, the user's edits once more, rescue, and one owner at a time."""
