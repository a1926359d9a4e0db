"""Changes laid over a scenario, what they come to as an overlay, and that everything reads back the same."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from redan.scenario.bundled import bundled_names
from redan.scenario.editing.compose import Changes, Composed, compose
from redan.scenario.editing.difference import SAME, difference, to_yaml
from redan.scenario.editing.drawing import Drawn
from redan.scenario.load import read_written
from redan.scenario.overlays import merge
from redan.vocabulary.documents import parse_document
from redan.vocabulary.errors import InputError
from redan.vocabulary.plain import Document

BASE = "two-belts"


def laid(*values: tuple[str, Any], **also: Any) -> Composed:
    return compose(read_written(BASE), Changes(values=values, **also))


def fields(error: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [fault.field for fault in error.value.faults]


@pytest.mark.parametrize("name", bundled_names())
def test_a_scenario_written_and_read_is_the_same(name: str) -> None:
    value = read_written(name).document.value
    assert parse_document(to_yaml(value), "x").value == value


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"a": 1}, {"a": 1}, SAME),
        ({"a": 1}, {"a": 2}, {"a": 2}),
        ({"a": 1}, {"a": 1.0}, {"a": 1.0}),
        ({"a": 1}, {"a": True}, {"a": True}),
        ({"a": 1, "b": 2}, {"a": 1}, {"b": None}),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 1, "c": 3}}, {"a": {"c": 3}}),
        ({"a": [1, 2]}, {"a": [1, 3]}, {"a": [1, 3]}),
        (
            {"l": [{"name": "x", "v": 1}, {"name": "y", "v": 2}]},
            {"l": [{"name": "x", "v": 1}, {"name": "y", "v": 3}, {"name": "z"}]},
            {"l": [{"name": "y", "v": 3}, {"name": "z"}]},
        ),
        (
            {"distribution": {"kind": "uniform", "low": 1, "high": 2}},
            {"distribution": {"kind": "uniform", "low": 1, "high": 3}},
            {"distribution": {"kind": "uniform", "low": 1, "high": 3}},
        ),
    ],
)
def test_the_difference_is_what_merges(old: Any, new: Any, expected: Any) -> None:
    found = difference(old, new)
    assert found == expected
    merged = Document(copy.deepcopy(old))
    merge(merged, Document({} if found is SAME else found))
    assert merged.value == new


def test_a_number_over_a_quantity_is_fixed_and_says_who_set_it() -> None:
    found = laid(("forces.attacker.drones_per_day", 400))
    quantity = found.scenario.forces.attacker.quantities["drones_per_day"]
    assert (quantity.value, quantity.distribution, quantity.unit) == (400, None, "1/day")
    assert (quantity.source, quantity.grade) == ("set by what-if", "C")
    assert parse_document(found.overlay_yaml(), "x").value == {
        "forces": {
            "attacker": {"drones_per_day": {"value": 400, "source": "set by what-if", "distribution": None}}
        }
    }


def test_nothing_changed_is_no_overlay() -> None:
    found = laid(("belts.old-belt.mine_depth_m", 400))
    assert found.overlay == {}
    assert found.overlay_yaml() == ""


def test_the_overlay_alone_gives_the_same_scenario() -> None:
    drawn = [
        Drawn("belt", {"type": "LineString", "coordinates": [[-27.9, 42.9], [-27.9, 43.1]]}, {}),
        Drawn("stronghold", {"type": "Point", "coordinates": [-27.9, 42.97]}, {"kind": "mine"}),
        Drawn("line_of_contact", {"type": "LineString", "coordinates": [[-28.0, 42.7], [-28.0, 43.2]]}, {}),
        Drawn("axis", {"type": "Point", "coordinates": [-27.7, 43.05]}, {"course": "storm"}),
    ]
    values = (("courses.storm.phases.village.until.1.at_least", 100), ("as_of", "2025-09-01"))
    found = laid(*values, drawn=drawn)
    files = found.folder()
    again = compose(read_written(BASE), Changes(overlay=found.overlay_yaml(), files=files))
    assert again.scenario.resolved() == found.scenario.resolved()
    alone = compose(None, Changes(files=files))
    assert alone.scenario.resolved() == found.scenario.resolved()
    assert set(files) == {"scenario.yaml", "drawn-line-1.geojson"}


def test_the_scenario_it_began_with_stays_as_it_is() -> None:
    written = read_written(BASE)
    before = copy.deepcopy(written.document.value)
    compose(written, Changes(values=(("belts.old-belt.mine_depth_m", 1),)))
    assert written.document.value == before


def test_a_drawn_belt_takes_after_the_first_one() -> None:
    line = {"type": "LineString", "coordinates": [[-27.9, 42.9], [-27.9, 42.9], [-27.9, 43.10001]]}
    found = laid(drawn=[Drawn("belt", line, {"mine_depth_m": 50})]).scenario.belts[-1]
    first = read_written(BASE).document.value["belts"][0]
    assert found.name == "drawn-belt-1"
    assert found.line == ((-27.9, 42.9), (-27.9, 43.1))
    assert (found.width_km, found.begun) == (first["width_km"], first["begun"])
    assert found.mine_depth_m == 50
    assert found.grade == "C"


@pytest.mark.parametrize(("ends", "side"), [((42.7, 43.2), "left"), ((43.2, 42.7), "right")])
def test_the_attacker_keeps_his_side_of_a_new_line(ends: tuple[float, float], side: str) -> None:
    line = {"type": "LineString", "coordinates": [[-28.0, ends[0]], [-28.0, ends[1]]]}
    control = laid(drawn=[Drawn("line_of_contact", line, {})]).scenario.control
    assert control is not None
    assert control.attacker_side == side


def test_a_drawn_stronghold_stands_where_it_was_drawn() -> None:
    found = laid(drawn=[Drawn("stronghold", {"type": "Point", "coordinates": [-27.91, 42.97]}, {})])
    site = found.scenario.strongholds[-1]
    assert site.place == "Long Acre"
    assert site.offset_km == pytest.approx((0.0, 1.11), abs=0.02)


def test_a_drawn_axis_gets_its_part_of_the_effort() -> None:
    found = laid(drawn=[Drawn("axis", {"type": "Point", "coordinates": [-27.93, 43.07]}, {"name": "new"})])
    for course in found.scenario.courses.values():
        assert course.axes[-1].toward == "Cold Spring"
        for phase in course.phases:
            shares = course.shares_of(phase)
            assert shares["new"] == pytest.approx(1 / sum(share > 0 for share in shares.values()), abs=1e-3)
            assert sum(shares.values()) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("kind", "geometry", "properties", "field"),
    [
        ("wall", {"type": "Point", "coordinates": [0, 0]}, {}, "edits[0].kind"),
        ("belt", {"type": "Point", "coordinates": [0, 0]}, {}, "edits[0].geometry"),
        ("belt", {"type": "LineString", "coordinates": [[0, 0]]}, {}, "edits[0].geometry"),
        ("belt", {"type": "LineString", "coordinates": [[0, 0], ["a", 0]]}, {}, "edits[0].geometry"),
        ("belt", {"type": "LineString", "coordinates": [[0, 0], [999, 0]]}, {}, "edits[0].geometry"),
        ("belt", {"type": "LineString", "coordinates": None}, {}, "edits[0].geometry"),
        ("belt", {}, {}, "edits[0].geometry"),
        (
            "axis",
            {"type": "Point", "coordinates": [-27.7, 43]},
            {"course": "no"},
            "edits[0].properties.course",
        ),
        ("axis", {"type": "Point", "coordinates": [-27.7, 43]}, {"course": {}}, "edits[0].properties.course"),
        ("axis", {"type": "Point", "coordinates": [-27.7, 43]}, {"width": 1}, "edits[0].properties.width"),
    ],
)
def test_what_cannot_be_drawn_is_said(kind: str, geometry: Any, properties: Any, field: str) -> None:
    with pytest.raises(InputError) as error:
        laid(drawn=[Drawn(kind, geometry, properties)])
    assert fields(error) == [field]


def test_properties_at_fault_are_addressed_by_the_edit() -> None:
    line = {"type": "LineString", "coordinates": [[-27.9, 42.9], [-27.9, 43.1]]}
    with pytest.raises(InputError) as error:
        laid(drawn=[Drawn("belt", line, {"width_km": -1, "colour": "red"})])
    assert sorted(fields(error)) == ["edits[0].colour", "edits[0].width_km"]


def test_every_fault_of_every_change_is_told() -> None:
    with pytest.raises(InputError) as error:
        laid(("belts.none.width_km", 1), ("place.buffer_km", -1), ("", 1), overlay="belts: 7\n")
    assert {"belts.none.width_km", "''", "place.buffer_km"} & set(fields(error))
    assert len(error.value.faults) >= 3


def test_a_file_that_is_not_named_is_left_out() -> None:
    found = laid(files={"notes.txt": "x"})
    assert set(found.folder()) == {"scenario.yaml", "line.geojson"}
