"""Write the shared part of every operation under history/: ground facts, forces and course by one rule.

    python -m tools.write_history            # say which differ from the rule; exit 1 if any does
    python -m tools.write_history --write    # rewrite the part below the marker of each scenario.yaml

Below the marker nothing is by hand. Roads, rivers, belts, strongholds and curves are those of
`history/front` that lie in the operation's theatre and, for belts, were begun by its date. Forces follow from
`policy.yaml`, the date and the length of the operation's own line of contact; the shares of the course from
where ground was gained in the 90 days before (the control grid, if it is at hand; without it they are kept).
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from ruamel.yaml import YAML

from redan.calibration.operations.gains import effort_shares
from redan.calibration.operations.policy import course_for, forces_on
from redan.scenario.geometry import Area, theatre_area
from redan.sources import gazetteer
from redan.sources.control_maps import ControlGrid, read_control_grid
from redan.sources.ledger import data_root, find_copy
from tools.yaml_lines import section

HISTORY: Final = Path(__file__).resolve().parents[1] / "src/redan/bundled/history"
FRONT: Final = "front"
MARKER: Final = (
    "# ---- below: written by tools/write_history.py from ../policy.yaml and ../front; not by hand ----\n"
)
UNTIL: Final = dt.date(2025, 12, 12)
SHORTEST_BELT_KM: Final = 5.0  # what the theatre's edge cuts off shorter than this is left out
EDGE_KM: Final = 1.0  # vertices of a belt stay this far inside
WIDE_KM: Final = 40.0  # roads and rivers are cut this far outside

Point = tuple[float, float]


def read(folder: Path) -> tuple[str, Any, Any]:
    """The part by hand as text and as data, and the part below the marker as data."""
    by_hand, _, rest = (folder / "scenario.yaml").read_text(encoding="utf-8").partition(MARKER)
    load = YAML(typ="safe", pure=True).load
    return by_hand, load(by_hand), load(rest) if rest else None


def places_of(written: Any) -> dict[str, Point]:
    """Longitude and latitude of every declared place."""
    found = {}
    for place in written["places"]:
        town = gazetteer.settlement(place["geonameid"])
        assert town is not None, place["name"]
        found[place["name"]] = (town.lon, town.lat)
    return found


def area_of(written: Any) -> Area:
    """The operation's theatre."""
    places = places_of(written)
    around = [places[at] if isinstance(at, str) else (at[0], at[1]) for at in written["place"]["around"]]
    return theatre_area(around, written["place"]["buffer_km"])


def front_km(written: Any, folder: Path) -> float:
    """Length of the operation's own line of contact inside its theatre, km."""
    area = area_of(written)
    line = json.loads((folder / written["control"]["line"]).read_text(encoding="utf-8"))
    path = shapely.LineString(area.plane.to_km(np.array(line["geometry"]["coordinates"])))
    return float(path.intersection(area.polygon).length)


def shared_part(written: Any, front: Any) -> dict[str, Any]:
    """Sections taken from `history/front`: what lies in this theatre, begun by its date."""
    area, names = area_of(written), places_of(front)
    begun = [belt for belt in front["belts"] if f"{belt['begun']}-01" <= written["as_of"].isoformat()]
    here = {place["name"] for place in written["places"]}
    return {
        "residents_share_left": front["residents_share_left"],
        "destroyed": front["destroyed"],
        "capacity": front["capacity"],
        "roads": _ways(area, front["roads"], names),
        "rivers": _ways(area, front["rivers"], names),
        "belts": [piece for belt in begun for piece in _belt_pieces(area, belt)],
        "strongholds": [site for site in front["strongholds"] if site["place"] in here],
    }


def _ways(area: Area, ways: Any, names: dict[str, Point]) -> list[Any]:
    """Roads or rivers that touch the theatre, by points."""
    near = area.polygon.buffer(WIDE_KM)
    kept = []
    for way in ways:
        points = [names[at] if isinstance(at, str) else (at[0], at[1]) for at in way["through"]]
        path = shapely.LineString(area.plane.to_km(points))
        if path.intersects(area.polygon):
            part = max(shapely.get_parts(path.intersection(near)), key=lambda piece: piece.length)
            kept.append({**way, "through": _degrees(area, part)})
    return kept


def _belt_pieces(area: Area, belt: Any) -> list[Any]:
    """The pieces of a belt inside the theatre."""
    path = shapely.LineString(area.plane.to_km(belt["line"]))
    inside = path.intersection(area.polygon.buffer(-EDGE_KM))
    pieces = [piece for piece in shapely.get_parts(inside) if piece.length >= SHORTEST_BELT_KM]
    names = [belt["name"], *(f"{belt['name']}-{k}" for k in range(2, 9))]
    return [
        {**belt, "name": name, "line": _degrees(area, piece)}
        for name, piece in zip(names, pieces, strict=False)
    ]


def _degrees(area: Area, path: Any) -> list[list[float]]:
    """Vertices in degrees, rounded as all of ours are."""
    points = area.plane.to_lonlat(shapely.get_coordinates(path))
    return [[round(float(lon), 2), round(float(lat), 2)] for lon, lat in points]


def generated(folder: Path, front: Any, grid: ControlGrid | None) -> str:
    """The whole of one scenario.yaml as it should be."""
    by_hand, written, old = read(folder)
    places = places_of(written)
    goals = {name: places[name] for name in written["objectives"]}
    if grid is not None:
        shares = effort_shares(grid, written["as_of"], goals)
    else:
        shares = next(iter(old["courses"].values()))["phases"][0]["shares"]
    sections = {} if folder.name == FRONT else shared_part(written, front)
    sections["forces"] = forces_on(written["as_of"], round(front_km(written, folder)))
    sections["courses"] = course_for(list(goals), shares)
    lines = [line for name, value in sections.items() for line in section(name, value)]
    return by_hand + MARKER + "\n".join(lines) + "\n"


def main() -> int:
    """Compare or rewrite every operation."""
    copy = find_copy("control-grid", data_root())
    grid = None if copy.path is None else read_control_grid(copy.path, until=UNTIL)
    _, front, _ = read(HISTORY / FRONT)
    stale = []
    for file in sorted(HISTORY.glob("*/scenario.yaml")):
        text = generated(file.parent, front, grid)
        if file.read_text(encoding="utf-8") != text:
            stale.append(file.parent.name)
            if "--write" in sys.argv[1:]:
                file.write_text(text, encoding="utf-8")
    print(f"differ from the rule: {', '.join(stale) or 'none'}")
    return int(bool(stale) and "--write" not in sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
