"""How far the uncertain parameters tell which alternative wins: a small emulator, and its error.

The emulator is a ridge regression of the outcome of a pair (1 better, 1/2 equal, 0 worse) on the ranks of
the parameters, its penalty chosen by generalised cross-validation (Golub, Heath and Wahba 1979, doi
10.1080/00401706.1979.10489751). It is trained on every second pair and judged on the others by the Brier
skill: 1 minus its mean squared error over that of the plain share. 0 and below: no steady rise or fall
with a parameter tells who wins.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from redan.analysis.influence import standard_ranks

F64 = NDArray[np.float64]
#: Penalties tried, times the number of pairs it is trained on.
PENALTIES: Final = np.logspace(-3.0, 3.0, 25)
RESAMPLES: Final = 1000
CONFIDENCE: Final = 0.90


@dataclass(frozen=True)
class Skill:
    """Brier skill on pairs that had no part in training, with its bootstrap interval, and both errors."""

    skill: float
    low: float
    high: float
    brier: float
    brier_of_share: float
    pairs: int

    def document(self) -> dict[str, Any]:
        """Return it as plain data."""
        return asdict(self)


def skill(drawn: F64, outcome: F64, *, seed: int) -> Skill | None:
    """Train on every second pair and judge on the others; None where one of the halves is all alike.

    Parameters
    ----------
    drawn : parameters [pair, parameter]
    outcome : 1 better, 1/2 equal, 0 worse [pair]
    """
    training = np.arange(outcome.size) % 2 == 0
    if np.ptp(outcome[training]) == 0.0 or np.ptp(outcome[~training]) == 0.0:
        return None
    # Ranks use no outcome: those of all pairs together leak nothing of the half that judges.
    inputs = standard_ranks(drawn) * np.sqrt(outcome.size)
    share = float(outcome[training].mean())
    weights = _ridge(inputs[training], outcome[training] - share)
    told = np.clip(share + inputs[~training] @ weights, 0.0, 1.0)
    errors = (told - outcome[~training]) ** 2
    plain = (share - outcome[~training]) ** 2
    rows = np.random.default_rng(seed).integers(errors.size, size=(RESAMPLES, errors.size))
    resampled = 1.0 - errors[rows].mean(axis=1) / np.maximum(plain[rows].mean(axis=1), 1e-12)
    low, high = np.quantile(resampled, ((1.0 - CONFIDENCE) / 2.0, (1.0 + CONFIDENCE) / 2.0))
    brier, of_share = float(errors.mean()), float(plain.mean())
    return Skill(1.0 - brier / of_share, float(low), float(high), brier, of_share, int(errors.size))


def _ridge(inputs: F64, outcome: F64) -> F64:
    """Weights with the penalty of least generalised cross-validation."""
    left, sizes, right = np.linalg.svd(inputs, full_matrices=False)
    seen = left.T @ outcome
    best, least = np.zeros(inputs.shape[1]), np.inf
    for penalty in PENALTIES * outcome.size:
        shrunk = sizes**2 / (sizes**2 + penalty)
        residual = outcome - left @ (shrunk * seen)
        score = float((residual**2).mean()) / (1.0 - shrunk.sum() / outcome.size) ** 2
        if score < least:
            best, least = right.T @ (sizes / (sizes**2 + penalty) * seen), score
    return best
