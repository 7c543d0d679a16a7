"""Groups by union-find; a group's root is its smallest member, so order does not matter."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Unions(Generic[T]):
    """Disjoint sets of ranked members; `members` stand in the order of their rank."""

    def __init__(self, members: Iterable[T] = ()) -> None:
        self._parent: dict[T, T] = {member: member for member in members}
        self._rank: dict[T, int] = {member: at for at, member in enumerate(self._parent)}

    def root(self, member: T) -> T:
        parent = self._parent
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    def join(self, left: T, right: T) -> bool:
        """Put two groups together; False if they are one already."""
        left, right = self.root(left), self.root(right)
        if left == right:
            return False
        if self._rank[right] < self._rank[left]:
            left, right = right, left
        self._parent[right] = left
        return True

    def groups(self) -> list[list[T]]:
        """All groups and their members, in the order of rank."""
        found: dict[T, list[T]] = {}
        for member in self._parent:
            found.setdefault(self.root(member), []).append(member)
        return list(found.values())
