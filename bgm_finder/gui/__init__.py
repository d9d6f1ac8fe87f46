"""What you see: panels that emit wishes and show facts."""
