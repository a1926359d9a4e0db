"""Belts of works and strongholds, laid on the cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import shapely

from redan.numerics.draws import name_entity
from redan.theatre.cells import Cells, Lonlat
from redan.vocabulary.arrays import F64, I32, U64

DAYS_PER_MONTH: Final = 365.25 / 12.0
M2_PER_KM2: Final = 1e6
SLIVER: Final = 0.02  # a cell of which a belt covers less than this share has no belt


@dataclass(frozen=True)
class Belt:
    """A belt as declared."""

    name: str
    line: list[Lonlat]
    width_km: float
    begun: date
    effort_h_per_km_month: float
    support: float
    mine_depth_m: float
    ditch_m: float
    teeth_rows: float


@dataclass(frozen=True)
class Belts:
    """The belt arrays of `Theatre`."""

    cell: I32  # [c] -1 none
    share: F64  # [c] 0..1
    width_km: F64  # [b]
    months: F64  # [b]
    effort_h_per_km_month: F64  # [b]
    support: F64  # [b]
    mine_depth_m: F64  # [b]
    ditch_m: F64  # [b]
    teeth_rows: F64  # [b]


@dataclass(frozen=True)
class Site:
    """A stronghold as declared, at its place plus its offset."""

    name: str
    at: Lonlat
    objective: int  # index or -1
    floor_area_m2: float
    tunnel_km: float
    shelter_men: float
    stock_days: float


@dataclass(frozen=True)
class Sites:
    """The stronghold arrays of `Theatre`, and the share of every cell under works of industry."""

    identity: U64  # [g]
    cell: I32  # [g] -1 outside the theatre
    objective: I32  # [g]
    floor_area_m2: F64  # [g]
    tunnel_km: F64  # [g]
    shelter_men: F64  # [g]
    stock_days: F64  # [g]
    industry: F64  # [c] 0..1


def months_between(begun: date, as_of: date) -> float:
    """Months of digging from `begun` to `as_of`, 0 when not yet begun."""
    return max(0.0, (as_of - begun).days / DAYS_PER_MONTH)


def lay_belts(cells: Cells, belts: Sequence[Belt], as_of: date) -> Belts:
    """Rasterise belts; where several cover a cell the one with most work in it stands.

    The share is the area of the belt's strip within the cell over (spacing x depth), where depth is the
    belt's width or, if that is less, the mean depth of a cell (its area over the spacing): the part of the
    cell's width along the belt that is covered. A strip deeper than a cell covers several cells one behind
    the other, each holding `depth / width` of what the whole belt holds across it; with that factor,
    share x spacing adds up to the belt's length at any resolution.
    """
    months = np.array([months_between(belt.begun, as_of) for belt in belts], np.float64)
    worth = np.array([b.effort_h_per_km_month * (1.0 + b.support) for b in belts], np.float64) * months
    shares = np.array([_belt_share(cells, belt) for belt in belts]).reshape(len(belts), cells.n)
    cell, share = np.full(cells.n, -1, np.int32), np.zeros(cells.n)
    if belts:
        # the smallest positive worth keeps a belt begun on day 0 from losing to none
        best = np.argmax(shares * np.maximum(worth, 1e-9)[:, None], axis=0)
        share = shares[best, np.arange(cells.n)]
        covered = share >= SLIVER
        cell = np.where(covered, best, -1).astype(np.int32)
        share = np.where(covered, share, 0.0)
    return Belts(
        cell=cell,
        share=share,
        width_km=_column([b.width_km for b in belts]),
        months=months,
        effort_h_per_km_month=_column([b.effort_h_per_km_month for b in belts]),
        support=_column([b.support for b in belts]),
        mine_depth_m=_column([b.mine_depth_m for b in belts]),
        ditch_m=_column([b.ditch_m for b in belts]),
        teeth_rows=_column([b.teeth_rows for b in belts]),
    )


def lay_sites(cells: Cells, sites: Sequence[Site]) -> Sites:
    """Put strongholds into cells; their floor area becomes the industrial share of the ground about them."""
    industry = np.zeros(cells.n)
    for site in sites:
        if site.floor_area_m2 > 0.0:
            radius = float(np.sqrt(site.floor_area_m2 / M2_PER_KM2 / np.pi))
            industry += cells.overlap_km2(cells.plane.disc(site.at, radius)) / cells.area_km2
    return Sites(
        identity=np.array([name_entity(site.name) for site in sites], np.uint64),
        cell=np.array([cells.find(site.at) for site in sites], np.int32),
        objective=np.array([site.objective for site in sites], np.int32),
        floor_area_m2=_column([site.floor_area_m2 for site in sites]),
        tunnel_km=_column([site.tunnel_km for site in sites]),
        shelter_men=_column([site.shelter_men for site in sites]),
        stock_days=_column([site.stock_days for site in sites]),
        industry=np.clip(industry, 0.0, 1.0),
    )


def offset_point(cells: Cells, at: Lonlat, offset_km: tuple[float, float]) -> Lonlat:
    """A point so many km east and north of another, degrees."""
    x_km, y_km = cells.plane.point(at)
    lon, lat = cells.plane.to_lonlat(x_km + offset_km[0], y_km + offset_km[1])
    return float(lon), float(lat)


def _belt_share(cells: Cells, belt: Belt) -> F64:
    """[c] share of each cell's width that the belt covers in full depth."""
    line = shapely.LineString(cells.plane.points(belt.line))
    strip = line.buffer(belt.width_km / 2.0, cap_style="flat")
    depth = np.minimum(belt.width_km, cells.plane_area_km2 / cells.spacing_km)
    return np.clip(cells.overlap_km2(strip) / (cells.spacing_km * depth), 0.0, 1.0)


def _column(values: list[float]) -> F64:
    """A float column, empty too."""
    return np.array(values, np.float64)
