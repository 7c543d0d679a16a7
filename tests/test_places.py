"""Places: which point of the earth a name means, and which stay unknown."""

from __future__ import annotations

import csv
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import CASES
from rashomon.base import gazetteer
from rashomon.base.gazetteer import Known, bearers, spelling
from rashomon.base.lexicon import table
from rashomon.base.rows import Actor, Article, Document, Given, Link, Mention, Place, row_id
from rashomon.base.store import Store
from rashomon.identify.places import locate
from rashomon.identify.places.candidates import look_up, states

Listed = dict[str, tuple[Place, str]]


def places_of(text: str, named: Sequence[tuple[str, str]], outlet: str | None = None) -> Listed:
    """The listed place of each name of one article, given as (words, kind), and because."""
    with Store() as store:
        store.fill(rows_of("doc", text, named, outlet))
        return listed(list(locate(store)), store)


def rows_of(
    number: str, text: str, named: Sequence[tuple[str, str]], outlet: str | None = None
) -> list[Document | Article | Mention]:
    mentions, at = [], 0
    for words, kind in named:
        start = text.index(words, at)
        at = end = start + len(words)
        mention = row_id(Mention, number, start, end, kind)
        sentence = f"{number}-{text.count('. ', 0, start)}"
        mentions.append(
            Mention(mention, number, number, sentence, start, end, kind, "name", words)  # type: ignore[arg-type]
        )
    document = Document(number, number, "", "", "", "", len(text), text, Given())
    article = Article(number, number, 0, len(text), None, None, outlet, "", None, "en")
    return [document, article, *mentions]


def listed(rows: Sequence[Place | Link], store: Store) -> Listed:
    places = {row.id: row for row in rows if isinstance(row, Place)}
    words_of = {mention.id: mention.text for mention in store.rows(Mention)}
    return {
        words_of[row.mention]: (places[row.target], row.because)
        for row in rows
        if isinstance(row, Link) and places[row.target].kind != "unlisted"
    }


def located(*named: tuple[str, str], before: str = "in ") -> Listed:
    return places_of("".join(f"{before}{words}. " for words, _ in named), named)


def kind_of(name: str) -> str:
    return "state" if spelling(name) in states("names", "adjectives", "people") else "place"


def read_cases() -> list[dict[str, str]]:
    with (CASES / "places.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def told() -> dict[str, dict[str, tuple[Place, str]]]:
    """The listed places of each case, every text an article of one case."""
    texts = {row["text"]: row["names"].split(";") for row in read_cases()}
    rows = [
        row for number, (text, names) in enumerate(texts.items())
        for row in rows_of(f"d{number}", text, [(name, kind_of(name)) for name in names])
    ]  # fmt: skip
    documents = {row.id: row.text for row in rows if isinstance(row, Document)}
    mentions = {row.id: row for row in rows if isinstance(row, Mention)}
    with Store() as store:
        store.fill(rows)
        found = list(locate(store))
    places = {row.id: row for row in found if isinstance(row, Place)}
    told: dict[str, dict[str, tuple[Place, str]]] = {text: {} for text in texts}
    for link in (row for row in found if isinstance(row, Link)):
        mention = mentions[link.mention]
        told[documents[mention.document]][mention.text] = places[link.target], link.because
    return told


@pytest.mark.parametrize("row", read_cases(), ids=lambda row: row["toponym"])
def test_what_a_name_means_in_a_report(row: dict[str, str], told: dict[str, Listed]) -> None:
    place, because = told[row["text"]][row["toponym"]]
    assert (place.country or "", place.kind, place.name) == (
        row["country"], row["kind"], row["label"],
    )  # fmt: skip
    assert because
    assert (place.latitude is None) == (place.longitude is None)


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
        ([("Virginia", "place")], "Virginia", "US"),
        ([("Virginia", "place"), ("South Africa", "state")], "Virginia", "ZA"),
    ],
)
def test_what_a_name_means(named: list[tuple[str, str]], words: str, country: str) -> None:
    assert located(*named)[words][0].country == country


@pytest.mark.parametrize(
    "named",
    [
        [("Tarvesk", "place")],
        [("Port Selim", "place"), ("France", "state")],
        [("Portuguese", "state")],
        [("Paris", "state")],
        [("Upington", "place")],
        [("Lyon", "person")],
    ],
)
def test_what_stays_unknown(named: list[tuple[str, str]]) -> None:
    """Invented names, adjectives, a capital that stands for its government, a name whose bearers
    are small and in countries that the article does not name."""
    assert located(*named).get(named[0][0]) is None


def test_a_small_town_is_known_where_its_country_is_named() -> None:
    assert located(("Upington", "place"), ("South Africa", "state"))["Upington"][0].country == "ZA"


def test_a_described_place_is_no_city_of_that_name() -> None:
    named = [("Delta", "place"), ("British Columbia", "place")]
    assert "Delta" in places_of("In Delta and British Columbia it rained.", named)
    assert "Delta" not in places_of("In the Delta of British Columbia it rained.", named)
    assert "Lyon" in places_of("In the Lyon suburbs it rained.", [("Lyon", "place")])


