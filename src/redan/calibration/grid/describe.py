"""The statistics of observed and simulated fronts side by side, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from pyproj import Transformer

from redan.calibration.grid.front import Start
from redan.calibration.grid.observe import DEGREES, UTM
from redan.calibration.grid.play import SETTLED_DAYS, Seen
from redan.calibration.grid.record import FIRST, UNTIL, Record, daily, weekly
from redan.calibration.grid.statistics import (
    WEEK,
    Dwell,
    Falls,
    autocorrelation,
    distances_km,
    dwell,
    falls,
    gains_by_quarter,
    quiet_share,
)

Parts = tuple[Falls, Dwell, float, float]  # with the weekly correlation and the share of quiet days


def parts_of(seen: Seen, start: Start) -> Parts:
    """What the statistics of a campaign are put together from."""
    later = seen.front.on(seen.front.days[SETTLED_DAYS // WEEK :])
    stay = dwell(distances_km(seen.front, start.towns), WEEK)
    gains = np.diff(seen.area_km2[::WEEK])
    return falls(later), stay, autocorrelation(gains), quiet_share(seen.area_km2)


def together(parts: Sequence[Parts]) -> dict[str, Any]:
    """The statistics of many campaigns: falls and stays counted together, the others averaged."""
    counted, stay = parts[0][0], parts[0][1]
    for fall, other, _, _ in parts[1:]:
        counted, stay = counted + fall, stay + other
    return _told(
        counted, stay, float(np.nanmean([p[2] for p in parts])), float(np.mean([p[3] for p in parts]))
    )


def _told(counted: Falls, stay: Dwell, correlation: float, quiet: float) -> dict[str, Any]:
    return {
        "falls": [None if not counted.cells[n] else counted.chance(n, n) for n in range(9)],
        "dwell_days": stay.mean_days if stay.nearer else None,
        "dwell_ended": stay.nearer,
        "week_correlation": correlation,
        "quiet_share": quiet,
    }


def observed_statistics(record: Record) -> dict[str, Any]:
    """The statistics of the observed front, with all and with none of the unknown ground the attacker's."""
    weeks = record.on(weekly(FIRST, UNTIL))
    days = record.on(daily(FIRST, UNTIL)).area_km2()
    towns = _towns(record)
    stay = dwell(distances_km(weeks, towns), WEEK)
    told = _told(
        falls(weeks, stride=WEEK), stay, autocorrelation(np.diff(weeks.area_km2())), quiet_share(days)
    )
    most = falls(weeks, open_share=1.0, stride=WEEK)
    told["falls_with_unknown"] = [None if not most.cells[n] else most.chance(n, n) for n in range(9)]
    return told | {"gains_by_quarter": gains_by_quarter(record)}


def _towns(record: Record) -> dict[str, tuple[float, float]]:
    """Declared towns of the whole front that lie on the grid, in the plane of the data, m."""
    from redan.calibration.operations.front import NAME
    from redan.scenario.load import load_scenario

    scenario = load_scenario(NAME)
    to_plane = Transformer.from_crs(DEGREES, UTM, always_xy=True)
    found = {place.name: to_plane.transform(*scenario.lonlat(place.name)) for place in scenario.places}
    x, y = record.x_m, record.y_m
    return {
        name: (float(east), float(north))
        for name, (east, north) in found.items()
        if x[0] <= east <= x[-1] and y[0] <= north <= y[-1]
    }
