"""Write the coarse ground of the scenario `gothic-line`: heights between points known from maps.

python -m tools.derive_gothic_ground            # print the table
python -m tools.derive_gothic_ground --write    # put it beside the scenario

A trend, not a map: some thirty heights from memory, good to 50 m, and hills between them whose roughness
grows with the height. Ridges between the rivers are there, single hills are not.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from redan.scenario.geometry import Plane

FILE: Final = Path(__file__).resolve().parents[1] / "src/redan/bundled/scenarios/gothic-line/ground.csv"
MIDDLE: Final = (12.76, 43.86)
HALF_KM: Final = (32, 30)  # east, north
STEP_KM: Final = 2
#: lon, lat, height [m] of valleys, towns and ridges.
HEIGHTS: Final = (
    *((13.05, 43.83, 5), (13.02, 43.84, 10), (12.91, 43.91, 10), (12.73, 43.97, 10), (12.65, 44.00, 10)),
    *((12.57, 44.06, 5), (12.50, 44.08, 20), (12.45, 44.06, 45), (12.42, 44.02, 80), (13.10, 43.79, 10)),
    *((12.92, 43.76, 60), (12.81, 43.69, 110), (12.74, 43.65, 150), (12.95, 43.72, 220), (12.86, 43.79, 320)),
    *((12.77, 43.84, 50), (12.66, 43.80, 90), (12.55, 43.76, 150), (12.64, 43.73, 450), (12.75, 43.75, 350)),
    *(
        (12.82, 43.93, 190),
        (12.75, 43.90, 170),
        (12.80, 43.88, 150),
        (12.67, 43.87, 350),
        (12.61, 43.89, 380),
    ),
    *((12.64, 43.92, 85), (12.52, 43.88, 130), (12.58, 43.90, 400), (12.54, 43.92, 380), (12.60, 43.97, 100)),
    *(
        (12.63, 43.94, 170),
        (12.55, 43.98, 180),
        (12.53, 44.03, 120),
        (12.47, 43.99, 300),
        (12.56, 43.82, 420),
    ),
)
POWER: Final = 3.0  # of the distance by which a height loses weight
ROUGH: Final = (15.0, 0.45)  # relief within a cell [m]: at the sea, and per metre of height
COVER: Final = (0.05, 0.0006, 0.35)  # share of trees and vines: at the sea, per metre of height, most


def heights_m(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """[n] height at each point [n, 2], by the inverse distance to the known ones."""
    plane = Plane(*MIDDLE)
    known = np.array(HEIGHTS)
    apart = np.linalg.norm(
        plane.to_km(lonlat)[:, None, :] - plane.to_km(known[:, :2])[None, :, :],
        axis=2,
    )
    weight = 1.0 / np.maximum(apart, 0.3) ** POWER
    return np.asarray((weight * known[:, 2]).sum(axis=1) / weight.sum(axis=1))


def table() -> str:
    """The table as text, north to south and west to east."""
    east, north = (np.arange(-half, half + 1, STEP_KM, dtype=float) for half in HALF_KM)
    grid = np.array([[x, y] for y in north[::-1] for x in east])
    lonlat = np.asarray(Plane(*MIDDLE).to_lonlat(grid))
    rows = ["lon,lat,elevation_m,relief_m,cover"]
    for (lon, lat), height in zip(lonlat, heights_m(lonlat), strict=True):
        relief = ROUGH[0] + ROUGH[1] * height
        cover = min(COVER[2], COVER[0] + COVER[1] * height)
        rows.append(f"{lon:.3f},{lat:.3f},{height:.0f},{relief:.0f},{cover:.2f}")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        FILE.write_text(table(), encoding="utf-8")
    else:
        print(table(), end="")