@pytest.mark.parametrize(
    ("text", "names", "toponym", "because"),
    [
        ("He left Paris, Texas.", "Paris;Texas", "Paris", "what holds it is written beside it"),
        ("He left Tripoli for Libya.", "Tripoli;Libya", "Tripoli", "is named in the sentence"),
        ("Now Tripoli. Then Libya.", "Tripoli;Libya", "Tripoli", "is named in the article"),
        ("He left Tripoli.", "Tripoli", "Tripoli", "its country is not named"),
        ("He left Libya.", "Libya", "Libya", "name of a state"),
    ],
)  # fmt: skip
def test_the_reason_says_what_spoke_for_it(
    text: str, names: str, toponym: str, because: str
) -> None:
    named = [(name, kind_of(name)) for name in names.split(";")]
    assert places_of(text, named)[toponym][1].endswith(because)


def test_the_reason_says_how_many_share_the_name() -> None:
    assert located(("Birmingham", "place"))["Birmingham"][1].startswith("largest of ")
    assert located(("Srebrenica", "place"), ("Bosnia", "state"))["Srebrenica"][1].startswith(
        "the only place of this name"
    )


def test_the_articles_of_an_outlet_tell_where_it_writes_of() -> None:
    """Three reports on towns of Ontario make the bare "Woodstock" of a fourth the one there."""
    local = [("Kitchener", "place"), ("Ontario", "place"), ("Woodstock", "place")]
    text = "In Kitchener, Ontario, and in Woodstock. "
    alone = "A fire broke out in Woodstock."
    bare = rows_of("last", alone, [("Woodstock", "place")], "The Gazette")
    others = [row for number in "abc" for row in rows_of(number, text, local, "The Gazette")]
    with Store() as store:
        store.fill([*others, *bare])
        found = list(locate(store))
    mention = next(row.id for row in bare if isinstance(row, Mention))
    target = next(row.target for row in found if isinstance(row, Link) and row.mention == mention)
    place = next(row for row in found if isinstance(row, Place) and row.id == target)
    assert (place.name, place.country) == ("Woodstock", "CA")


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


SMALL = ("Springfield", "Georgetown", "Upington", "Clinton", "Tarvesk", "Salem", "Lyon")


@settings(deadline=None, max_examples=20)
@given(names=st.lists(st.sampled_from(SMALL), min_size=1, max_size=4, unique=True))
def test_no_small_place_without_a_sign(names: list[str]) -> None:
    for place, because in located(*((name, "place") for name in names)).values():
        listed = look_up([spelling(place.name)])[spelling(place.name)]
        people = max(c.population for c in listed if c.row.id == place.id)
        assert people >= 100_000 or not because.endswith("not named")


@given(st.text(max_size=20))
def test_a_spelling_is_its_own_spelling(text: str) -> None:
    once = spelling(text)
    assert once == " ".join(once.split())


@pytest.mark.parametrize(
    ("left", "right"),
    [("St. Petersburg", "Saint Petersburg"), ("Ft. Worth", "Fort Worth"), ("The Hague", "Hague"),
     ("Zürich's", "Zurich"), ("Deir ez-Zor", "Deir ez Zor"), ("Mt. Vernon", "Mount Vernon")],
)  # fmt: skip
def test_one_spelling_for_one_name(left: str, right: str) -> None:
    assert spelling(left) == spelling(right)


def test_the_gazetteer_finds_each_name_by_itself_as_among_others() -> None:
    names = ["tripoli", "springfield", "aleppo", "zzz", "aabenraa", "zywiec", "texas", "hama"]
    together = bearers(names)
    assert "zzz" not in together
    assert all(bearers([name]).get(name, []) == together.get(name, []) for name in names)
    assert {one.place.country for one in together["tripoli"]} >= {"LY", "LB"}


def test_a_settlement_lies_in_its_divisions() -> None:
    fallujah = next(one.place for one in bearers(["fallujah"])["fallujah"])
    anbar = next(b.place for b in bearers(["anbar"])["anbar"] if b.place.kind == "region")
    assert isinstance(fallujah, Known)
    assert fallujah.region == anbar.number
    assert (fallujah.latitude, fallujah.longitude) == pytest.approx((33.35, 43.78), abs=0.05)


def test_countries_have_codes_and_the_table_says_whose_it_is() -> None:
    assert gazetteer.countries()["IQ"].alpha3 == "IRQ"
    assert set(gazetteer.countries()) >= {row["iso"] for row in table("states")}
    assert "CC BY 4.0" in gazetteer.credit()


def test_landmarks_stand_on_the_earth() -> None:
    kinds = set()
    for row in table("landmarks"):
        kinds.add(row["kind"])
        assert bool(row["latitude"]) == bool(row["longitude"])
        assert abs(float(row["latitude"] or 0)) <= 90
        assert abs(float(row["longitude"] or 0)) <= 180
        assert not row["country"] or row["country"] in gazetteer.countries()
    assert kinds >= {"base", "airport", "crossing", "river", "strait"}
    assert len(table("landmarks")) > 100
