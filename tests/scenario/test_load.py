"""Scenarios are found, read, checked, frozen, and can be rebuilt from what they resolve to."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from redan.scenario.bundled import bundled_names
from redan.scenario.load import from_resolved, load_scenario
from redan.scenario.scenario import Scenario
from redan.vocabulary.documents import LARGEST_BYTES
from redan.vocabulary.errors import InputError
from redan.vocabulary.parameters import Register

Load = Callable[..., Scenario]


def faults(load: Load, *arguments: object, **options: object) -> list[str]:
    with pytest.raises(InputError) as caught:
        load(*arguments, **options)
    return [str(fault) for fault in caught.value.faults]


def test_the_island_is_whole(load: Load) -> None:
    scenario = load()
    assert scenario.name == "gull-island"
    assert scenario.as_of == dt.date(2024, 6, 1)
    assert scenario.belts[0].begun_date == dt.date(2023, 4, 1)
    assert list(scenario.points()) == ["North Cape", "Harbour", "South Point"]
    assert scenario.points()["Harbour"].residents == 12_000
    assert scenario.lonlat("Harbour") == scenario.lonlat((-30.0, 45.0)) == (-30.0, 45.0)


@pytest.mark.parametrize("name", bundled_names())
def test_every_bundled_scenario_is_whole(name: str) -> None:
    scenario = load_scenario(name)
    assert scenario.name == name
    assert scenario.folder is not None


def test_a_bundled_scenario_knows_its_places_by_geonames() -> None:
    points = load_scenario("slavyansk-kramatorsk").points()
    assert points["Kramatorsk"].geonameid == 704508
    assert points["Kramatorsk"].lon == pytest.approx(37.568, abs=0.001)


def test_nothing_changes_after_loading(load: Load) -> None:
    scenario = load()
    with pytest.raises(ValidationError):
        scenario.title = "another"
    with pytest.raises(ValidationError):
        scenario.place.buffer_km = 9.0


def test_a_folder_and_its_file_are_the_same_scenario(load: Load, island: Path) -> None:
    (island / "scenario.yaml").rename(island / "other.yaml")
    assert load(island / "other.yaml").resolved() == load().resolved()


def test_faults_name_the_file_as_the_user_did(
    load: Load, island: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (island / "scenario.yaml").write_text("format: 3\n", encoding="utf-8")
    monkeypatch.chdir(island)
    assert faults(load, "scenario.yaml")[0].startswith("scenario.yaml:1: ")
    monkeypatch.chdir(island.parent)
    assert faults(load, "island")[0].startswith("island/scenario.yaml:1: ")
    assert faults(load, Path("island") / "scenario.yaml")[0].startswith("island/scenario.yaml:1: ")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("slavyansk-kramatorks", "did you mean slavyansk-kramatorsk?"),
        ("x" * 5000, "a bundled scenario: gothic-line, mountain-pass, slavyansk-kramatorsk, two-belts"),
        ("nul\0byte", "a bundled scenario"),
        ("", "a bundled scenario"),
        (".", "scenario.yaml:1: file: there is no such file"),
    ],
)
def test_an_unknown_scenario_is_a_fault(
    load: Load, name: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (fault,) = faults(load, name)
    assert expected in fault


def test_a_folder_without_a_scenario_is_a_fault(load: Load, tmp_path: Path) -> None:
    assert "scenario.yaml:1: file: there is no such file" in faults(load, tmp_path)[0]


def test_a_scenario_too_large_is_refused(load: Load, island: Path) -> None:
    with (island / "scenario.yaml").open("a", encoding="utf-8") as stream:
        stream.write("#" * LARGEST_BYTES)
    assert "is larger than 2 MiB" in faults(load, island)[0]


def test_a_file_too_large_is_refused(load: Load, island: Path) -> None:
    (island / "line.geojson").write_bytes(b" " * (8 * 2**20 + 1))
    assert "line.geojson:1: file: is larger than 8 MiB" in faults(load, island)[0]


def test_a_link_that_leads_out_of_the_folder_is_not_followed(load: Load, island: Path) -> None:
    secret = island.parent / "secret.geojson"
    (island / "line.geojson").rename(secret)
    (island / "line.geojson").symlink_to(secret)
    assert "control.line: there is no file 'line.geojson'" in faults(load, island)[0]


@pytest.mark.parametrize(("days", "is_old_enough"), [(89, False), (90, True)])
def test_the_line_of_a_real_place_must_be_90_days_old(load: Load, days: int, is_old_enough: bool) -> None:
    today = dt.date(2024, 5, 30) + dt.timedelta(days=days)
    sets = ["real_place=true"]
    if is_old_enough:
        assert load(sets=sets, today=today).real_place
    else:
        assert "must be at least 90" in faults(load, sets=sets, today=today)[0]
        assert not load(today=today).real_place, "an invented place may have a young line"


def test_a_scenario_is_rebuilt_from_what_it_resolves_to(load: Load, register: Register) -> None:
    scenario = load(sets=["forces.attacker.men=9000"])
    document = json.loads(json.dumps(scenario.resolved()))
    again = from_resolved(document, register=register)
    assert again.resolved() == scenario.resolved()
    assert again.folder is None
    assert again.file_hashes() == scenario.file_hashes()


def test_a_spoilt_manifest_is_a_fault(load: Load, register: Register) -> None:
    document = load().resolved()
    document["files"] = {}
    document["place"]["buffer_km"] = -1
    with pytest.raises(InputError) as caught:
        from_resolved(document, register=register)
    assert [(fault.file, fault.field) for fault in caught.value.faults] == [
        ("manifest.json", "place.buffer_km"),
        ("manifest.json", "control.line"),
    ]


def test_lines_lead_back_to_what_was_written(load: Load) -> None:
    scenario = load(sets=["place.buffer_km=9"])
    text = (scenario.folder or Path()).joinpath("scenario.yaml").read_text(encoding="utf-8")
    line = 1 + [row.split(":")[0].strip() for row in text.splitlines()].index("belts")
    assert scenario.lines["belts"][1] == line
    assert scenario.lines["belts[0].line[1]"][1] == line + 1
    assert scenario.fault("belts[0].known.day", "a", "b").line == line + 1
    assert str(scenario.fault("place.buffer_km", "a", "b")) == "--set place.buffer_km: a; b"


def test_the_line_of_contact_is_read(load: Load) -> None:
    line = load().control_line()
    assert line is not None
    assert line.shape == (3, 2)
    assert np.isfinite(line).all()


def test_hashes_tell_files_apart(load: Load, island: Path) -> None:
    before = load(island).file_hashes()
    path = island / "line.geojson"
    path.write_text(path.read_text(encoding="utf-8").replace("45.05", "45.04"), encoding="utf-8")
    assert load(island).file_hashes() != before
