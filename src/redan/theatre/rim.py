"""The edge of the theatre: where supply enters, where the front goes on outside, where nothing crosses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from redan.theatre.cells import Cells, Lonlat
from redan.theatre.control import Control
from redan.vocabulary.arrays import F64, I8
from redan.vocabulary.codes import RIM_CLOSED, RIM_FLANK, RIM_INNER, RIM_SOURCE, SIDES

BAND_KM: Final = 2.5  # supply enters within this of the outline, as deep as one cell of resolution 7 ...
SEARCH_KM: Final = 5.0  # ... by the best road this much farther off than the nearest cell
SOURCE_REACH_KM: Final = 3.0  # cells this near to the entry share what comes in, by their roads ...
MAIN_ENTRY: Final = 0.5  # ... if their best road carries at least this share of the best one's
TINY: Final = 1e-9
TURN: Final = 2.0 * np.pi


@dataclass(frozen=True)
class Source:
    """Supply that enters the theatre."""

    side: int
    at: Lonlat
    t_per_day: float


@dataclass(frozen=True)
class OpenFlank:
    """The shorter way round the rim from one point to another."""

    start: Lonlat
    end: Lonlat


def place_source(cells: Cells, control: Control, source: Source, road_t_per_day: F64) -> F64:
    """[c] tonnes a day of one source, where the best road near its point enters its side's ground.

    A road of a coarse polyline may end a little short of the rim; a band as deep as one cell of resolution 7
    makes it enter at the same place at any resolution.

    Raises
    ------
    ValueError
        The side holds no cell on the rim.
    """
    held = control.side == source.side
    if not (cells.on_rim & held).any():
        raise ValueError(f"the {SIDES[source.side]} holds no cell on the rim")
    depth = _depth_km(cells)
    band = np.flatnonzero(held & (cells.on_rim | (depth <= BAND_KM)))
    x_km, y_km = cells.plane.point(source.at)
    away = np.hypot(cells.x_km[band] - x_km, cells.y_km[band] - y_km)
    road = road_t_per_day[band].max(axis=1)
    near = away <= away.min() + SEARCH_KM
    good = band[near & (road >= MAIN_ENTRY * road[near].max())]
    outer = good[depth[good] <= depth[good].min() + cells.spacing_km]
    entry = cells.nearest(np.array([[x_km, y_km]]), outer)[0]
    apart = np.hypot(cells.x_km[outer] - cells.x_km[entry], cells.y_km[outer] - cells.y_km[entry])
    shared = outer[apart <= SOURCE_REACH_KM]
    weight = np.maximum(road_t_per_day[shared].max(axis=1), TINY)
    tonnes = np.zeros(cells.n)
    tonnes[shared] = source.t_per_day * weight / weight.sum()
    return tonnes


def supply_sources(cells: Cells, control: Control, sources: Sequence[Source], road_t_per_day: F64) -> F64:
    """[s, c] tonnes a day that enter, all sources of a side added."""
    tonnes = np.zeros((len(SIDES), cells.n))
    for source in sources:
        tonnes[source.side] += place_source(cells, control, source, road_t_per_day)
    return tonnes


def rim_codes(cells: Cells, tonnes: F64, flanks: Sequence[OpenFlank]) -> I8:
    """[c] RIM_* of every cell; a source on an open flank is a source."""
    rim = np.where(cells.on_rim, RIM_CLOSED, RIM_INNER).astype(np.int8)
    for flank in flanks:
        rim[cells.on_rim & _between(cells, flank)] = RIM_FLANK
    rim[tonnes.sum(axis=0) > 0.0] = RIM_SOURCE
    return rim


def rim_distance_km(cells: Cells, at: Lonlat) -> float:
    """Distance of a point from the nearest rim cell's centre, km; infinite without a rim."""
    return float(np.min(cells.geodesic_km(at)[cells.on_rim], initial=np.inf))


def _depth_km(cells: Cells) -> F64:
    """[c] distance of every centre from the theatre's outline."""
    return np.asarray(
        shapely.distance(shapely.points(cells.x_km, cells.y_km), cells.outline.exterior), np.float64
    )


def _between(cells: Cells, flank: OpenFlank) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """[c] whether a cell's bearing from the centre lies on the shorter arc between the flank's ends."""
    (x0, y0), (x1, y1) = cells.plane.point(flank.start), cells.plane.point(flank.end)
    first, last = np.arctan2(y0, x0), np.arctan2(y1, x1)
    sweep = (last - first) % TURN
    if sweep > np.pi:
        first, sweep = last, TURN - sweep
    bearing = (np.arctan2(cells.y_km, cells.x_km) - first) % TURN
    return np.asarray(bearing <= sweep, np.bool_)
