"""The whole compiler: conformance of the arrays, agreement of resolutions 7 and 8, faults and remarks."""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from typing import Any, get_args, get_type_hints

import numpy as np
import pytest

from redan.theatre.compile import Compiled, compile_theatre
from redan.theatre.summary import belt_km, contact_edges, front_km, summarise
from redan.vocabulary import arrays as arrays_module
from redan.vocabulary.arrays import Plan, Theatre
from redan.vocabulary.codes import (
    ATTACKER,
    DEFENDER,
    LAYER_DRONE_ZONE,
    RIM_FLANK,
    SCHEDULE_DRONES,
    SCHEDULE_MEN,
    TRIGGER_DAY,
    TRIGGER_DISTANCE,
)
from redan.vocabulary.errors import InputError
from tests.theatre.invented import SOURCED, island, load, plain

Cases = dict[str, Compiled]


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Cases:
    """The plain place at both resolutions, and the island."""
    made = {}
    for name, fields in (("7", plain()), ("8", plain()), ("island", island())):
        if name.isdigit():
            fields["place"]["resolution"] = int(name)
        made[name] = compile_theatre(load(tmp_path_factory.mktemp("invented"), fields))
    return made


@pytest.fixture(params=["7", "8", "island"])
def theatre(request: pytest.FixtureRequest, compiled: Cases) -> Theatre:
    return compiled[request.param].theatre


def sizes(theatre: Theatre) -> dict[str, int]:
    """Length of each index letter of `vocabulary.arrays`."""
    return {
        "c": len(theatre.cell_id),
        "n": 6,
        "s": 2,
        "b": len(theatre.belt_months),
        "g": len(theatre.site_id),
        "o": len(theatre.objective_id),
        "o+1": len(theatre.objective_id) + 1,
        "k": len(theatre.footprint_cell),
        "f": len(theatre.formation_id),
        "schedule": 7,
        "m": theatre.schedule.shape[2],
        "1": 1,
        "8": 8,
    }


def documented(kind: type) -> dict[str, list[str]]:
    """Index letters of each field, as the comment beside it in `vocabulary/arrays.py` gives them."""
    source = inspect.getsource(arrays_module).split(f"class {kind.__name__}")[1]
    letters = {}
    for line in source.split("\nclass ")[0].splitlines():
        name, _, comment = line.strip().partition("#")
        field = name.split(":")[0].strip()
        if field in kind.__annotations__:
            letters[field] = comment.split("[")[1].split("]")[0].replace(" ", "").split(",")
    return letters


def assert_conforms(arrays: Any, length: dict[str, int]) -> None:
    """Check dtype, shape, layout and that nobody can write."""
    hints, letters = get_type_hints(type(arrays)), documented(type(arrays))
    assert set(letters) == set(hints)
    for name, array in arrays._asdict().items():
        assert array.dtype == get_args(get_args(hints[name])[1])[0], name
        assert list(array.shape) == [length[letter] for letter in letters[name]], name
        assert array.flags.c_contiguous, name
        assert not array.flags.writeable, name
        assert np.isfinite(array).all() if array.dtype.kind == "f" else True, name


def test_the_theatre_conforms(theatre: Theatre) -> None:
    assert_conforms(theatre, sizes(theatre))


@pytest.mark.parametrize("case", ["7", "8", "island"])
def test_the_plans_conform(compiled: Cases, case: str) -> None:
    for plan in compiled[case].plans.values():
        length = {"a": 2, "p": 2, "t": 2, "5": 5, "1": 1, "c": len(compiled[case].theatre.cell_id)}
        assert_conforms(plan, length)


def test_shares_are_shares(theatre: Theatre) -> None:
    for name in ("cover", "built", "industry", "destroyed0", "share0", "belt_share"):
        values = getattr(theatre, f"cell_{name}")
        assert values.min() >= 0.0, name
        assert values.max() <= 1.0, name


def test_neighbours_roads_and_rivers_are_symmetric(theatre: Theatre) -> None:
    n = len(theatre.cell_id)
    for values in (theatre.edge_road_t_per_day, theatre.edge_river, np.ones_like(theatre.edge_river)):
        matrix = np.zeros((n, n), np.float32)
        cell, slot = np.nonzero(theatre.cell_neighbour >= 0)
        matrix[cell, theatre.cell_neighbour[cell, slot]] = values[cell, slot]
        assert (matrix == matrix.T).all()
        assert (values[theatre.cell_neighbour < 0] == 0.0).all() or values.all()


