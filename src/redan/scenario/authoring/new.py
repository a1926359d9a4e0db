"""Writes a scenario to start from, about a real town or on an invented island."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from redan.scenario.authoring.finding import find_town
from redan.scenario.authoring.folder import refuse_existing, write_folder
from redan.scenario.authoring.given import read_given_line, read_roads
from redan.scenario.authoring.island import island_ground, island_sketch
from redan.scenario.authoring.layout import Layout, lay_out
from redan.scenario.authoring.nearby import choose_towns, settlements_about, town_of
from redan.scenario.authoring.render import SCENARIO, count_placeholders, render
from redan.scenario.authoring.sketch import DIRECTIONS, LARGEST_RADIUS_KM, LEAST_RADIUS_KM, Sketch
from redan.scenario.authoring.terrain import Terrain, ground_table
from redan.scenario.bundled import bundled_names
from redan.sources import gazetteer
from redan.sources.gazetteer import Settlement
from redan.vocabulary.errors import InputError, quote, suggest

DEFAULT_RADIUS_KM: Final = 60.0
NO_COAST: Final = "GeoNames has towns, no coast, rivers or hills: sea counts as land, all ground as level."
INVENTED_LINE: Final = "The line of contact is invented: it is not control data."


@dataclass(frozen=True)
class Given:
    """A user's own files about the place; None where there is none.

    Attributes
    ----------
    elevation, land_use
        As in `Terrain`.
    roads
        GeoJSON lines with `kind` (main_road, road, rail) or OpenStreetMap's tags.
    line
        GeoJSON LineString: the line of contact.
    """

    elevation: Path | None = None
    land_use: Path | None = None
    roads: Path | None = None
    line: Path | None = None

    @property
    def terrain(self) -> Terrain:
        """What the table of ground is made from."""
        return Terrain(self.elevation, self.land_use)

    @property
    def options(self) -> list[str]:
        """As they stand on the command line."""
        named = {
            "elevation": self.elevation,
            "land-use": self.land_use,
            "roads": self.roads,
            "line": self.line,
        }
        return [f"--{name} {path}" for name, path in named.items() if path is not None]


@dataclass(frozen=True)
class Drafted:
    """A scenario that was written.

    Attributes
    ----------
    folder, files
        Where it is.
    sketch, layout
        What it was written from.
    placeholders
        How many statements are to be replaced.
    """

    folder: Path
    files: tuple[str, ...]
    sketch: Sketch
    layout: Layout
    placeholders: int


def new_scenario(
    name: str,
    *,
    around: str | None = None,
    radius_km: float | None = None,
    attacker_from: str | None = None,
    out: Path | None = None,
    as_of: dt.date | None = None,
    given: Given = Given(),
) -> Drafted:
    """Write a scenario that runs as it is, every number of it a placeholder.

    Parameters
    ----------
    name
        Of the scenario: small letters, digits and hyphens.
    around
        A town of GeoNames by name, by name and country, or by id; None: an invented island.
    radius_km
        Of the theatre about the town; None: 60.
    attacker_from
        Direction in which the attacker stands; None: chosen by where towns lie.
    out
        Folder; None: `name` in the current one. It must not be there yet.
    as_of
        Day 0; None: today.
    given
        The user's own files about the place, instead of placeholders.

    Raises
    ------
    InputError
        Something asked for is not possible, or a file is at fault.
    MissingExtra
        An elevation is given and the extra `terrain` is not installed.
    """
    _check(name, around, radius_km, attacker_from, as_of, given)
    folder = Path(name) if out is None else out
    refuse_existing(folder)
    day = as_of or dt.date.today()
    command = f"new {name}"
    if around is None:
        sketch, ground = island_sketch(name, day, attacker_from), island_ground()
    else:
        town = find_town(around)
        radius = DEFAULT_RADIUS_KM if radius_km is None else radius_km
        sketch, ground = around_sketch(name, town, radius, day, attacker_from), None
        command += f" --around {town.geonameid} --radius-km {radius:g}"
    command += f" --attacker-from {attacker_from}" if attacker_from else ""
    command = " ".join([command, *given.options])
    layout = _with_given(_laid_out(sketch), given)
    if given.terrain.is_given:
        ground = ground_table(given.terrain, sketch.middle, sketch.radius_km)
    files = render(
        sketch, layout, command=command, folder=str(folder), ground=ground, notes=_notes(sketch, given)
    )
    write_folder(folder, files)
    return Drafted(folder, tuple(files), sketch, layout, count_placeholders(files[SCENARIO]))


def around_sketch(
    name: str, town: Settlement, radius_km: float, as_of: dt.date, attacker_from: str | None
) -> Sketch:
    """A real town and the largest about it."""
    middle = (town.lon, town.lat)
    # The town asked for outweighs any neighbour: the theatre is about it.
    first = town_of(town, (), weight=1.0)
    towns = choose_towns(settlements_about(middle, radius_km), middle, radius_km, [first])
    country = gazetteer.countries().get(town.country, town.country)
    return Sketch(
        name=name,
        title=f"{town.name}: a theatre to start from",
        summary=f"The ground within {radius_km:g} km of {town.name}, {country}, as GeoNames has its towns. "
        f"{INVENTED_LINE} Roads, works and forces are placeholders too: nobody says that anyone fights.",
        as_of=as_of,
        middle=middle,
        middle_name=first.name,
        radius_km=radius_km,
        towns=tuple(towns),
        kind="around",
        attacker_from=attacker_from,
    )


def _notes(sketch: Sketch, given: Given) -> list[str]:
    """What the program knows that it does not know."""
    return [NO_COAST] if sketch.is_real and not given.terrain.is_given else []


def _with_given(layout: Layout, given: Given) -> Layout:
    """The layout with the user's own roads and line in the place of placeholders."""
    if given.roads is not None:
        ways_in = tuple(road for road in layout.roads if road.name.startswith("to-"))
        layout = replace(layout, roads=(*read_roads(given.roads, layout.frame), *ways_in))
    if given.line is not None:
        line = read_given_line(given.line, layout.frame)
        layout = replace(layout, line=line, line_source=f"placeholder: replace. As in {given.line.name}")
    return layout


