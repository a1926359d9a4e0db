"""What a layer of the defence is worth: campaigns without it against campaigns with it, on the same luck.

A layer is judged twice. *Off in turn*: all layers but this one, against all. *Alone*: no layer at all,
against this one alone. The two differ where layers stand in for each other (each off in turn then looks worth
little) or work through each other (each alone then does). In both the difference is without the layer minus
with it, and "worse" is worse for the layer's owner; in measures of civilian harm, more harm.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from redan.analysis.asked import counted, days_to, is_asked
from redan.analysis.compare import RESTRICTED
from redan.analysis.effect import Effect, columns, effect, in_short
from redan.analysis.shown import shown
from redan.vocabulary.codes import DEFENDER, LAYERS, SIDES
from redan.vocabulary.outcomes import Measure, measures

#: What documents and tables call `Effect.p_better_with` of a layer: its owner is worse off without it.
SHARE: Final = "p_worse_without"
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


def compared(objectives: Sequence[str]) -> list[Measure]:
    """Return what is compared: days until the end and until each objective is taken, and the measures."""
    days = [days_to(event) for event in ("ended", *(f"taken:{name}" for name in objectives))]
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
        effect(
            course, layer, measure, owner=OWNER[layer], with_it=with_it, without=without,
            horizon_days=horizon_days, is_added=False,
        )
        for measure in compared(objectives)
    ]  # fmt: skip


def levels(rows: pl.DataFrame, objectives: Sequence[str], horizon_days: float) -> dict[str, float]:
    """Return the mean of everything that is compared: what differences are to be read against."""
    return {m.name: float(counted(rows, m, horizon_days).mean()) for m in compared(objectives)}


@dataclass(frozen=True, repr=False)
class Ablation:
    """Every layer off in turn and every layer alone, course by course.

    Attributes
    ----------
    off, alone
        One `Effect` per course, layer and measure.
    levels
        `all` and `none` of the layers on -> course -> measure -> mean, to read the differences against.
    posterior
        Name and sha256 of the fit that parameters were drawn from; None: the register's priors.
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
    posterior: Mapping[str, str] | None = None

    def document(self) -> dict[str, Any]:
        """Return the document of `redan ablate --json`.

        `layers` holds each layer off in turn, `alone` each layer alone, with the same keys; rows have a
        `course` as well where several courses were played.
        """
        return {
            "scenario": self.scenario,
            "as_of": self.as_of.isoformat(),
            "seed": self.seed,
            "replications": self.replications,
            "horizon_days": self.horizon_days,
            "posterior": None if self.posterior is None else dict(self.posterior),
            "courses": list(self.courses),
            "owner": {layer: SIDES[OWNER[layer]] for layer in self.layers},
            "difference": "mean over pairs on the same luck, without the layer minus with it",
            "interval": "90 % of that mean, Student's t over pairs",
            "layers": self._rows(self.off),
            "alone": self._rows(self.alone),
            "levels": self.levels,
        }

    def _rows(self, listed: Sequence[Effect]) -> list[dict[str, Any]]:
        left_out = () if len(self.courses) > 1 else ("course",)
        told = (effect.document("layer", SHARE) for effect in listed)
        return [{key: value for key, value in row.items() if key not in left_out} for row in told]

    def table(self, measures: Sequence[str] | None = None) -> pl.DataFrame:
        """Return every comparison as a row; `others` says whether the other layers were on or off.

        Parameters
        ----------
        measures : ids such as `losses:attacker`, or kinds such as `losses`; by default every measure
        """
        rows = [
            (others, *e.row())
            for others, listed in (("on", self.off), ("off", self.alone))
            for e in listed
            if is_asked(e.measure, measures)
        ]
        schema = {"others": pl.String, **columns("layer", SHARE)}
        return pl.DataFrame(rows, schema=schema, orient="row")

    def _repr_html_(self) -> str:
        """Show each layer off in turn in a notebook."""
        caption = (
            f"{self.scenario}, day 0 is {self.as_of}: each layer off in turn, without it minus with it, mean"
            f" over {self.replications:,} pairs on the same luck (90 % interval); * the interval excludes 0."
            f" Days are counted to day {self.horizon_days:,} at most."
        )
        return shown((), [(caption, in_short(self.off, "layer"))])

    def __repr__(self) -> str:
        said = f"{len(self.layers)} layers, {len(self.courses)} courses, {self.replications} pairs"
        return f"Ablation({self.scenario!r}, {said})"
