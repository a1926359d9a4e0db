"""Maps: for each cell the share of replications in which the attacker holds it, in a few classes."""

from __future__ import annotations

import bisect
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import h3
import shapely
from markupsafe import Markup

from redan.views.report.drawing import svg
from redan.views.report.drawing.svg import Panel

WIDTH: Final = 300.0
MARGIN: Final = 4.0
KM_PER_DEGREE: Final = 111.32
#: Where the classes of probability begin, after the first.
CLASSES: Final = (0.01, 0.10, 0.25, 0.50, 0.75, 0.90, 0.99)
NAMES: Final = (
    "under 1 %", "1 to 10 %", "10 to 25 %", "25 to 50 %", "50 to 75 %", "75 to 90 %", "90 to 99 %",
    "99 % or more",
)  # fmt: skip
LETTER: Final = 7.4  # width of a letter of a town's name
NAME_HEIGHT: Final = 14.0
Point = tuple[float, float]


@dataclass(frozen=True)
class Sheet:
    """The theatre in the plane of the picture: degrees along the middle parallel, so good to a per cent.

    Attributes
    ----------
    middle
        Longitude and latitude of the middle, degrees.
    scale
        Units of the picture for a km.
    """

    middle: Point
    west: float
    north: float
    scale: float
    height: float

    def __call__(self, lon: float, lat: float) -> Point:
        """Place of a point given in degrees."""
        x, y = _km(self.middle, lon, lat)
        return MARGIN + (x - self.west) * self.scale, MARGIN + (self.north - y) * self.scale


def _km(middle: Point, lon: float, lat: float) -> Point:
    width = math.cos(math.radians(middle[1])) * KM_PER_DEGREE
    east = lon - middle[0]
    if abs(east) > 180.0:  # a theatre may lie about the 180th meridian
        east -= math.copysign(360.0, east)
    return east * width, (lat - middle[1]) * KM_PER_DEGREE


