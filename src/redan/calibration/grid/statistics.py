"""Statistics of a front on the grid, by the same functions for the data and for simulated campaigns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import ndimage

from redan.calibration.grid.record import CELL_KM, F64, Bool, Record

FALL_DAYS: Final = 28
WEEK: Final = 7
NEAR_KM: Final = 5.0
FAR_KM: Final = 10.0
QUIET_KM2: Final = 0.05  # a change smaller than this is none: the maps hold whole per cent of cells
RING: Final = np.array([[1, 1, 1], [1, 0, 1], [1, 1, 1]])


@dataclass(frozen=True)
class Falls:
    """Cells beside occupied ones and how many of them fell: both [neighbours 0..8]."""

    cells: F64
    fell: F64

    def __add__(self, other: Falls) -> Falls:
        """Both together."""
        return Falls(self.cells + other.cells, self.fell + other.fell)

    def chance(self, first: int, last: int) -> float:
        """Chance of cells with so many occupied neighbours, from the first to the last; NaN without any."""
        cells = self.cells[first : last + 1].sum()
        return float(self.fell[first : last + 1].sum() / cells) if cells else float("nan")


def falls(record: Record, *, open_share: float = 0.0, stride: int = FALL_DAYS) -> Falls:
    """Cells that fell within 28 days, by the number of their eight neighbours occupied at the start.

    Parameters
    ----------
    record
        With days evenly a week, or a day, apart.
    open_share
        Share of the unknown ground counted as occupied.
    stride
        Days from one window to the next; less than 28 makes windows overlap.
    """
    held = record.held(open_share=open_share)
    step = int((record.days[1] - record.days[0]) / np.timedelta64(1, "D"))
    cells, fell = np.zeros(9), np.zeros(9)
    for start in range(0, len(held) - FALL_DAYS // step, max(1, stride // step)):
        now, then = held[start], held[start + FALL_DAYS // step]
        around = ndimage.convolve(now.astype(np.int64), RING, mode="constant")
        free = record.inside & ~now
        cells += np.bincount(around[free], minlength=9)
        fell += np.bincount(around[free & then], minlength=9)
    return Falls(cells, fell)


def gains_by_quarter(record: Record) -> dict[str, float]:
    """Area gained in km2 a day by calendar quarter, over the days of it that the record has."""
    area, found = record.area_km2(), {}
    months = record.days.astype("datetime64[M]").astype(np.int64)
    for quarter in np.unique(months // 3):
        rows = np.flatnonzero(months // 3 == quarter)
        span = (record.days[rows[-1]] - record.days[rows[0]]) / np.timedelta64(1, "D")
        if span > 0:
            name = f"{1970 + quarter // 4} Q{quarter % 4 + 1}"
            found[name] = float((area[rows[-1]] - area[rows[0]]) / span)
    return found


def autocorrelation(gains: F64) -> float:
    """Correlation of each gain with the next; NaN where they do not vary."""
    if len(gains) < 3 or np.std(gains[1:]) == 0.0 or np.std(gains[:-1]) == 0.0:
        return float("nan")
    return float(np.corrcoef(gains[1:], gains[:-1])[0, 1])


def quiet_share(area_km2: F64) -> float:
    """Share of the steps in which an area does not change."""
    return float((np.abs(np.diff(area_km2)) < QUIET_KM2).mean())


def unevenness(gains: F64) -> float:
    """Standard deviation of gains over their mean; NaN where nothing was gained."""
    mean = float(gains.mean())
    return float(gains.std() / mean) if mean > 0.0 else float("nan")


@dataclass(frozen=True)
class Dwell:
    """Days that fronts stood 5 to 10 km from towns, and how often they came nearer than that."""

    days: float
    nearer: int

    def __add__(self, other: Dwell) -> Dwell:
        """Both together."""
        return Dwell(self.days + other.days, self.nearer + other.nearer)

    @property
    def mean_days(self) -> float:
        """Mean dwell by maximum likelihood, stays that did not end censored; infinite if none ended."""
        return self.days / self.nearer if self.nearer else float("inf")


def distances_km(record: Record, towns: Mapping[str, tuple[float, float]]) -> F64:
    """[t, town] distance from points (x, y, m) to the nearest fallen cell, to its edge; 0 inside."""
    x, y = np.meshgrid(record.x_m, record.y_m)
    held = record.held()
    found = np.full((len(held), len(towns)), np.inf)
    for k, (east, north) in enumerate(towns.values()):
        away = np.hypot(x - east, y - north) / 1000.0
        for t in range(len(held)):
            if held[t].any():
                found[t, k] = max(0.0, float(away[held[t]].min()) - 0.5 * CELL_KM)
    return found


def dwell(distance_km: F64, step_days: float) -> Dwell:
    """Stays between 5 and 10 km, from distances [t, town] evenly `step_days` apart."""
    between = (distance_km > NEAR_KM) & (distance_km <= FAR_KM)
    nearer = between[:-1] & (distance_km[1:] <= NEAR_KM)
    return Dwell(float(between[:-1].sum()) * step_days, int(nearer.sum()))


def taken(record: Record, towns: Mapping[str, tuple[float, float]], *, radius_km: float = 2.0) -> F64:
    """[t, town] share occupied of the ground about points: cells whose centres lie within the radius."""
    x, y = np.meshgrid(record.x_m, record.y_m)
    found = np.zeros((len(record.days), len(towns)))
    for k, (east, north) in enumerate(towns.values()):
        near: Bool = np.hypot(x - east, y - north) <= 1000.0 * radius_km
        if not near.any():
            near = np.hypot(x - east, y - north) == np.hypot(x - east, y - north).min()
        found[:, k] = record.occupied[:, near].mean(axis=1)
    return found
