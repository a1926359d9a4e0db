"""Morris screening of groups: how far a measure moves when a group alone is moved (SALib, extra `study`).

Each trajectory starts somewhere in the space of all parameters and moves one group after another, every
parameter of it by two thirds of the way between its 5 and 95 % quantiles, on the same luck all along; luck is
moved once as well, for comparison. `mu*` is the mean absolute move of the measure (Campolongo et al. 2007,
doi 10.1016/j.envsoft.2006.10.004), here for the whole step and in the unit of the measure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from redan.analysis.points import Points
from redan.analysis.sensitivity.factors import CHANCE, Factor
from redan.analysis.sensitivity.indices import CONFIDENCE, RESAMPLES, salib
from redan.scenario.parameters import central
from redan.vocabulary.parameters import Parameter

F64 = NDArray[np.float64]
LEVELS: Final = 4
#: Part of the step that SALib divides by, for four levels.
STEP: Final = 2.0 / 3.0
LOWEST, HIGHEST = 0.05, 0.95


@dataclass(frozen=True)
class Move:
    """How far one group moves one measure.

    Attributes
    ----------
    mu_star
        Mean absolute move, in the unit of the measure, with the half width of its interval in `reach`.
    """

    factor: str
    measure: str
    mu_star: float
    reach: float


@dataclass(frozen=True)
class Trajectories:
    """The points of a screening, and what SALib needs to judge them."""

    points: Points
    levels: F64
    problem: dict[str, Any]


def trajectories(
    factors: Sequence[Factor], parameters: Mapping[str, Parameter], n: int, *, seed: int
) -> Trajectories:
    """Lay out `n` trajectories through the space of the factors' parameters and of luck."""
    # What is drawn together moves as one: from one row of its fit to another.
    moved = [(one, name) for one in factors for name in ((one.name,) if one.is_joint else one.parameters)]
    names = [*((name, one.name) for one, name in moved), (CHANCE, CHANCE)]
    problem = {
        "num_vars": len(names),
        "names": [name for name, _ in names],
        "groups": [group for _, group in names],
        "bounds": [[0.0, 1.0]] * len(names),
    }
    levels = np.asarray(salib()[2].sample(dict(problem), n, num_levels=LEVELS, seed=seed), dtype=np.float64)
    base = np.array(central(parameters).item(), dtype=np.float64)
    values = np.tile(base, (levels.shape[0], 1))
    trajectory = np.arange(levels.shape[0]) // (levels.shape[0] // n)
    listed = list(parameters.values())
    order = list(parameters)
    for at, (one, name) in enumerate(moved):
        if one.is_joint:
            values[:, one.columns] = _rows(one, listed, levels[:, at], trajectory, seed=seed)
        else:
            column = order.index(name)
            values[:, column] = listed[column].ppf(LOWEST + (HIGHEST - LOWEST) * levels[:, at])
    # Two lucks a trajectory: the step of luck leads from one to the other.
    luck = 2 * trajectory + (levels[:, -1] > 0.5)
    return Trajectories(Points(values, luck.astype(np.int64)), levels, problem)


def _rows(
    factor: Factor, parameters: Sequence[Parameter], level: F64, trajectory: NDArray[np.int64], *, seed: int
) -> F64:
    """Rows of a fit [point, column]: on each trajectory another one for every level."""
    fits = [parameters[column].joint for column in factor.columns]
    draws = np.column_stack([fit.draws for fit in fits if fit is not None])
    places = np.rint(level * (LEVELS - 1)).astype(np.int64)
    rows = np.random.default_rng(seed).integers(draws.shape[0], size=(int(trajectory.max()) + 1, LEVELS))
    found: F64 = draws[rows[trajectory, places]]
    return found


def moves(laid: Trajectories, measured: Mapping[str, F64], *, seed: int) -> list[Move]:
    """Judge every factor on every measure.

    Parameters
    ----------
    measured : measure -> its values at the points
    """
    found = []
    for measure, values in measured.items():
        said = salib()[1].analyze(
            dict(laid.problem), laid.levels, np.asarray(values, dtype=np.float64),
            num_levels=LEVELS, num_resamples=RESAMPLES, conf_level=CONFIDENCE, seed=seed,
        )  # fmt: skip
        for i, name in enumerate(said["names"]):
            # An effect is a move over its step.
            size, reach = (STEP * float(said[key][i]) for key in ("mu_star", "mu_star_conf"))
            found.append(Move(str(name), measure, size, reach))
    return found


def strongest(found: Sequence[Move], keep: int) -> list[str]:
    """Names of the groups that move some measure most, against the largest move of that measure."""
    largest: dict[str, float] = {}
    for move in found:
        if move.factor != CHANCE:
            largest[move.measure] = max(largest.get(move.measure, 0.0), move.mu_star)
    rank: dict[str, float] = {}
    for move in found:
        if move.factor != CHANCE and largest[move.measure] > 0.0:
            part = move.mu_star / largest[move.measure]
            rank[move.factor] = max(rank.get(move.factor, 0.0), part)
    return sorted(rank, key=lambda name: -rank[name])[:keep]
