"""Rashomon reads many reports of one crisis and sets their accounts side by side.

    import rashomon

    case = rashomon.read(["reports/"], case="my-case")   # the main job
    case.disputes()                                      # rows that print well
    case.evidence("dis-0123456789abcdef")                # the words behind any row
    case.save("out", to="jsonl")                         # one file a table

Everything is rows that never change, and every row leads back to words in a report.
"""

from rashomon.base.errors import CaseError, InputError, QueryError, RashomonError, SetupError
from rashomon.base.settings import Settings
from rashomon.case import Case, demo, open_case, read

__all__ = [
    "Case",
    "CaseError",
    "InputError",
    "QueryError",
    "RashomonError",
    "Settings",
    "SetupError",
    "demo",
    "open_case",
    "read",
]
