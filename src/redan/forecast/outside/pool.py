"""Two forecasts of one day made into one: probabilities of the same intervals, pooled, the weight learned.

The logarithmic pool multiplies the two, each to the power of its weight: it is sharp where both agree and
gives next to nothing to what either thinks impossible. The linear pool mixes them. The weight is the
simulator's; what past cases say of it is combined with a stated prior, so that few cases move it little.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from redan.forecast.scores import log_score_of_intervals

F64 = NDArray[np.float64]
Kind = Literal["log", "linear"]
KINDS: Final[tuple[Kind, ...]] = ("log", "linear")
#: Added to the count of each interval, so that none that was not seen is impossible (Jeffreys' prior).
JEFFREYS: Final = 0.5
STEPS: Final = 201
INTERVAL: Final = (0.05, 0.95)


@dataclass(frozen=True)
class PoolCase:
    """A past town for which both forecasts were made, and what came of it.

    Attributes
    ----------
    simulator, base
        [interval] probabilities, the last one for "later than the last edge, or never".
    first, last
        The day came in one of the intervals from `first` to `last`; where the town still stood when last
        heard of, `last` is the open one.
    count
        How much the case counts: a town that stands in several operations is shared out among them.
    """

    simulator: F64
    base: F64
    first: int
    last: int
    count: float = 1.0


@dataclass(frozen=True)
class Weight:
    """The simulator's weight in the pool: posterior mean and 90 % interval, from how many cases."""

    kind: Kind
    value: float
    low: float
    high: float
    cases: int


def edges_within(edges: Sequence[int], horizon_days: int) -> list[int]:
    """Return the edges inside a horizon, and the horizon."""
    return [*(edge for edge in edges if edge < horizon_days), horizon_days]


def of_cdf(by_day: F64, edges: Sequence[int]) -> F64:
    """Probabilities [interval] from the probability by the end of each day [0 .. horizon]."""
    at = by_day[list(edges)]
    return np.diff(np.concatenate([[0.0], at, [1.0]]))


def of_sample(days: F64, edges: Sequence[int]) -> F64:
    """Probabilities [interval] from days of replications (`inf`: never), none of them 0."""
    came = np.searchsorted(np.sort(days), edges, side="right")
    return of_counts(came, days.size)


def of_counts(came: Sequence[int] | NDArray[np.int64], replications: int) -> F64:
    """Probabilities [interval] from how many of the replications had the event by each edge."""
    counts = np.diff(np.concatenate([[0.0], np.asarray(came, np.float64), [float(replications)]])) + JEFFREYS
    return np.asarray(counts / counts.sum(), np.float64)


def pool(simulator: F64, base: F64, weight: float, kind: Kind) -> F64:
    """Pool two forecasts of the same intervals [..., interval]; `weight` is the simulator's, 0 to 1."""
    if kind == "linear":
        return weight * simulator + (1.0 - weight) * base
    tiny = np.finfo(np.float64).tiny
    logs = weight * np.log(np.maximum(simulator, tiny)) + (1.0 - weight) * np.log(np.maximum(base, tiny))
    joint = np.exp(logs - logs.max(axis=-1, keepdims=True))
    return np.asarray(joint / joint.sum(axis=-1, keepdims=True), np.float64)


def learn_weight(cases: Sequence[PoolCase], prior_mean: float, prior_cases: float) -> Weight:
    """Learn the weight, and which pool to use, from the log score of past cases.

    Parameters
    ----------
    cases : may be none: the prior then stands, and the pool is the logarithmic one
    prior_mean, prior_cases : the weight's beta prior: its mean, and how many cases it counts for

    Notes
    -----
    The cases are taken as independent. Towns of one front are not quite: the true interval is wider.
    """
    return _learn(_scores(cases), _prior(prior_mean, prior_cases))


@dataclass(frozen=True)
class PastScores:
    """Mean log score over past cases (lower is better), each pooled by a weight learned from the others."""

    simulator: float
    base: float
    pooled: float


def past_scores(cases: Sequence[PoolCase], prior_mean: float, prior_cases: float) -> PastScores | None:
    """Score both forecasts and their pool on past cases; None where there are none."""
    if not cases:
        return None
    scores, prior = _scores(cases), _prior(prior_mean, prior_cases)
    pooled = []
    for k, case in enumerate(cases):
        others = {kind: np.delete(of_kind, k, axis=0) for kind, of_kind in scores.items()}
        learned = _learn(others, prior)
        pooled.append(case.count * case_score(case, learned.value, learned.kind))
    total = sum(case.count for case in cases)
    ends = scores["linear"].sum(axis=0) / total
    return PastScores(simulator=float(ends[-1]), base=float(ends[0]), pooled=float(sum(pooled) / total))


def _prior(mean: float, cases: float) -> F64:
    """Density of the weight before any case, on the grid."""
    return np.asarray(stats.beta(mean * cases, (1.0 - mean) * cases).pdf(np.linspace(0.0, 1.0, STEPS)))


def _scores(cases: Sequence[PoolCase]) -> dict[Kind, F64]:
    """Log score of every case at every weight of the grid, [case, weight], times what the case counts."""
    grid = np.linspace(0.0, 1.0, STEPS)
    return {
        kind: np.array(
            [[case.count * case_score(case, w, kind) for w in grid] for case in cases], np.float64
        ).reshape(len(cases), STEPS)
        for kind in KINDS
    }


def _learn(scores: Mapping[Kind, F64], prior: F64) -> Weight:
    """Posterior of the weight under the pool that explains the cases better."""
    grid = np.linspace(0.0, 1.0, STEPS)
    best: tuple[float, Kind, F64] | None = None
    for kind, of_kind in scores.items():
        total = -of_kind.sum(axis=0)
        scaled = prior * np.exp(total - total.max())
        evidence = float(np.log(scaled.sum()) + total.max())
        if best is None or evidence > best[0]:
            best = evidence, kind, scaled / scaled.sum()
    assert best is not None
    _, chosen, posterior = best
    levels = np.interp(INTERVAL, np.cumsum(posterior), grid)
    n = scores[chosen].shape[0]
    return Weight(chosen, float(grid @ posterior), float(levels[0]), float(levels[1]), n)


def case_score(case: PoolCase, weight: float, kind: Kind) -> float:
    """Log score of the pool on a past case."""
    pooled = pool(case.simulator, case.base, weight, kind)
    return log_score_of_intervals(pooled, case.first, case.last)


def cdf_of(probabilities: F64, edges: Sequence[int]) -> F64:
    """Probability by the end of each day [0 .. last edge], straight between the edges."""
    days = np.arange(edges[-1] + 1, dtype=np.float64)
    by_edge = np.minimum(1.0, np.cumsum(probabilities[:-1]))
    return np.asarray(np.interp(days, [0.0, *edges], [0.0, *by_edge]), np.float64)
