"""Plane geometry of the theatre: an azimuthal equidistant projection about its centre, in km."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyproj
import shapely
from numpy.typing import ArrayLike, NDArray

F64 = NDArray[np.float64]
LonLat = tuple[float, float]

WIDEST_KM: Final = 1_500.0  # [km] farther apart than this the plane and one front make no sense


@dataclass(frozen=True)
class Plane:
    """A plane that touches the Earth at one point; x east and y north, km.

    Attributes
    ----------
    lon, lat
        Point of contact, degrees.
    """

    lon: float
    lat: float

    def to_km(self, lonlat: ArrayLike) -> F64:
        """Project points [n, 2] in degrees to [n, 2] in km."""
        points = np.asarray(lonlat, dtype=np.float64).reshape(-1, 2)
        return np.column_stack(_transformer(self).transform(points[:, 0], points[:, 1]))

    def to_lonlat(self, xy: ArrayLike) -> F64:
        """Unproject points [n, 2] in km to [n, 2] in degrees."""
        points = np.asarray(xy, dtype=np.float64).reshape(-1, 2)
        inverse = _transformer(self).transform(points[:, 0], points[:, 1], direction="INVERSE")
        return np.column_stack(inverse)


@functools.lru_cache(maxsize=16)
def _transformer(plane: Plane) -> Any:
    # The steps that PROJ finds from EPSG:4326; named outright, they need no search of its database (13 ms).
    return pyproj.Transformer.from_pipeline(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
        f"+step +proj=aeqd +lat_0={plane.lat!r} +lon_0={plane.lon!r} +ellps=WGS84 "
        "+step +proj=unitconvert +xy_in=m +xy_out=km"
    )


@dataclass(frozen=True)
class Area:
    """The theatre: the hull of some points, buffered.

    Attributes
    ----------
    plane
        The plane it lies in.
    polygon
        Its outline in km.
    """

    plane: Plane
    polygon: shapely.Polygon

    @property
    def km2(self) -> float:
        """Area in km2."""
        return float(self.polygon.area)

    def distance_km(self, lonlat: ArrayLike) -> F64:
        """Distance of points [n, 2] in degrees from the area, 0 inside. Shape [n]."""
        points = shapely.points(self.plane.to_km(lonlat))
        return np.asarray(shapely.distance(self.polygon, points), dtype=np.float64)

    def is_touched_by(self, lonlat: ArrayLike) -> bool:
        """Whether a polyline through points [n, 2] in degrees runs through the area."""
        return bool(self.polygon.intersects(shapely.LineString(self.plane.to_km(lonlat))))


def theatre_area(points: Sequence[LonLat], buffer_km: float) -> Area:
    """Hull of `points` (degrees), buffered by `buffer_km`.

    Raises
    ------
    ValueError
        The points lie too far apart for one plane.
    """
    lonlat = np.array(points, dtype=np.float64).reshape(-1, 2)
    if np.ptp(lonlat[:, 0]) > 180.0:  # they lie about the 180th meridian: count all longitudes eastward
        lonlat[:, 0] %= 360.0
    middle = 0.5 * (lonlat.min(axis=0) + lonlat.max(axis=0))
    plane = Plane(float(middle[0]), float(middle[1]))
    xy = plane.to_km(lonlat)
    spread = float(np.ptp(xy, axis=0).max())
    if not np.isfinite(xy).all() or spread > WIDEST_KM:
        raise ValueError(f"the points lie more than {WIDEST_KM:g} km apart")
    polygon = shapely.MultiPoint(xy).convex_hull.buffer(buffer_km, quad_segs=32)
    return Area(plane, polygon)
