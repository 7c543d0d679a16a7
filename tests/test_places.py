"""Places: which city or country a name means, and which stay unknown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.base.rows import Actor, Article, Document, Given, Link, Mention, Place, row_id
from rashomon.base.store import Store
from rashomon.identify.places import City, choose, locate, spelling


def located(*named: tuple[str, str], before: str = "in ") -> dict[str, tuple[str, str | None, str]]:
    """The listed place of each mention of one article, given as (words, kind): name, country,
    because."""
    text, mentions = "", []
    for words, kind in named:
        start = len(text) + len(before)
        text += before + words + ". "
        mention = row_id(Mention, "doc", start, start + len(words), kind)
        mentions.append(
            Mention(mention, "doc", "art", "sen", start, start + len(words), kind, "name", words)  # type: ignore[arg-type]
        )
    document = Document("doc", "d", "", "", "", "", len(text), text, Given())
    article = Article("art", "doc", 0, len(text), None, None, None, "", None, "en")
    with Store() as store:
        store.fill([document, article, *mentions])
        rows = list(locate(store))
    places = {row.id: row for row in rows if isinstance(row, Place)}
    words_of = {mention.id: mention.text for mention in mentions}
    return {
        words_of[row.mention]: (places[row.target].name, places[row.target].country, row.because)
        for row in rows
        if isinstance(row, Link) and places[row.target].kind != "unlisted"
    }


@pytest.mark.parametrize(
    ("named", "words", "country"),
    [
        ([("Lyon", "place")], "Lyon", "FR"),
        ([("Tripoli", "place")], "Tripoli", "LY"),
        ([("Tripoli", "place"), ("Lebanon", "state")], "Tripoli", "LB"),
        ([("Tripoli", "place"), ("Lebanese", "state")], "Tripoli", "LB"),
        ([("Tripoli", "place"), ("Beirut", "place")], "Tripoli", "LB"),
        ([("Paris", "place"), ("US", "state")], "Paris", "FR"),
        ([("Birmingham", "place")], "Birmingham", "GB"),
        ([("Portugal", "state")], "Portugal", "PT"),
        ([("Portugal", "place")], "Portugal", "PT"),
        ([("Zürich’s", "place")], "Zürich’s", "CH"),
    ],
)
def test_what_a_name_means(named: list[tuple[str, str]], words: str, country: str) -> None:
    assert located(*named)[words][1] == country


@pytest.mark.parametrize(
    "named",
    [
        [("Tarvesk", "place")],
        [("Port Selim", "place"), ("France", "state")],
        [("Portuguese", "state")],
        [("Paris", "state")],
        [("Upington", "place")],
        [("Lyon", "person")],
        [("Virginia", "place"), ("South Africa", "state")],
    ],
)
def test_what_stays_unknown(named: list[tuple[str, str]]) -> None:
    """Invented names, adjectives, a capital that stands for its government, a name whose bearers
    are small and in countries that the article does not name, a state of the United States."""
    assert located(*named).get(named[0][0]) is None


def test_a_small_town_is_known_where_its_country_is_named() -> None:
    assert located(("Upington", "place"), ("South Africa", "state"))["Upington"][1] == "ZA"


def test_a_described_place_is_no_city_of_that_name() -> None:
    assert "Delta" in located(("Delta", "place"))
    assert located(("Delta", "place"), before="in the ") == {}


def test_the_reason_says_how_many_share_the_name() -> None:
    because = located(("Tripoli", "place"), ("Libya", "state"))["Tripoli"][2]
    assert because.startswith("largest of ")
    assert because.endswith("its country is named in the article")


def test_a_place_mention_that_is_a_person_has_no_place() -> None:
    mention = Mention("men-1", "doc", "art", "sen", 0, 4, "place", "name", "Lyon")
    with Store() as store:
        store.fill([
            Document("doc", "d", "", "", "", "", 9, "Lyon left", Given()),
            mention,
            Actor("act-1", "Ada Lyon", "person", ("Lyon",), ()),
            Link("lin-1", "men-1", "act-1", 0.9, "surname of Ada Lyon in the same article"),
        ])  # fmt: skip
        assert list(locate(store)) == []


def test_a_name_is_a_place_by_the_vote_of_the_case() -> None:
    """One mention takes "Tarvesk" for a place; what another takes for a person follows, unless it
    is an actor's."""
    kinds = {"men-1": "place", "men-2": "person", "men-3": "person"}
    names = {"men-1": "Tarvesk", "men-2": "TARVESK", "men-3": "Tarvesk"}
    rows = [Mention(m, "doc", "art", "sen", at, at + 7, kind, "name", names[m])  # type: ignore[arg-type]
            for at, (m, kind) in enumerate(kinds.items())]  # fmt: skip
    with Store() as store:
        store.fill([
            Document("doc", "d", "", "", "", "", 9, "Tarvesk is", Given()),
            *rows,
            Actor("act-1", "Ada Tarvesk", "person", ("Tarvesk",), ()),
            Link("lin-1", "men-3", "act-1", 0.9, "surname of Ada Tarvesk in the same article"),
        ])  # fmt: skip
        found = list(locate(store))
    places = [row for row in found if isinstance(row, Place)]
    assert [(p.name, p.latitude, p.country, p.kind) for p in places] == [
        ("Tarvesk", None, None, "unlisted")
    ]
    assert {row.mention for row in found if isinstance(row, Link)} == {"men-1", "men-2"}


CITIES = st.lists(
    st.builds(
        City, st.integers(1, 9), st.just("X"), st.just(0.0), st.just(0.0),
        st.sampled_from(["AA", "BB", "CC"]), st.integers(15_000, 5_000_000),
    ),
    max_size=5,
)  # fmt: skip


@given(cities=CITIES, named=st.dictionaries(st.sampled_from(["AA", "BB", "CC"]), st.integers(1, 9)))
def test_no_small_place_without_its_country(cities: list[City], named: dict[str, int]) -> None:
    ordered = sorted(cities, key=lambda city: (-city.population, city.number))
    chosen = choose(ordered, named)
    fits = [c for c in ordered if c.country in named or c.population >= 100_000]
    assert (chosen is None) == (not fits)
    if chosen:
        assert 0 < chosen.score < 1
        assert chosen.place.country in {city.country for city in fits}


@given(st.text(max_size=20))
def test_a_spelling_is_its_own_spelling(text: str) -> None:
    once = spelling(text)
    assert once == " ".join(once.split())
