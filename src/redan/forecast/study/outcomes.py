"""How long and how it ended: shares left by day, causes, losses by cause, courses in pairs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import polars as pl

from redan.analysis.censored import day_quantiles, event_days, of_course
from redan.analysis.compare import compare_courses
from redan.analysis.intervals import wilson
from redan.analysis.summary import LEVELS
from redan.analysis.survival import ENDINGS, holding_by_cause, shares_left
from redan.runs.folder import RunFolder
from redan.vocabulary.codes import CAUSES, SIDES

CONFIDENCE: Final = 0.90
STEP_DAYS: Final = 7
DIGITS: Final = 6  # significant: no picture and no reader can tell more


def grid(horizon_days: int, days: Sequence[int]) -> list[int]:
    """Return the days on which something that changes daily is shown: every week, and those chosen."""
    return sorted({*range(0, horizon_days + 1, STEP_DAYS), *days, horizon_days})


def short(values: Any) -> list[float]:
    """Plain numbers without the digits that nobody reads."""
    return [float(f"{value:.{DIGITS}g}") for value in np.asarray(values, dtype=np.float64).ravel()]


def survival(run: RunFolder, days: Sequence[int]) -> dict[str, Any]:
    """Share of replications in which an objective is not yet taken, not yet cleared, the end not yet come.

    What has not come by the horizon is censored there: `came` of the replications had the event.

    Returns
    -------
    `days`; `confidence`; and `events`: event -> course -> `share`, `low`, `high` by day, `came`, `day`.
    """
    at = grid(run.horizon_days, days)
    events = [*(f"{kind}:{name}" for kind in ("taken", "cleared") for name in run.objectives), "ended"]
    rows = {course: of_course(run.replications, course) for course in run.courses}
    return {
        "days": at,
        "confidence": CONFIDENCE,
        "events": {
            event: {course: _curve(rows[course], event, at) for course in run.courses} for event in events
        },
    }


def _curve(rows: pl.DataFrame, event: str, at: Sequence[int]) -> dict[str, Any]:
    came = event_days(rows, event)
    curve = shares_left(came, at, confidence=CONFIDENCE)
    return {
        "share": short(curve.share),
        "low": short(curve.low),
        "high": short(curve.high),
        "came": int(np.isfinite(came).sum()),
        "day": day_quantiles(came, LEVELS),
    }


def endings(run: RunFolder, days: Sequence[int]) -> dict[str, Any]:
    """What ended the hold of each objective (Aalen-Johansen): share of replications by cause and day.

    Returns
    -------
    `causes`, and `objectives`: objective -> course -> cause -> `share` by chosen day, and `low` and `high`
    on the last of them.
    """
    found: dict[str, Any] = {}
    for objective in run.objectives:
        found[objective] = {}
        for course in run.courses:
            rows = of_course(run.replications, course)
            _, steps, incidence = holding_by_cause(rows, objective, run.horizon_days)
            found[objective][course] = {
                cause: _by(steps, incidence[cause], days, rows.height) for cause in ENDINGS
            }
    return {"causes": list(ENDINGS), "confidence": CONFIDENCE, "objectives": found}


def _by(steps: Any, incidence: Any, days: Sequence[int], n: int) -> dict[str, Any]:
    """A step function at chosen days, 0 before its first step."""
    at = np.searchsorted(steps, np.asarray(days, dtype=np.float64), side="right")
    shares = np.concatenate([[0.0], incidence])[at]
    low, high = wilson(shares[-1] * n, n, confidence=CONFIDENCE)
    return {"share": short(shares), "low": float(low), "high": float(high)}


def compared(run: RunFolder) -> list[dict[str, Any]]:
    """Every two courses on every event and measure, with the interval of `p_a_better` and pairing's gain."""
    events = {course: run.event_ids(course) for course in run.courses}
    found = compare_courses(run.replications, run.courses, events, run.measures, run.horizon_days)
    won = np.array([one.p_a_better * run.done for one in found])
    low, high = wilson(won, np.full(won.size, run.done), confidence=CONFIDENCE) if found else (won, won)
    return [
        {**one.document(), "p_interval90": [float(low[i]), float(high[i])], "gain": one.gain}
        for i, one in enumerate(found)
    ]


def losses_by_cause(run: RunFolder) -> dict[str, Any]:
    """Mean losses at the horizon by what caused them: course -> side -> cause -> men.

    The causes of killed and wounded, and the captured beside them: together they are the side's losses.
    """
    found: dict[str, Any] = {}
    for course in run.courses:
        rows = of_course(run.replications, course)
        found[course] = {}
        for side in SIDES:
            columns = {cause: f"losses_by:{side}:{cause}" for cause in CAUSES}
            columns["captured"] = f"men:{side}:captured"
            found[course][side] = {
                cause: float(rows[name].to_numpy().mean()) for cause, name in columns.items()
            }
    return found
