"""How the networks are made; runs in its own process and needs the training extra."""
