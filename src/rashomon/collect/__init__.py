"""Floor 1: from bytes to articles."""
