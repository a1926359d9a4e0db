"""Which uncertain parameters decide a paired outcome, with a significance that allows for how many are asked.

The strength of a parameter is the absolute rank correlation (Spearman) of its drawn values with the outcome.
Its significance is that of the strongest of all under permutation (Westfall and Young 1993, maxT): the
chance that any of the parameters would look this strong if the outcome had nothing to do with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import stats

F64 = NDArray[np.float64]
PERMUTATIONS: Final = 999
BATCH: Final = 100


@dataclass(frozen=True)
class Influence:
    """How strongly one parameter goes with the outcome.

    Attributes
    ----------
    correlation
        Spearman's, with its sign: above 0 where large values of the parameter go with a better outcome.
    p_any
        Chance that any parameter would look as strong if none mattered.
    p_low, p_high
        Share better where the parameter lies in the lower and in the upper half of its draws.
    """

    parameter: str
    correlation: float
    p_any: float
    p_low: float
    p_high: float


def standard_ranks(values: F64) -> F64:
    """Ranks along the first axis, centred and of length 1; zeros where all values are equal."""
    ranks = stats.rankdata(values, axis=0)
    ranks = ranks - ranks.mean(axis=0)
    length = np.sqrt((ranks**2).sum(axis=0))
    found: F64 = np.divide(ranks, length, out=np.zeros_like(ranks), where=length > 0.0)
    return found


def correlations(parameters: F64, outcome: F64) -> F64:
    """Spearman's correlation of each parameter [replication, parameter] with the outcome [replication]."""
    found: F64 = standard_ranks(parameters).T @ standard_ranks(outcome)
    return found


def strongest_by_chance(parameters: F64, outcome: F64, *, seed: int, permutations: int = PERMUTATIONS) -> F64:
    """Largest absolute correlation among all parameters in each of many permutations of the outcome."""
    ranks, target = standard_ranks(parameters).T, standard_ranks(outcome)
    rng = np.random.default_rng(seed)
    found = np.empty(permutations)
    for start in range(0, permutations, BATCH):
        size = min(BATCH, permutations - start)
        shuffled = rng.permuted(np.tile(target, (size, 1)), axis=1)
        found[start : start + size] = np.abs(ranks @ shuffled.T).max(axis=0)
    return found


def rank_parameters(
    names: Sequence[str], parameters: F64, outcome: F64, *, seed: int, permutations: int = PERMUTATIONS
) -> list[Influence]:
    """Rank parameters by how strongly the outcome depends on them, the strongest first.

    Parameters
    ----------
    parameters : drawn values [replication, parameter]
    outcome : [replication], such as 1 better, 1/2 equal, 0 worse
    seed : of the permutations
    """
    strength = correlations(parameters, outcome)
    chance = strongest_by_chance(parameters, outcome, seed=seed, permutations=permutations)
    # The observed order is one of the permutations, so that no significance is ever 0.
    p_any = (1 + (chance[:, None] >= np.abs(strength)[None] - 1e-12).sum(axis=0)) / (permutations + 1)
    upper = parameters > np.median(parameters, axis=0)
    return [
        Influence(
            parameter=names[i],
            correlation=float(strength[i]),
            p_any=float(p_any[i]),
            p_low=_mean(outcome[~upper[:, i]]),
            p_high=_mean(outcome[upper[:, i]]),
        )
        for i in np.argsort(-np.abs(strength), kind="stable")
    ]


def _mean(values: NDArray[Any]) -> float:
    return float(values.mean()) if values.size else float("nan")
