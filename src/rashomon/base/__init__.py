"""Floor 0: rows, spans, reasons, errors, word lists, the language library and the store."""
