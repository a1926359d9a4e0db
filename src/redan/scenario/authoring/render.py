"""Writes a layout as the files of a scenario: every section with a remark for a newcomer."""

from __future__ import annotations

import datetime as dt
import json
import re
import textwrap
from collections.abc import Sequence
from importlib import resources
from typing import Any, Final

import jinja2

from redan.scenario.authoring import placeholders
from redan.scenario.authoring.courses import plan_courses
from redan.scenario.authoring.layout import Belt, Layout, Road
from redan.scenario.authoring.sketch import FINE_RADIUS_KM, Sketch
from redan.scenario.geometry import LonLat
from redan.scenario.schema import MODELINE, SCHEMA_FILE, schema_text
from redan.vocabulary.parameters import Parameter, load_register

SCENARIO: Final = "scenario.yaml"
LINE: Final = "line.geojson"
GROUND: Final = "ground.csv"
README: Final = "README.md"
CLAIMS: Final = "claims.yaml"
PLACEHOLDER: Final = r'^[^#\n].*"placeholder: replace'
GROUND_SOURCE: Final = "placeholder: replace. From the files given; say whose they are"
WIDTH: Final = 110
#: What YAML takes for something else than a text.
WORDS: Final = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null"])


def render(
    sketch: Sketch,
    layout: Layout,
    *,
    command: str,
    folder: str,
    ground: str | None = None,
    claims: str | None = None,
    notes: Sequence[str] = (),
) -> dict[str, str]:
    """Texts of the scenario's files by name.

    Parameters
    ----------
    sketch, layout
        What is written down.
    command, folder
        The command that wrote it and the folder it goes to, as a reader may repeat them.
    ground, claims
        Text of the table of ground and of the claims file, where there are any.
    notes
        Remarks of the program for the folder's page.
    """
    told = {
        **_frame(sketch, layout),
        "command": command,
        "folder": folder,
        "has_ground": ground is not None,
        "claims": CLAIMS if claims is not None else None,
        "notes": list(notes),
    }
    files = {
        SCENARIO: _filled("scenario.yaml.j2", told),
        LINE: _line(layout.line, is_invented=layout.line_source is None),
        README: _filled("README.md.j2", told),
        SCHEMA_FILE: schema_text(),
    }
    files |= {name: text for name, text in ((GROUND, ground), (CLAIMS, claims)) if text is not None}
    return dict(sorted(files.items()))


def count_placeholders(text: str) -> int:
    """How many statements of a scenario file are to be replaced."""
    return len(re.findall(PLACEHOLDER, text, re.MULTILINE))


def _frame(sketch: Sketch, layout: Layout) -> dict[str, Any]:
    """Everything the templates name."""
    frame = layout.frame
    sides = [way.side for way in layout.ways_in]
    u = (frame.line_km + frame.radius_km) / 2.0
    return {
        "modeline": MODELINE,
        "name": sketch.name,
        "title": sketch.title,
        "summary": sketch.summary,
        "as_of": sketch.as_of.isoformat(),
        "is_real": sketch.is_real,
        "is_open": sketch.kind != "island",
        "middle": sketch.middle,
        "middle_name": sketch.middle_name,
        "radius_km": f"{sketch.radius_km:g}",
        "resolution": 7 if sketch.radius_km <= FINE_RADIUS_KM else 6,
        "attacker_from": frame.attacker_from,
        "front_km": f"{layout.front_km:.0f}",
        "towns": sketch.towns,
        "objectives": layout.objectives,
        "capacity": placeholders.numbers()["capacity"],
        "roads": layout.roads,
        "river": (frame.to_lonlat(u, -10.0), frame.to_lonlat(u, 10.0)),
        "ways_in": [
            {
                "name": way.name,
                "side": way.side,
                "at": way.at,
                "t_per_day": placeholders.supply_t_per_day(way.side, layout.front_km, sides.count(way.side)),
            }
            for way in layout.ways_in
        ],
        "flanks": layout.flanks,
        "belts": [_belt(belt, sketch) for belt in layout.belts],
        "strongholds": [_stronghold(town.name, town.people) for town in layout.strongholds],
        "formation_men": placeholders.numbers()["formation_men"],
        "forces": {
            side: placeholders.amounts(side, layout.front_km, sketch.as_of)
            for side in placeholders.numbers()["forces"]
        },
        "courses": plan_courses(layout),
        "undated": _undated(sketch.as_of),
        "line_source": layout.line_source,
        "ground_source": GROUND_SOURCE,
        "has_roads": any(road.source != Road.source for road in layout.roads),
    }


