"""A scenario to start from is whole, says what is invented in it, and never lands on anything."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from redan.scenario.authoring.new import new_scenario
from redan.scenario.load import load_scenario
from redan.theatre.compile import compile_theatre
from redan.vocabulary.errors import InputError

DAY = dt.date(2024, 6, 1)
PLACES = {
    "tiny": ("Kramatorsk", 10.0),
    "large": ("Gao, ML", 150.0),
    "over the 180th meridian": ("Labasa, FJ", 80.0),
    "far north": ("Longyearbyen", 60.0),
    "far south": ("Ushuaia", 60.0),
    "crowded": ("Paris, FR", 30.0),
    "a letter that is two when small": ("9888777", 40.0),
    "names that need mending": ("St. Louis, MO", 40.0),
    "a main name in quotes": ("Kea‘au", 30.0),
}


def written(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe").load((folder / "scenario.yaml").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("place", PLACES)
def test_it_compiles_anywhere(place: str, tmp_path: Path) -> None:
    around, radius_km = PLACES[place]
    made = new_scenario("there", around=around, radius_km=radius_km, out=tmp_path / "there", as_of=DAY)
    compiled = compile_theatre(load_scenario(made.folder))
    assert 50 <= len(compiled.theatre.cell_id) <= 3_500
    assert set(compiled.plans) == {"storm", "bypass", "hybrid"}
    assert not [remark for remark in compiled.warnings if "cut off" in remark or "outside" in remark]


def test_the_island_needs_no_town(tmp_path: Path) -> None:
    made = new_scenario("isle", out=tmp_path / "isle", as_of=DAY)
    compiled = compile_theatre(load_scenario(made.folder))
    assert compiled.warnings == []
    assert compiled.theatre.cell_elevation_m.max() > 100.0
    assert set(made.files) == {
        "README.md",
        "ground.csv",
        "line.geojson",
        "scenario.schema.json",
        "scenario.yaml",
    }


def test_the_same_words_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        new_scenario("same", around="Sloviansk", out=tmp_path / name / "same", as_of=DAY)
    for path in (tmp_path / "a" / "same").iterdir():
        other = tmp_path / "b" / "same" / path.name
        assert path.read_text().replace(str(tmp_path / "a"), "") == other.read_text().replace(
            str(tmp_path / "b"), ""
        )


def test_it_says_that_the_line_is_invented(tmp_path: Path) -> None:
    folder = new_scenario("there", around="Kramatorsk", out=tmp_path / "there", as_of=DAY).folder
    fields = written(folder)
    assert fields["real_place"] is False
    assert "INVENTED" in fields["control"]["source"]
    for name in ("scenario.yaml", "README.md", "line.geojson"):
        assert "invented" in (folder / name).read_text(encoding="utf-8").lower()
    warnings = compile_theatre(load_scenario(folder)).warnings
    assert "places are real and real_place is false: the line of contact must be an invented one" in warnings


def test_a_real_line_must_be_old(tmp_path: Path) -> None:
    """Who draws a real line and says so meets the boundary."""
    folder = new_scenario("there", around="Kramatorsk", out=tmp_path / "there").folder
    with pytest.raises(InputError, match="must be at least 90"):
        load_scenario(folder, sets=["real_place=true"])


def test_every_number_is_a_placeholder_of_grade_c(tmp_path: Path) -> None:
    made = new_scenario("there", around="Kramatorsk", out=tmp_path / "there", as_of=DAY)
    fields = written(made.folder)
    statements = [
        *[item for key in ("roads", "supply_sources", "belts", "strongholds") for item in fields[key]],
        *fields["rim"]["open_flanks"],
        fields["capacity"],
        fields["control"],
        *[value for side in fields["forces"].values() for value in side.values() if isinstance(value, dict)],
    ]
    assert all(item["source"].startswith("placeholder: replace") for item in statements)
    assert all(item["grade"] == "C" for item in statements)
    assert made.placeholders == len(statements)
    assert "claims" not in fields


def test_every_section_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the file repeats the folder's name, here a short one
    folder = new_scenario("isle", as_of=DAY).folder
    lines = (folder / "scenario.yaml").read_text(encoding="utf-8").splitlines()
    plain = {"format", "name", "title", "summary", "roads", "rivers", "parameters"}  # beside one that is
    for number, line in enumerate(lines):
        if re.match(r"[a-z_]+:", line) and line.split(":")[0] not in plain:
            assert lines[number - 1].startswith("#"), line
    assert max(map(len, lines)) <= 132


def test_the_examples_in_remarks_work_once_the_marks_are_taken_away(tmp_path: Path) -> None:
    folder = new_scenario("there", around="Kramatorsk", out=tmp_path / "there", as_of=DAY).folder
    path = folder / "scenario.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    example = re.compile(r"# (\w+:$|  by_front_km:|  source:|  grade:|  - \{name: Broad|     source:)")
    shown = [line.removeprefix("# ") if example.match(line) else line for line in lines]
    shown = [line for line in shown if line != "rivers: []"]
    path.write_text("\n".join(shown) + "\n", encoding="utf-8")
    scenario = load_scenario(folder)
    assert scenario.residents_share_left is not None
    assert scenario.destroyed is not None
    assert len(scenario.rivers) == 1


def test_forces_go_by_the_length_of_the_front(tmp_path: Path) -> None:
    men = {}
    for radius_km in (20.0, 80.0):
        name = f"r{radius_km:.0f}"
        made = new_scenario(name, around="Kramatorsk", radius_km=radius_km, out=tmp_path / name, as_of=DAY)
        mode = written(made.folder)["forces"]["attacker"]["men"]["distribution"]["mode"]
        men[radius_km] = mode / made.layout.front_km
    assert men[20.0] == pytest.approx(men[80.0], rel=0.06)


def _told(**asked: Any) -> list[str]:
    with pytest.raises(InputError) as caught:
        new_scenario(**asked)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"name": "Bad Name"}, "use small letters, digits and hyphens"),
        ({"name": ""}, "use small letters"),
        ({"name": "../up"}, "use small letters"),
        ({"name": "slavyansk-kramatorsk"}, "is the name of a bundled scenario"),
        ({"name": "x", "radius_km": 50.0}, "add --around TOWN"),
        ({"name": "x", "around": "Kramatorsk", "radius_km": 9.0}, "is not from 10 to 150 km"),
        ({"name": "x", "around": "Kramatorsk", "radius_km": float("nan")}, "is not from 10 to 150 km"),
        ({"name": "x", "attacker_from": "up"}, "use one of north"),
        ({"name": "x", "attacker_from": "nort"}, "did you mean north?"),
        ({"name": "x", "as_of": dt.date(2999, 1, 1)}, "is in the future"),
    ],
)
def test_what_cannot_be_is_told(asked: dict[str, Any], words: str, tmp_path: Path) -> None:
    (line,) = _told(**asked, out=tmp_path / "out")
    assert words in line
    assert not (tmp_path / "out").exists()


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    told = _told(name="Bad", radius_km=1.0, attacker_from="up", out=tmp_path / "out")
    assert [line.split(":")[0] for line in told] == ["Bad", "--radius-km 1", "--attacker-from 'up'"]


@pytest.mark.parametrize("kind", ["folder", "file", "dangling link"])
def test_nothing_is_overwritten(kind: str, tmp_path: Path) -> None:
    there = tmp_path / "isle"
    if kind == "folder":
        there.mkdir()
    elif kind == "file":
        there.write_text("mine")
    else:
        there.symlink_to(tmp_path / "nowhere")
    (line,) = _told(name="isle", out=there)
    assert "is already there, and nothing is overwritten" in line
    assert [path.name for path in tmp_path.iterdir()] == ["isle"]


def test_a_folder_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (line,) = _told(name="isle", out=tmp_path / "file" / "isle")
    assert "cannot be written" in line
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
