"""Divide: from a document to its articles and the zones of its page."""

from rashomon.collect.articles.divide import Division, divide

__all__ = ["Division", "divide"]
