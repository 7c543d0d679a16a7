"""What people decided: written down, found again in the tables, and applied after inference.

journal   the append-only file: record, load
verbs     what can be decided, about which tables, with which value
targets   from an id or a name to a row and its words, and back when ids have changed
applying  what a decision changes in the tables; decisions about actors are applied by `actors`
"""

from rashomon.identify.judgements.applying import READ, apply, restated, unknown
from rashomon.identify.judgements.journal import load, record
from rashomon.identify.judgements.targets import anchored
from rashomon.identify.judgements.verbs import VERBS, checked

__all__ = ["READ", "VERBS", "anchored", "apply", "checked", "load", "record", "restated", "unknown"]
