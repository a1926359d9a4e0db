"""H3 cells of a theatre: which cells, where they lie, who neighbours whom.

Two frames are used. *Degrees* (WGS 84) for everything a person writes and for geodesic lengths and areas;
*the plane* (azimuthal equidistant about the theatre's centre, km) for geometry: within 100 km of the centre
its lengths err by less than 5 parts in 100,000.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import h3.api.basic_int as h3
import numpy as np
import pyproj
import shapely
from scipy.spatial import cKDTree

from redan.scenario.geometry import theatre_area
from redan.vocabulary.arrays import F64, I32, U64

GEOD: Final = pyproj.Geod(ellps="WGS84")
N_SLOTS: Final = 6
#: Attacks are planned and decided for patches of this resolution (about 5 km2), however fine the cells are.
PATCH_RESOLUTION: Final = 7
M_PER_KM: Final = 1000.0
M2_PER_KM2: Final = 1e6
CIRCLE_QUADRANT: Final = 32  # segments per quarter of a buffer's circle: area good to 0.1 %
MOST_CELLS: Final = 60_000  # beyond this a run's record of control no longer fits in memory

Lonlat = tuple[float, float]


@dataclass(frozen=True)
class Plane:
    """Azimuthal equidistant projection in km about a centre."""

    lon: float
    lat: float

    @cached_property
    def _proj(self) -> pyproj.Proj:
        return pyproj.Proj(proj="aeqd", lon_0=self.lon, lat_0=self.lat, ellps="WGS84", units="m")

    def to_km(self, lon: Any, lat: Any) -> tuple[F64, F64]:
        """Degrees -> km east and north of the centre; arrays of any one shape."""
        x, y = self._proj(np.asarray(lon, np.float64), np.asarray(lat, np.float64))
        return np.asarray(x) / M_PER_KM, np.asarray(y) / M_PER_KM

    def to_lonlat(self, x_km: Any, y_km: Any) -> tuple[F64, F64]:
        """Km -> degrees; the inverse of `to_km`."""
        x, y = np.asarray(x_km, np.float64) * M_PER_KM, np.asarray(y_km, np.float64) * M_PER_KM
        lon, lat = self._proj(x, y, inverse=True)
        return np.asarray(lon), np.asarray(lat)

    def point(self, lonlat: Lonlat) -> tuple[float, float]:
        """One point in km."""
        x, y = self.to_km(lonlat[0], lonlat[1])
        return float(x), float(y)

    def points(self, lonlats: Any) -> F64:
        """[n, 2] degrees -> [n, 2] km."""
        array = np.asarray(lonlats, np.float64).reshape(-1, 2)
        return np.column_stack(self.to_km(array[:, 0], array[:, 1]))

    def disc(self, lonlat: Lonlat, radius_km: float) -> Any:
        """Polygon of a disc; its area is pi r^2 within 0.1 %."""
        return shapely.Point(self.point(lonlat)).buffer(radius_km, quad_segs=CIRCLE_QUADRANT)


@dataclass(frozen=True)
class Cells:
    """The cells of a theatre, sorted by H3 index."""

    resolution: int
    plane: Plane
    outline: Any  # polygon in the plane that the cell centres lie in
    cell_id: U64  # [c]
    lon: F64  # [c]
    lat: F64  # [c]
    x_km: F64  # [c]
    y_km: F64  # [c]
    area_km2: F64  # [c]
    neighbour: I32  # [c, n]
    on_rim: np.ndarray[Any, np.dtype[np.bool_]]  # [c] some neighbour lies outside the theatre
    spacing_km: float
    polygon: np.ndarray[Any, np.dtype[np.object_]]  # [c] outlines in the plane

    @property
    def n(self) -> int:
        """Number of cells."""
        return len(self.cell_id)

    @cached_property
    def patch_id(self) -> U64:
        """[c] H3 index of the planning patch: the cell's parent at `PATCH_RESOLUTION`, else the cell."""
        coarse = self.resolution <= PATCH_RESOLUTION
        parents = [int(c) if coarse else h3.cell_to_parent(int(c), PATCH_RESOLUTION) for c in self.cell_id]
        return np.array(parents, np.uint64)

    @cached_property
    def patch(self) -> I32:
        """[c] index of the first cell of the same patch."""
        _, first, inverse = np.unique(self.patch_id, return_index=True, return_inverse=True)
        return np.asarray(first[inverse], np.int32)

    @cached_property
    def patch_ruler(self) -> float:
        """Length of a patch's side over the summed length of the cell edges along it.

        A step of resolution turns a side into three of 1/sqrt(7) its length each (the Gosper curve).
        """
        return float((np.sqrt(7.0) / 3.0) ** max(0, self.resolution - PATCH_RESOLUTION))

    @cached_property
    def patch_edge_km(self) -> float:
        """Half the spacing of patches: that of cells, sqrt(7) times as much for each step of resolution."""
        return float(0.5 * self.spacing_km * np.sqrt(7.0) ** max(0, self.resolution - PATCH_RESOLUTION))

    @cached_property
    def index(self) -> dict[int, int]:
        """H3 index -> position."""
        return {int(cell): i for i, cell in enumerate(self.cell_id)}

    @cached_property
    def _tree(self) -> Any:
        return shapely.STRtree(self.polygon)

    @cached_property
    def neighbour_sets(self) -> list[frozenset[int]]:
        """Neighbours of each cell as a set."""
        return [frozenset(int(j) for j in row if j >= 0) for row in self.neighbour]

    @cached_property
    def plane_area_km2(self) -> F64:
        """[c] areas in the plane, for fractions."""
        return np.asarray(shapely.area(self.polygon), np.float64)

    def find(self, lonlat: Lonlat) -> int:
        """Cell that holds a point, -1 when it lies outside the theatre."""
        return self.index.get(h3.latlng_to_cell(lonlat[1], lonlat[0], self.resolution), -1)

    def overlap_km2(self, shape: Any) -> F64:
        """[c] area of `shape` (a polygon in the plane) within each cell, km2."""
        out = np.zeros(self.n)
        if shape.is_empty:
            return out
        shapely.prepare(shape)
        hit = self._tree.query(shape, predicate="intersects")
        inside = shapely.contains_properly(shape, self.polygon[hit])
        out[hit[inside]] = self.plane_area_km2[hit[inside]]
        cut = hit[~inside]
        out[cut] = shapely.area(shapely.intersection(self.polygon[cut], shape))
        return out

    def fraction(self, shape: Any) -> F64:
        """[c] share of each cell's area inside `shape`, 0..1."""
        return np.clip(self.overlap_km2(shape) / self.plane_area_km2, 0.0, 1.0)

    def nearest(self, xy_km: F64, among: Any) -> I32:
        """For each point [n, 2] in km the nearest cell centre among the indices given; ties to the lower."""
        chosen = np.flatnonzero(among) if np.asarray(among).dtype == bool else np.asarray(among)
        tree = cKDTree(np.column_stack([self.x_km[chosen], self.y_km[chosen]]))
        _, position = tree.query(np.asarray(xy_km, np.float64).reshape(-1, 2))
        return chosen[np.asarray(position)].astype(np.int32)

    def geodesic_km(self, lonlat: Lonlat) -> F64:
        """[c] geodesic distance of every cell centre to a point."""
        return geodesic_km(self.lon, self.lat, np.full(self.n, lonlat[0]), np.full(self.n, lonlat[1]))


