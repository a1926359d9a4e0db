"""What the control grid says of an operation: milestones of its towns, distances of the front, area."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import shapely

from redan.calibration.operations.gains import grid_lonlat, row_of
from redan.calibration.operations.towns import HALF_CELL_KM, TownRecord, town_record
from redan.scenario.scenario import Scenario
from redan.sources.control_maps import ControlGrid

SOURCE: Final = "dataset control-grid of the ledger, at 2.5 km"
CELL_KM2: Final = 6.25
EVERY_DAYS: Final = 30
BEFORE_DAYS: Final = 90  # persistence goes on as it went in this time
WITHIN_KM: Final = (20.0, 10.0, 5.0)
ROUND_KM2: Final = 5.0
PLUS_MINUS_KM: Final = 1.5  # two good observers differ by 1.1 to 1.7 km at the median
AFTER_DAYS: Final = 60  # distances and area go on this long after the last objective was taken


def observe(grid: ControlGrid, scenario: Scenario) -> dict[str, Any]:
    """Milestones, distances and area of an operation, as `observed.yaml` writes them."""
    ids = {place.name: place.geonameid for place in scenario.places}
    records = {name: town_record(grid, int(ids[name] or 0)) for name in scenario.objectives}
    milestones = [row for name, record in records.items() for row in _milestones(name, record)]
    dates = list(_dates(grid, scenario, records))
    return {
        "milestones": milestones,
        "front_distance_km": [
            row for name, record in records.items() for row in _distances(name, record, dates)
        ],
        **_area(grid, scenario, dates),
    }


def _fact(**fields: Any) -> dict[str, Any]:
    """A row with its source; `known` is the last of its days."""
    days = [value for value in fields.values() if isinstance(value, dt.date)]
    return {**fields, "known": fields.get("known", max(days)), "source": SOURCE, "grade": "B"}


def _milestones(name: str, record: TownRecord) -> Iterator[dict[str, Any]]:
    """Milestones of one town; what had been reached when the record began is left out."""
    began, until = record.days[0].astype(dt.date), record.days[-1].astype(dt.date)
    for km in WITHIN_KM:
        days = {
            "earliest": record.within(km + HALF_CELL_KM),
            "date": record.within(km),
            "latest": record.within(km - HALF_CELL_KM),
        }
        yield from _milestone(name, f"within_{km:.0f}km", days, began, until)
    for event, first in (("contested", record.contested), ("taken", record.taken)):
        days = {"earliest": first(with_unknown=True), "date": first()}
        yield from _milestone(name, event, days, began, until)


def _milestone(
    name: str, event: str, days: dict[str, dt.date | None], began: dt.date, until: dt.date
) -> Iterator[dict[str, Any]]:
    """One milestone, dated, censored or none."""
    known = {key: day for key, day in days.items() if day is not None and day > began}
    if days["date"] is not None:
        if days["date"] > began:
            yield _fact(town=name, event=event, **known)
        return
    at_earliest = {"earliest": known["earliest"]} if "earliest" in known else {}
    reason = f"the map of {until} does not show it"
    yield {**_fact(town=name, event=event, **at_earliest, known=until), "censored": reason}


def _dates(grid: ControlGrid, scenario: Scenario, records: dict[str, TownRecord]) -> Iterator[dt.date]:
    """Every 30 days from day 0 until some time after the first objective was taken, or the record's end."""
    taken = next(iter(records.values())).taken()
    until: dt.date = grid.days[-1].astype(dt.date)
    end = min(until, taken + dt.timedelta(days=AFTER_DAYS)) if taken else until
    day = scenario.as_of
    while day <= end:
        yield day
        day += dt.timedelta(days=EVERY_DAYS)


def _distances(name: str, record: TownRecord, dates: list[dt.date]) -> list[dict[str, Any]]:
    """Distance of the front to one town on the dates, to half a km."""
    rows = [(day, round(2.0 * float(record.point_km[record.row(day)])) / 2.0) for day in dates]
    return [_fact(town=name, date=day, km=km, plus_minus_km=PLUS_MINUS_KM) for day, km in rows]


def _area(grid: ControlGrid, scenario: Scenario, dates: list[dt.date]) -> dict[str, Any]:
    """Ground gained in the theatre in the 90 days before day 0, and since on the dates, with the unknown."""
    area = scenario.area()
    lon, lat = grid_lonlat(grid)
    points = area.plane.to_km(np.column_stack([lon.ravel(), lat.ravel()]))
    inside = shapely.contains_xy(area.polygon, points[:, 0], points[:, 1]).reshape(lon.shape) & grid.inside
    covered = round(min(1.0, float(inside.sum()) * CELL_KM2 / area.km2), 2)
    start = np.nan_to_num(grid.occupied[row_of(grid, scenario.as_of)])

    def km2(share: Any) -> float:
        return round(float(np.nan_to_num(share)[inside].sum()) * CELL_KM2 / ROUND_KM2) * ROUND_KM2

    before = row_of(grid, scenario.as_of - dt.timedelta(days=BEFORE_DAYS))
    rows = [(day, row_of(grid, day)) for day in dates[1:]]
    return {
        "gained_before_km2": km2(start - np.nan_to_num(grid.occupied[before])),
        "area": [
            _fact(
                date=day,
                gained_km2=km2(grid.occupied[row] - start),
                unknown_km2=km2(grid.unknown[row]),
                covered_share=covered,
            )
            for day, row in rows
        ],
    }
