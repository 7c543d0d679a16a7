"""Archives: what lies in a ZIP, TAR, WARC or compressed file, within limits. Nothing is unpacked
to where its name says: a member's name is only a name."""

from rashomon.collect.documents.archives.limits import Budget, LimitError
from rashomon.collect.documents.archives.members import CONTAINERS, members

__all__ = ["CONTAINERS", "Budget", "LimitError", "members"]
