"""A fact beside a run's sample: quantiles, where the truth falls, and whether the intervals meet."""

from __future__ import annotations

import numpy as np

from redan.calibration.operations.compare import row_of, summarise

SAMPLE = np.arange(1.0, 101.0)
NEVER = np.where(np.arange(100) < 40, SAMPLE, np.inf)


def test_a_fact_inside_and_outside() -> None:
    inside = row_of("milestone", "A taken", "day", (40.0, 50.0, 60.0), SAMPLE)
    outside = row_of("milestone", "A taken", "day", (200.0, 210.0, 220.0), SAMPLE)
    assert (inside.holds, outside.holds) == (True, False)
    assert abs(inside.below - 0.5) < 0.01
    assert outside.below == 1.0
    found = summarise([inside, outside])["milestone"]
    assert (found["facts"], found["inside"]) == (2, 1)


def test_intervals_that_only_touch_hold() -> None:
    assert row_of("distance", "A", "km", (91.0, 95.0, 99.0), SAMPLE).holds
    assert not row_of("distance", "A", "km", (92.0, 95.0, 99.0), SAMPLE).holds


def test_a_censored_milestone_holds_where_the_run_may_be_later() -> None:
    by_then = row_of("milestone", "A taken", "day", (100.0, 100.0, np.inf), SAMPLE - 20.0)
    later = row_of("milestone", "A taken", "day", (100.0, 100.0, np.inf), NEVER)
    assert not by_then.holds
    assert by_then.below == 1.0
    assert later.holds
    assert later.below == 0.4
    assert (later.p10, later.p50) == (11.0, np.inf)
