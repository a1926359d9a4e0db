"""A small tree of uncertain parameters, grown on one half of the replications and counted on the other.

Each branch is cut where it most lessens the variance of belonging, at a quartile of a parameter; the half
that had no part in choosing the cuts then says how often replications in each leaf belong. So the numbers are
not flattered by the search, and a tree that found only luck has leaves that are all alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from redan.analysis.boxes import Bound, half_spaces
from redan.analysis.intervals import wilson

F64 = NDArray[np.float64]
Bools = NDArray[np.bool_]
DEPTH: Final = 2
#: A leaf has at least so many replications of the half that grows the tree.
LEAST_IN_LEAF: Final = 15
CONFIDENCE: Final = 0.90


@dataclass(frozen=True)
class Leaf:
    """A branch to its end: its bounds, and how often it belongs in the half that did not grow it."""

    bounds: tuple[Bound, ...]
    replications: int
    members: int
    share: float
    low: float
    high: float


def grow(names: Sequence[str], drawn: F64, members: Bools) -> tuple[Leaf, ...]:
    """Grow a tree.

    Parameters
    ----------
    names, drawn : parameters that vary, and their values [replication, parameter]
    members : which replications belong

    Returns
    -------
    The leaves, those that belong most often first; one without bounds where no cut is to be had.
    """
    growing = np.arange(members.size) % 2 == 0
    bounds, inside = half_spaces(names, drawn[growing])
    paths = _branches(bounds, inside, members[growing].astype(np.float64), (), DEPTH)
    leaves = [_counted(path, names, drawn[~growing], members[~growing]) for path in paths]
    return tuple(sorted(leaves, key=lambda leaf: -leaf.share))


def _branches(
    bounds: Sequence[Bound], inside: Bools, belongs: F64, path: tuple[int, ...], depth: int
) -> list[tuple[Bound, ...]]:
    """Paths to the leaves below a branch, which is given by the numbers of its bounds."""
    here = np.ones(belongs.size, dtype=bool)
    for number in path:
        here &= inside[number]
    cut = _best(inside[:, here], belongs[here]) if depth else None
    if cut is None:
        return [tuple(bounds[number] for number in path)]
    # Bounds come in couples: at most a value, and above it.
    return [
        leaf
        for side in (cut, cut ^ 1)
        for leaf in _branches(bounds, inside, belongs, (*path, side), depth - 1)
    ]


def _best(inside: Bools, belongs: F64) -> int | None:
    """Number of the bound whose two sides differ most, for the variance that the cut takes away."""
    within = inside.sum(axis=1)
    beyond = belongs.size - within
    allowed = (within >= LEAST_IN_LEAF) & (beyond >= LEAST_IN_LEAF)
    if not allowed.any() or np.ptp(belongs) == 0.0:
        return None
    total = inside @ belongs
    with np.errstate(divide="ignore", invalid="ignore"):
        gain = total**2 / within + (belongs.sum() - total) ** 2 / beyond
    return int(np.argmax(np.where(allowed, gain, -np.inf)))


def _counted(path: tuple[Bound, ...], names: Sequence[str], drawn: F64, members: Bools) -> Leaf:
    here = np.ones(members.size, dtype=bool)
    for bound in path:
        here &= bound.holds(drawn[:, names.index(bound.parameter)])
    n, won = int(here.sum()), int(members[here].sum())
    low, high = wilson(won, max(n, 1), confidence=CONFIDENCE) if n else (0.0, 1.0)
    return Leaf(path, n, won, won / n if n else float("nan"), float(low), float(high))
