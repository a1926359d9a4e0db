"""What pairing gains: the variance of a difference on separate luck and parameters over that on shared.

Two alternatives a and b are played at the points (parameters i, luck i) and at crossed points (parameters i,
luck of the other replication of its couple). From these come the covariances of a and b that share both,
luck alone, and parameters alone, and so the variance of a - b for each way of pairing:

    gain = (Var a + Var b) / (Var a + Var b - 2 Cov(a, b))

as if so many times the replications had been played. `chance` and `parameters` share the one and keep the
other apart; `chance_on_top` is what sharing luck adds where the parameters are shared already, the variance
of the difference on shared parameters alone over that on both shared. Intervals are bootstrapped over
couples, which are independent of each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]
RESAMPLES: Final = 2000
CONFIDENCE: Final = 0.90
BOTH: Final = "both"
CHANCE: Final = "chance"
PARAMETERS: Final = "parameters"
ON_TOP: Final = "chance_on_top"


@dataclass(frozen=True)
class Gain:
    """A gain and its 90 % interval."""

    gain: float
    low: float
    high: float

    def document(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"gain": self.gain, "interval90": [self.low, self.high]}


@dataclass(frozen=True)
class Crossed:
    """A measure of one alternative at its own points and at the crossed ones, by replication."""

    own: F64
    crossed: F64

    @property
    def even(self) -> Crossed:
        """Without the last replication where it has no other."""
        n = self.own.size - self.own.size % 2
        return Crossed(self.own[:n], self.crossed[:n])

    def logged(self) -> Crossed | None:
        """The logarithm of it; None where it is not above 0 throughout."""
        if min(self.own.min(), self.crossed.min()) <= 0.0:
            return None
        return Crossed(np.log(self.own), np.log(self.crossed))


def partner(n: int) -> NDArray[np.int64]:
    """Return the other replication of each one's couple: 1, 0, 3, 2, ...; an odd last one is its own."""
    found = np.arange(n) ^ 1
    found[found >= n] = n - 1
    return found


def gains(a: Crossed, b: Crossed, *, seed: int) -> dict[str, Gain]:
    """Return the gain of sharing both, parameters alone, luck alone, and luck on top of parameters.

    Returns
    -------
    Empty where neither measure varies or there are fewer than two couples.
    """
    a, b = a.even, b.even
    if a.own.size < 4 or (np.ptp(a.own) == 0.0 and np.ptp(b.own) == 0.0):
        return {}
    # Centred once: what is left of the mean in a resample is of the order 1 / n.
    shift = [np.concatenate([x.own, x.crossed]).mean() for x in (a, b)]
    a, b = (Crossed(x.own - m, x.crossed - m) for x, m in zip((a, b), shift, strict=True))
    other = partner(a.own.size)
    products = {
        "a": (a.own**2 + a.crossed**2) / 2.0,
        "b": (b.own**2 + b.crossed**2) / 2.0,
        BOTH: (a.own * b.own + a.crossed * b.crossed) / 2.0,
        # The luck of i with the parameters of the other is what the other's crossed point has.
        CHANCE: (a.own * b.crossed[other] + a.crossed[other] * b.own) / 2.0,
        PARAMETERS: (a.own * b.crossed + a.crossed * b.own) / 2.0,
    }
    moments = np.column_stack([values.reshape(-1, 2).mean(axis=1) for values in products.values()])
    couples = moments.shape[0]
    drawn = np.random.default_rng(seed).multinomial(couples, np.full(couples, 1.0 / couples), size=RESAMPLES)
    samples = drawn @ moments / couples
    levels = ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2)
    found = {}
    for name, value in _ratios(moments.mean(axis=0)[None]).items():
        low, high = np.quantile(_ratios(samples)[name], levels)
        found[name] = Gain(float(value[0]), float(low), float(high))
    return found


def _ratios(moments: F64) -> dict[str, F64]:
    """Gains by row of moments (variances of a and b, then the covariances)."""
    apart = moments[:, 0] + moments[:, 1]
    both, chance, parameters = (apart - 2.0 * moments[:, column] for column in (2, 3, 4))
    return {
        BOTH: _over(apart, both),
        PARAMETERS: _over(apart, parameters),
        CHANCE: _over(apart, chance),
        ON_TOP: _over(parameters, both),
    }


def _over(above: F64, below: F64) -> F64:
    """A ratio of variances; where the lower one is 0 it is the largest number there is."""
    largest = np.finfo(np.float64).max
    found: F64 = np.divide(above, below, out=np.full(above.size, largest), where=below > 0.0)
    return found
