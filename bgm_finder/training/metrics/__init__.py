"""How well vectors find likeness, and heads tell instruments and other labels, with intervals."""
