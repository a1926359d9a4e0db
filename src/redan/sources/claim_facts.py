"""Facts derived from a verified copy of a dataset, under the names that claims.yaml ships them."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from shapely.affinity import scale as stretch
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from redan.sources import claims
from redan.sources.claims import Fact
from redan.sources.control_maps import read_weekly_control
from redan.sources.front_series import read_front_series
from redan.sources.geonames import ELLIPSOID, distance_km, settlement


def derive(check: Any, path: Path, as_of: date) -> dict[str, Fact]:
    """Derive a check's facts from the dataset file at `path`, using nothing later than `as_of`."""
    return DERIVERS[check.kind](check, path, as_of)


def built_radius_km(residents: float, residents_per_km2: float) -> float:
    """Radius of the disc that holds the residents at the density given, km."""
    return math.sqrt(residents / residents_per_km2 / math.pi)


def line_distance_km(point: tuple[float, float], line: Sequence[tuple[float, float]]) -> float:
    """Geodesic from a point to the nearest point of a line, both in degrees east and north, km."""
    return _nearest_km(point, LineString(line))


def _nearest_km(point: tuple[float, float], geometry: BaseGeometry) -> float:
    """Geodesic to the nearest point of a geometry.

    The nearest point is sought on a plane scaled at the point's latitude: within 50 km it is off by metres.
    """
    scale = math.cos(math.radians(point[1]))
    flat = stretch(geometry, xfact=scale, yfact=1.0, origin=(0.0, 0.0))
    near = nearest_points(flat, Point(point[0] * scale, point[1]))[0]
    return float(ELLIPSOID.inv(*point, near.x / scale, near.y)[2]) / 1000.0


def _front_distance(check: claims.FrontDistanceCheck, path: Path, as_of: date) -> dict[str, Fact]:
    week = read_weekly_control(path, until=as_of)[-1]
    town = settlement(check.place)
    centre = _nearest_km((town.lon, town.lat), week.occupied)
    unknown = _nearest_km((town.lon, town.lat), week.unknown)
    return {
        "to_centre_km": round(centre, 1),
        "to_unknown_km": round(unknown, 1),
        "data_date": week.day,
    }


def _duration(check: claims.DurationCheck, path: Path, as_of: date) -> dict[str, Fact]:
    series = read_front_series(path, until=as_of)
    facts: dict[str, Fact] = {}
    for column in check.towns.values():
        found = {
            **{f"within_{km}km": series.first_within(column, km) for km in (20, 10, 5)},
            "contested_or_open": series.first_contested(column, with_unknown=True),
            "contested": series.first_contested(column, with_unknown=False),
        }
        facts |= {f"{column.lower()}_{key}": day for key, day in found.items() if day is not None}
        taken = np.flatnonzero(series.occupied[column] >= 0.95)
        if len(taken):
            facts[f"{column.lower()}_taken"] = series.days[taken[0]].astype(date)
    return facts


def _status(check: claims.StatusCheck, path: Path, as_of: date) -> dict[str, Fact]:
    series = read_front_series(path, until=as_of)
    return {
        "occupied": round(float(series.occupied[check.town][-1]), 2),
        "unknown": round(float(series.unknown[check.town][-1]), 2),
        "data_date": series.days[-1].astype(date),
    }


def _trend(check: claims.TrendCheck, path: Path, as_of: date) -> dict[str, Fact]:
    series = read_front_series(path, until=as_of)
    bounds = [as_of - timedelta(days=91 * i) for i in range(4, -1, -1)]
    facts: dict[str, Fact] = {
        f"km2_per_day_q{i + 1}": round(series.rate_km2_per_day(bounds[i], bounds[i + 1]), 1) for i in range(4)
    }
    first, last = series.row(bounds[3]), series.row(as_of)
    for column in check.towns.values():
        d = series.distance_km[column]
        facts[f"{column.lower()}_nearer_km"] = round(float(d[first] - d[last]), 1)
    return facts


def _approach(check: claims.ApproachCheck, path: Path, as_of: date) -> dict[str, Fact]:
    fastest, hits, windows = read_front_series(path, until=as_of).fastest_approach_km(check.since)
    return {"fastest_km": round(fastest, 1), "windows_of_10km": hits, "windows": windows}


def _relief(check: claims.ReliefCheck, path: Path, _: date) -> dict[str, Fact]:
    towns = [settlement(i) for i in check.around]
    near: list[dict[str, str]] = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            here = (float(row["lon"]), float(row["lat"]))
            if min(distance_km(here, (t.lon, t.lat)) for t in towns) <= check.radius_km:
                near.append(row)
    elevation = [float(row["elev_m"]) for row in near if row["elev_m"]]
    relief = [float(row["relief_20km_m"]) for row in near if row["relief_20km_m"]]
    return {
        "relief_median_m": round(float(np.median(relief))),
        "elevation_low_m": round(min(elevation)),
        "elevation_high_m": round(max(elevation)),
    }


def _industry(check: claims.IndustryCheck, path: Path, _: date) -> dict[str, Fact]:
    with path.open(encoding="utf-8", newline="") as file:
        listed = {row["town"] for row in csv.DictReader(file)}
    return {"towns_with_site": sum(name in listed for name in check.towns)}


def _damage(check: claims.DamageCheck, path: Path, _: date) -> dict[str, Fact]:
    with path.open(encoding="utf-8", newline="") as file:
        shares = {row["hromada"]: float(row["perc_damaged"]) for row in csv.DictReader(file)}
    return {name.lower(): round(shares[name], 1) for name in check.communities}


DERIVERS: dict[str, Callable[[Any, Path, date], dict[str, Fact]]] = {
    "front_distance": _front_distance,
    "duration": _duration,
    "status": _status,
    "trend": _trend,
    "approach": _approach,
    "relief": _relief,
    "industry": _industry,
    "damage": _damage,
}
