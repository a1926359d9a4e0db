"""The free parameters of the first stage, their priors, and what they set in the register by a battle's year.

At most eight: battles of two days identify no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

F64 = NDArray[np.float64]
TREND_YEAR: Final = 1930.0  # loss_scale and tempo are those of this year
TREND_YEARS: Final = 20.0  # and move by a factor of exp(trend) in so many
TEMPO: Final = (0.05, 20.0)  # what the register allows


@dataclass(frozen=True)
class Free:
    """A free parameter with its prior, even in the value or in its logarithm."""

    name: str
    low: float
    high: float
    is_log: bool
    meaning: str

    def value(self, u: F64) -> F64:
        """Value at a share of the prior's range."""
        if self.is_log:
            return np.asarray(self.low * (self.high / self.low) ** u, np.float64)
        return np.asarray(self.low + u * (self.high - self.low), np.float64)


FREE: Final[tuple[Free, ...]] = (
    Free("loss_scale", 5.0, 30.0, True, "losses of engaged men over the daily rates, in 1930"),
    Free("loss_trend", 0.0, 1.0, False, "fall of its logarithm in twenty years: dispersion, cover, medicine"),
    Free("loss_noise_campaign", 0.4, 1.3, False, "log-sd of a side's losses between battles alike"),
    Free("loss_defender", 0.4, 2.0, True, "factor on both of the defender's daily rates, in 1930"),
    Free("loss_defender_trend", 0.0, 0.8, False, "fall of its logarithm in twenty years, beyond both sides'"),
    Free("tempo", 0.7, 5.0, True, "residual factor on speed, in 1930"),
    Free("tempo_sd", 0.2, 1.2, False, "log-sd of speed between battles alike"),
    Free("success_even_ratio", 0.3, 1.5, True, "power ratio at which half of a day's attacks carry"),
)
#: Set beside them by hand, after a look at the training battles, and to be counted among what was fitted:
#: who wins goes steeply by density, and few are captured on the way. Steeper and farther than the register's
#: values of those years, which the stylised facts ask for (reserves contain; the enveloped are captured).
BESIDE: Final[Mapping[str, float]] = {"success_slope": 6.0, "break_out_km": 30.0}
#: Rise of the logarithm of tempo in twenty years: motors. Set by hand: without one or another war the battles
#: disagree about it.
TEMPO_TREND: Final = 0.3
#: Daily rates of the defender in 1930, between those of the register's eras; `loss_defender` multiplies them.
DEFENDER_RATES: Final[Mapping[str, float]] = {"loss_defender_lost": 0.05, "loss_defender_held": 0.018}
#: Names that are not the register's.
DERIVED: Final = ("loss_trend", "loss_defender", "loss_defender_trend", "tempo_sd")
MOST_SD: Final = 2.5  # draws beyond so many deviations are not taken


def settings(free: Mapping[str, F64], year: int, z: F64) -> dict[str, F64]:
    """Columns of the register that values of the free parameters set.

    Parameters
    ----------
    free
        Values [replication] by name.
    z
        [replication] standard normal draws of the battle's speed.
    """
    found = {name: np.full(len(z), value) for name, value in BESIDE.items()}
    found |= {name: values for name, values in free.items() if name not in DERIVED}
    later = (year - TREND_YEAR) / TREND_YEARS
    if "loss_trend" in free:
        found["loss_scale"] = free["loss_scale"] * np.exp(-free["loss_trend"] * later)
    if "loss_defender" in free:
        own = free["loss_defender"] * np.exp(-free["loss_defender_trend"] * later)
        found |= {name: rate * own for name, rate in DEFENDER_RATES.items()}
    if "tempo_sd" in free:
        spread = np.clip(z, -MOST_SD, MOST_SD) * free["tempo_sd"]
        found["tempo"] = np.clip(free["tempo"] * np.exp(TEMPO_TREND * later + spread), *TEMPO)
    return found


def to_range(values: F64, free: Sequence[Free]) -> F64:
    """[draw, parameter] values as logits of the share of their range: no adjustment leaves the prior."""
    columns = []
    for k, one in enumerate(free):
        x = values[:, k]
        u = (
            np.log(x / one.low) / np.log(one.high / one.low)
            if one.is_log
            else (x - one.low) / (one.high - one.low)
        )
        columns.append(special.logit(np.clip(u, 1e-4, 1.0 - 1e-4)))
    return np.column_stack(columns)


def from_range(logits: F64, free: Sequence[Free]) -> F64:
    """The values again."""
    return np.column_stack([one.value(np.asarray(special.expit(logits[:, k]))) for k, one in enumerate(free)])
