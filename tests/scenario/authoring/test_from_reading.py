"""A scenario about the places of a text is whole, and says what is invented in it and what is unsure."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from redan.scenario.authoring.from_reading import DraftedText, draft_from_reading
from redan.scenario.load import load_scenario
from redan.sources.reading.reading import Reading, read_text
from redan.sources.reading.text import split_text
from redan.theatre.compile import compile_theatre
from redan.vocabulary.errors import InputError
from tests.sources.reading.samples import TODAY, article, read

DAY = dt.date(2024, 6, 1)


def drafted(reading: Reading, folder: Path, as_of: dt.date = DAY) -> DraftedText:
    return draft_from_reading(reading, name="there", folder=folder / "there", as_of=as_of)


@pytest.mark.parametrize("name", ["gothic", "sahel", "harbour", "dateline", "hills", "article"])
def test_the_skeleton_compiles(name: str, tmp_path: Path) -> None:
    made = drafted(article() if name == "article" else read(name), tmp_path)
    scenario = load_scenario(made.folder)
    compiled = compile_theatre(scenario)
    assert set(compiled.plans) == {"storm", "bypass", "hybrid"}
    assert not scenario.real_place
    assert scenario.claims == "claims.yaml"
    assert {"README.md", "claims.yaml", "line.geojson", "scenario.schema.json", "scenario.yaml"} == set(
        made.files
    )
    assert made.layout is not None
    text_towns = {town.name for town in made.inside}
    assert set(scenario.objectives) & text_towns, "what the text is about is at stake"


def test_a_text_of_long_ago_compiles_too(tmp_path: Path) -> None:
    """What the register has no value for then is a placeholder, and there are no drones."""
    made = drafted(read("gothic"), tmp_path, dt.date(1944, 9, 21))
    scenario = load_scenario(made.folder)
    compile_theatre(scenario)
    assert scenario.parameters["drone_half_depth_km"].source.startswith("placeholder: replace")
    assert scenario.forces.attacker.quantities["drones_per_day"].value == 0.0


def test_names_of_the_text_stand_beside_those_of_geonames(tmp_path: Path) -> None:
    places = {place.name: place for place in load_scenario(drafted(read("dateline"), tmp_path).folder).places}
    assert places["Volchansk"].geonameid == 689304
    assert places["Volchansk"].official == "Vovchansk"


def test_what_is_unsure_is_told_in_the_page(tmp_path: Path) -> None:
    page = (drafted(read("dateline"), tmp_path).folder / "README.md").read_text(encoding="utf-8")
    assert "Is Belyi Kolodez Bilyi Kolodiaz, UA (712474)?" in page
    page = (drafted(read("sahel"), tmp_path / "other").folder / "README.md").read_text(encoding="utf-8")
    assert "Anefis could not be placed" in page
    assert "outside the theatre: " in page


def test_far_places_stay_out_of_the_theatre(tmp_path: Path) -> None:
    """A large city is meant by its name; a small one of another part of the world is doubtful."""
    quiet = "Kramatorsk lies 13 km from Slavyansk. It is quiet in Kramatorsk."
    reading = read_text(split_text(f"Talks were held in Istanbul and in Geneva. {quiet}"), today=TODAY)
    made = drafted(reading, tmp_path)
    assert {town.name for town in made.inside} == {"Kramatorsk", "Slavyansk"}
    assert {town.name for town in made.beyond} == {"Istanbul"}
    assert [each.why[:39] for each in reading.places.unplaced if each.name == "Geneva"] == [
        "doubtful: GeoNames has Geneva, Switzerl"
    ]


def test_a_text_without_towns_gets_its_claims_alone(tmp_path: Path) -> None:
    made = drafted(read("noplace"), tmp_path)
    assert made.sketch is None
    assert made.files == ("claims.yaml",)


def test_a_text_without_numbers_gets_a_scenario_without_claims(tmp_path: Path) -> None:
    made = drafted(read_text(split_text("He went to Kramatorsk."), today=TODAY), tmp_path)
    assert "claims.yaml" not in made.files
    assert load_scenario(made.folder).claims is None


def test_a_text_with_nothing_writes_nothing(tmp_path: Path) -> None:
    made = drafted(read_text(split_text("Nothing happened."), today=TODAY), tmp_path)
    assert made.files == ()
    assert not made.folder.exists()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    drafted(read("hills"), tmp_path)
    with pytest.raises(InputError, match="is already there"):
        drafted(read("hills"), tmp_path)
