"""The bundled scenario: it loads, its theatre is the size and shape asked for, every number has a source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import Any

import numpy as np
import pytest
import shapely
from ruamel.yaml import YAML

from redan.scenario.load import load_scenario
from redan.scenario.parameters import resolve
from redan.theatre.cells import Cells, build_cells
from redan.theatre.compile import Compiled, compile_theatre

NAME = "slavyansk-kramatorsk"
AS_OF = date(2025, 12, 12)
FOOTPRINT_KM = 2.0
RIM_KM = 5.0  # nothing scored lies within this of the rim
COURSES = {"storm", "bypass", "hybrid", "as_is"}
ISO_DATE = re.compile(r"\b(20\d\d)-(\d\d)(?:-(\d\d))?\b")


@pytest.fixture(scope="module")
def scenario() -> Any:
    """The scenario as loaded."""
    return load_scenario(NAME)


@pytest.fixture(scope="module")
def written() -> dict[str, Any]:
    """The scenario as written."""
    path = files("redan") / "bundled" / "scenarios" / NAME / "scenario.yaml"
    found: dict[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def cells(scenario: Any) -> Cells:
    """Cells of the theatre."""
    around = [scenario.lonlat(place) for place in scenario.place.around]
    return build_cells(around, buffer_km=scenario.place.buffer_km, resolution=scenario.place.resolution)


@pytest.fixture(scope="module")
def compiled(scenario: Any) -> Compiled:
    """The theatre compiled."""
    return compile_theatre(scenario)


def mappings(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mapping of a nested document with its path."""
    if isinstance(value, dict):
        yield path, value
        for key, inner in value.items():
            yield from mappings(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from mappings(inner, f"{path}[{i}]")


def test_theatre_has_about_1400_cells(cells: Cells) -> None:
    assert 1350 <= cells.n <= 1450


def test_nothing_scored_lies_near_the_rim(scenario: Any, cells: Cells) -> None:
    """The footprint, 2 km about the point, stays more than 5 km from every cell of the rim."""
    rim = shapely.union_all(cells.polygon[cells.on_rim])
    for name in scenario.objectives:
        point = shapely.Point(cells.plane.point(scenario.lonlat(name)))
        assert rim.distance(point) - FOOTPRINT_KM > RIM_KM, name


def test_supply_enters_on_the_rim_by_road(scenario: Any, cells: Cells) -> None:
    """Every source lies by a rim cell and within 5 km of a road or railway that leaves the theatre."""
    lines = [
        shapely.LineString([cells.plane.point(scenario.lonlat(p)) for p in road.through])
        for road in scenario.roads
    ]
    leaving = [line for line in lines if not cells.outline.contains(line)]
    for source in scenario.supply_sources:
        point = shapely.Point(cells.plane.point(scenario.lonlat(source.at)))
        nearest = int(cells.nearest(np.array([[point.x, point.y]]), cells.on_rim)[0])
        assert cells.polygon[nearest].distance(point) < RIM_KM, source.name
        assert min(line.distance(point) for line in leaving) < RIM_KM, source.name


def test_every_number_has_a_source_and_a_grade(written: dict[str, Any]) -> None:
    """Roads, rivers, belts, strongholds, supply, control, quantities: source and grade, never one alone."""
    for section in ("roads", "rivers", "belts", "strongholds", "supply_sources"):
        for item in written[section]:
            assert item.get("source"), (section, item["name"])
            assert item.get("grade") in {"A", "B", "C"}, (section, item["name"])
    for path, item in mappings(written):
        if "grade" in item or "distribution" in item:
            assert item.get("source"), path
            assert item.get("grade") in {"A", "B", "C"}, path
    for side in ("attacker", "defender"):
        for key, quantity in written["forces"][side].items():
            assert key == "formation_men" or isinstance(quantity, dict), (side, key)


def test_nothing_is_known_later_than_as_of(scenario: Any, written: dict[str, Any]) -> None:
    """No date written anywhere in the scenario, in fields or in sources, is later than as_of."""
    assert scenario.as_of == AS_OF
    path = files("redan") / "bundled" / "scenarios" / NAME
    for file in ("scenario.yaml", "README.md", "line.geojson"):
        for year, month, day in ISO_DATE.findall((path / file).read_text(encoding="utf-8")):
            assert date(int(year), int(month), int(day or 1)) <= AS_OF, (file, year, month, day)
    assert "2026" not in (path / "scenario.yaml").read_text(encoding="utf-8")


def test_belts_span_2014_to_2025(scenario: Any) -> None:
    """At least three lines of works, begun between 2014 and 2025."""
    begun = [belt.begun_date for belt in scenario.belts]
    assert len(begun) >= 3
    assert min(begun).year == 2014
    assert max(begun).year >= 2024
    assert max(begun) <= AS_OF


def test_strongholds_are_generic_and_coarse(scenario: Any) -> None:
    """A kind and whole kilometres: no plant can be located from them."""
    kinds = {"heavy_industry", "mine", "chemical", "power", "quarry", "other"}
    assert 10 <= len(scenario.strongholds) <= 20
    for site in scenario.strongholds:
        assert site.kind in kinds
        assert all(float(km).is_integer() for km in site.offset_km), site.name


def test_courses_are_the_four(scenario: Any) -> None:
    """Four courses; each phase's shares sum to one and every trigger leads to a phase."""
    assert set(scenario.courses) == COURSES
    for course in scenario.courses.values():
        for phase in course.phases:
            assert sum(course.shares_of(phase).values()) == pytest.approx(1.0)


def test_it_compiles(compiled: Compiled, scenario: Any) -> None:
    """Objectives, plans, belts and sites all arrive; formations are about 400."""
    theatre = compiled.theatre
    assert len(compiled.objectives) == len(scenario.objectives)
    assert set(compiled.plans) == COURSES
    assert len(theatre.site_id) == len(scenario.strongholds)
    assert len(theatre.belt_months) == len(scenario.belts)
    assert set(np.unique(theatre.cell_belt)) == {-1, *range(len(scenario.belts))}
    assert 300 <= len(theatre.formation_id) <= 450
    for side in (0, 1):
        assert theatre.formation_share[theatre.formation_side == side].sum() == pytest.approx(1.0)


def test_seversk_starts_contested_and_the_rest_do_not(compiled: Compiled) -> None:
    """Share of the footprint occupied on day 0: Seversk in part, the other five hardly or not at all."""
    theatre = compiled.theatre
    for i, objective in enumerate(compiled.objectives):
        part = slice(theatre.footprint_start[i], theatre.footprint_start[i + 1])
        cells, weight = theatre.footprint_cell[part], theatre.footprint_weight[part]
        held = float(weight @ theatre.cell_share0[cells])
        assert (0.05 < held < 0.6) if objective == "seversk" else held < 0.05, objective


def test_residents_are_those_reported(compiled: Compiled) -> None:
    """Below the 198,500 that the regional administration counted for its whole region on 2025-11-12."""
    theatre = compiled.theatre
    there = theatre.cell_residents[theatre.cell_control0 == 1].sum()
    assert 100_000 < there < 220_000


def test_parameters_resolve(scenario: Any) -> None:
    """The forces give every quantity the register leaves to the scenario, with a source."""
    for parameter in resolve(scenario).values():
        assert parameter.source, parameter.name
