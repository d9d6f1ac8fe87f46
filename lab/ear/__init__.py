"""The default network: its trunk, its last layer and its head for the instruments, one command each."""