def geodesic_km(lon_a: Any, lat_a: Any, lon_b: Any, lat_b: Any) -> F64:
    """Geodesic distance on WGS 84 in km, elementwise."""
    _, _, metres = GEOD.inv(lon_a, lat_a, lon_b, lat_b)
    return np.asarray(metres, np.float64) / M_PER_KM


def build_cells(points: list[Lonlat], *, buffer_km: float, resolution: int) -> Cells:
    """Cells whose centres lie in the convex hull of `points` buffered by `buffer_km`.

    Parameters
    ----------
    points
        Longitude and latitude in degrees of at least one place.
    buffer_km
        Margin about the hull, km.
    resolution
        H3 resolution, 0 to 15.

    Raises
    ------
    ValueError
        No cell's centre lies inside, or too many do, or the points lie too far apart for one plane.
    """
    area = theatre_area(points, buffer_km)
    plane, outline = Plane(area.plane.lon, area.plane.lat), area.polygon
    if area.km2 <= 0.0:
        raise ValueError("the theatre has no area")
    expected = area.km2 / h3.average_hexagon_area(resolution, unit="km^2")
    if expected > MOST_CELLS:
        raise ValueError(f"the theatre has about {expected:,.0f} cells, more than {MOST_CELLS:,}")
    ring = np.asarray(outline.exterior.coords)
    ring_lon, ring_lat = plane.to_lonlat(ring[:, 0], ring[:, 1])
    shape = h3.LatLngPoly(list(zip(ring_lat.tolist(), ring_lon.tolist(), strict=True)))
    ids = sorted(h3.h3shape_to_cells(shape, resolution))
    if not ids:
        raise ValueError("no cell lies in the theatre")
    return _measure_cells(ids, resolution=resolution, plane=plane, outline=outline)