def sheet(cells: Sequence[str]) -> Sheet:
    """Lay out a picture that holds all cells."""
    corners = [(lon, lat) for cell in cells for lat, lon in h3.cell_to_boundary(cell)]
    lons, lats = [lon for lon, _ in corners], [lat for _, lat in corners]
    if max(lons) - min(lons) > 180.0:
        lons = [lon % 360.0 for lon in lons]
    middle = ((min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2)
    xs, ys = zip(*(_km(middle, lon, lat) for lon, lat in corners), strict=True)
    scale = (WIDTH - 2 * MARGIN) / (max(xs) - min(xs))
    height = (max(ys) - min(ys)) * scale + 2 * MARGIN
    return Sheet(middle, min(xs), max(ys), scale, height)


def class_of(p: float) -> int:
    """Number of the class that a probability is in."""
    return bisect.bisect_right(CLASSES, p)


def outline(cells: Sequence[str], to: Sheet) -> list[list[Point]]:
    """Rings about a set of cells: neighbours share no line."""
    shapes = h3.cells_to_h3shape(cells, tight=False)
    return [
        [to(lon, lat) for lat, lon in ring] for polygon in shapes for ring in (polygon.outer, *polygon.holes)
    ]


def drawn(rings: Sequence[Sequence[Point]], class_: str) -> Markup:
    """Rings as one shape, in which a ring within another is a hole."""
    data = "".join(svg.path(ring) + "Z" for ring in rings)
    return svg.tag("path", d=data, class_=class_, fill_rule="evenodd")


@dataclass(frozen=True)
class Base:
    """What all maps of a run share: the sheet, and what is drawn over the ground."""

    to: Sheet
    over: list[Markup]


def base(ground: Mapping[str, Any]) -> Base:
    """Lay out the section `ground` of a study."""
    to = sheet(ground["cells"])
    rings = outline(ground["cells"], to)
    over = [drawn(rings, "rim"), *_line(ground["line"], rings, to), *_towns(ground["towns"], to), *_ruler(to)]
    return Base(to, over)


def control(
    heading: str, about: str, on: Base, cells: Sequence[str], held: Sequence[int], replications: int
) -> Panel:
    """One course on one day: `held` says in how many replications the attacker holds each cell."""
    groups: dict[int, list[str]] = {}
    for cell, n in zip(cells, held, strict=True):
        groups.setdefault(class_of(n / replications), []).append(cell)
    marks = [drawn(outline(found, on.to), f"p{number}") for number, found in sorted(groups.items())]
    even = CLASSES.index(0.5) + 1
    likely = [cell for number, found in groups.items() if number >= even for cell in found]
    if likely:
        marks.append(drawn(outline(likely, on.to), "even"))
    return Panel(heading, svg.picture(WIDTH, on.to.height, heading, about, [*marks, *on.over]))


def _line(line: Mapping[str, Any] | None, rings: Sequence[Sequence[Point]], to: Sheet) -> list[Markup]:
    """The line of contact of day 0, as far as it lies in the theatre."""
    if line is None:
        return []
    frame = shapely.union_all([shapely.Polygon(ring) for ring in rings])
    inside = shapely.LineString([to(lon, lat) for lon, lat in line["points"]]).intersection(frame)
    parts = [part for part in shapely.get_parts(inside) if part.geom_type == "LineString"]
    data = "".join(svg.path([(x, y) for x, y in part.coords]) for part in parts)
    return [svg.tag("path", d=data, class_=name) for name in ("day0 halo", "day0")] if data else []


def _towns(towns: Sequence[Mapping[str, Any]], to: Sheet) -> list[Markup]:
    """Dots for all towns, names for the objectives, each where it covers no other."""
    marks = []
    taken: list[tuple[float, float, float, float]] = []
    listed = sorted(towns, key=lambda town: bool(town["objective"]))
    for town in listed:
        x, y = to(town["lon"], town["lat"])
        size = 3.2 if town["objective"] else 1.5
        marks.append(svg.tag("circle", cx=x, cy=y, r=size, class_="town" if town["objective"] else "hamlet"))
        if town["objective"]:
            taken.append((x - 4, y - 4, x + 4, y + 4))
    for town in listed:
        if town["objective"]:
            x, y = to(town["lon"], town["lat"])
            at, anchor, box = _room(town["name"], x, y, to.height, taken)
            taken.append(box)
            marks.append(svg.text(*at, town["name"], f"name {anchor}"))
    return marks


def _room(
    name: str, x: float, y: float, height: float, taken: Sequence[tuple[float, float, float, float]]
) -> tuple[Point, str, tuple[float, float, float, float]]:
    """A place for a name beside its point: the first of eight that is free, else the one least covered."""
    width = LETTER * len(name)
    choices: list[tuple[float, int, Point, str, tuple[float, float, float, float]]] = []
    for dx, dy, anchor in (
        (7, 4, "start"), (-7, 4, "end"), (7, -5, "start"), (-7, -5, "end"), (7, 14, "start"), (-7, 14, "end"),
        (0, -8, "middle"), (0, 18, "middle"),
    ):  # fmt: skip
        left = x + dx - {"start": 0.0, "end": width, "middle": width / 2}[anchor]
        box = (left, y + dy - NAME_HEIGHT + 3, left + width, y + dy + 3)
        outside = max(0.0, -box[0]) + max(0.0, box[2] - WIDTH) + max(0.0, box[3] - height)
        covered = sum(_overlap(box, other) for other in taken) + 50.0 * outside
        choices.append((covered, len(choices), (x + dx, y + dy), anchor, box))
    _, _, at, anchor, box = min(choices)
    return at, anchor, box


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> float:
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    return width * height if width > 0 and height > 0 else 0.0


def _ruler(to: Sheet) -> list[Markup]:
    """A ruler of a round number of km at the lower left."""
    km = max(size for size in (1, 2, 5, 10, 20, 50, 100, 200) if size * to.scale <= WIDTH / 3 or size == 1)
    x, y = 10.0, to.height - 8.0
    return [
        svg.polyline([(x, y - 4), (x, y), (x + km * to.scale, y), (x + km * to.scale, y - 4)], "ruler"),
        svg.text(x + km * to.scale + 5, y, f"{km} km", "tick ground"),
    ]
