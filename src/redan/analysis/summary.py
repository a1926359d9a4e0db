"""What a forecast says of one course: each event's probability and day, each measure's mean and spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import ArrayLike

from redan.analysis.censored import day_quantiles, event_days, probability, restricted_days
from redan.analysis.compare import RESTRICTED
from redan.vocabulary.outcomes import Measure

LEVELS: Final = (0.10, 0.50, 0.90)


@dataclass(frozen=True)
class EventSummary:
    """Probability by the horizon, its standard error, and quantiles of the day: None past the horizon."""

    p_by_horizon: float
    se: float
    day: dict[str, float | None]


@dataclass(frozen=True)
class MeasureSummary:
    """Mean and quantiles at the horizon."""

    unit: str
    mean: float
    p10: float
    p50: float
    p90: float


def event_summaries(rows: pl.DataFrame, events: Sequence[str]) -> dict[str, EventSummary]:
    """Summarise the events of one course (rows of `replications.parquet`)."""
    found = {}
    for event in events:
        days = event_days(rows, event)
        found[event] = EventSummary(*probability(days), day_quantiles(days, LEVELS))
    return found


def measure_summary(values: ArrayLike, unit: str) -> MeasureSummary:
    """Summarise one measure; quantiles by linear interpolation, as is numpy's habit."""
    taken = np.asarray(values, dtype=np.float64)
    p10, p50, p90 = (float(value) for value in np.quantile(taken, LEVELS))
    return MeasureSummary(unit, float(taken.mean()), p10, p50, p90)


def measure_summaries(
    rows: pl.DataFrame, measures: Sequence[Measure], events: Sequence[str], horizon_days: int
) -> dict[str, MeasureSummary]:
    """Summarise the measures of one course, and `restricted_mean_days:EVENT` for each of its events."""
    found = {m.name: measure_summary(rows[m.name].to_numpy(), m.unit) for m in measures}
    for event in events:
        days = restricted_days(event_days(rows, event), horizon_days)
        found[RESTRICTED + event] = measure_summary(days, "days")
    return found
