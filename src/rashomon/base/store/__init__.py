"""The store: the only part that imports duckdb or writes Parquet.

`CaseFolder` is a case on disk, `Store` the tables in its `case.duckdb`; both derive their columns
from the row classes.
"""

from rashomon.base.store.folder import FORMAT, CaseFolder, create, open_existing
from rashomon.base.store.locked import LockedStore
from rashomon.base.store.tables import Store

__all__ = ["FORMAT", "CaseFolder", "LockedStore", "Store", "create", "open_existing"]
