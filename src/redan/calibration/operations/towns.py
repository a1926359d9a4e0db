"""What the control grid says of a town by day: footprint occupied, distance of the front, ground about.

Definitions are those of the model, at the resolution of the grid: the footprint is the built-up land within
2 km of the GeoNames point, and the share of a cell that is occupied holds for every part of the cell.
Unknown ground gives an interval: it may have been either side's.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from redan.sources.control_maps import ControlGrid
from redan.sources.gazetteer import Settlement, settlement, settlements_within
from redan.theatre.objectives import FOOTPRINT_KM
from redan.theatre.settlements import Town, without_districts

F64 = NDArray[np.float64]
PEOPLE_PER_KM2: Final = 2_500.0  # as in every scenario
NEAR_DEG: Final = 0.15  # settlements this near may reach into a footprint
HALF_CELL_KM: Final = 1.25
CONTESTED: Final = 0.05
TAKEN: Final = 0.95
HOLD_DAYS: Final = 7
RING_KM: Final = 7.5  # the ground about a town, three cells deep
M_PER_KM: Final = 1000.0


@dataclass(frozen=True)
class TownRecord:
    """A town by day of the grid; every array is [day].

    Attributes
    ----------
    occupied, unknown
        Share of the footprint, 0..1.
    point_km
        Ground shown as occupied to the GeoNames point, negative once behind it; good to half a cell.
    edge_km
        The same to the edge of the built-up disc.
    ring
        Share occupied of the ground between the footprint and `RING_KM` from the point.
    """

    town: Settlement
    days: NDArray[np.datetime64]
    occupied: F64
    unknown: F64
    point_km: F64
    edge_km: F64
    ring: F64

    def first(self, hit: NDArray[np.bool_]) -> dt.date | None:
        """First day on which something holds."""
        where = np.flatnonzero(hit)
        return None if len(where) == 0 else self.days[where[0]].astype(dt.date)

    def contested(self, *, with_unknown: bool = False) -> dt.date | None:
        """First day with 5 % of the footprint occupied, or occupied or unknown."""
        return self.first(self._share(with_unknown) >= CONTESTED)

    def taken(self, *, with_unknown: bool = False) -> dt.date | None:
        """First of 7 days on which 95 % of the footprint was occupied, or occupied or unknown."""
        held = self._share(with_unknown) >= TAKEN
        day = (self.days - self.days[0]) / np.timedelta64(1, "D")
        lost = np.where(held, np.inf, day)
        next_lost = np.minimum.accumulate(lost[::-1])[::-1]  # day of the first map from here on without it
        return self.first(held & (next_lost >= day + HOLD_DAYS) & (day <= day[-1] - HOLD_DAYS + 1))

    def within(self, km: float) -> dt.date | None:
        """First day on which the front was within `km` of the edge of the built-up area."""
        return self.first(self.edge_km <= km)

    def row(self, day: dt.date) -> int:
        """Index of the last map on or before a day."""
        return max(0, int(np.searchsorted(self.days, np.datetime64(day), side="right")) - 1)

    def _share(self, with_unknown: bool) -> F64:
        return self.occupied + (self.unknown if with_unknown else 0.0)


def town_record(grid: ControlGrid, geonameid: int) -> TownRecord:
    """Read a town's record off the grid.

    Raises
    ------
    KeyError
        The gazetteer has no such settlement.
    """
    town = settlement(geonameid)
    if town is None:
        raise KeyError(geonameid)
    near = _Near(grid, town)
    footprint = near.weights(near.footprint)
    ring = near.weights(near.point.buffer(RING_KM).difference(near.point.buffer(FOOTPRINT_KM)))
    point_km = near.distance_km()
    radius = float(np.sqrt(town.population / PEOPLE_PER_KM2 / np.pi))
    return TownRecord(
        town=town,
        days=grid.days,
        occupied=near.mean(grid.occupied, footprint),
        unknown=near.mean(grid.unknown, footprint),
        point_km=point_km,
        edge_km=np.where(point_km > 0.0, np.maximum(point_km - radius, 0.0), point_km),
        ring=near.mean(grid.occupied, ring),
    )


class _Near:
    """The grid as a town sees it; lengths in km, UTM zone 37 north."""

    def __init__(self, grid: ControlGrid, town: Settlement) -> None:
        self.grid = grid
        self.plane = Transformer.from_crs(4326, 32637, always_xy=True)
        self.point = shapely.Point(self._km(town.lon, town.lat))
        x, y = grid.x_m / M_PER_KM, grid.y_m / M_PER_KM
        self.x, self.y = np.meshgrid(x, y)
        h = HALF_CELL_KM
        self.squares = shapely.box(self.x - h, self.y - h, self.x + h, self.y + h)
        self.footprint = self._built(town).intersection(self.point.buffer(FOOTPRINT_KM))

    def _km(self, lon: float, lat: float) -> tuple[float, float]:
        x, y = self.plane.transform(lon, lat)
        return float(x) / M_PER_KM, float(y) / M_PER_KM

    def _built(self, town: Settlement) -> Any:
        """Built-up land about the town: a disc of even density about every settlement."""
        around = settlements_within(
            town.lon - NEAR_DEG, town.lat - NEAR_DEG, town.lon + NEAR_DEG, town.lat + NEAR_DEG
        )
        all_of = [
            Town(str(s.geonameid), (s.lon, s.lat), s.population, 0.0, 0.0, s.geonameid == town.geonameid)
            for s in around
        ]
        kept = without_districts(all_of, PEOPLE_PER_KM2)
        discs = [shapely.Point(self._km(*t.at)).buffer(t.radius_km(PEOPLE_PER_KM2)) for t in kept]
        return shapely.union_all(discs)

    def weights(self, shape: Any) -> F64:
        """[y, x] area of a shape in every cell that the data cover, as shares."""
        area = np.where(self.grid.inside, shapely.area(shapely.intersection(self.squares, shape)), 0.0)
        return np.asarray(area / area.sum(), np.float64)

    def mean(self, values: NDArray[np.float32], weights: F64) -> F64:
        """[day] weighted mean over the cells."""
        j, i = np.nonzero(weights)
        return np.asarray(np.nan_to_num(values[:, j, i]) @ weights[j, i], np.float64)

    def distance_km(self) -> F64:
        """[day] the point to the nearest cell that is occupied in the main, negative from within."""
        away = np.asarray(shapely.distance(self.squares, self.point), np.float64)
        j, i = np.nonzero(self.grid.inside)
        order = np.argsort(away[j, i])
        j, i = j[order], i[order]
        held = self.grid.occupied[:, j, i] > 0.5
        to_held = np.where(held.any(axis=1), away[j, i][held.argmax(axis=1)], np.inf)
        to_free = np.where((~held).any(axis=1), away[j, i][(~held).argmax(axis=1)], np.inf)
        return np.asarray(np.where(to_held > 0.0, to_held, -to_free), np.float64)
