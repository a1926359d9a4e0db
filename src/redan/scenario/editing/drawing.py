"""What was drawn on a map as parts of a scenario: a belt, a line of contact, a stronghold, an axis."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from redan.scenario.authoring import placeholders
from redan.scenario.scenario import Point, Scenario
from redan.vocabulary.errors import Fault, InputError, suggest
from redan.vocabulary.plain import Document, Mark, walk

#: [decimals of a degree] about 10 m: a hand on a map is no better.
DECIMALS: Final = 4
MOST_VERTICES: Final = 2_000
#: [km] an axis drawn this near to a declared place leads to that place.
AT_PLACE_KM: Final = 1.0
SOURCE: Final = "drawn on the map by the user"
GRADE: Final = "C"
BELT_NUMBERS: Final = (
    "width_km", "effort_h_per_km_month", "outside_support", "mine_depth_m", "ditch_m", "teeth_rows",
)  # fmt: skip
LonLat = tuple[float, float]


@dataclass(frozen=True)
class Drawn:
    """One thing that was drawn: its kind, its geometry as GeoJSON, and what was said of it."""

    kind: str
    geometry: Mapping[str, Any]
    properties: Mapping[str, Any]


def draw(
    scenario: Scenario, document: Document, files: MutableMapping[str, str], drawn: Sequence[Drawn]
) -> None:
    """Put what was drawn into the document, and new files into `files`; both in place.

    Parameters
    ----------
    scenario
        The scenario as the document says it so far.

    Raises
    ------
    InputError
        Every fault in the geometries and properties, by number of the edit.
    """
    faults: list[Fault] = []
    for number, one in enumerate(drawn):
        where = f"edits[{number}]"
        try:
            make = KINDS.get(one.kind)
            if make is None:
                remedy = suggest(one.kind, list(KINDS))
                raise _refused(f"{where}.kind", "is not something that can be drawn", remedy)
            make(_Board(scenario, document, files, where), one)
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)


def _refused(field: str, problem: str, remedy: str) -> InputError:
    return InputError.of("drawing", 0, field, problem, remedy)


@dataclass(frozen=True)
class _Board:
    """What an edit is drawn on."""

    scenario: Scenario
    document: Document
    files: MutableMapping[str, str]
    where: str

    def vertices(self, one: Drawn, *kinds: str) -> list[LonLat]:
        """Vertices of a geometry of one of these kinds."""
        kind, coordinates = one.geometry.get("type"), one.geometry.get("coordinates")
        field = f"{self.where}.geometry"
        if kind not in kinds:
            raise _refused(field, "is not the geometry of this kind", f"draw a {' or a '.join(kinds)}")
        rows = [coordinates] if kind == "Point" else coordinates
        if not isinstance(rows, list) or not all(_is_point(row) for row in rows):
            raise _refused(field, "has a vertex that is no point", "write [lon, lat] in degrees")
        points = [(round(float(row[0]), DECIMALS), round(float(row[1]), DECIMALS)) for row in rows]
        kept = [point for i, point in enumerate(points) if i == 0 or point != points[i - 1]]
        least = 1 if "Point" in kinds else 2
        if not least <= len(kept) <= MOST_VERTICES:
            raise _refused(field, f"has {len(kept)} vertices", f"give {least} to {MOST_VERTICES:,}")
        return kept

    def only(self, one: Drawn, *known: str) -> None:
        """Refuse properties that mean nothing here; those of belts and strongholds the format checks."""
        for name in one.properties:
            if name not in known:
                remedy = suggest(name, known)
                raise _refused(f"{self.where}.properties.{name}", "is not a known key", remedy)

    def section(self, name: str) -> list[Any]:
        """The list under a key of the document, made where it is not there."""
        if not isinstance(self.document.value.get(name), list):
            self.document.value[name] = []
        found: list[Any] = self.document.value[name]
        return found

    def free_name(self, section: Sequence[Any], stem: str) -> str:
        """A name that no item of the section has yet."""
        taken = {item.get("name") for item in section if isinstance(item, dict)}
        return next(name for i in range(1, len(taken) + 2) if (name := f"{stem}-{i}") not in taken)

    def mark(self, path: tuple[str | int, ...], value: Any) -> None:
        """Note what is addressed as this edit in faults."""
        for at, _ in walk(value, path):
            self.document.marks[at] = Mark("drawing", 0)
        self.document.marks[path] = Mark("drawing", 0, self.where)

    def km(self, points: Sequence[LonLat]) -> Any:
        """Points in the plane of the theatre, [n, 2] km."""
        return self.scenario.area().plane.to_km(points)

    def nearest(self, at: LonLat) -> tuple[Point, float, float]:
        """The declared place nearest to a point, and the point's offset from it, km east and north."""
        places = list(self.scenario.points().values())
        offsets = self.km([at]) - self.km([(place.lon, place.lat) for place in places])
        i = int(np.argmin(np.hypot(offsets[:, 0], offsets[:, 1])))
        return places[i], float(offsets[i, 0]), float(offsets[i, 1])


def _is_point(row: Any) -> bool:
    return (
        isinstance(row, list)
        and len(row) in (2, 3)
        and all(isinstance(n, int | float) and not isinstance(n, bool) for n in row)
        and abs(row[0]) <= 180.0
        and abs(row[1]) <= 90.0
    )


