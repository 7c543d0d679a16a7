"""The same voice: accounts in which the same actor, outlet or described source speaks last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rashomon.base.outlets import is_press
from rashomon.juxtapose.origins.described import Canonical, description, local_body
from rashomon.juxtapose.origins.told import Key, Tie, Told, label_key


def voice_ties(told: Mapping[str, Told], canonical: Canonical) -> Iterator[Tie]:
    """Every account is tied to the first one in which the same voice speaks last; "the official"
    goes back to the words that brought that official in."""
    first: dict[Key, Told] = {}
    listed = [
        (_is_taken_up(account, canonical), account.rank, account) for account in told.values()
    ]
    for taken_up, _, account in sorted(listed, key=lambda each: each[:2]):
        key = last_voice(account, canonical)
        root = first.setdefault(key, account) if key else account
        if root is not account:
            said = f"the same voice: {root.chain[-1]}"
            known = taken_up and not _is_taken_up(root, canonical)
            yield Tie(account.id, root.id, said, said, known=known)


def _is_taken_up(account: Told, canonical: Canonical) -> bool:
    """Whether a described voice is named by words that go back to others."""
    return (account.article, label_key(account.chain[-1])) in canonical


def last_voice(account: Told, canonical: Canonical) -> Key:
    """What the innermost voice is known by; one without a name only together with its outlet, and
    a person without a name only within the article. An outlet that speaks is not one that is cited
    (`citing`)."""
    keys = account.keys(-1)
    if not keys:
        return ()
    if len(account.chain) == 1:
        return ("own", *keys[0])
    if keys[0][0] == "actor":
        return keys[0]
    label = account.chain[-1]
    if is_press(label):
        return keys[0]
    if body := local_body(label):
        return ("body", *body)
    around = account.keys(-2)
    if not around:
        return ()
    if description(label) is None or len(account.chain) > 2:
        return (*around[0], *keys[0])
    plain = label_key(label)
    meant = canonical.get((account.article, plain), plain)
    return (*around[0], account.article, meant)
