"""Roads, rail and rivers on the edges between cells.

A polyline good to 2 or 3 km says between which cells a road runs, not where in the cell: capacity therefore
belongs to the edge. Tracks join every pair of neighbours with a capacity per km of the edge's width, so that
a front of given length lets the same tonnage through at any resolution.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import h3.api.basic_int as h3
import numpy as np
import shapely
from h3 import H3BaseException

from redan.theatre.cells import Cells, Lonlat
from redan.vocabulary.arrays import F64

SAMPLE_KM: Final = 0.3  # step along a line; shorter where cells are small
SAMPLES_PER_CELL: Final = 4
RIVER_WEIGHT: Final[Mapping[str, float]] = {"major": 1.0, "minor": 0.4}


@dataclass(frozen=True)
class Road:
    """A road or railway: its polyline in degrees and what it carries both ways together, t/day."""

    name: str
    points: list[Lonlat]
    t_per_day: float


@dataclass(frozen=True)
class River:
    """A river: its polyline in degrees and its weight, 0..1."""

    name: str
    points: list[Lonlat]
    weight: float


def edge_width_km(cells: Cells) -> float:
    """Half the spacing d of centres (DESIGN 5): a straight front of length L crosses 2 to 2.3 L/d edges."""
    return cells.spacing_km / 2.0


def road_edges(cells: Cells, road: Road) -> set[tuple[int, int]]:
    """Pairs of neighbouring cells, lower index first, that a road joins; each pair once."""
    joined: set[tuple[int, int]] = set()
    visited = _visited(cells, road.points)
    for a, b in pairwise(visited):
        path = [a, b] if h3.are_neighbor_cells(a, b) else _path(a, b)
        for here, there in pairwise(path):
            i, j = cells.index.get(here, -1), cells.index.get(there, -1)
            if i >= 0 and j >= 0:
                joined.add((min(i, j), max(i, j)))
    return joined


def road_capacity(cells: Cells, roads: Iterable[Road], *, track_t_per_day_per_km: float) -> F64:
    """[c, n] capacity to each neighbour in t/day, equal both ways; roads that share an edge add up."""
    capacity = np.where(cells.neighbour >= 0, track_t_per_day_per_km * edge_width_km(cells), 0.0)
    slot = {(i, int(j)): k for i, row in enumerate(cells.neighbour) for k, j in enumerate(row) if j >= 0}
    for road in roads:
        for i, j in road_edges(cells, road):
            capacity[i, slot[i, j]] += road.t_per_day
            capacity[j, slot[j, i]] += road.t_per_day
    return np.ascontiguousarray(capacity, np.float64)


def river_edges(cells: Cells, rivers: Iterable[River]) -> F64:
    """[c, n] weight of the greatest river between two centres, 0 where none.

    A river lies between two centres when the straight line that joins them crosses it an odd number of
    times; a meander crossed twice leaves both on one bank.
    """
    river = np.zeros(cells.neighbour.shape, np.float64)
    a, slot = np.nonzero(cells.neighbour >= 0)
    b = cells.neighbour[a, slot]
    ends = np.stack([np.column_stack([cells.x_km[k], cells.y_km[k]]) for k in (a, b)], axis=1)
    segments = shapely.linestrings(ends)
    for each in rivers:
        line = shapely.LineString(cells.plane.points(each.points))
        hit = np.flatnonzero(shapely.intersects(segments, line))
        crossings = shapely.get_num_geometries(shapely.intersection(segments[hit], line))
        odd = hit[crossings % 2 == 1]
        river[a[odd], slot[odd]] = np.maximum(river[a[odd], slot[odd]], each.weight)
    return river


def length_inside_km(cells: Cells, points: list[Lonlat]) -> float:
    """Length of a polyline within the theatre, km."""
    if len(points) < 2:
        return 0.0
    return float(shapely.LineString(cells.plane.points(points)).intersection(cells.outline).length)


def _visited(cells: Cells, points: list[Lonlat]) -> list[int]:
    """H3 indices along a polyline, consecutive ones distinct."""
    xy = cells.plane.points(points)
    line = shapely.LineString(xy)
    step = min(SAMPLE_KM, cells.spacing_km / SAMPLES_PER_CELL)
    along = np.linspace(0.0, line.length, max(2, int(np.ceil(line.length / step)) + 1))
    sampled = shapely.get_coordinates(shapely.line_interpolate_point(line, along))
    lon, lat = cells.plane.to_lonlat(sampled[:, 0], sampled[:, 1])
    visited: list[int] = []
    for x, y in zip(lon.tolist(), lat.tolist(), strict=True):
        cell = h3.latlng_to_cell(y, x, cells.resolution)
        if not visited or visited[-1] != cell:
            visited.append(cell)
    return visited


def _path(a: int, b: int) -> list[int]:
    """Cells from a to b both included; no path across a pentagon is no road there."""
    try:
        path = h3.grid_path_cells(a, b)
    except H3BaseException:
        return []
    return [int(cell) for cell in path]
