"""Scores of predicted battles, each with a 90 % interval from resampling whole wars."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from redan.calibration.engage.posterior import LEAST_KM, LEAST_MEN
from redan.forecast.scores import brier, covered, crps, log_score

F64 = NDArray[np.float64]
Score = Callable[[NDArray[np.int64]], float]  # of the battles numbered, some more than once
RESAMPLES: Final = 1000
CONFIDENCE: Final = 0.90
FACTOR: Final = 2.0  # losses within it count as right
INTERVAL: Final = (0.10, 0.90)


@dataclass(frozen=True)
class Prediction:
    """What one model says of every battle.

    Attributes
    ----------
    p
        [battle] chance that the attacker wins.
    lost_attacker, lost_defender, advance_km
        [battle, member] a sample of each; None where the model says nothing of it.
    """

    p: F64 | None
    lost_attacker: F64 | None = None
    lost_defender: F64 | None = None
    advance_km: F64 | None = None


@dataclass(frozen=True)
class Truth:
    """What happened; every array is [battle], NaN where it is not known."""

    won: F64
    lost_attacker: F64
    lost_defender: F64
    advance_km: F64


def auc(p: F64, won: F64) -> float:
    """Chance that a battle won has the higher p than one lost; draws are left out."""
    above, below = p[won == 1.0], p[won == 0.0]
    if not (above.size and below.size):
        return float("nan")
    difference = above[:, None] - below[None, :]
    return float((difference > 0.0).mean() + 0.5 * (difference == 0.0).mean())


def log_sample(sample: F64, least: float) -> F64:
    """Logarithm of a sample of losses or advances, none of which is 0."""
    return np.asarray(np.log(np.maximum(0.0, sample) + least), np.float64)


def _spread_scores(name: str, sample: F64, truth: F64, least: float) -> dict[str, Score]:
    """Scores of a quantity on its logarithm: within a factor, coverage, CRPS, log score, bias."""
    known = np.isfinite(truth)
    logs, actual = log_sample(sample, least), log_sample(truth, least)
    off = np.median(logs, axis=1) - actual
    low, high = (np.quantile(logs, q, axis=1) for q in INTERVAL)
    each = {
        "within_2": (np.abs(off) <= np.log(FACTOR)).astype(np.float64),
        "cover80": covered(low, high, actual).astype(np.float64),
        "crps": crps(logs, actual),
        "log_score": log_score(logs, actual),
        "bias": off,
    }

    def mean_of(values: F64) -> Score:
        def score(chosen: NDArray[np.int64]) -> float:
            taken = chosen[known[chosen]]
            return float(values[taken].mean()) if taken.size else float("nan")

        return score

    return {f"{name}_{kind}": mean_of(values) for kind, values in each.items()}


def scores_of(prediction: Prediction, truth: Truth, base_rate: F64) -> dict[str, Score]:
    """Every score a prediction allows; `base_rate` [battle] is what the Brier skill is measured against."""
    found: dict[str, Score] = {}
    if prediction.p is not None:
        p, won = prediction.p, truth.won
        found["auc"] = lambda k: auc(p[k], won[k])
        found["brier"] = lambda k: brier(p[k], won[k])
        found["brier_skill"] = lambda k: 1.0 - brier(p[k], won[k]) / brier(base_rate[k], won[k])
    for name, least in (("lost_attacker", LEAST_MEN), ("lost_defender", LEAST_MEN), ("advance_km", LEAST_KM)):
        sample = getattr(prediction, name)
        if sample is not None:
            found |= _spread_scores(name, sample, getattr(truth, name), least)
    return found


def judge(scores: dict[str, Score], wars: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Each score with the 5th and 95th percentiles of a bootstrap over whole wars."""
    names = sorted(set(wars))
    members = [np.flatnonzero(np.array([war == name for war in wars])) for name in names]
    rng = np.random.default_rng(len(wars))  # the same battles always give the same intervals
    draws = [
        np.concatenate([members[k] for k in rng.integers(0, len(names), len(names))])
        for _ in range(RESAMPLES)
    ]
    every = np.arange(len(wars))
    found = {}
    for name, score in scores.items():
        values = np.array([score(chosen) for chosen in draws])
        values = values[np.isfinite(values)]
        tail = 0.5 - 0.5 * CONFIDENCE
        ends = np.quantile(values, [tail, 1.0 - tail]) if values.size else np.array([np.nan, np.nan])
        found[name] = {"value": _plain(score(every)), "interval90": [_plain(end) for end in ends]}
    return found


def _plain(value: float) -> float | None:
    """A number for JSON."""
    return float(f"{value:.4g}") if np.isfinite(value) else None
