"""What a layer of the defence is worth: campaigns without it against campaigns with it, on the same luck.

A layer is judged twice. *Off in turn*: all layers but this one, against all. *Alone*: no layer at all,
against this one alone. The two differ where layers stand in for each other (each off in turn then looks worth
little) or work through each other (each alone then does). In both the difference is without the layer minus
with it, and "worse" is worse for the layer's owner; in measures of civilian harm, more harm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from redan.analysis.censored import event_days, restricted_days
from redan.analysis.compare import RESTRICTED, p_a_better
from redan.analysis.intervals import excludes_zero, mean_interval
from redan.analysis.viewpoint import better_for
from redan.vocabulary.codes import DEFENDER, LAYERS, SIDES
from redan.vocabulary.outcomes import LOWER, Measure, measures

F64 = NDArray[np.float64]
#: Whose layer it is. All are the defender's: the drone zone and relief act on both sides, but they are
#: layers of the defence that the design lists, and off they are off for both.
OWNER: Final = dict.fromkeys(LAYERS, DEFENDER)
#: What is compared beside days, by kind of measure: men, ground, housing, residents.
KINDS: Final = (
    "losses",
    "exchange_ratio",
    "area_gained_km2",
    "destroyed_km2",
    "residents_left",
    "displaced",
    "destroyed",
    "residents",
)
COLUMNS: Final = {
    "others": pl.String,
    "course": pl.String,
    "layer": pl.String,
    "measure": pl.String,
    "unit": pl.String,
    "mean_with": pl.Float64,
    "mean_without": pl.Float64,
    "mean_difference": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "p_worse_without": pl.Float64,
}


@dataclass(frozen=True)
class Effect:
    """One layer in one course on one measure.

    Attributes
    ----------
    mean_difference
        Mean over pairs of the value without the layer minus the value with it; of days, each counted at
        most to the horizon.
    interval90
        90 % interval of that mean (Student's t over pairs); None where there is only one pair.
    p_worse_without
        Share of pairs in which the owner is worse off without the layer, ties counted half; a day that did
        not come by the horizon is later than any that did, and two such tie.
    """

    course: str
    layer: str
    measure: str
    unit: str
    mean_with: float
    mean_without: float
    mean_difference: float
    interval90: tuple[float, float] | None
    p_worse_without: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval excludes 0."""
        return excludes_zero(self.interval90)

    def document(self, *, with_course: bool) -> dict[str, Any]:
        """Return the row of the JSON document; `course` only where several are played."""
        return {
            **({"course": self.course} if with_course else {}),
            "layer": self.layer,
            "measure": self.measure,
            "mean_difference": self.mean_difference,
            "interval90": None if self.interval90 is None else list(self.interval90),
            "p_worse_without": self.p_worse_without,
        }


def compared(objectives: Sequence[str]) -> list[Measure]:
    """Return what is compared: days until the end and until each objective is taken, and the measures."""
    meaning = "mean of the event's day or the horizon, whichever is first"
    days = [
        Measure(RESTRICTED + event, "days", LOWER, meaning)
        for event in ("ended", *(f"taken:{name}" for name in objectives))
    ]
    return [*days, *(m for m in measures(objectives) if m.name.partition(":")[0] in KINDS)]


def columns_needed(objectives: Sequence[str]) -> list[str]:
    """Return the columns of a replications table that `effects` reads."""
    return ["course", "replication", *(m.name.removeprefix(RESTRICTED) for m in compared(objectives))]


def effects(
    course: str,
    layer: str,
    with_it: pl.DataFrame,
    without: pl.DataFrame,
    objectives: Sequence[str],
    horizon_days: int,
) -> list[Effect]:
    """Compare a course with a layer and without it, on everything that is compared.

    Parameters
    ----------
    with_it, without : rows of the course, of the same replications in the same order
    """
    if not with_it["replication"].equals(without["replication"]):
        raise ValueError("the two ensembles do not pair: their replications differ")
    return [
        effect(course, layer, measure, with_it, without, horizon_days) for measure in compared(objectives)
    ]


def values(rows: pl.DataFrame, measure: Measure) -> F64:
    """Return a measure by replication; of days, `inf` where the event had not come by the horizon."""
    if measure.name.startswith(RESTRICTED):
        return event_days(rows, measure.name.removeprefix(RESTRICTED))
    return rows[measure.name].to_numpy().astype(np.float64)


def counted(rows: pl.DataFrame, measure: Measure, horizon_days: float) -> F64:
    """Return a measure by replication as it enters a mean: a day at most at the horizon."""
    found = values(rows, measure)
    return restricted_days(found, horizon_days) if measure.name.startswith(RESTRICTED) else found


def levels(rows: pl.DataFrame, objectives: Sequence[str], horizon_days: float) -> dict[str, float]:
    """Return the mean of everything that is compared: what differences are to be read against."""
    return {m.name: float(counted(rows, m, horizon_days).mean()) for m in compared(objectives)}


def effect(
    course: str,
    layer: str,
    measure: Measure,
    with_it: pl.DataFrame,
    without: pl.DataFrame,
    horizon_days: float,
) -> Effect:
    """Compare one measure, pair by pair."""
    first, second = (counted(rows, measure, horizon_days) for rows in (with_it, without))
    interval = None
    if first.size > 1:
        found = mean_interval(second - first, confidence=0.90)
        interval = (found.low, found.high)
    better = better_for(measure, OWNER[layer])
    return Effect(
        course=course,
        layer=layer,
        measure=measure.name,
        unit=measure.unit,
        mean_with=float(first.mean()),
        mean_without=float(second.mean()),
        mean_difference=float((second - first).mean()),
        interval90=interval,
        p_worse_without=p_a_better(values(with_it, measure), values(without, measure), better),
    )


@dataclass(frozen=True, repr=False)
class Ablation:
    """Every layer off in turn and every layer alone, course by course.

    Attributes
    ----------
    off, alone
        One `Effect` per course, layer and measure.
    levels
        `all` and `none` of the layers on -> course -> measure -> mean, to read the differences against.
    """

    scenario: str
    as_of: date
    seed: int
    replications: int
    horizon_days: int
    courses: tuple[str, ...]
    layers: tuple[str, ...]
    off: tuple[Effect, ...]
    alone: tuple[Effect, ...]
    levels: dict[str, dict[str, dict[str, float]]]

    def document(self) -> dict[str, Any]:
        """Return the document of `redan ablate --json`.

        `layers` holds each layer off in turn, `alone` each layer alone, with the same keys; rows have a
        `course` as well where several courses were played.
        """
        several = len(self.courses) > 1
        return {
            "scenario": self.scenario,
            "as_of": self.as_of.isoformat(),
            "seed": self.seed,
            "replications": self.replications,
            "horizon_days": self.horizon_days,
            "courses": list(self.courses),
            "owner": {layer: SIDES[OWNER[layer]] for layer in self.layers},
            "difference": "mean over pairs on the same luck, without the layer minus with it",
            "interval": "90 % of that mean, Student's t over pairs",
            "layers": [effect.document(with_course=several) for effect in self.off],
            "alone": [effect.document(with_course=several) for effect in self.alone],
            "levels": self.levels,
        }

    def table(self, measures: Sequence[str] | None = None) -> pl.DataFrame:
        """Return every comparison as a row; `others` says whether the other layers were on or off.

        Parameters
        ----------
        measures : ids such as `losses:attacker`, or kinds such as `losses`; by default every measure
        """
        rows = [
            (others, e.course, e.layer, e.measure, e.unit, e.mean_with, e.mean_without, e.mean_difference,
             *(e.interval90 or (None, None)), e.p_worse_without)
            for others, listed in (("on", self.off), ("off", self.alone))
            for e in listed
            if measures is None or e.measure in measures or e.measure.partition(":")[0] in measures
        ]  # fmt: skip
        return pl.DataFrame(rows, schema=COLUMNS, orient="row")

    def __repr__(self) -> str:
        said = f"{len(self.layers)} layers, {len(self.courses)} courses, {self.replications} pairs"
        return f"Ablation({self.scenario!r}, {said})"
