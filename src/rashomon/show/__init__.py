"""Floor 5: reads the store, never the stages."""