def _belt(board: _Board, one: Drawn) -> None:
    """A belt with the numbers given, else those of the scenario's first belt, else placeholders."""
    belts = board.section("belts")
    first = board.scenario.belts[0] if board.scenario.belts else None
    stated = placeholders.numbers()["belts"][0]
    usual = {key: stated.get(key, 0) for key in BELT_NUMBERS}
    if first is not None:
        usual = {key: getattr(first, key) for key in BELT_NUMBERS}
    months = board.scenario.as_of.year * 12 + board.scenario.as_of.month - 1 - int(stated["months"])
    begun = first.begun if first is not None else f"{months // 12:04d}-{months % 12 + 1:02d}"
    belt = {
        "name": board.free_name(belts, "drawn-belt"),
        "line": [list(point) for point in board.vertices(one, "LineString")],
        **usual,
        "begun": begun,
        "source": SOURCE,
        "grade": GRADE,
        **one.properties,
    }
    belts.append(belt)
    board.mark(("belts", len(belts) - 1), belt)


def _line_of_contact(board: _Board, one: Drawn) -> None:
    """Another line of contact; the attacker keeps his side unless another is given."""
    board.only(one, "attacker_side")
    line = board.vertices(one, "LineString")
    control = board.scenario.control
    side = one.properties.get("attacker_side")
    if side is None:
        side = _same_side(board, line)
    # A line drawn before has its own name, so that what is saved holds both.
    names = (f"drawn-line-{n}.geojson" for n in range(1, len(board.files) + 2))
    name = next(name for name in names if name not in board.files)
    board.files[name] = json.dumps(
        {"type": "Feature", "properties": {"note": SOURCE},
         "geometry": {"type": "LineString", "coordinates": [list(point) for point in line]}}
    ) + "\n"  # fmt: skip
    date = board.scenario.as_of if control is None else control.date
    old = board.document.value.get("control")
    new = {**(old if isinstance(old, dict) else {}), "date": date, "line": name, "attacker_side": side}
    new |= {"source": SOURCE, "grade": GRADE}
    board.document.value["control"] = new
    board.mark(("control",), new)


def _same_side(board: _Board, line: Sequence[LonLat]) -> str:
    """The attacker's hand along a new line: as along the old one where both run the same way."""
    old, control = board.scenario.control_line(), board.scenario.control
    if old is None or control is None:
        remedy = "say left or right, as seen walking along it"
        raise _refused(f"{board.where}.properties.attacker_side", "is not known", remedy)
    new_way, old_way = (np.diff(board.km([ends[0], ends[-1]]), axis=0)[0] for ends in (line, old.tolist()))
    if float(new_way @ old_way) >= 0.0:
        return control.attacker_side
    return "right" if control.attacker_side == "left" else "left"


def _stronghold(board: _Board, one: Drawn) -> None:
    """A stronghold of a kind, counted to the nearest declared place unless another is named."""
    at = board.vertices(one, "Point")[0]
    sites = board.section("strongholds")
    place, east, north = board.nearest(at)
    named = board.scenario.points().get(str(one.properties.get("place", place.name)))
    if named is not None and named != place:
        place = named
        east, north = (float(n) for n in (board.km([at]) - board.km([(place.lon, place.lat)]))[0])
    site = {
        "name": board.free_name(sites, "drawn-stronghold"),
        "place": place.name,
        "kind": "other",
        "floor_area_m2": placeholders.of_town("floor_area_m2", place.residents),
        "tunnel_km": placeholders.numbers()["stronghold"]["tunnel_km"],
        "shelter_men": placeholders.of_town("shelter_men", place.residents),
        "stock_days": placeholders.numbers()["stronghold"]["stock_days"],
        "offset_km": [round(east, 2), round(north, 2)],
        "source": SOURCE,
        "grade": GRADE,
        **one.properties,
    }
    sites.append(site)
    board.mark(("strongholds", len(sites) - 1), site)


def _axis(board: _Board, one: Drawn) -> None:
    """An axis toward the point drawn, in one course or all; the others make room for it in every phase."""
    at = board.vertices(one, "Point", "LineString")[-1]
    place, east, north = board.nearest(at)
    courses = board.document.value["courses"]
    board.only(one, "name", "course")
    asked = one.properties.get("course")
    if asked is not None and asked not in list(courses):
        field = f"{board.where}.properties.course"
        raise _refused(field, "there is no such course", suggest(str(asked), list(courses)))
    for name in [asked] if asked is not None else list(courses):
        axes = courses[name]["axes"]
        axis = {
            "name": one.properties.get("name") or board.free_name(axes, "drawn-axis"),
            "toward": place.name if math.hypot(east, north) <= AT_PLACE_KM else list(at),
        }
        axes.append(axis)
        board.mark(("courses", name, "axes", len(axes) - 1), axis)
        for phase in courses[name]["phases"]:
            if phase.get("shares"):
                phase["shares"] = _with_room(phase["shares"], str(axis["name"]))


def _with_room(shares: Mapping[str, float], name: str) -> dict[str, float]:
    """Shares with a new axis that gets as much as the others on average; the sum stays what it was."""
    n = sum(share > 0 for share in shares.values())
    total = sum(shares.values())
    room = {axis: round(share * n / (n + 1), 4) for axis, share in shares.items()}
    return {**room, name: round(total - sum(room.values()), 4)}


KINDS: Final[Mapping[str, Callable[[_Board, Drawn], None]]] = {
    "belt": _belt,
    "line_of_contact": _line_of_contact,
    "stronghold": _stronghold,
    "axis": _axis,
}
