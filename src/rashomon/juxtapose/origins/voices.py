"""The same voice: accounts in which the same actor, outlet or described source speaks last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rashomon.base.outlets import is_press
from rashomon.juxtapose.origins.described import LOCAL, Canonical, description, local_body
from rashomon.juxtapose.origins.told import Content, Key, Tie, Told, label_key


def voice_ties(
    told: Mapping[str, Told], canonical: Canonical, contents: Mapping[str, Content]
) -> Iterator[Tie]:
    """Every account is tied to the first one in which the same voice speaks last; "the official"
    goes back to the words that brought that official in. A headline is the
    article's, not the outlet's.
    """
    first: dict[Key, Told] = {}
    bodies = _local_bodies(told)
    listed = [
        (_is_taken_up(account, canonical), account.rank, account) for account in told.values()
    ]
    for taken_up, _, account in sorted(listed, key=lambda each: each[:2]):
        key = bodies.get(label_key(account.chain[-1])) if len(account.chain) > 1 else None
        key = key or last_voice(account, canonical)
        if len(account.chain) == 1 and _is_title(account, contents):
            continue
        root = first.setdefault(key, account) if key else account
        if root is not account:
            said = f"the same voice: {root.chain[-1]}"
            known = taken_up and not _is_taken_up(root, canonical)
            yield Tie(account.id, root.id, said, said, known=known)


def _is_title(account: Told, contents: Mapping[str, Content]) -> bool:
    return account.id in contents and contents[account.id].title_only


def _local_bodies(told: Mapping[str, Told]) -> Mapping[str, Key]:
    """Of an event: the body that bare words for one mean ("police"), the one whose place
    others say; none where there are two."""
    placed: dict[str, set[Key]] = {noun: set() for noun in LOCAL}
    for account in told.values():
        words = local_body(account.chain[-1])
        for noun in LOCAL & set(words):
            placed[noun].add(("body", *words))
    return {noun: next(iter(keys)) for noun, keys in placed.items() if len(keys) == 1}


def _is_taken_up(account: Told, canonical: Canonical) -> bool:
    """Whether a described voice is named by words that go back to others."""
    return (account.article, label_key(account.chain[-1])) in canonical


def last_voice(account: Told, canonical: Canonical) -> Key:
    """What the innermost voice is known by; one without a name only together with its outlet, and
    a person without a name only within the article. An outlet that speaks is not one that is cited
    (`citing`)."""
    keys = account.keys(-1)
    if not keys:
        return _known_to(account)
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


def _known_to(account: Told) -> Key:
    """The named voice to which "it is known" that something happened."""
    if len(account.chain) < 3 or label_key(account.chain[-1]) not in ("unnamed", "unattributed"):
        return ()
    keys = account.keys(-2)
    return keys[0] if keys and keys[0][0] == "actor" else ()
