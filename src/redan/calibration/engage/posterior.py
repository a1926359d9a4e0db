"""A fit, read from the file that `tools/fit_battles.py` writes, and how a battle draws from it.

`{"parameters": [names], "draws": [[values]], "discrepancy": {quantity: {"sd"}}}`: draws of the free
parameters, equally weighted, and for losses and advances what the model leaves out, on the logarithm.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

from redan.calibration.engage.free import FREE, Free, settings
from redan.calibration.engage.play import Setting, seed_of
from redan.calibration.engage.table import Row
from redan.vocabulary.errors import InputError

F64 = NDArray[np.float64]
LEAST_KM: Final = 0.5  # added to an advance before its logarithm is taken
LEAST_MEN: Final = 1.0  # the same for losses
QUANTITIES: Final[Mapping[str, float]] = {
    "lost_attacker": LEAST_MEN,
    "lost_defender": LEAST_MEN,
    "advance_km": LEAST_KM,
}
MOST_DRAWS: Final = 100_000


@dataclass(frozen=True)
class Discrepancy:
    """Deviation of a quantity's logarithm beyond the simulation."""

    sd: float = 0.0

    def apply(self, sample: F64, least: float, *, seed: int) -> F64:
        """The sample [..., member] with an error for each member.

        The errors of a row are the quantiles of the normal in an order drawn: no luck moves its median.
        """
        n = sample.shape[-1]
        spaced = np.broadcast_to(special.ndtri((np.arange(n) + 0.5) / n), sample.shape)
        z = np.random.default_rng(seed).permuted(spaced, axis=-1)
        logs = np.log(np.maximum(0.0, sample) + least) + self.sd * z
        return np.asarray(np.maximum(0.0, np.exp(logs) - least), np.float64)


@dataclass(frozen=True)
class Fitted:
    """Draws [draw, parameter] of the free parameters, and the discrepancies by quantity."""

    values: F64
    discrepancy: Mapping[str, Discrepancy]

    def setting(self, row: Row, seed: int, replications: int) -> Setting:
        """Parameters of a battle: its replications go through the draws in order."""
        chosen = self.values[np.arange(replications) % len(self.values)]
        return setting_of(row, chosen, FREE, seed)


def battle_draws(row: Row, seed: int, n: int) -> F64:
    """[n] standard normal draws of how fast a battle goes, by seed and id."""
    return np.asarray(np.random.default_rng([seed_of(seed, row.id)]).standard_normal(n), np.float64)


def setting_of(row: Row, values: F64, free: Sequence[Free], seed: int) -> Setting:
    """Parameters of a battle by replication, from draws [replication, parameter]."""
    z = battle_draws(row, seed, len(values))
    columns = {one.name: values[:, k] for k, one in enumerate(free)}

    def setting(year: int, replications: Sequence[int]) -> dict[str, F64]:
        at = np.array(replications)
        return settings({name: column[at] for name, column in columns.items()}, year, z[at])

    return setting


def read_fitted(path: Path) -> Fitted:
    """Read a fit.

    Raises
    ------
    InputError
        The file is no fit, or one of other parameters.
    """
    shown = str(path)
    remedy = "give a fitted.json that tools/fit_battles.py wrote"
    try:
        document: Any = json.loads(path.read_text(encoding="utf-8"))
        names, draws = list(document["parameters"]), np.array(document["draws"], dtype=np.float64)
        terms = {name: document["discrepancy"][name] for name in QUANTITIES}
        found = {name: Discrepancy(float(term["sd"])) for name, term in terms.items()}
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise InputError.of(shown, 1, "file", reason, remedy) from None
    except (ValueError, KeyError, TypeError):
        raise InputError.of(shown, 1, "file", "is no fit", remedy) from None
    if names != [one.name for one in FREE]:
        raise InputError.of(shown, 1, "parameters", "are not those of this version", "fit again")
    numbers = [term.sd for term in found.values()]
    if draws.ndim != 2 or draws.shape[1] != len(FREE) or not 1 <= len(draws) <= MOST_DRAWS:
        raise InputError.of(shown, 1, "draws", "do not fit the parameters", remedy)
    if not np.isfinite(draws).all() or (draws <= 0.0).any() or not all(map(math.isfinite, numbers)):
        raise InputError.of(shown, 1, "draws", "hold a number out of range", remedy)
    return Fitted(draws, found)
