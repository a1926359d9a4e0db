"""An invented island: where there is no town to start from."""

from __future__ import annotations

import datetime as dt
import io
import math
from typing import Final

import numpy as np

from redan.scenario.authoring.sketch import Sketch, Town
from redan.scenario.geometry import LonLat, Plane

MIDDLE: Final[LonLat] = (-30.0, 45.0)  # open sea: nobody lives there
RADIUS_KM: Final = 36.0
#: Name, km east and north of the middle, residents.
TOWNS: Final[tuple[tuple[str, float, float, float], ...]] = (
    ("Middleham", 0.0, 1.0, 60_000),
    ("Westport", -24.0, 4.0, 35_000),
    ("Southwick", -6.0, -20.0, 18_000),
    ("Northcote", -9.0, 19.0, 12_000),
    ("Millbrook", -12.0, -3.0, 6_000),
    ("Ferry End", 20.0, 16.0, 9_000),
    ("Eastport", 27.0, -3.0, 22_000),
    ("Stonebridge", 6.0, -9.0, 4_000),
    ("Fairhill", 18.0, -17.0, 3_000),
)
GROUND_STEP_KM: Final = 3.0
#: Hills: km east and north, height m, breadth km.
HILLS: Final = ((-8.0, 9.0, 260.0, 9.0), (2.0, -14.0, 180.0, 7.0), (14.0, 6.0, 120.0, 8.0))
SHORE_M: Final = 10.0
WOODED: Final = 0.7  # [-] share of steep ground under trees


def island_sketch(name: str, as_of: dt.date, attacker_from: str | None = None) -> Sketch:
    """The island under the name of the scenario."""
    plane = Plane(*MIDDLE)
    towns = []
    for town, east, north, people in TOWNS:
        lon, lat = plane.to_lonlat([[east, north]])[0]
        towns.append(Town(town, (round(float(lon), 3), round(float(lat), 3)), people))
    return Sketch(
        name=name,
        title="An invented island to start from",
        summary="An invented island in the open sea, from which to start. The attacker has landed on one "
        "side and holds a third of the width; nothing crosses the shore but at ports. Nothing of it exists.",
        as_of=as_of,
        middle=MIDDLE,
        middle_name="Middleham",
        radius_km=RADIUS_KM,
        towns=tuple(towns),
        kind="island",
        attacker_from=attacker_from or "east",
        hills=True,
    )


def island_ground() -> str:
    """Its hills and woods as a table."""
    plane = Plane(*MIDDLE)
    steps = np.arange(-RADIUS_KM, RADIUS_KM + 1e-9, GROUND_STEP_KM)
    text = io.StringIO()
    text.write("lon,lat,elevation_m,relief_m,cover\n")
    for north in steps[::-1]:
        for east in steps:
            if math.hypot(east, north) <= RADIUS_KM:
                lon, lat = plane.to_lonlat([[east, north]])[0]
                height, slope = _height_m(east, north)
                cover = min(WOODED, 0.1 + slope / 100.0)
                text.write(f"{lon:.3f},{lat:.3f},{height:.0f},{slope:.0f},{cover:.2f}\n")
    return text.getvalue()


def _height_m(east: float, north: float) -> tuple[float, float]:
    """Elevation of the invented hills, and the relief about the point: the fall over 3 km."""
    height, rise_east, rise_north = SHORE_M, 0.0, 0.0
    for x, y, top, broad in HILLS:
        dx, dy = east - x, north - y
        part = top * math.exp(-(dx * dx + dy * dy) / (2.0 * broad * broad))
        height += part
        rise_east -= part * dx / (broad * broad)
        rise_north -= part * dy / (broad * broad)
    return height, GROUND_STEP_KM * math.hypot(rise_east, rise_north) + 5.0
