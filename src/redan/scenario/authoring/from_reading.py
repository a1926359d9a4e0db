"""Writes a scenario to start from about the places of a text, with drafts of what the text claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage

from redan.scenario.authoring.folder import write_folder
from redan.scenario.authoring.layout import Layout, lay_out
from redan.scenario.authoring.nearby import choose_towns, settlements_about, town_of
from redan.scenario.authoring.new import INVENTED_LINE, NO_COAST
from redan.scenario.authoring.render import CLAIMS, SCENARIO, count_placeholders, render
from redan.scenario.authoring.sketch import LARGEST_RADIUS_KM, Sketch, Town
from redan.scenario.geometry import LonLat, Plane
from redan.sources.reading.company import distances_km
from redan.sources.reading.drafts import Draft, claims_yaml, draft_claims
from redan.sources.reading.places import Town as NamedTown
from redan.sources.reading.reading import Reading

TOGETHER_KM: Final = 100.0  # [km] towns this near to another are of one theatre
ROOM_KM: Final = (
    22.0  # [km] between the outermost town and the rim: objectives lie well inside, behind a line
)
LEAST_RADIUS_KM: Final = 30.0
MOST_TOWNS: Final = 20  # [-] of a text that are named in the scenario


@dataclass(frozen=True)
class DraftedText:
    """What was written from a text.

    Attributes
    ----------
    folder, files
        Where it is; no file where there was nothing to write.
    sketch, layout
        Of the scenario; None where the text names no town.
    drafts
        Claims.
    inside, beyond
        Towns of the text in the theatre, and those outside it.
    placeholders
        How many statements of the scenario are to be replaced.
    """

    folder: Path
    files: tuple[str, ...]
    sketch: Sketch | None
    layout: Layout | None
    drafts: tuple[Draft, ...]
    inside: tuple[NamedTown, ...]
    beyond: tuple[NamedTown, ...]
    placeholders: int


def draft_from_reading(reading: Reading, *, name: str, folder: Path, as_of: dt.date) -> DraftedText:
    """Write the drafts of a reading into a new folder: claims, and a scenario where it names towns.

    Raises
    ------
    InputError
        The folder is already there, or cannot be written.
    """
    drafts = tuple(draft_claims(reading, str(folder)))
    note = "Drafted by a program and confirmed by nobody yet. Say here whose text it is, and which side's."
    claims = claims_yaml(
        drafts,
        title=reading.text.title,
        date=reading.last_day or as_of,
        is_dated=reading.last_day is not None,
        note=note,
    )
    inside, beyond = _theatre_of(reading.places.towns)
    sketch = _sketch(name, inside, as_of) if inside else None
    layout = None if sketch is None else lay_out(sketch)
    files: dict[str, str] = {CLAIMS: claims} if drafts else {}
    if sketch is not None and layout is not None:
        files = render(
            sketch,
            layout,
            command=f"read ... --out {folder}",
            folder=str(folder),
            claims=claims if drafts else None,
            notes=_notes(reading, beyond),
        )
    if files:
        write_folder(folder, files)
    return DraftedText(
        folder=folder,
        files=tuple(sorted(files)),
        sketch=sketch,
        layout=layout,
        drafts=drafts,
        inside=tuple(inside),
        beyond=tuple(beyond),
        placeholders=count_placeholders(files.get(SCENARIO, "")),
    )


def _theatre_of(towns: Sequence[NamedTown]) -> tuple[list[NamedTown], list[NamedTown]]:
    """Towns that lie together and are named most, and the others."""
    one_each: dict[int, NamedTown] = {}
    for town in sorted(towns, key=lambda each: -len(each.mentions)):
        one_each.setdefault(town.settlement.geonameid, town)
    found = list(one_each.values())
    if len(found) < 2:
        return found, []
    gaps = distances_km([town.settlement for town in found])
    group = fcluster(linkage(gaps[np.triu_indices(len(found), 1)], "single"), TOGETHER_KM, "distance")
    named = np.bincount(group, weights=[len(town.mentions) for town in found])
    inside = [k for k in range(len(found)) if group[k] == int(np.argmax(named))]
    while _radius_km([found[k] for k in inside]) > LARGEST_RADIUS_KM or len(inside) > MOST_TOWNS:
        inside.remove(
            max(inside, key=lambda k: (gaps[k, inside].sum(), k))
        )  # the one farthest from the others
    return [found[k] for k in inside], [found[k] for k in range(len(found)) if k not in inside]


def _middle(towns: Sequence[NamedTown]) -> LonLat:
    """The point from which the farthest town is nearest, but for a few km."""
    first = towns[0].settlement
    plane = Plane(first.lon, first.lat)
    xy = plane.to_km([(town.settlement.lon, town.settlement.lat) for town in towns])
    lon, lat = plane.to_lonlat([0.5 * (xy.min(axis=0) + xy.max(axis=0))])[0]
    return round(float(lon), 3), round(float(lat), 3)


def _radius_km(towns: Sequence[NamedTown]) -> float:
    """Radius of the theatre about towns, km."""
    xy = Plane(*_middle(towns)).to_km([(town.settlement.lon, town.settlement.lat) for town in towns])
    return max(float(np.ceil(np.hypot(xy[:, 0], xy[:, 1]).max() + ROOM_KM)), LEAST_RADIUS_KM)


def _sketch(name: str, inside: Sequence[NamedTown], as_of: dt.date) -> Sketch:
    middle, radius_km = _middle(inside), _radius_km(inside)
    first: list[Town] = []
    for town in inside:
        taken = [other.name for other in first]
        first.append(town_of(town.settlement, taken, called=town.name, weight=float(len(town.mentions))))
    towns = choose_towns(settlements_about(middle, radius_km), middle, radius_km, first)
    named = ", ".join(town.name for town in first[:6])
    return Sketch(
        name=name,
        title=f"{first[0].name}: a theatre drafted from a text",
        summary=f"The ground about {named}, which a text names, with the towns of GeoNames. {INVENTED_LINE} "
        "Roads, works and forces are placeholders too. What the text claims is drafted in claims.yaml, for a "
        "person to confirm.",
        as_of=as_of,
        middle=middle,
        radius_km=radius_km,
        towns=tuple(towns),
        kind="text",
    )


def _notes(reading: Reading, beyond: Sequence[NamedTown]) -> list[str]:
    """What a person should know about the reading."""
    notes = [NO_COAST]
    notes += [
        f"Is {town.name} {town.settlement.name}, {town.settlement.country} ({town.settlement.geonameid})? "
        f"{town.why[:1].upper()}{town.why[1:]}."
        for town in reading.places.towns
        if not town.is_sure
    ]
    notes += [f"{found.name} could not be placed: {found.why}." for found in reading.places.unplaced]
    if beyond:
        notes.append(f"Named in the text and outside the theatre: {', '.join(town.name for town in beyond)}.")
    return notes
