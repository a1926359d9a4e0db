"""Where ground was gained before a day: the shares of effort of the course that goes on as before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

from redan.calibration.operations.policy import Policy, load_policy
from redan.sources.control_maps import ControlGrid

F64 = NDArray[np.float64]
LonLat = tuple[float, float]
PERCENT = 2  # decimals of a share


def row_of(grid: ControlGrid, day: dt.date) -> int:
    """Index of the last map on or before a day.

    Raises
    ------
    ValueError
        The grid begins later.
    """
    row = int(np.searchsorted(grid.days, np.datetime64(day), side="right")) - 1
    if row < 0:
        raise ValueError(f"the grid begins on {grid.days[0]}, after {day}")
    return row


def grid_lonlat(grid: ControlGrid) -> tuple[F64, F64]:
    """Degrees of the cell centres, each [y, x]."""
    x, y = np.meshgrid(grid.x_m, grid.y_m)
    lon, lat = Transformer.from_crs(32637, 4326, always_xy=True).transform(x, y)
    return np.asarray(lon, np.float64), np.asarray(lat, np.float64)


def effort_shares(
    grid: ControlGrid,
    day: dt.date,
    goals: Mapping[str, LonLat],
    policy: Policy | None = None,
) -> dict[str, float]:
    """Share of the effort by goal: by ground gained nearest to each in the days before, in part evenly.

    Ground gained is what the map of `day` shows occupied and that of `days_back` before did not, in cells
    within the rule's reach of some goal; losses are not set off. Shares are rounded to hundredths, sum 1.
    """
    rule = (policy or load_policy()).course
    before = row_of(grid, day - dt.timedelta(days=int(rule.days_back)))
    gained = np.nan_to_num(grid.occupied[row_of(grid, day)] - grid.occupied[before]).clip(min=0.0)
    x, y = np.meshgrid(grid.x_m, grid.y_m)
    to_metres = Transformer.from_crs(4326, 32637, always_xy=True)
    points = np.array([to_metres.transform(*goals[name]) for name in goals])
    away = np.hypot(x[..., None] - points[:, 0], y[..., None] - points[:, 1]) / 1000.0
    nearest = np.argmin(away, axis=-1)
    near = away.min(axis=-1) <= rule.reach_km
    km2 = np.array([gained[near & (nearest == k)].sum() for k in range(len(points))])
    by_gain = km2 / km2.sum() if km2.sum() > 0.0 else np.full(len(points), 1.0 / len(points))
    share = (1.0 - rule.evenly) * by_gain + rule.evenly / len(points)
    return dict(zip(goals, _hundredths(share), strict=True))


def _hundredths(share: Sequence[float] | F64) -> list[float]:
    """Round to hundredths that sum to 1: the largest takes what is left over."""
    rounded = np.round(np.asarray(share), PERCENT)
    rounded[int(np.argmax(rounded))] += 1.0 - rounded.sum()
    return [round(float(value), PERCENT) for value in rounded]
