"""What you see: panels that emit requests and show facts."""
