"""How our own networks, the demo library and renders are made; run from the checkout, never part of the wheel."""
