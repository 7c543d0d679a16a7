"""Floor 2: one article at a time, pure functions."""