def test_sums_are_one(theatre: Theatre) -> None:
    assert np.add.reduceat(theatre.footprint_weight, theatre.footprint_start[:-1]) == pytest.approx(
        [1.0, 1.0]
    )
    for side in (ATTACKER, DEFENDER):
        assert theatre.formation_share[theatre.formation_side == side].sum() == pytest.approx(1.0)


def test_control_follows_the_share(theatre: Theatre) -> None:
    assert ((theatre.cell_share0 > 0.5) == (theatre.cell_control0 == ATTACKER)).all()
    assert (theatre.cell_control0[theatre.formation_cell0] == theatre.formation_side).all()


def test_ids_are_unique(theatre: Theatre) -> None:
    for ids in (theatre.cell_id, theatre.site_id, theatre.objective_id, theatre.formation_id):
        assert len(np.unique(ids)) == len(ids)


def test_resolutions_agree(compiled: Cases) -> None:
    coarse, fine = compiled["7"].theatre, compiled["8"].theatre
    for name in ("residents", "built", "industry", "share0"):
        totals = [
            float(
                getattr(t, f"cell_{name}")
                @ (t.cell_area_km2 if name != "residents" else np.ones(len(t.cell_id)))
            )
            for t in (coarse, fine)
        ]
        assert totals[0] == pytest.approx(totals[1], rel=0.03), name
    assert front_km(coarse) == pytest.approx(front_km(fine), rel=0.15)
    assert coarse.cell_source_t_per_day.sum(axis=1) == pytest.approx(fine.cell_source_t_per_day.sum(axis=1))
    assert (coarse.formation_id == fine.formation_id).all()
    apart = np.hypot(
        coarse.cell_x_km[coarse.formation_cell0] - fine.cell_x_km[fine.formation_cell0],
        coarse.cell_y_km[coarse.formation_cell0] - fine.cell_y_km[fine.formation_cell0],
    )
    assert np.median(apart) < coarse.spacing_km[0]
    km = [belt_km(t, 0) for t in (coarse, fine)]
    assert km[0] == pytest.approx(km[1], rel=0.05)


def test_people_on_day_0(compiled: Cases) -> None:
    """Ferry has its counted 300 behind the line; Town lost a quarter or so of its 60,000, 15 km from it."""
    theatre = compiled["7"].theatre
    held = theatre.cell_control0 == ATTACKER
    assert theatre.cell_residents[held].sum() == pytest.approx(300.0)
    town = slice(theatre.footprint_start[0], theatre.footprint_start[1])
    left = theatre.cell_residents[~held].sum() - 5_000.0  # Old Mill, 25 km away, has everybody
    assert left == pytest.approx(60_000.0 * 15.6 / 20.0, rel=0.05)
    assert theatre.cell_destroyed0[theatre.footprint_cell[town]] == pytest.approx(0.088, abs=0.02)


def test_calendar_schedules_and_layers(tmp_path: Path) -> None:
    theatre = compile_theatre(load(tmp_path, plain()), layers_off=["drone_zone"]).theatre
    assert theatre.start_day_of_year[0] == 346
    assert theatre.latitude_deg[0] == pytest.approx(48.7, abs=0.05)
    assert theatre.schedule[ATTACKER, SCHEDULE_DRONES].tolist() == [1.0, 1.1, 1.2]
    assert theatre.schedule[DEFENDER, SCHEDULE_MEN].tolist() == [0.5, 0.5, 0.5]
    assert theatre.layers.tolist() == [int(k != LAYER_DRONE_ZONE) for k in range(8)]


def test_a_plan_says_what_the_course_says(compiled: Cases) -> None:
    plan: Plan = compiled["7"].plans["bypass"]
    assert compiled["7"].axes["bypass"] == ["town", "south-flank"]
    assert plan.axis_effort.tolist() == [[0.25, 0.75], [0.5, 0.5]]
    assert plan.effort_level.tolist() == [1.0, 0.5]
    assert plan.weights.tolist() == [[1.0, 0.0, 0.5, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0, 0.0]]
    assert plan.stronghold_choice.tolist() == [2, 1]
    assert plan.trigger_kind.tolist() == [TRIGGER_DISTANCE, TRIGGER_DAY]
    assert plan.trigger_entity.tolist() == [1, -1]
    assert plan.trigger_sense.tolist() == [-1, 1]
    assert plan.trigger_next.tolist() == [1, 1]
    assert plan.axis_distance_km[0] == pytest.approx(compiled["7"].theatre.objective_distance_km[0])


