"""Write the invented ground of the scenario `mountain-pass`: a ridge with one pass and one high shoulder.

python -m tools.derive_teaching_ground            # print the table
python -m tools.derive_teaching_ground --write    # put it beside the scenario
"""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import Final

from redan.scenario.geometry import Plane

FILE: Final = Path(__file__).resolve().parents[1] / "src/redan/bundled/scenarios/mountain-pass/ground.csv"
MIDDLE: Final = (-33.0, 46.0)  # open sea
HALF_KM: Final = 30
STEP_KM: Final = 2
VALLEY_M: Final = 450.0
RIDGE_M: Final = 1_300.0  # of the crest above the valleys
RIDGE_KM: Final = 4.0  # breadth of the ridge, north to south
#: Dips of the crest: km east, share of the height that is missing, breadth in km.
DIPS: Final = ((0.0, 0.72, 3.0), (14.0, 0.38, 3.5))
FALL_KM: Final = 2.0  # relief is the fall over this distance
TREES: Final = (0.15, 0.6)  # [-] share of trees in the valley and on the slopes below the tree line
TREE_LINE_M: Final = 1_400.0


def elevation_m(east_km: float, north_km: float) -> float:
    """Height of the invented ridge at a point."""
    missing = max(deep * math.exp(-(((east_km - at) / broad) ** 2)) for at, deep, broad in DIPS)
    return VALLEY_M + RIDGE_M * (1.0 - missing) * math.exp(-((north_km / RIDGE_KM) ** 2))


def relief_m(east_km: float, north_km: float) -> float:
    """Highest less lowest of the points about a point."""
    around = [
        elevation_m(east_km + dx, north_km + dy)
        for dx in (-FALL_KM, 0.0, FALL_KM)
        for dy in (-FALL_KM, 0.0, FALL_KM)
    ]
    return max(around) - min(around)


def cover(east_km: float, north_km: float) -> float:
    """Share of trees: few in the valleys, many on slopes, none above the tree line."""
    height = elevation_m(east_km, north_km)
    if height > TREE_LINE_M:
        return 0.05
    return TREES[1] if height > VALLEY_M + 100.0 else TREES[0]


def table() -> str:
    """The table as text, north to south and west to east."""
    plane = Plane(*MIDDLE)
    rows = ["lon,lat,elevation_m,relief_m,cover"]
    for north in range(HALF_KM, -HALF_KM - 1, -STEP_KM):
        for east in range(-HALF_KM, HALF_KM + 1, STEP_KM):
            lon, lat = plane.to_lonlat([[east, north]])[0]
            numbers = elevation_m(east, north), relief_m(east, north)
            rows.append(f"{lon:.3f},{lat:.3f},{numbers[0]:.0f},{numbers[1]:.0f},{cover(east, north):.2f}")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        FILE.write_text(table(), encoding="utf-8")
    else:
        print(table(), end="")
