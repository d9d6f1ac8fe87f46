"""Music of our own, composed by rule and rendered with free sounds: for the networks, and for the demo library."""
