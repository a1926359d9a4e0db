"""Roads and a line of contact for a new scenario from a user's own GeoJSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely

from redan.scenario.authoring.frame import DECIMALS, Frame
from redan.scenario.authoring.layout import Road
from redan.scenario.geojson import LARGEST_BYTES, read_line, read_ways
from redan.scenario.geometry import LonLat
from redan.vocabulary.documents import read_limited
from redan.vocabulary.errors import InputError

SIMPLE_KM: Final = 0.5  # [km] vertices nearer than this to a straight line are left out
LEAST_KM: Final = 3.0  # [km] shorter pieces matter to no cell
MOST_ROADS: Final = 400
PAST_RIM: Final = 1.02  # [-] roads may end this far out, so that they lead out of the theatre
#: What OpenStreetMap calls them.
HIGHWAYS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("motorway", "trunk", "primary"), "main_road"),
    **dict.fromkeys(("secondary", "tertiary", "unclassified"), "road"),
}


def read_roads(file: Path, frame: Frame) -> tuple[Road, ...]:
    """Roads and railways inside the theatre: lines with `kind` or OpenStreetMap's tags.

    Raises
    ------
    InputError
        The file is at fault, or holds no road of this theatre.
    """
    found: list[Road] = []
    for line, properties in read_ways(read_limited(file, str(file), largest=LARGEST_BYTES), str(file)):
        kind = _kind(properties)
        if kind is not None:
            for part in _inside(line, frame):
                found.append(Road(_name(properties, kind, found), kind, part, f"{file.name}, as given"))
    if not found:
        problem = "holds no road of this theatre"
        remedy = "give lines with kind: main_road, road or rail, or with OpenStreetMap's highway or railway"
        raise InputError.of(str(file), 1, "features", problem, remedy)
    if len(found) > MOST_ROADS:
        problem = f"has {len(found)} roads in this theatre, more than {MOST_ROADS}"
        raise InputError.of(str(file), 1, "features", problem, "leave out the lesser ones")
    return tuple(found)


def read_given_line(file: Path, frame: Frame) -> tuple[LonLat, ...]:
    """The line of contact, in the order in which the attacker is on the left hand.

    Raises
    ------
    InputError
        The file is at fault, or the attacker's side cannot be told: the line runs along the attack.
    """
    line = read_line(read_limited(file, str(file), largest=LARGEST_BYTES), str(file))
    uv = frame.to_uv([(float(lon), float(lat)) for lon, lat in line])
    # Walking to larger v the attacker, at small u, is on the left (see `layout.lay_out`).
    across = float(uv[-1, 1] - uv[0, 1])
    if abs(across) < abs(float(uv[-1, 0] - uv[0, 0])):
        problem = f"runs along an attack from the {frame.attacker_from}"
        raise InputError.of(str(file), 1, "coordinates", problem, "say where he stands with --attacker-from")
    ordered = line if across > 0 else line[::-1]
    return tuple((round(float(lon), DECIMALS), round(float(lat), DECIMALS)) for lon, lat in ordered)


def _kind(properties: Mapping[str, Any]) -> str | None:
    if properties.get("kind") in ("main_road", "road", "rail"):
        return str(properties["kind"])
    if properties.get("railway") == "rail":
        return "rail"
    return HIGHWAYS.get(str(properties.get("highway")))


def _inside(line: np.ndarray, frame: Frame) -> Iterator[tuple[LonLat, ...]]:
    """Pieces of a line inside the disc, with no more vertices than they need."""
    disc = shapely.Point(0.0, 0.0).buffer(frame.radius_km * PAST_RIM, quad_segs=32)
    cut = shapely.LineString(frame.plane.to_km(line)).intersection(disc)
    for part in getattr(cut, "geoms", [cut]):
        if part.length >= LEAST_KM:
            points = frame.plane.to_lonlat(shapely.get_coordinates(part.simplify(SIMPLE_KM)))
            yield tuple((round(float(lon), DECIMALS), round(float(lat), DECIMALS)) for lon, lat in points)


def _name(properties: Mapping[str, Any], kind: str, before: list[Road]) -> str:
    """A name that is fit to be one here, and unlike those before."""
    said = str(properties.get("name") or properties.get("ref") or kind.replace("_", "-"))
    plain = re.sub(r"[^a-z0-9]+", "-", said.lower()).strip("-")[:40].strip("-") or kind.replace("_", "-")
    taken = {road.name for road in before}
    name, number = plain, 2
    while name in taken:
        name, number = f"{plain}-{number}", number + 1
    return name
