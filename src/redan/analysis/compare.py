"""Two courses on the same luck, replication by replication.

`p_a_better` counts pairs; the difference is a minus b within each pair. Where a day is censored the
difference is known only to lie in a range: a quantile is given where every value in these ranges leads to
the same one, and is None otherwise ("not identified").
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from redan.analysis.censored import event_days, of_course, quantile_with_infinities, restricted_days
from redan.vocabulary.outcomes import HIGHER, LOWER, Measure

F64 = NDArray[np.float64]
RESTRICTED = "restricted_mean_days:"


@dataclass(frozen=True)
class Comparison:
    """Course `a` against course `b` on one measure or event.

    Attributes
    ----------
    p_a_better
        Share of pairs in which a is better, ties counted half; "better" is the register's direction, and
        for days of events the earlier.
    median_difference
        Median over pairs of a minus b; None where it is not identified.
    interval90
        From the 5 % to the 95 % quantile of a minus b over pairs: how much luck and parameters spread it
        (not the error of its mean, which shrinks with more replications). None where an end of it is not
        identified.
    gain
        Variance of the difference had the courses been played on separate luck, over its variance as
        paired: as if so many times the replications had been played. None for days that may be censored.
    """

    a: str
    b: str
    measure: str
    p_a_better: float
    median_difference: float | None
    interval90: tuple[float, float] | None
    gain: float | None

    def document(self) -> dict[str, Any]:
        """Return the entry of `comparison` in the JSON of a forecast."""
        return {
            "a": self.a,
            "b": self.b,
            "measure": self.measure,
            "p_a_better": self.p_a_better,
            "median_difference": self.median_difference,
            "interval90": None if self.interval90 is None else list(self.interval90),
        }


def p_a_better(a: F64, b: F64, better: str = LOWER) -> float:
    """Share of pairs in which a is better; ties, and pairs in which both are `inf`, count a half."""
    first, second = (a, b) if better == LOWER else (b, a)
    return float(np.mean((first < second) + 0.5 * (first == second)))


def difference_quantile(a: F64, b: F64, level: float, horizon_days: float) -> float | None:
    """Quantile over pairs of a minus b; a value `inf` is only known to lie beyond the horizon.

    Returns
    -------
    None where the answer depends on what happened past the horizon.
    """
    with np.errstate(invalid="ignore"):
        known = a - b
    lowest = np.where(np.isfinite(a), np.where(np.isfinite(b), known, -math.inf), horizon_days - b)
    highest = np.where(np.isfinite(b), np.where(np.isfinite(a), known, math.inf), a - horizon_days)
    both = ~np.isfinite(a) & ~np.isfinite(b)
    low = quantile_with_infinities(np.where(both, -math.inf, lowest), level)
    high = quantile_with_infinities(np.where(both, math.inf, highest), level)
    return low if low == high and math.isfinite(low) else None


def pairing_gain(a: F64, b: F64) -> float | None:
    """How many times the replications separate luck would have needed for the same error of the mean."""
    paired = float(np.var(a - b))
    return float((np.var(a) + np.var(b)) / paired) if paired > 0.0 else None


def compare_values(
    a: tuple[str, F64], b: tuple[str, F64], measure: str, better: str, horizon_days: float
) -> Comparison:
    """Compare the values of two courses, (name, values in the order of replications), `inf` if censored."""
    first, second = a[1], b[1]
    low = difference_quantile(first, second, 0.05, horizon_days)
    high = difference_quantile(first, second, 0.95, horizon_days)
    censored = not (np.isfinite(first).all() and np.isfinite(second).all())
    return Comparison(
        a=a[0],
        b=b[0],
        measure=measure,
        p_a_better=p_a_better(first, second, better),
        median_difference=difference_quantile(first, second, 0.5, horizon_days),
        interval90=None if low is None or high is None else (low, high),
        gain=None if censored else pairing_gain(first, second),
    )


def compare_courses(
    replications: pl.DataFrame,
    courses: Sequence[str],
    events: Mapping[str, Sequence[str]],
    measures: Sequence[Measure],
    horizon_days: int,
) -> list[Comparison]:
    """Compare every pair of courses on every event both can bring, and on every measure.

    Parameters
    ----------
    replications : the table of a run
    events : course -> ids of its events
    """
    rows = {course: of_course(replications, course) for course in courses}
    found = []
    for a, b in itertools.combinations(courses, 2):
        both = [name for name in events[a] if name in set(events[b])]
        found += compare_rows((a, rows[a]), (b, rows[b]), both, measures, horizon_days)
    return found


def compare_rows(
    a: tuple[str, pl.DataFrame],
    b: tuple[str, pl.DataFrame],
    events: Sequence[str],
    measures: Sequence[Measure],
    horizon_days: int,
) -> list[Comparison]:
    """Compare two sets of campaigns on the same luck, (name, rows in the order of replications).

    They may come from two runs, if those share seed and horizon: their luck is then the same.

    Parameters
    ----------
    events, measures : those that both have
    """
    found = []
    for event in events:
        days = [(name, event_days(rows, event)) for name, rows in (a, b)]
        found.append(compare_values(days[0], days[1], event, LOWER, horizon_days))
        capped = [(name, restricted_days(values, horizon_days)) for name, values in days]
        found.append(compare_values(capped[0], capped[1], RESTRICTED + event, LOWER, horizon_days))
    for measure in measures:
        pair = [(name, rows[measure.name].to_numpy()) for name, rows in (a, b)]
        better = HIGHER if measure.better == HIGHER else LOWER
        found.append(compare_values(pair[0], pair[1], measure.name, better, horizon_days))
    return found
