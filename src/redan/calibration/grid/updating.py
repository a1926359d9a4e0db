"""Forecasts told of the pace of the last months: draws that played them well count for more.

A fit keeps the pace of its own time, and fronts change pace. Campaigns of the same draws are therefore also
started `BEFORE_DAYS` before the day of a forecast, and each draw is weighted by how near its gain came to
what was gained by that day. How near is near is what gains change by from one such window to the next: no
draw is believed for longer than a season lasts.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from redan.calibration.grid.baselines import Area
from redan.calibration.grid.summaries import signed_log

F64 = NDArray[np.float64]
BEFORE_DAYS: Final = 90


def change_sd(area: Area, first: dt.date, day: dt.date) -> float:
    """Root mean square change of gains between successive windows that ended by a day, on `signed_log`.

    Raises
    ------
    ValueError
        Fewer than two windows lie between the two days.
    """
    windows = (day - first).days // BEFORE_DAYS
    if windows < 2:
        raise ValueError(f"two windows of {BEFORE_DAYS} days do not fit between {first} and {day}")
    gains = [area.gain(day - dt.timedelta(days=k * BEFORE_DAYS), -BEFORE_DAYS) for k in range(windows)]
    return float(np.sqrt(np.mean(np.diff(signed_log(np.array(gains))) ** 2)))


def pace_weights(simulated_km2: F64, observed_km2: float, sd: float) -> F64:
    """[draw] weights that sum to 1: normal in what the gains before the forecast differ by, on `signed_log`.

    Parameters
    ----------
    simulated_km2
        [draw] gained in the window before the forecast.
    observed_km2
        What was gained.
    sd
        Of `change_sd`.
    """
    away = (signed_log(simulated_km2) - signed_log(np.array(observed_km2))) / sd
    weights = np.exp(-0.5 * (away**2 - (away**2).min()))
    return np.asarray(weights / weights.sum(), np.float64)


def resampled(weights: F64) -> NDArray[np.int64]:
    """As many draws as there are weights, each as often as its weight asks: systematic, nothing drawn."""
    n = len(weights)
    steps = (np.arange(n) + 0.5) / n
    return np.minimum(np.searchsorted(np.cumsum(weights), steps), n - 1).astype(np.int64)
