"""Settlements from GeoNames for the checks of claims, and distances between them."""

from __future__ import annotations

from pyproj import Geod

from redan.sources import gazetteer

#: The ellipsoid of every distance in Redan.
ELLIPSOID = Geod(ellps="WGS84")


def settlement(geonameid: int) -> gazetteer.Settlement:
    """Look a settlement up by its GeoNames id.

    Raises
    ------
    KeyError
        There is no settlement of that id with at least 500 residents.
    """
    found = gazetteer.settlement(geonameid)
    if found is None:
        raise KeyError(geonameid)
    return found


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Geodesic between two points (degrees east, degrees north), km."""
    return float(ELLIPSOID.inv(*a, *b)[2]) / 1000.0
