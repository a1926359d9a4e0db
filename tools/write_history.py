"""Write what the common rule says into every operation under history/: its forces and its one course.

    python -m tools.write_history            # say which differ from the rule; exit 1 if any does
    python -m tools.write_history --write    # rewrite the part below the marker of each scenario.yaml

Below the marker nothing is by hand: forces follow from `policy.yaml`, the date and the length of the operation's own
line of contact; the shares of the course from where ground was gained in the 90 days before (the control grid, where
it is at hand; without it the shares that stand there are kept).
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
from redan.scenario.geometry import theatre_area
from redan.sources import gazetteer
from redan.sources.control_maps import ControlGrid, read_control_grid
from redan.sources.ledger import data_root, find_copy

HISTORY: Final = Path(__file__).resolve().parents[1] / "src/redan/bundled/history"
MARKER: Final = "# ---- below: written by tools/write_history.py from ../policy.yaml; nothing by hand ----\n"
WIDTH: Final = 116  # characters of a line of a source
UNTIL: Final = dt.date(2025, 12, 12)

Point = tuple[float, float]


def places_of(written: Any) -> dict[str, Point]:
    """Longitude and latitude of every declared place."""
    found = {}
    for place in written["places"]:
        if "lon" in place:
            found[place["name"]] = (place["lon"], place["lat"])
        else:
            town = gazetteer.settlement(place["geonameid"])
            assert town is not None, place["name"]
            found[place["name"]] = (town.lon, town.lat)
    return found


def front_km(written: Any, folder: Path) -> float:
    """Length of the operation's own line of contact inside its theatre, km."""
    places = places_of(written)
    around = [places[at] if isinstance(at, str) else (at[0], at[1]) for at in written["place"]["around"]]
    area = theatre_area(around, written["place"]["buffer_km"])
    line = json.loads((folder / written["control"]["line"]).read_text(encoding="utf-8"))
    path = shapely.LineString(area.plane.to_km(np.array(line["geometry"]["coordinates"])))
    return float(path.intersection(area.polygon).length)


def goals_of(written: Any, course: Any) -> dict[str, Point]:
    """Goals of the axes, as listed above the marker or, absent that, the objectives."""
    places = places_of(written)
    return {name: places[name] for name in (course or written["objectives"])}


def generated(folder: Path, grid: ControlGrid | None) -> tuple[str, str]:
    """The part by hand, and the part by the rule as it should be."""
    text = (folder / "scenario.yaml").read_text(encoding="utf-8")
    by_hand, _, old = text.partition(MARKER)
    written = YAML(typ="safe").load(by_hand)
    goals = goals_of(written, None)
    km = round(front_km(written, folder))
    if grid is not None:
        shares = effort_shares(grid, written["as_of"], goals)
    else:
        shares = YAML(typ="safe").load(old)["courses"]["as_is"]["phases"][0]["shares"]
    return by_hand, render(forces_on(written["as_of"], km), course_for(list(goals), shares))


def render(forces: Any, courses: Any) -> str:
    """The two sections as YAML."""
    lines = ["forces:"]
    for side, quantities in forces.items():
        lines.append(f"  {side}:")
        for key, value in quantities.items():
            lines += [f"    {key}: {value:g}"] if not isinstance(value, dict) else quantity_lines(key, value)
    lines.append("courses:")
    for name, course in courses.items():
        lines += [f"  {name}:", f'    summary: "{course["summary"]}"', f"    strongholds: {course['strongholds']}"]
        lines += ["    axes:"]
        lines += [f"      - {{name: {axis['name']}, toward: {axis['toward']}}}" for axis in course["axes"]]
        phase = course["phases"][0]
        lines += ["    phases:", f"      - name: {phase['name']}", f"        effort: {phase['effort']:g}"]
        lines += [f"        shares: {{{', '.join(f'{k}: {v:g}' for k, v in phase['shares'].items())}}}"]
        lines += [f"        prefer: {{{', '.join(f'{k}: {v:g}' for k, v in phase['prefer'].items())}}}"]
    return "\n".join(lines) + "\n"


def quantity_lines(key: str, quantity: Any) -> list[str]:
    """One quantity of a side."""
    spread = ", ".join(f"{k}: {v if isinstance(v, str) else format(v, '.10g')}" for k, v in quantity["distribution"].items())
    lines = [f"    {key}:", f"      distribution: {{{spread}}}", f'      unit: "{quantity["unit"]}"']
    lines += [f"      grade: {quantity['grade']}"]
    words, row = quantity["source"].split(), '      source: "'
    for word in words:
        if len(row) + len(word) + 2 > WIDTH:
            lines.append(row.rstrip())
            row = "        "
        row += word + " "
    return [*lines, row.rstrip() + '"', f"      known: {quantity['known']}"]


def main() -> int:
    """Compare or rewrite every operation."""
    copy = find_copy("control-grid", data_root())
    grid = None if copy.path is None else read_control_grid(copy.path, until=UNTIL)
    stale = []
    for folder in sorted(path.parent for path in HISTORY.glob("*/scenario.yaml")):
        by_hand, rule = generated(folder, grid)
        text = by_hand + MARKER + rule
        file = folder / "scenario.yaml"
        if file.read_text(encoding="utf-8") != text:
            stale.append(folder.name)
            if "--write" in sys.argv[1:]:
                file.write_text(text, encoding="utf-8")
    print(f"differ from the rule: {', '.join(stale) or 'none'}")
    return int(bool(stale) and "--write" not in sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
