"""Which replication is told, and how it stands among the others of its course."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from redan.analysis.censored import event_days
from redan.analysis.summary import LEVELS
from redan.vocabulary.parameters import Parameter

AREA: Final = "area_gained_km2"
ENDED: Final = "ended"
CHOICES: Final = ("median", "soonest", "latest")
RULE: Final = (
    "ordered by the day on which every objective was taken or left, and where that never came by the area"
    " gained, most first"
)
TAIL: Final = 0.05  # a parameter is extreme below this level of what it was drawn from, or above 1 - this
FEWEST: Final = 50  # replications from which on a correlation says something
CLEAR: Final = 2.6  # standard errors of a rank correlation: one in a hundred by chance
LEVELS_TRIED: Final = np.linspace(0.0005, 0.9995, 2000)


def ordering(rows: pl.DataFrame) -> list[int]:
    """Replications of one course, by their outcome (RULE)."""
    days = event_days(rows, ENDED)
    numbers = rows["replication"].to_numpy()
    order = np.lexsort((numbers, -rows[AREA].to_numpy(), days))
    return [int(number) for number in numbers[order]]


def choose(rows: pl.DataFrame, choice: str) -> int:
    """The replication that is the median, the soonest or the latest of its course by RULE."""
    order = ordering(rows)
    return order[{"soonest": 0, "latest": len(order) - 1}.get(choice, (len(order) - 1) // 2)]


@dataclass(frozen=True)
class Standing:
    """An outcome of one replication among those of all; a day that never came is None."""

    id: str
    unit: str
    value: float | None
    p10: float | None
    p50: float | None
    p90: float | None
    share_below: float  # of the other replications that lie lower, ties counted half


def standing(rows: pl.DataFrame, replication: int, name: str, unit: str) -> Standing:
    """Where one replication stands; the day of an event counts as later than any where it never came."""
    is_day = unit == "day"
    values = event_days(rows, name) if is_day else rows[name].to_numpy().astype(np.float64)
    own = float(values[rows["replication"].to_list().index(replication)])
    others = max(1, values.size - 1)
    below = (values < own).sum() + 0.5 * ((values == own).sum() - 1)
    p10, p50, p90 = (_finite(_step(values, level)) for level in LEVELS)
    return Standing(name, unit, _finite(own), p10, p50, p90, float(below) / others)


def _step(values: NDArray[np.float64], level: float) -> float:
    """The value by which at least a share `level` of all are reached."""
    ordered = np.sort(values)
    return float(ordered[max(math.ceil(level * ordered.size - 1e-9) - 1, 0)])


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


@dataclass(frozen=True)
class Extreme:
    """A parameter in a tail of what it was drawn from; `correlation` is that of its rank with the outcome's.

    Above 0: where it was larger, campaigns ended later. None where too few replications were played to tell.
    """

    name: str
    unit: str
    grade: str
    group: str
    value: float
    level: float
    correlation: float | None


@dataclass(frozen=True)
class Drawn:
    """All parameters of a replication: how many were drawn, how many lie in a tail, the telling ones."""

    n_drawn: int
    n_extreme: int
    telling: list[Extreme]


def level_of(parameter: Parameter, value: float) -> float:
    """The cumulative probability of a value under what the parameter is drawn from."""
    return float((parameter.ppf(LEVELS_TRIED) <= value).mean())


def drawn(
    rows: pl.DataFrame, parameters: Mapping[str, Parameter], values: Mapping[str, float], most: int = 6
) -> Drawn:
    """Parameters in which a replication is extreme and that go with the outcome over all replications."""
    random = [p for p in parameters.values() if p.distribution.kind != "fixed" and p.name in values]
    levels = {p.name: level_of(p, values[p.name]) for p in random}
    tail = [p for p in random if not TAIL < levels[p.name] < 1.0 - TAIL]
    ranks = _ranks(rows)
    found = [
        Extreme(
            p.name,
            p.unit,
            p.grade,
            p.group,
            values[p.name],
            levels[p.name],
            _correlation(rows, p.name, ranks),
        )
        for p in tail
    ]
    return Drawn(len(random), len(tail), _telling(found, rows.height)[:most])


def _telling(found: Sequence[Extreme], n: int) -> list[Extreme]:
    """Those that clearly go with the outcome, the closest first; the forces where that cannot be told."""
    if n < FEWEST:
        return sorted(
            (one for one in found if one.name.startswith(("attacker_", "defender_"))),
            key=lambda one: -abs(one.level - 0.5),
        )
    clear = [one for one in found if abs(one.correlation or 0.0) >= CLEAR / math.sqrt(n)]
    return sorted(clear, key=lambda one: -abs(one.correlation or 0.0))


def _ranks(rows: pl.DataFrame) -> NDArray[np.float64]:
    """Place of each replication in the order of outcomes, in the order of the rows."""
    place = {replication: i for i, replication in enumerate(ordering(rows))}
    return np.array([place[replication] for replication in rows["replication"].to_list()], np.float64)


def _correlation(rows: pl.DataFrame, name: str, ranks: NDArray[np.float64]) -> float | None:
    """Rank correlation of a parameter with the outcome, None where it cannot be told."""
    column = f"parameter:{name}"
    if rows.height < FEWEST or column not in rows.columns:
        return None
    own = rows[column].rank().to_numpy()
    if own.std() == 0.0:
        return None
    return float(np.corrcoef(own, ranks)[0, 1])
