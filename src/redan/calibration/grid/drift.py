"""What moves from season to season: fitted to each start by itself, and drawn on from the last.

Fronts move faster in one season than in another for reasons outside the model. The logarithm of what varies
is taken for a random walk over the starts, seen through single fits that leave much open. A season to come
is that of the last start, moved on by one step.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from redan.vocabulary.parameters import Parameter

F64 = NDArray[np.float64]
LEVELS: Final = {"p05": 0.05, "p50": 0.5, "p95": 0.95}
TRIALS: Final = 50  # for each draw of a season to come
LEAST_WIDTH: Final = 1e-9
SHARES: Final = np.linspace(0.001, 0.999, 999)  # of a prior, between which its density is taken


@dataclass(frozen=True)
class Drift:
    """A parameter over the starts.

    Attributes
    ----------
    logs
        [start] draws of its logarithm from the fit to each start by itself.
    """

    logs: Sequence[F64]

    @property
    def step_sd(self) -> float:
        """Standard deviation of a step: what successive medians differ by, less what both fits leave open."""
        if len(self.logs) < 2:
            return 0.0
        middles = np.array([np.median(one) for one in self.logs])
        open_to = np.array([one.var() for one in self.logs])
        beyond = np.diff(middles) ** 2 - (open_to[1:] + open_to[:-1])
        return float(np.sqrt(max(0.0, float(beyond.mean()))))

    def draw_on(self, values: F64, prior: Callable[[F64], F64], entry: Parameter, *, seed: int) -> F64:
        """Draws from all starts together as draws of a season to come, each in the rank it had.

        The last start moved on by a step, times the prior, whose quantiles are `prior`. Ranks are kept, so
        that what goes with the parameter in the joint fit goes with it still.
        """
        rng = np.random.default_rng([seed, 3])
        n = TRIALS * len(values)
        tried = rng.choice(self.logs[-1], n) + self.step_sd * rng.standard_normal(n)
        weight = _density(tried, prior)
        coming = np.sort(rng.choice(tried, len(values), p=weight / weight.sum()))
        ranked = np.empty(len(values))
        ranked[np.argsort(values, kind="stable")] = coming
        return np.clip(np.exp(ranked), entry.low, entry.high)

    def told(self, starts: Sequence[str]) -> list[dict[str, Any]]:
        """Quantiles at each start."""
        return [
            {"start": start, **{name: float(np.exp(np.quantile(one, q))) for name, q in LEVELS.items()}}
            for start, one in zip(starts, self.logs, strict=True)
        ]


def _density(logs: F64, prior: Callable[[F64], F64]) -> F64:
    """Density of a prior at logarithms, up to a factor."""
    known = np.log(prior(SHARES))
    middle = 0.5 * (known[1:] + known[:-1])
    width = np.diff(known)  # 0 where the prior is clipped to the range of the register: no density there
    dense = np.where(width > LEAST_WIDTH, np.diff(SHARES) / np.maximum(LEAST_WIDTH, width), 0.0)
    return np.asarray(np.interp(logs, middle, dense, left=0.0, right=0.0), np.float64)
