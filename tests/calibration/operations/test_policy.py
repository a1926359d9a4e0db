"""The common rule: nothing later than the day, proportional to the front, one course for all."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from redan.calibration.operations.gains import effort_shares
from redan.calibration.operations.policy import course_for, forces_on, known_by, load_policy
from redan.sources.control_maps import ControlGrid

DAYS = [dt.date(2022, 8, 1), dt.date(2023, 3, 1), dt.date(2024, 7, 27), dt.date(2025, 12, 12)]


def modes(forces: dict[str, dict[str, object]], side: str) -> dict[str, float]:
    return {k: v["distribution"]["mode"] for k, v in forces[side].items() if isinstance(v, dict)}


@pytest.mark.parametrize("day", DAYS)
def test_nothing_is_known_later_than_the_day(day: dt.date) -> None:
    forces = forces_on(day, 100.0)
    found = [q["known"] for side in forces.values() for q in side.values() if isinstance(q, dict)]
    assert len(found) == 16
    assert max(found) <= day


def test_a_figure_is_the_last_one_known() -> None:
    figures = load_policy().attacker["men"].whole_line
    before = known_by(figures, dt.date(2024, 7, 23))
    assert known_by(figures, dt.date(2024, 7, 24)).mode > before.mode  # 520,000 were known a day later
    with pytest.raises(ValueError, match="knows nothing by 2014"):
        known_by(figures, dt.date(2014, 1, 1))


def test_men_and_drones_go_with_the_front_and_shares_do_not() -> None:
    one, two = (forces_on(DAYS[2], km) for km in (50.0, 100.0))
    for side in ("attacker", "defender"):
        short, long = modes(one, side), modes(two, side)
        for key in ("men", "guns", "drones_per_day", "replacements_per_day"):
            assert long[key] == pytest.approx(2.0 * short[key], rel=0.01), key
        for key in ("jamming", "reserve_share"):
            assert long[key] == short[key]


def test_the_drones_of_2022_are_not_those_of_2025() -> None:
    early, late = (modes(forces_on(day, 100.0), "defender") for day in (DAYS[0], DAYS[3]))
    assert late["drones_per_day"] > 30.0 * early["drones_per_day"]


def test_the_course_has_an_axis_to_every_goal() -> None:
    course = course_for(["A", "B"], {"A": 0.7, "B": 0.3})["as_is"]
    assert [axis["toward"] for axis in course["axes"]] == ["A", "B"]
    assert course["phases"][0]["shares"] == {"A": 0.7, "B": 0.3}


def test_effort_goes_where_ground_was_gained_and_a_fifth_evenly() -> None:
    """Ten cells gained beside the western goal, none in the east, one far from both."""
    days = np.array(["2024-01-01", "2024-04-01"], dtype="datetime64[D]")
    x, y = np.linspace(400_000.0, 497_500.0, 40), np.linspace(5_350_000.0, 5_447_500.0, 40)
    occupied = np.zeros((2, 40, 40), np.float32)
    occupied[1, 0:2, 0:5] = 1.0
    occupied[1, 39, 20] = 1.0
    grid = ControlGrid(days, x, y, occupied, 0.0 * occupied, np.ones((40, 40), bool))
    from pyproj import Transformer

    at = Transformer.from_crs(32637, 4326, always_xy=True).transform
    goals = {"West": at(x[2], y[5]), "East": at(x[37], y[5])}
    shares = effort_shares(grid, dt.date(2024, 4, 1), goals)
    assert shares == {"West": 0.9, "East": 0.1}
    with pytest.raises(ValueError, match="the grid begins on 2024-01-01"):
        effort_shares(grid, dt.date(2024, 3, 1), goals)
