"""Unions: groups do not depend on the order in which they were joined."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rashomon.base.unions import Unions

PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20)


def test_joined_members_have_one_root_and_it_is_the_first() -> None:
    unions = Unions("dcba")
    assert unions.join("a", "c")
    assert unions.join("c", "b")
    assert not unions.join("a", "b")
    assert [unions.root(member) for member in "abcd"] == ["c", "c", "c", "d"]
    assert unions.groups() == [["d"], ["c", "b", "a"]]


@given(PAIRS, st.randoms(use_true_random=False))
def test_the_order_of_joining_does_not_matter(pairs: list[tuple[int, int]], chance: object) -> None:
    shuffled = [pair[::-1] for pair in pairs]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    found = []
    for some in (pairs, shuffled):
        unions = Unions(range(10))
        for left, right in some:
            unions.join(left, right)
        found.append(unions.groups())
    assert found[0] == found[1]
    assert sorted(member for group in found[0] for member in group) == list(range(10))
