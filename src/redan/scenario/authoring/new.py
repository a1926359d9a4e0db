"""Writes a scenario to start from, about a real town or on an invented island."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from redan.scenario.authoring.finding import find_town
from redan.scenario.authoring.folder import refuse_existing, write_folder
from redan.scenario.authoring.island import island_ground, island_sketch
from redan.scenario.authoring.layout import Layout, lay_out
from redan.scenario.authoring.nearby import choose_towns, settlements_about, town_of
from redan.scenario.authoring.render import SCENARIO, count_placeholders, render
from redan.scenario.authoring.sketch import DIRECTIONS, LARGEST_RADIUS_KM, LEAST_RADIUS_KM, Sketch
from redan.scenario.bundled import bundled_names
from redan.sources import gazetteer
from redan.sources.gazetteer import Settlement
from redan.vocabulary.errors import InputError, quote, suggest

DEFAULT_RADIUS_KM: Final = 60.0
NO_COAST: Final = "GeoNames has towns, no coast, rivers or hills: sea counts as land, all ground as level."
INVENTED_LINE: Final = "The line of contact is invented: it is not control data."


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

    Raises
    ------
    InputError
        Something asked for is not possible.
    """
    _check(name, around, radius_km, attacker_from, as_of)
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
    layout = _laid_out(sketch)
    files = render(sketch, layout, command=command, folder=str(folder), ground=ground, notes=_notes(sketch))
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


def _notes(sketch: Sketch) -> list[str]:
    """What the program knows that it does not know."""
    return [NO_COAST] if sketch.is_real else []


def _laid_out(sketch: Sketch) -> Layout:
    try:
        return lay_out(sketch)
    except ValueError as error:
        raise InputError.of("--radius-km", 0, f"{sketch.radius_km:g}", str(error), "widen it") from None


def _check(
    name: str, around: str | None, radius_km: float | None, attacker_from: str | None, as_of: dt.date | None
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
    if as_of is not None and as_of > dt.date.today():
        remedy = f"use a day up to {dt.date.today()}"
        faults.append(InputError.of("--as-of", 0, as_of.isoformat(), "is in the future", remedy))
    if faults:
        raise InputError(fault for error in faults for fault in error.faults)
