"""Cases of the pool: what a run of the past said, beside what was observed."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest

from tests.forecast.outside.runs import daily, replications, request
from tools.pool_cases import cases_of


def test_a_case_holds_what_the_run_said_and_what_was_observed() -> None:
    asked = request()
    run = SimpleNamespace(
        manifest=asked, daily=daily(), replications=replications(), horizon_days=400, done=200,
        as_of=dt.date(2025, 12, 12), scenario="invented", objectives=asked["objectives"],
    )  # fmt: skip
    day = dt.date(2026, 3, 1)
    observed = {
        "milestones": [
            {"town": "Seversk", "event": "taken", "date": day, "known": day},
            {"town": "Lyman", "event": "taken", "known": dt.date(2026, 6, 1), "censored": "not shown"},
            {"town": "Lyman", "event": "contested", "date": day, "known": day},
            {"town": "Druzhkivka", "event": "taken", "date": dt.date(2025, 12, 1), "known": day},
        ]
    }
    found: Any = SimpleNamespace(run=run)
    seversk, lyman = cases_of(found, observed, "invented")
    assert (seversk.objective, seversk.geonameid, seversk.taken_day) == ("seversk", 694403, 79)
    assert (lyman.objective, lyman.taken_day, lyman.followed_days) == ("lyman", None, 171)
    own = run.replications.filter(pl.col("course") == "as_is")["taken:lyman"]
    assert lyman.came_by[lyman.edges_days.index(365)] == (own <= 365).sum()
    assert lyman.edges_days[-1] == 400
    assert lyman.front_km == pytest.approx(6.4)
