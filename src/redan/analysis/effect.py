"""What one thing that a side has or gets does to one measure, pair by pair on the same luck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from redan.analysis.asked import asked_measures, counted, values
from redan.analysis.compare import p_a_better
from redan.analysis.intervals import excludes_zero, mean_interval
from redan.analysis.shown import in_digits
from redan.analysis.viewpoint import better_for
from redan.vocabulary.outcomes import Measure


@dataclass(frozen=True)
class Effect:
    """One thing (a layer that is taken away, a change that is added) in one course on one measure.

    Attributes
    ----------
    mean_difference
        Mean over pairs, of days each counted at most to the horizon: without a layer minus with it, or with
        what is added minus without it.
    interval90
        90 % interval of that mean (Student's t over pairs); None where there is only one pair.
    p_better_with
        Share of pairs in which the owner is better off with it than without, ties counted half; a day that
        did not come by the horizon is later than any that did, and two such tie. Of civilian harm, less harm.
    """

    course: str
    thing: str
    measure: str
    unit: str
    mean_with: float
    mean_without: float
    mean_difference: float
    interval90: tuple[float, float] | None
    p_better_with: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval excludes 0."""
        return excludes_zero(self.interval90)

    def document(self, kind: str, share: str) -> dict[str, Any]:
        """Return a row of a JSON document.

        Parameters
        ----------
        kind, share : what the document calls the thing, and `p_better_with`
        """
        return {
            "course": self.course,
            kind: self.thing,
            "measure": self.measure,
            "mean_difference": self.mean_difference,
            "interval90": None if self.interval90 is None else list(self.interval90),
            share: self.p_better_with,
        }

    def row(self) -> tuple[Any, ...]:
        """Return all of it as a row of a table, the interval as two columns."""
        return (
            *(self.course, self.thing, self.measure, self.unit, self.mean_with, self.mean_without),
            *(self.mean_difference, *(self.interval90 or (None, None)), self.p_better_with),
        )


def columns(thing: str, share: str) -> dict[str, Any]:
    """Columns of `Effect.row`: what the thing and `p_better_with` are called -> kind."""
    words = dict.fromkeys(("course", thing, "measure", "unit"), pl.String)
    numbers = ("mean_with", "mean_without", "mean_difference", "low", "high", share)
    return words | dict.fromkeys(numbers, pl.Float64)


def in_short(listed: Sequence[Effect], thing: str) -> pl.DataFrame:
    """Return the headline measures side by side: a row per course and thing, a text per measure.

    Each is the mean difference with its 90 % interval, marked with * where that excludes 0.
    """
    names = [measure.name for measure in asked_measures(None, ())]
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for one in listed:
        if one.measure in names:
            rows.setdefault((one.course, one.thing), {})[one.measure] = _text(one)
    return pl.DataFrame(
        [
            {"course": key[0], thing: key[1], **{name: row[name] for name in names}}
            for key, row in rows.items()
        ]
    )


def _text(one: Effect) -> str:
    said = in_digits(one.mean_difference) + ("*" if one.is_clear else "")
    return said if one.interval90 is None else f"{said} ({' to '.join(map(in_digits, one.interval90))})"


def effect(
    course: str,
    thing: str,
    measure: Measure,
    *,
    owner: int,
    with_it: pl.DataFrame,
    without: pl.DataFrame,
    horizon_days: float,
    is_added: bool,
) -> Effect:
    """Compare one measure, pair by pair.

    Parameters
    ----------
    owner : the side whose thing it is
    with_it, without : rows of the course, of the same replications in the same order
    is_added : the difference is what it adds; else what is missing without it
    """
    having, lacking = (counted(rows, measure, horizon_days) for rows in (with_it, without))
    change = having - lacking if is_added else lacking - having
    found = mean_interval(change, confidence=0.90) if change.size > 1 else None
    better = better_for(measure, owner)
    return Effect(
        course=course,
        thing=thing,
        measure=measure.name,
        unit=measure.unit,
        mean_with=float(having.mean()),
        mean_without=float(lacking.mean()),
        mean_difference=float(change.mean()),
        interval90=None if found is None else (found.low, found.high),
        p_better_with=p_a_better(values(with_it, measure), values(without, measure), better),
    )