def _measure_cells(ids: list[int], *, resolution: int, plane: Plane, outline: Any) -> Cells:
    """Fill in positions, areas, outlines and neighbours of sorted H3 indices."""
    centres = np.array([h3.cell_to_latlng(cell) for cell in ids], np.float64)
    lat, lon = centres[:, 0].copy(), centres[:, 1].copy()
    x_km, y_km = plane.to_km(lon, lat)
    neighbour, on_rim = _neighbours(ids)
    polygon, area = _outlines(ids, plane)
    return Cells(
        resolution=resolution,
        plane=plane,
        outline=outline,
        cell_id=np.array(ids, np.uint64),
        lon=lon,
        lat=lat,
        x_km=x_km,
        y_km=y_km,
        area_km2=area,
        neighbour=neighbour,
        on_rim=on_rim,
        spacing_km=_spacing_km(lon, lat, neighbour, ids[0]),
        polygon=polygon,
    )


def _neighbours(ids: list[int]) -> tuple[I32, np.ndarray[Any, np.dtype[np.bool_]]]:
    """[c, 6] positions of the neighbours inside, in H3 index order, then -1; [c] whether any is outside.

    A pentagon has five neighbours: it is on the rim only if one of the five is missing.
    """
    position = {cell: i for i, cell in enumerate(ids)}
    neighbour = np.full((len(ids), N_SLOTS), -1, np.int32)
    on_rim = np.zeros(len(ids), np.bool_)
    for i, cell in enumerate(ids):
        ring = [other for other in h3.grid_disk(cell, 1) if other != cell]
        inside = sorted(position[other] for other in ring if other in position)
        neighbour[i, : len(inside)] = inside
        on_rim[i] = len(inside) < len(ring)
    return neighbour, on_rim


def _outlines(ids: list[int], plane: Plane) -> tuple[np.ndarray[Any, np.dtype[np.object_]], F64]:
    """Outlines in the plane [c] and geodesic areas in km2 [c]."""
    rings = [np.asarray(h3.cell_to_boundary(cell), np.float64) for cell in ids]
    owner = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
    corners = np.concatenate(rings)
    x_km, y_km = plane.to_km(corners[:, 1], corners[:, 0])
    linear = shapely.linearrings(np.column_stack([x_km, y_km]), indices=owner)
    areas = [abs(GEOD.polygon_area_perimeter(ring[:, 1], ring[:, 0])[0]) / M2_PER_KM2 for ring in rings]
    return shapely.polygons(linear), np.array(areas, np.float64)


def _spacing_km(lon: F64, lat: F64, neighbour: I32, first_id: int) -> float:
    """Mean geodesic distance between neighbouring centres; of a lone cell, to its H3 neighbours."""
    a, slot = np.nonzero(neighbour >= 0)
    if len(a):
        b = neighbour[a, slot]
        return float(geodesic_km(lon[a], lat[a], lon[b], lat[b]).mean())
    ring = np.array([h3.cell_to_latlng(cell) for cell in h3.grid_disk(first_id, 1) if cell != first_id])
    here = np.ones(len(ring))
    return float(geodesic_km(lon[0] * here, lat[0] * here, ring[:, 1], ring[:, 0]).mean())
