"""What can go wrong, as a tree:

    RashomonError            anything Rashomon refuses, with what to do about it
    ├── InputError           nothing could be read from what was given
    ├── CaseError            the case folder cannot be used (unwritable, newer, damaged, locked)
    ├── QueryError           a table, column or row that does not exist
    │   └── TooLongError     a question whose answer took longer than it may
    └── SetupError           a needed part is not installed (the language model)

One bad document is not an error: it becomes a `Skip` row and the rest is read.
"""

from __future__ import annotations


class RashomonError(Exception):
    """Base of all errors that Rashomon raises on purpose."""


class InputError(RashomonError):
    """Nothing could be read from what was given."""


class CaseError(RashomonError):
    """The case folder cannot be used."""


class QueryError(RashomonError):
    """A table, column or row that does not exist."""


class TooLongError(QueryError):
    """A question whose answer took longer than it may."""


class SetupError(RashomonError):
    """A needed part is not installed."""
