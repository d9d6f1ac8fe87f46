"""Sound on its way to the sound card: the player, its decoding threads, and the devices."""
