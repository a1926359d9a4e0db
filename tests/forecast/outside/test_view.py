"""The outside view of a run: clocks, three views of each objective, what is not shown and why."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from redan.forecast.outside.base_rate import Standing, Unknown, standing, taken_by
from redan.forecast.outside.claimed import claimed_times
from redan.forecast.outside.view import POOLED_COURSE, objectives, quantile_day, view_document
from redan.sources.reference import LAST_DAY, load_reference_class
from tests.forecast.outside.runs import FRONT_KM, daily, replications, request

KNOWN = load_reference_class().known_on(LAST_DAY)


def test_a_town_of_the_class_stands_on_its_own_clock() -> None:
    at = standing(KNOWN, 704508, 19.7, LAST_DAY)
    assert at == Standing("within_20km", date(2025, 8, 11), 123, True, "")
    fight = standing(KNOWN, 694403, 1.0, LAST_DAY)
    assert isinstance(fight, Standing)
    assert (fight.clock, fight.elapsed_days, fight.is_fight) == ("within_5km", 135, True)
    new = standing(KNOWN, 1, 1.0, LAST_DAY)  # no town of the class
    assert isinstance(new, Standing)
    assert (new.clock, new.elapsed_days, new.is_in_class) == ("within_5km", 0, False)


@pytest.mark.parametrize(
    ("km", "clock"),
    [(-3.0, "within_5km"), (7.0, "within_10km"), (15.0, "within_20km"), (24.0, "within_20km")],
)
def test_any_other_town_stands_where_its_front_is(km: float, clock: str) -> None:
    at = standing(KNOWN, None, km, LAST_DAY)
    assert isinstance(at, Standing)
    assert at.clock == clock
    assert ("too early" in at.note) == (km > 20.0)


def test_far_from_the_front_there_is_no_base_rate() -> None:
    at = standing(KNOWN, None, 45.0, LAST_DAY)
    assert isinstance(at, Unknown)
    assert "45 km away" in at.why


def test_the_nearer_the_front_the_sooner_and_the_longer_it_stood_the_later() -> None:
    curves = []
    for km in (15.0, 7.0, 2.0):
        at = standing(KNOWN, None, km, LAST_DAY)
        assert isinstance(at, Standing)
        found = taken_by(KNOWN, at, 1095)
        assert found is not None
        assert (np.diff(found) >= 0.0).all()
        assert found[0] == 0.0
        assert found[-1] < 1.0
        curves.append(found)
    assert (curves[0][30:] < curves[1][30:]).all()
    assert (curves[1][30:] < curves[2][30:]).all()
    old = taken_by(KNOWN, Standing("within_5km", date(2025, 1, 1), 345, False, ""), 1095)
    assert old is not None
    assert old[180] < curves[2][180]


def test_few_battles_give_no_base_rate() -> None:
    early = load_reference_class().known_on(date(1914, 9, 1))
    at = standing(early, None, 3.0, date(1914, 9, 1))
    assert isinstance(at, Standing)
    assert taken_by(early, at, 365) is None


def test_three_views_and_the_claim() -> None:
    asked = request()
    found = objectives(asked, daily(), replications())
    claimed = claimed_times(asked, POOLED_COURSE)
    assert [claim["within_days"] for claim in claimed] == [365]
    said = view_document(found, asked, [180, 365, 1095], claimed)
    assert said["course"] == "as_is"
    assert list(said["objectives"]) == list(FRONT_KM)
    for one in said["objectives"].values():
        views = one["views"]
        assert list(views) == ["reference_class", "simulator", "pooled"]
        for key in ("180", "365", "1095"):
            p = [view["p_by_day"][key] for view in views.values()]
            assert min(p[:2]) - 0.06 <= p[2] <= max(p[:2]) + 0.06
    assert said["objectives"]["slavyansk"]["note"].startswith("the front is 24 km away")


def test_only_the_course_that_is_a_forecast_is_pooled() -> None:
    asked = request(courses=[{"name": "storm", "axes": []}])
    found = objectives(asked, daily(), replications())
    assert all(list(one.curves) == ["reference_class"] for one in found.values())
    said = view_document(found, asked, [365])
    assert said["course"] is None
    assert "as_is" in said["why_not_pooled"]


def test_an_invented_place_has_no_base_rate() -> None:
    found = objectives(request(resolved={"real_place": False}), daily(), replications())
    assert all(isinstance(one.at, Unknown) and not one.curves for one in found.values())
    said = view_document(found, request(), [365])
    assert {one["why"] for one in said["objectives"].values()} == {
        "the place is invented: no battle of the past is like it"
    }


def test_a_quantile_past_the_horizon_is_none() -> None:
    assert quantile_day(np.array([0.0, 0.1, 0.5, 0.5]), 0.5) == 2.0
    assert quantile_day(np.array([0.0, 0.1, 0.5, 0.5]), 0.9) is None
