"""Boxes of one or two uncertain parameters, and the one in which an outcome is most surely good.

A box is judged by the lower end of Wilson's interval for the share of good outcomes among those in it that
are good or bad (what is even says nothing of either), so that a large box of good outcomes beats a small one
that may be luck. That share flatters the box that is chosen: it must be asked of other replications before it
is believed (`redan.analysis.region`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from redan.analysis.influence import correlations
from redan.analysis.intervals import wilson

F64 = NDArray[np.float64]
Bools = NDArray[np.bool_]
#: A parameter is cut at these quantiles of its draws in the searching half.
CUTS: Final = (0.25, 0.5, 0.75)
#: Boxes of two parameters are made of this many of the strongest.
STRONGEST: Final = 10
#: A box holds at least this share of the replications, and at least so many outcomes that are not even.
LEAST_SHARE: Final = 0.20
LEAST_PAIRS: Final = 20


@dataclass(frozen=True)
class Bound:
    """A parameter at most at a value (`is_upper`), or above it.

    Attributes
    ----------
    part
        Share of the parameter's draws that the bound leaves, as it was cut.
    """

    parameter: str
    is_upper: bool
    value: float
    part: float

    def holds(self, drawn: F64) -> Bools:
        """Whether drawn values of the parameter are within the bound."""
        found: Bools = drawn <= self.value if self.is_upper else drawn > self.value
        return found

    def __str__(self) -> str:
        return f"{self.parameter} {'<=' if self.is_upper else '>'} {self.value:.4g}"


def best_box(names: Sequence[str], drawn: F64, better: F64, confidence: float) -> tuple[Bound, ...]:
    """Return the box in which the lower end of the interval is highest.

    Parameters
    ----------
    names, drawn : parameters that vary, and their values [replication, parameter]
    better : 1, 1/2 or 0 for each replication
    confidence : of the intervals by which boxes are judged
    """
    bounds, inside = half_spaces(names, drawn)
    strongest = np.argsort(-np.abs(correlations(drawn, better)), kind="stable")[:STRONGEST]
    of_parameter = np.repeat(np.arange(len(names)), len(bounds) // len(names))
    strong = np.flatnonzero(np.isin(of_parameter, strongest))
    first, second = (strong[side] for side in np.triu_indices(strong.size, 1))
    two = of_parameter[first] != of_parameter[second]
    # A box of one parameter is the pair of a bound with itself.
    first = np.concatenate([np.arange(len(bounds)), first[two]])
    second = np.concatenate([np.arange(len(bounds)), second[two]])
    members = inside.astype(np.float64)
    size, won, decided = (
        ((members * counted) @ members.T)[first, second]
        for counted in (np.ones_like(better), better == 1.0, better != 0.5)
    )
    low, _ = wilson(won, np.maximum(decided, 1.0), confidence=confidence)
    large = (decided >= LEAST_PAIRS) & (size >= LEAST_SHARE * better.size)
    best = int(np.argmax(np.where(large, low, -1.0)))
    return tuple(bounds[i] for i in dict.fromkeys((int(first[best]), int(second[best]))))


def half_spaces(names: Sequence[str], drawn: F64) -> tuple[list[Bound], Bools]:
    """Return every bound at a quantile of one parameter, and which replications it holds [bound, r]."""
    cuts = np.quantile(drawn, CUTS, axis=0)
    bounds = [
        Bound(name, is_upper, float(cut), level if is_upper else 1.0 - level)
        for i, name in enumerate(names)
        for level, cut in zip(CUTS, cuts[:, i], strict=True)
        for is_upper in (True, False)
    ]
    column = {name: drawn[:, i] for i, name in enumerate(names)}
    return bounds, np.array([bound.holds(column[bound.parameter]) for bound in bounds])
