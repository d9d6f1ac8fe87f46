"""How alike two sounds are: the network's input, the network, and ranking."""