def test_an_open_flank_is_where_it_was_drawn(compiled: Cases) -> None:
    theatre = compiled["7"].theatre
    flank = theatre.cell_rim == RIM_FLANK
    assert flank.any()
    assert theatre.cell_y_km[flank].min() > 20.0


def test_a_landing_starts_at_the_beach(compiled: Cases) -> None:
    case = compiled["island"]
    theatre = case.theatre
    held = theatre.cell_control0 == ATTACKER
    assert 0 < held.sum() < 30
    assert theatre.cell_x_km[held].min() > 10.0
    assert contact_edges(theatre).any()
    assert theatre.cell_source_t_per_day[DEFENDER].sum() == 0.0
    assert any("no source of supply" in said for said in case.warnings)


def test_compiling_twice_gives_the_same_bytes(tmp_path: Path, compiled: Cases) -> None:
    again = compile_theatre(load(tmp_path, plain()))
    for name, array in compiled["7"].theatre._asdict().items():
        assert array.tobytes() == getattr(again.theatre, name).tobytes(), name


@pytest.mark.parametrize("case", ["7", "8", "island"])
def test_the_summary_adds_up(compiled: Cases, case: str, tmp_path: Path) -> None:
    fields = island() if case == "island" else plain()
    fields["place"]["resolution"] = 8 if case == "8" else 7
    said = summarise(compiled[case], load(tmp_path, fields))
    assert json.loads(json.dumps(said)) == said
    assert sum(said["cells"]["by_side"].values()) == said["cells"]["number"] == sum(said["rim"].values())
    assert said["formations"]["attacker"] == {"number": 120, "line": 90, "reserve": 30}
    assert said["strongholds"]["by_objective"] == {"town": 1, "old-mill": 0}
    assert said["ground"]["residents"] == pytest.approx(sum(said["ground"]["residents_by_side"].values()))


def faults_of(folder: Path, fields: dict[str, Any], line: list[list[float]] | None = None) -> str:
    """What the compiler finds wrong."""
    with pytest.raises(InputError) as caught:
        compile_theatre(load(folder, fields, line=line))
    return str(caught.value)


def test_a_side_without_ground_is_a_fault_at_its_line(tmp_path: Path) -> None:
    corner = [[37.9912, 48.8993], [37.7990, 49.0265]]  # leaves him 100 m of the rounded north-eastern corner
    said = faults_of(tmp_path, plain(), line=corner)
    assert "control: the attacker holds no cell on day 0; check control.line" in said
    assert "scenario.yaml:" in said


def test_a_line_that_crosses_itself_is_a_fault(tmp_path: Path) -> None:
    said = faults_of(tmp_path, plain(), line=[[37.4, 48.6], [37.6, 48.8], [37.6, 48.6], [37.4, 48.8]])
    assert "control.line: the line of contact crosses itself" in said


def test_no_source_is_a_fault(tmp_path: Path) -> None:
    fields = plain()
    del fields["supply_sources"][0]
    assert "the defender has no source of supply" in faults_of(tmp_path, fields)


def test_a_source_of_an_encircled_side_is_a_fault(tmp_path: Path) -> None:
    ring = [[37.4, 48.6], [37.4, 48.8], [37.6, 48.8], [37.6, 48.6], [37.4, 48.6]]  # clockwise
    fields = plain()
    fields["control"]["attacker_side"] = "left"
    assert "supply_sources[0]: the defender holds no cell on the rim" in faults_of(tmp_path, fields, ring)


def test_an_open_flank_of_a_closed_rim_is_a_fault(tmp_path: Path) -> None:
    fields = plain()
    fields["place"]["closed_rim"] = True
    assert "a closed rim has no open flanks" in faults_of(tmp_path, fields)


def test_an_unknown_layer_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="did you mean drone_zone"):
        compile_theatre(load(tmp_path, plain()), layers_off=["drone_zones"])


def test_what_a_reader_should_know_is_said(tmp_path: Path) -> None:
    fields = plain()
    fields["objectives"].append("Ferry")
    fields["places"].append({"name": "Edge", "lon": 37.2, "lat": 48.43})
    fields["objectives"].append("Edge")
    fields["roads"].append({"name": "far", "kind": "road", "through": [[40, 48], [41, 48]], **SOURCED})
    said = "\n".join(compile_theatre(load(tmp_path, fields)).warnings)
    assert "Ferry lies on the attacker's ground on day 0" in said
    assert "Edge lies within 5 km of the rim" in said
    assert "far lies outside the theatre" in said
