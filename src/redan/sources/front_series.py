"""Reader of the front series: occupied area and the distance of the front to each town, by day."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.datetime64]
Values = NDArray[np.float64]

#: A town counts as contested once this share of the ground within 2 km is occupied or unknown to the map.
CONTESTED_SHARE = 0.05


@dataclass(frozen=True)
class FrontSeries:
    """Daily figures of one open-source map up to a date; every array is [day].

    Attributes
    ----------
    days
        Days that have a map; a few are missing.
    occupied_km2
        Area occupied by the attacker in the box of the data.
    distance_km
        By town: front to the town's GeoNames point, km, negative once the front has passed it.
    occupied, unknown
        By town: share of the ground within 2 km that is occupied, and that the map leaves open, 0..1.
    """

    days: Days
    occupied_km2: Values
    distance_km: dict[str, Values]
    occupied: dict[str, Values]
    unknown: dict[str, Values]

    def first_within(self, town: str, km: float) -> date | None:
        """First day on which the front was within `km` of the town's point, or None."""
        return self._first(self.distance_km[town] <= km)

    def first_contested(self, town: str, *, with_unknown: bool) -> date | None:
        """First day on which 5 % of the ground within 2 km was occupied (or occupied or unknown)."""
        share = self.occupied[town] + (self.unknown[town] if with_unknown else 0.0)
        return self._first(share >= CONTESTED_SHARE)

    def row(self, day: date) -> int:
        """Index of the last map on or before `day`.

        Raises
        ------
        ValueError
            The series begins later than that.
        """
        index = int(np.searchsorted(self.days, np.datetime64(day), side="right")) - 1
        if index < 0:
            raise ValueError(f"the front series begins on {self.days[0]}, after {day}")
        return index

    def rate_km2_per_day(self, start: date, end: date) -> float:
        """Mean change of the occupied area between two days, km2 a day."""
        first, last = self.row(start), self.row(end)
        span = (self.days[last] - self.days[first]) / np.timedelta64(1, "D")
        return float((self.occupied_km2[last] - self.occupied_km2[first]) / span)

    def fastest_approach_km(self, since: date, *, window_days: int = 30) -> tuple[float, int, int]:
        """Largest fall of a front distance within a window, over all towns still in front of the front.

        Towns already behind the front are left out, because their distance grows without any approach.

        Returns
        -------
        The largest fall in km, the windows in which a fall reached 10 km, and the windows looked at.
        """
        day = (self.days - self.days[0]) / np.timedelta64(1, "D")
        later = np.searchsorted(day, day + window_days)
        usable = (self.days >= np.datetime64(since)) & (later < len(day))
        # A gap in the maps would stretch the window, so windows that end late are left out.
        usable[usable] &= day[later[usable]] <= day[usable] + window_days + 2
        start, end = np.flatnonzero(usable), later[usable]
        falls = [d[start] - np.maximum(d[end], 0.0) for d in self.distance_km.values()]
        ahead = [d[start] > 0.0 for d in self.distance_km.values()]
        fall = np.concatenate([f[a] for f, a in zip(falls, ahead, strict=True)])
        return float(np.nanmax(fall)), int((fall >= 10.0).sum()), int(np.isfinite(fall).sum())

    def _first(self, hit: NDArray[np.bool_]) -> date | None:
        where = np.flatnonzero(hit)
        return None if len(where) == 0 else self.days[where[0]].astype(date)


def read_front_series(path: Path, *, until: date) -> FrontSeries:
    """Read the series up to and including `until`; nothing later is ever held in memory as data.

    Parameters
    ----------
    path
        A verified copy of the dataset `front-series`.
    until
        Last day that may be known.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["date"] <= until.isoformat()]
    towns = [key.removeprefix("dist_km_") for key in rows[0] if key.startswith("dist_km_")]

    def column(key: str) -> Values:
        return np.array([float(row[key]) if row[key] else np.nan for row in rows])

    return FrontSeries(
        days=np.array([row["date"] for row in rows], dtype="datetime64[D]"),
        occupied_km2=column("occupied_km2"),
        distance_km={town: column(f"dist_km_{town}") for town in towns},
        occupied={town: column(f"occ2km_{town}") for town in towns},
        unknown={town: column(f"unk2km_{town}") for town in towns},
    )
