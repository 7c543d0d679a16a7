"""Floor 4: echoes, events, accounts, origins and disputes over the whole case."""
