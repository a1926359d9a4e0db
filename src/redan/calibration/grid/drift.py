"""What moves from season to season: fitted to each start by itself, and drawn on from the last.

Fronts move faster in one season than in another for reasons outside the model. The logarithm of what varies
is taken for a random walk over the starts, seen through single fits that leave much open. A season to come
is that of the last start, moved on by one step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from redan.vocabulary.parameters import Parameter

F64 = NDArray[np.float64]
LEVELS: Final = {"p05": 0.05, "p50": 0.5, "p95": 0.95}
MOST_SD: Final = 2.5  # draws beyond so many deviations are not taken


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

    def draw_on(self, values: F64, entry: Parameter, *, seed: int) -> F64:
        """Draws from all starts together as draws of a season to come, each in the rank it had.

        Ranks are kept, so that what goes with the parameter in the joint fit goes with it still.
        """
        last = self.logs[-1]
        rng = np.random.default_rng([seed, 3])
        z = np.clip(rng.standard_normal(len(values)), -MOST_SD, MOST_SD)
        coming = np.sort(rng.choice(last, len(values)) + self.step_sd * z)
        ranked = np.empty(len(values))
        ranked[np.argsort(values, kind="stable")] = coming
        return np.clip(np.exp(ranked), entry.low, entry.high)

    def told(self, starts: Sequence[str]) -> list[dict[str, Any]]:
        """Quantiles at each start."""
        return [
            {"start": start, **{name: float(np.exp(np.quantile(one, q))) for name, q in LEVELS.items()}}
            for start, one in zip(starts, self.logs, strict=True)
        ]
