"""Floor 3: actors, places, times and judgements over the whole case."""
