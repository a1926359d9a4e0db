"""Town falls by the control grid: dates by one set of definitions, and how each town was taken."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from importlib import resources
from typing import Final

import numpy as np

from redan.calibration.operations.gains import grid_lonlat, row_of
from redan.calibration.operations.towns import TownRecord, town_record
from redan.sources.control_maps import ControlGrid
from redan.sources.gazetteer import settlements_within

FILE: Final = "town_falls.csv"
BOX: Final = (36.85, 47.95, 38.55, 49.05)  # degrees; five cells off the edge where the data say so
SINCE: Final = dt.date(2022, 7, 15)  # towns of the pocket of Lysychansk fell in one batch before
LEAST_PEOPLE: Final = 4_000
DISTRICTS: Final = (13535742,)  # listed beside Pokrovsk, to which it belongs
#: A straight front that touches the footprint leaves 36 % of the ground about the town behind it.
ENVELOPED_SHARE: Final = 0.45
MODES: Final = ("enveloped", "frontal")


@dataclass(frozen=True)
class TownFall:
    """One town of the table; days are None where it had not happened, or had before the record began."""

    geonameid: int
    town: str
    people: int
    within_20km: dt.date | None
    within_10km: dt.date | None
    within_5km: dt.date | None
    contested_earliest: dt.date  # with ground of unknown control
    contested: dt.date
    taken_earliest: dt.date | None  # with ground of unknown control
    taken: dt.date | None  # None: not by the end of the record
    around_at_contest: float  # share occupied between 2 and 7.5 km of the point
    mode: str


def town_falls(grid: ControlGrid) -> list[TownFall]:
    """All towns of 4,000 or more that came to be contested after mid-July 2022, by the day they did."""
    west, south, east, north = BOX
    before = np.nan_to_num(grid.occupied[row_of(grid, SINCE)])
    lon, lat = grid_lonlat(grid)
    found = []
    for town in settlements_within(west, south, east, north):
        if town.population < LEAST_PEOPLE or town.geonameid in DISTRICTS:
            continue
        nearest = np.argmin(np.hypot((lon - town.lon) * np.cos(np.radians(town.lat)), lat - town.lat))
        if before.flat[nearest] <= 0.5:  # else it lay behind the front already
            found.append(fall_of(town_record(grid, town.geonameid)))
    return sorted((fall for fall in found if fall is not None), key=lambda fall: fall.contested)


def fall_of(record: TownRecord) -> TownFall | None:
    """A row of the table; None where the town was contested before, or never."""
    contested = record.contested()
    if contested is None or contested < SINCE:
        return None
    around = float(record.ring[record.row(contested)])
    began = record.days[0].astype(dt.date)
    start = {km: None if (day := record.within(km)) == began else day for km in (20.0, 10.0, 5.0)}
    return TownFall(
        record.town.geonameid,
        record.town.name,
        int(record.town.population),
        start[20.0],
        start[10.0],
        start[5.0],
        record.contested(with_unknown=True) or contested,
        contested,
        record.taken(with_unknown=True),
        record.taken(),
        round(around, 2),
        MODES[0] if around >= ENVELOPED_SHARE else MODES[1],
    )


def to_csv(falls: Sequence[TownFall]) -> str:
    """The table as text."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow([field.name for field in fields(TownFall)])
    write.writerows(["" if value is None else value for value in astuple(fall)] for fall in falls)
    return out.getvalue()


def load_town_falls() -> list[TownFall]:
    """Read the table that ships."""
    text = resources.files("redan.bundled").joinpath("history", FILE).read_text(encoding="utf-8")
    return [_row(row) for row in csv.DictReader(io.StringIO(text))]


def _row(row: dict[str, str]) -> TownFall:
    def day(key: str) -> dt.date | None:
        return dt.date.fromisoformat(row[key]) if row[key] else None

    return TownFall(
        geonameid=int(row["geonameid"]),
        town=row["town"],
        people=int(row["people"]),
        within_20km=day("within_20km"),
        within_10km=day("within_10km"),
        within_5km=day("within_5km"),
        contested_earliest=dt.date.fromisoformat(row["contested_earliest"]),
        contested=dt.date.fromisoformat(row["contested"]),
        taken_earliest=day("taken_earliest"),
        taken=day("taken"),
        around_at_contest=float(row["around_at_contest"]),
        mode=row["mode"],
    )


def days_to_take(falls: Sequence[TownFall], until: dt.date) -> tuple[np.ndarray, np.ndarray]:
    """Days from contested to taken, or to the end of the record, and whether it was taken."""
    days = [((fall.taken or until) - fall.contested).days for fall in falls]
    return np.array(days, float), np.array([fall.taken is not None for fall in falls])
