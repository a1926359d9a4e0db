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
    Free("loss_scale", 5.0, 60.0, True, "losses of engaged men over the daily rates, in 1930"),
    Free("loss_trend", 0.0, 1.2, False, "fall of its logarithm in twenty years: dispersion, cover, medicine"),
    Free("loss_noise_campaign", 0.5, 1.5, False, "log-sd of losses between battles alike"),
    Free("loss_defender", 0.25, 1.2, True, "factor on both of the defender's daily rates"),
    Free("tempo", 0.7, 3.5, True, "residual factor on speed, in 1930"),
    Free("tempo_sd", 0.3, 1.3, False, "log-sd of speed between battles alike"),
    Free(
        "attack_density_open", 600.0, 4000.0, True, "attackers that can be brought onto a km of attacked edge"
    ),
    Free("success_slope", 1.0, 4.0, True, "how steeply the chance of an attack answers to the power ratio"),
)
#: Set beside them, by hand after a first look at the training battles: proposals for the register, to be
#: counted among what was fitted. Denser attacks are no faster, attacking tires within a week, defenders are
#: engaged however densely they stand.
PROPOSED: Final[Mapping[str, float]] = {
    "speed_full_density": 150.0,
    "cohesion_attack_tire": 0.1,
    "defence_density_most": 8000.0,
}
#: Rise of the logarithm of tempo in twenty years: motors. Set by hand as well: without one or another war the
#: battles disagree about it.
TEMPO_TREND: Final = 0.3
#: The register's daily rates of the defender, which `loss_defender` multiplies.
DEFENDER_RATES: Final[Mapping[str, float]] = {"loss_defender_lost": 0.05, "loss_defender_held": 0.016}
#: Names that are not the register's.
DERIVED: Final = ("loss_trend", "loss_defender", "tempo_sd")
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
    n = len(z)
    found = {name: np.full(n, value) for name, value in PROPOSED.items()}
    found |= {name: values for name, values in free.items() if name not in DERIVED}
    later = (year - TREND_YEAR) / TREND_YEARS
    if "loss_trend" in free:
        found["loss_scale"] = free["loss_scale"] * np.exp(-free["loss_trend"] * later)
    if "loss_defender" in free:
        found |= {name: rate * free["loss_defender"] for name, rate in DEFENDER_RATES.items()}
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