def _undated(as_of: dt.date) -> list[Parameter]:
    """Parameters of which the register has no value for that day: their earliest, to be replaced."""
    register = load_register()
    held = register.at(as_of)
    found = [register.find(name) for name in register.names if name not in held]
    return [parameter for parameter in found if parameter is not None and not parameter.is_given]


def _belt(belt: Belt, sketch: Sketch) -> dict[str, Any]:
    months = sketch.as_of.year * 12 + sketch.as_of.month - 1 - int(belt.numbers["months"])
    begun = f"{months // 12:04d}-{months % 12 + 1:02d}"
    return {"name": belt.name, "line": belt.line, "numbers": belt.numbers, "begun": begun}


def _stronghold(place: str, people: float) -> dict[str, Any]:
    numbers = placeholders.numbers()["stronghold"]
    name = re.sub(r"[^\w]+", "-", place.lower()).strip("-")
    return {
        "name": f"{name}-site",
        "place": place,
        "floor_area_m2": placeholders.of_town("floor_area_m2", people),
        "shelter_men": placeholders.of_town("shelter_men", people),
        "tunnel_km": numbers["tunnel_km"],
        "stock_days": numbers["stock_days"],
    }


def _line(vertices: Sequence[LonLat], *, is_invented: bool) -> str:
    """The line of contact as GeoJSON, a vertex a line."""
    shown = ",\n".join(f"  [{lon}, {lat}]" for lon, lat in vertices)
    hand = "The attacker is on the left hand from first to last vertex"
    said = json.dumps(f"INVENTED: not control data. {hand}" if is_invented else hand)
    return (
        f'{{"type": "Feature", "properties": {{"note": {said}}},\n'
        f' "geometry": {{"type": "LineString", "coordinates": [\n{shown}\n]}}}}\n'
    )


def _filled(template: str, told: dict[str, Any]) -> str:
    text = resources.files(__package__).joinpath("templates", template).read_text(encoding="utf-8")
    found = _environment().from_string(text).render(told)
    lines = [line.rstrip() for line in found.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined, autoescape=False
    )
    made.filters |= {"q": scalar, "num": number, "point": point, "ref": reference, "flow": flow, "fold": fold}
    return made


def scalar(text: str) -> str:
    """A text as YAML reads it back, quoted where it has to be."""
    is_plain = re.fullmatch(r"[^\W\d_][\w '’-]*[\w]", text) and text.lower() not in WORDS
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def number(value: float) -> str:
    """A number without a needless fraction or exponent."""
    return f"{value:.0f}" if value == round(value) else f"{value:.10g}"


def point(at: LonLat) -> str:
    """A point as [lon, lat]."""
    return f"[{number(at[0])}, {number(at[1])}]"


def reference(to: str | LonLat) -> str:
    """A place by name, or a point."""
    return scalar(to) if isinstance(to, str) else point(to)


def flow(value: Any) -> str:
    """Plain data in one line of YAML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(str(key))}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, int | float):
        return number(value)
    return scalar(str(value))


def fold(text: str, indent: int) -> str:
    """A text broken into indented lines, for `>-`."""
    pad = " " * indent
    return textwrap.fill(text, WIDTH, initial_indent=pad, subsequent_indent=pad, break_on_hyphens=False)
