"""The article that the project began with: every number, date and town in it, and nothing else."""

from __future__ import annotations

from typing import Any

from redan.sources.claims_reader import read_claims
from redan.sources.reading.drafts import draft_claims
from redan.sources.reading.reading import Item
from tests.sources.reading.samples import article

SLAVYANSK, KRAMATORSK, SEVERSK, POKROVSK, MIRNOGRAD = 693468, 704508, 694403, 704422, 710035
ANALYST = "Alexey Zhivov"


def items() -> list[Item]:
    return list(article().items)


def test_every_town_with_its_id_and_the_region_apart() -> None:
    places = article().places
    assert {town.name: town.settlement.geonameid for town in places.towns} == {
        "Slavyansk": SLAVYANSK,
        "Kramatorsk": KRAMATORSK,
        "Seversk": SEVERSK,
        "Pokrovsk": POKROVSK,
        "Mirnograd": MIRNOGRAD,
    }
    assert all(town.is_sure for town in places.towns)
    assert [name for name, _ in places.regions] == ["Donbass"]
    assert places.unplaced == ()


def test_seversk_is_not_the_larger_town_of_that_name() -> None:
    seversk = next(town for town in article().places.towns if town.name == "Seversk")
    assert {(other.name, other.country) for other in seversk.others} == {("Seversk", "RU")}
    assert "by the company it keeps" in seversk.why


def test_what_it_says_in_numbers() -> None:
    found = [
        (item.paragraph, item.kind, item.low, item.high, item.date, item.relation, item.quote)
        for item in items()
    ]
    assert found == [
        (2, "distance", 36.0, 36.0, "", "", "36 kilometers from Slavyansk"),
        (2, "distance", 14.0, 14.0, "", "roughly", "roughly 14 kilometers"),
        (2, "date", None, None, "2014", "since", "since 2014"),
        (3, "distance", 20.0, 20.0, "", "", "20-kilometer zone"),
        (4, "duration", 365.25, 365.25, "", "about", "about a year"),
    ]
    assert article().aside == ()


def test_between_what_who_says_it_and_how_firmly() -> None:
    far, near, since, zone, year = items()
    assert (far.link.start, far.link.end) == ("Seversk", "Slavyansk")
    assert (near.link.start, near.link.end) == ("front", "Kramatorsk")
    assert zone.link.extent == "zone"
    assert year.names == ("Pokrovsk", "Mirnograd")
    assert [item.who for item in (far, near)] == ["article", "article"]
    assert since.who == f"{ANALYST} (told aif.ru)"
    assert (zone.who, zone.who_basis) == (ANALYST, "carried")
    assert (year.who, year.who_basis) == (ANALYST, "stated")
    assert [item.hedge for item in items()] == ["flat", "hedged", "flat", "flat", "hedged"]


def test_paragraphs_are_those_of_the_bundled_claims() -> None:
    """The claims that a person drew from the article stand where the drafts stand."""
    from importlib.resources import files

    folder: Any = files("redan") / "bundled" / "scenarios" / "slavyansk-kramatorsk"
    by_id = {claim.id: claim for claim in read_claims(folder / "claims.yaml", "claims.yaml").claims}
    names = ("seversk-slavyansk-36-km", "front-kramatorsk-14-km", "works-since-2014", "drone-zone-20-km")
    drawn = [by_id[name] for name in (*names, "pokrovsk-mirnograd-a-year")]
    assert [claim.paragraph for claim in drawn] == [item.paragraph for item in items()]
    assert [claim.hedge for claim in drawn] == [item.hedge for item in items()]
    drafted = [draft.claim for draft in draft_claims(article(), "x")]
    assert drafted[0]["check"]["from"] == SEVERSK
    assert drafted[0]["check"]["to"] == SLAVYANSK
    assert drafted[3]["becomes"]["parameters"] == ["drone_half_depth_km"]
