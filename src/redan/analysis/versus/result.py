"""What a comparison says: every two alternatives on every measure, as records, plain data and frames."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import polars as pl

from redan.analysis.intervals import excludes_zero, mean_interval
from redan.analysis.region import EVERYWHERE, LEVEL, NONE, Region, Share
from redan.analysis.shown import in_digits, shown
from redan.analysis.versus.emulator import Skill
from redan.analysis.versus.pairing import Gain
from redan.analysis.versus.played import Alternative
from redan.vocabulary.outcomes import Measure

#: Of every interval but those of boxes.
CONFIDENCE: Final = 0.90
#: What each entry of a `gain` says.
GAINS: Final = {
    "both": "parameters and chance shared, over neither",
    "parameters": "parameters shared, over neither",
    "chance": "chance shared, over neither",
    "chance_on_top": "parameters and chance shared, over parameters alone",
}


@dataclass(frozen=True)
class Against:
    """One alternative against another on one measure.

    Attributes
    ----------
    better
        Share of pairs in which `a` is better in the register's direction, ties half, with its 90 % interval.
    mean_difference, interval90
        Mean over pairs of a minus b, a day counted to the horizon at most; the interval is that of the mean.
    spread90
        From the 5 to the 95 % quantile of a minus b over pairs.
    gains, gains_log
        What pairing gains for this measure and for its logarithm (`versus.pairing`); empty where no crossed
        points were played.
    turns
        Where the one that is worse over all is better; None where it was not looked for.
    """

    a: str
    b: str
    measure: str
    unit: str
    better: Share
    mean_difference: float
    interval90: tuple[float, float] | None
    spread90: tuple[float, float]
    gains: dict[str, Gain]
    gains_log: dict[str, Gain]
    turns: Turn | None

    @property
    def is_clear(self) -> bool:
        """Whether the interval of the mean difference excludes 0."""
        return excludes_zero(self.interval90)


@dataclass(frozen=True)
class Turn:
    """What would have to be true for the one that is worse over all to be better.

    `region` is about `other`: a box of uncertain parameters, with how often it is better there in pairs that
    had no part in the search. `skill` says how far an emulator tells from the parameters which one wins.
    """

    other: str
    region: Region
    skill: Skill | None


@dataclass(frozen=True, repr=False)
class Versus:
    """Every two of some alternatives compared."""

    seed: int
    replications: int
    horizon_days: int
    alternatives: tuple[Alternative, ...]
    measures: tuple[Measure, ...]
    pairs: tuple[Against, ...]
    parameters_searched: int
    confidence_of_boxes: float

    def document(self) -> dict[str, Any]:
        """Return the document of `redan compare --json`."""
        return {
            "seed": self.seed,
            "replications": self.replications,
            "horizon_days": self.horizon_days,
            "alternatives": [{"label": one.label, "scenario": one.scenario} for one in self.alternatives],
            "levels": _levels(self),
            "comparison": [_pair(pair) for pair in self.pairs],
            "gain": "variance of the difference unpaired over paired: " + "; ".join(
                f"{name}: {meaning}" for name, meaning in GAINS.items()
            ),
            "boxes": {
                "parameters_searched": self.parameters_searched,
                "confidence_of_intervals": self.confidence_of_boxes,
                "level": LEVEL,
            },
        }  # fmt: skip

    def table(self) -> pl.DataFrame:
        """Return a row per pair and measure: how often `a` is better, by how much, 90 % intervals."""
        rows = [
            (
                *(one.a, one.b, one.measure, one.unit, one.better.p_better, one.better.low, one.better.high),
                *(one.mean_difference, *(one.interval90 or (None, None))),
            )
            for one in self.pairs
        ]
        words: dict[str, Any] = dict.fromkeys(("a", "b", "measure", "unit"), pl.String)
        numbers = ("p_a_better", "p_low", "p_high", "mean_difference", "low", "high")
        return pl.DataFrame(rows, schema=words | dict.fromkeys(numbers, pl.Float64), orient="row")

    def levels(self) -> pl.DataFrame:
        """Return the mean of every measure of every alternative with its 90 % interval."""
        rows = [(*list(row.values())[:4], *(row["interval90"] or (None, None))) for row in _levels(self)]
        words: dict[str, Any] = dict.fromkeys(("alternative", "measure", "unit"), pl.String)
        numbers = dict.fromkeys(("mean", "low", "high"), pl.Float64)
        return pl.DataFrame(rows, schema=words | numbers, orient="row")

    def _repr_html_(self) -> str:
        """Show who is better, by how much, and what would turn it, in a notebook."""
        caption = (
            f"{self.replications:,} pairs on the same luck, {self.horizon_days:,} days, seed {self.seed}:"
            " share of pairs in which a is better, and the mean of a minus b, each with its 90 % interval; a"
            f" day that did not come counts as {self.horizon_days:,} days."
        )
        return shown([said for one in self.pairs if (said := _turned(one))], [(caption, self.table())])

    def __repr__(self) -> str:
        return f"Versus({', '.join(one.label for one in self.alternatives)}: {self.replications} pairs)"


def _levels(found: Versus) -> list[dict[str, Any]]:
    """Return the mean of every measure of every alternative with its 90 % interval."""
    rows = []
    for one in found.alternatives:
        for measure in found.measures:
            values = one.values(measure)
            mean = mean_interval(values, confidence=CONFIDENCE) if values.size > 1 else None
            rows.append(
                {
                    "alternative": one.label,
                    "measure": measure.name,
                    "unit": measure.unit,
                    "mean": float(values.mean()),
                    "interval90": None if mean is None else [mean.low, mean.high],
                }
            )
    return rows


def _pair(pair: Against) -> dict[str, Any]:
    return {
        "a": pair.a,
        "b": pair.b,
        "measure": pair.measure,
        "unit": pair.unit,
        "p_a_better": pair.better.p_better,
        "p_interval90": [pair.better.low, pair.better.high],
        "mean_difference": pair.mean_difference,
        "interval90": None if pair.interval90 is None else list(pair.interval90),
        "spread90": list(pair.spread90),
        "gain": _gains(pair.gains),
        "gain_log": _gains(pair.gains_log),
        "turns": None if pair.turns is None else _turn(pair.turns),
    }


def _gains(found: Mapping[str, Gain]) -> dict[str, Any] | None:
    return {name: gain.document() for name, gain in found.items()} or None


def _turn(turn: Turn) -> dict[str, Any]:
    region = turn.region
    return {
        "for": turn.other,
        "verdict": region.verdict,
        "box": [asdict(bound) for bound in region.box],
        "p_better_in_box": region.confirmed.p_better,
        "interval": [region.confirmed.low, region.confirmed.high],
        "pairs": region.confirmed.pairs,
        "p_better_in_box_when_searched": region.searched.p_better,
        "emulator": None if turn.skill is None else turn.skill.document(),
        "influences": [asdict(one) for one in region.influences if one.p_any <= LEVEL],
    }


def _turned(one: Against) -> str:
    """What would have to be true for the one that is worse over all to be better; empty where not found."""
    if one.turns is None or one.turns.region.verdict in (EVERYWHERE, NONE):
        return ""
    region = one.turns.region
    where = " and ".join(
        f"{bound.parameter} is {'at most' if bound.is_upper else 'above'} {in_digits(bound.value)}"
        for bound in region.box
    )
    share = f"{100 * region.confirmed.p_better:.0f} %"
    return f"{one.measure}: {one.turns.other} is better where {where}, in {share} of the pairs there."
