"""What an editor's job is: a brief, and the file that it can be handed on in."""