def _laid_out(sketch: Sketch) -> Layout:
    try:
        return lay_out(sketch)
    except ValueError as error:
        raise InputError.of("--radius-km", 0, f"{sketch.radius_km:g}", str(error), "widen it") from None


def _check(
    name: str,
    around: str | None,
    radius_km: float | None,
    attacker_from: str | None,
    as_of: dt.date | None,
    given: Given,
) -> None:
    """Fault what does not need the gazetteer to be seen."""
    faults = []
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,59}", name):
        remedy = "use small letters, digits and hyphens, such as my-theatre"
        faults.append(InputError.of(quote(name).strip("'"), 1, "name", "cannot be a scenario's name", remedy))
    elif name in bundled_names():
        remedy = "choose another name"
        faults.append(InputError.of(name, 1, "name", "is the name of a bundled scenario", remedy))
    if radius_km is not None and around is None:
        remedy = 'add --around TOWN, such as --around "Paris, FR"'
        faults.append(
            InputError.of("--radius-km", 0, f"{radius_km:g}", "the island has its own size", remedy)
        )
    elif radius_km is not None and not LEAST_RADIUS_KM <= radius_km <= LARGEST_RADIUS_KM:
        problem = f"is not from {LEAST_RADIUS_KM:g} to {LARGEST_RADIUS_KM:g} km"
        remedy = "a theatre of operations is of that size"
        faults.append(InputError.of("--radius-km", 0, f"{radius_km:g}", problem, remedy))
    if attacker_from is not None and attacker_from not in DIRECTIONS:
        remedy = suggest(attacker_from, DIRECTIONS)
        faults.append(InputError.of("--attacker-from", 0, quote(attacker_from), "is no direction", remedy))
    if given.options and around is None:
        option = given.options[0].split()[0]
        problem, remedy = (
            "is of a real place, the island is not",
            'add --around TOWN, such as --around "Paris, FR"',
        )
        faults.append(InputError.of(option, 0, given.options[0].split()[-1], problem, remedy))
    if as_of is not None and as_of > dt.date.today():
        remedy = f"use a day up to {dt.date.today()}"
        faults.append(InputError.of("--as-of", 0, as_of.isoformat(), "is in the future", remedy))
    if faults:
        raise InputError(fault for error in faults for fault in error.faults)
