"""Limits where the answer is known, layers that govern what they should, and two effects with their power."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from redan.testing.assertions import assert_paired_higher
from redan.testing.campaigns import evenings, measures_of, play
from redan.testing.params import toy_params
from redan.testing.toys import toy_plan, toy_theatre
from redan.vocabulary.codes import (
    ATTACKER,
    CAUSE_DRONES_DEPTH,
    CAUSE_DRONES_LINE,
    DEFENDER,
    SITE_EMPTY,
    SITE_HELD,
)
from redan.vocabulary.outcomes import MEASURE_AREA, MEASURE_LOSSES_ATTACKER, MEASURE_LOSSES_DEFENDER
from tests.engine.worlds import NOTHING, SMALL, STRONG, changed

BELT = replace(SMALL, belt_column=7, site_floor_m2=3e5)


@pytest.mark.parametrize("replication", range(5))
def test_an_attacker_with_no_strength_takes_nothing(replication: int) -> None:
    theatre = toy_theatre(SMALL)
    nobody = {"attacker_men": 0.0, "attacker_replacements_per_day": 0.0}
    played = play(theatre, toy_plan(theatre), toy_params(nobody), days=120, replication=replication)
    assert played.measure(MEASURE_AREA) <= 0.0
    assert played.measure(MEASURE_LOSSES_ATTACKER) == 0.0
    # counter-attacks may walk forward: nobody stands there
    assert not (played.output.control[1:] > played.output.control[0]).any()


def test_a_course_without_effort_takes_nothing() -> None:
    theatre = toy_theatre(SMALL)
    played = play(theatre, toy_plan(theatre, effort=0.0), toy_params(), days=120)
    assert played.measure(MEASURE_AREA) <= 0.0


def test_an_undefended_country_is_walked_through_at_march_speed() -> None:
    """No men, drones, works, obstacles or strongholds: the line moves as fast as men march.

    At least the march speed on the worst ground there is (its mobility and relief), at most the march
    speed itself plus what rounding to cells can add.
    """
    long = replace(SMALL, columns=60, town_column=55, town_built=0.0, residents=0.0)
    theatre = toy_theatre(long, layers_off=("works", "obstacles", "strongholds", "drone_zone", "relief"))
    theatre = changed(theatre, cell_cover=np.zeros(theatre.cell_id.shape[0]))
    params = toy_params(NOTHING | {"mud_slow": 0.0})
    march = float(params["march_km_per_day"][0])
    row = slice(long.columns * 4, long.columns * 5)
    fronts = []
    for _, played in evenings(theatre, toy_plan(theatre), params, days=(1, 2, 3, 4)):
        fronts.append(float(played.state.cells.share[row].sum()) * long.spacing_km)
    advanced = np.array(fronts) - long.front_column * long.spacing_km
    assert advanced[0] == pytest.approx(march, abs=long.spacing_km)
    pace = np.diff(advanced)
    assert (pace >= 0.8 * march).all(), f"{pace} km a day at {march} km a day"
    # a day begins and ends somewhere in a cell, so a single day may show one cell more at either end ...
    assert (pace <= march + 2.0 * long.spacing_km).all(), f"{pace} km a day at {march} km a day"
    # ... but not all of them together
    assert advanced[-1] == pytest.approx(4.0 * march, abs=2.0 * long.spacing_km)


@pytest.mark.parametrize("mud", [0.3, 0.7])
def test_mud_slows_the_walk_in_proportion(mud: float) -> None:
    theatre = toy_theatre(SMALL, layers_off=("works", "obstacles", "strongholds", "drone_zone", "relief"))
    theatre = changed(
        theatre, start_day_of_year=np.array([318], dtype=np.int64)
    )  # the peak of the autumn rains
    dry, wet = (
        play(theatre, toy_plan(theatre), toy_params(NOTHING | {"mud_slow": slow}), days=1)
        for slow in (0.0, mud)
    )
    expected = float(wet.state.world.mobility[0])
    assert expected < 1.0
    assert wet.measure(MEASURE_AREA) == pytest.approx(dry.measure(MEASURE_AREA) * expected, rel=0.15)


def test_layers_off_leave_nothing_of_what_they_govern() -> None:
    whole = play(toy_theatre(BELT), toy_plan(toy_theatre(BELT)), toy_params(), days=1)
    defended = whole.state.control == DEFENDER
    assert whole.state.cells.works[defended].max() > 0.5
    assert whole.state.cells.obstacle_m[defended].max() > 0.0
    assert (whole.state.sites.state == SITE_HELD).all()
    bare = {}
    for layer in ("works", "obstacles", "strongholds", "drone_zone", "outside_support"):
        theatre = toy_theatre(BELT, layers_off=(layer,))
        bare[layer] = play(theatre, toy_plan(theatre), toy_params(), days=30)
    still = bare["works"].state.control == DEFENDER
    assert (bare["works"].state.cells.works[still] == 0.0).all()
    assert (bare["obstacles"].state.cells.obstacle_m == 0.0).all()
    assert (bare["strongholds"].state.sites.state == SITE_EMPTY).all()
    zone = bare["drone_zone"].output
    assert zone.cause[:, [CAUSE_DRONES_LINE, CAUSE_DRONES_DEPTH]].sum() == pytest.approx(0.0)
    assert (bare["drone_zone"].state.cells.pressure == 0.0).all()


def test_works_are_off_on_ground_won_back_too() -> None:
    theatre = toy_theatre(SMALL, layers_off=("works",))
    params = toy_params({"need_counter": -5.0, "recent_loss_days": 30.0, "defender_men": 9000.0, **STRONG})
    for _, played in evenings(theatre, toy_plan(theatre), params, days=range(20, 121, 20)):
        mine = played.state.control == DEFENDER
        assert (played.state.cells.works[mine] == 0.0).all()


def test_outside_support_and_relief_act_on_what_they_govern() -> None:
    theatre = toy_theatre(BELT)
    supported = changed(theatre, belt_support=np.array([1.0]))
    alone = changed(supported, layers=np.where(np.arange(8) == 7, 0, 1).astype(np.int8))
    params = toy_params()
    works = [
        play(world, toy_plan(world), params, days=1).state.cells.works.max()
        for world in (theatre, alone, supported)
    ]
    assert works[0] == works[1] < works[2]
    hills = changed(theatre, cell_relief_m=np.full(theatre.cell_id.shape[0], 120.0))
    flat = changed(hills, layers=np.where(np.arange(8) == 5, 0, 1).astype(np.int8))
    level = changed(theatre, cell_relief_m=np.zeros(theatre.cell_id.shape[0]))
    gains = [play(world, toy_plan(world), params, days=100).measure(MEASURE_AREA) for world in (flat, level)]
    assert gains[0] == gains[1]


@pytest.mark.parametrize(("layer", "effect", "pairs"), [("drone_zone", 20.0, 60), ("works", 20.0, 500)])
def test_a_layer_off_raises_the_ground_taken(layer: str, effect: float, pairs: int) -> None:
    # Pairs on common luck; the test says so itself if they do not suffice to see `effect` km2.
    changes = {"attacker_men": 12_000.0}
    base, bare = toy_theatre(SMALL), toy_theatre(SMALL, layers_off=(layer,))
    areas = [
        measures_of(
            world, toy_plan(world), toy_params(changes), days=120, replications=pairs, measure=MEASURE_AREA
        )
        for world in (bare, base)
    ]
    assert_paired_higher(*areas, effect=effect, what=f"area without {layer}, km2")


def test_more_defenders_lose_less_ground() -> None:
    theatre = toy_theatre(SMALL)
    areas = [
        measures_of(
            theatre, toy_plan(theatre), toy_params({"defender_men": men}), days=120, replications=40,
            measure=MEASURE_AREA,
        )
        for men in (2500.0, 10_000.0)
    ]  # fmt: skip
    assert_paired_higher(*areas, effect=20.0, what="area against a quarter of the men, km2")


def test_both_sides_lose_men_and_every_loss_has_a_cause() -> None:
    theatre = toy_theatre(SMALL)
    played = play(theatre, toy_plan(theatre), toy_params(), days=120)
    captured = played.output.ledger[:, 5]
    for side, measure in ((ATTACKER, MEASURE_LOSSES_ATTACKER), (DEFENDER, MEASURE_LOSSES_DEFENDER)):
        lost = played.measure(measure)
        assert lost > 0.0
        assert played.output.cause[side].sum() == pytest.approx(lost - captured[side], abs=1e-6)
