"""The free parameters of the first stage, their priors, and what they set in the register by a battle's year.

At most eight: battles of two days identify no more. Where one of them stands for a pair of the register's
(rates of a defence that fell and of one that held), it is their ratio about their geometric mean, so that a
change of it moves the contrast and not the level.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

F64 = NDArray[np.float64]
TREND_YEAR: Final = 1930.0  # loss_scale is that of this year
TREND_YEARS: Final = 20.0  # and falls by exp(-loss_trend) in so many


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
    Free("loss_scale", 1.5, 30.0, True, "losses of engaged men over the daily rates, in 1930"),
    Free("loss_trend", 0.0, 1.2, False, "fall of its logarithm in twenty years: dispersion, cover, medicine"),
    Free("loss_noise_campaign", 0.3, 1.4, False, "log-sd of losses between battles alike"),
    Free("defence_density_most", 300.0, 8000.0, True, "defenders engaged per km of attacked edge, at most"),
    Free("success_even_ratio", 0.15, 2.5, True, "power ratio at which half of the attacks carry"),
    Free("tempo", 0.15, 2.5, True, "residual factor on speed"),
    Free("cohesion_attack_tire", 0.004, 0.3, True, "cohesion lost by a day's attacking"),
    Free("speed_full_density", 60.0, 1400.0, True, "attackers per km at which speed is full"),
)


def settings(free: Mapping[str, F64], year: int, z: F64) -> dict[str, F64]:
    """Columns of the register that values of the free parameters set.

    Parameters
    ----------
    free
        Values [replication] by name.
    z
        [replication] standard normal draws of the battle's effectiveness.
    """
    found = {name: values for name, values in free.items() if name not in DERIVED}
    if "loss_trend" in free:
        found["loss_scale"] = free["loss_scale"] * np.exp(
            -free["loss_trend"] * (year - TREND_YEAR) / TREND_YEARS
        )
    if "effectiveness_sd" in free:
        found["effectiveness"] = np.exp(np.clip(free["effectiveness_sd"] * z, -2.5, 2.5))
    for name, (above, below, middle) in CONTRASTS.items():
        if name in free:
            root = np.sqrt(free[name])
            found[above], found[below] = middle * root, middle / root
    return found


#: Contrast -> the larger and the smaller of the pair, and their geometric mean in the register.
CONTRASTS: Final[Mapping[str, tuple[str, str, float]]] = {
    "speed_contrast": ("speed_open_km", "speed_fortified_km", 6.1),
    "loss_contrast": ("loss_defender_lost", "loss_defender_held", 0.028),
}
#: Names that are not the register's.
DERIVED: Final = ("loss_trend", "effectiveness_sd", *CONTRASTS)


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
