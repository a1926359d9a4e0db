"""Sobol indices of factors from a pick-freeze design, with bootstrap intervals (SALib, extra `study`).

For each factor the model is evaluated at points A, at independent points B, and at A with that factor alone
taken from B. First index: share of the variance that goes away on average where the factor is known,
Var(E[y | x]) / Var(y), by the estimator of Saltelli et al. 2010 (doi 10.1016/j.cpc.2009.09.018). Total index:
share that stays where all but the factor is known, with all it does together with others, by that of Jansen
1999. Both as in `SALib.analyze.sobol`; intervals are bootstrapped over the points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from redan.vocabulary.errors import MissingExtra

F64 = NDArray[np.float64]
CONFIDENCE: Final = 0.90
RESAMPLES: Final = 300


@dataclass(frozen=True)
class Share:
    """A share of the variance with its interval; estimates of small shares may fall below 0."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Index:
    """What one factor does to one measure: on its own, and with all it does together with others."""

    factor: str
    alone: Share
    total: Share


def salib() -> Any:
    """Return SALib's modules `analyze.sobol`, `analyze.morris` and `sample.morris`.

    Raises
    ------
    MissingExtra : SALib is not installed
    """
    try:
        from SALib.analyze import morris as analyze_morris
        from SALib.analyze import sobol as analyze_sobol
        from SALib.sample import morris as sample_morris
    except ImportError:
        raise MissingExtra("study", "SALib", "redan sensitivity") from None
    return analyze_sobol, analyze_morris, sample_morris


def sobol_indices(names: Sequence[str], a: F64, b: F64, mixed: F64, *, seed: int) -> list[Index]:
    """Return the indices of every factor; empty where the measure does not vary.

    Parameters
    ----------
    names : of the factors
    a, b : the measure at independent points [point]
    mixed : at the points of `a` with one factor from `b` [factor, point]
    seed : of the bootstrap
    """
    found = _resampled(names, a, b, mixed, seed=seed)
    if found is None:
        return []
    return [
        Index(
            name,
            _share(found["S1"][i], found["S1_conf_all"][:, i]),
            _share(found["ST"][i], found["ST_conf_all"][:, i]),
        )
        for i, name in enumerate(names)
    ]


@dataclass(frozen=True)
class Split:
    """The whole variance in three: chance alone, parameters alone, what only both together bring."""

    chance: Share
    parameters: Share
    together: Share


def split(a: F64, b: F64, other_luck: F64, *, seed: int) -> Split | None:
    """Share the variance out between chance and parameters; None where the measure does not vary.

    Parameters
    ----------
    other_luck : at the points of `a` on the luck of `b`
    """
    found = _resampled(["chance"], a, b, other_luck[None], seed=seed)
    if found is None:
        return None
    first, total = float(found["S1"][0]), float(found["ST"][0])
    firsts, totals = found["S1_conf_all"][:, 0], found["ST_conf_all"][:, 0]
    return Split(
        chance=_share(first, firsts),
        parameters=_share(1.0 - total, 1.0 - totals),
        together=_share(total - first, totals - firsts),
    )


def _resampled(names: Sequence[str], a: F64, b: F64, mixed: F64, *, seed: int) -> Any:
    """Estimates and their resamples as SALib gives them."""
    every = np.concatenate([a, b])  # the variance is that of these
    # Equal but for rounding: SALib would share out the rounding.
    if np.ptp(every) <= 1e-12 * max(1.0, float(np.abs(every).max())):
        return None
    # SALib wants point by point: A, every mixture, B.
    laid = np.vstack([a[None], mixed, b[None]]).T.ravel()
    problem = {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}
    return salib()[0].analyze(
        problem,
        laid,
        calc_second_order=False,
        num_resamples=RESAMPLES,
        conf_level=CONFIDENCE,
        keep_resamples=True,
        seed=seed + 1,  # SALib takes 0 for "no seed"
    )


def _share(value: float, resamples: F64) -> Share:
    reach = float(stats.norm.ppf(0.5 + CONFIDENCE / 2.0)) * float(np.std(resamples, ddof=1))
    return Share(float(value), float(value) - reach, float(value) + reach)
