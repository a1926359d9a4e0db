"""Forecasts of area that know no mechanism: the last 30 days go on, or what was usual comes again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from redan.calibration.grid.record import F64, Record, daily

LAST_DAYS: Final = 30
MEMBERS: Final = 99


@dataclass(frozen=True)
class Area:
    """Occupied area by day.

    Attributes
    ----------
    first
        Day of the first value; the others follow daily.
    km2
        [day]
    """

    first: dt.date
    km2: F64

    def gain(self, day: dt.date, days: int) -> float:
        """Area gained in the days after a day, or before it where `days` is negative.

        Raises
        ------
        IndexError
            The record does not reach so far.
        """
        at = (day - self.first).days
        if min(at, at + days) < 0:
            raise IndexError(f"nothing is known {-days} days before {day}")
        return float(np.sign(days) * (self.km2[at + days] - self.km2[at]))

    def gains(self, days: int, first: dt.date, end: dt.date, step: int = 1) -> tuple[list[dt.date], F64]:
        """Gains from every `step` days on, windows between two days, and the days they begin."""
        origins = [first + dt.timedelta(days=k) for k in range(0, (end - first).days - days + 1, step)]
        return origins, np.array([self.gain(day, days) for day in origins])


def area_of(record: Record, *, open_share: float = 0.0) -> Area:
    """The area of a record, each day that of the last map."""
    first, last = (record.days[k].astype(dt.date) for k in (0, -1))
    return Area(first, record.on(daily(first, last)).area_km2(open_share=open_share))


def going_on(area: Area, day: dt.date, days: int) -> float:
    """The gain of the last 30 days, drawn on."""
    return area.gain(day, -LAST_DAYS) * days / LAST_DAYS


def errors(area: Area, days: int, first: dt.date, end: dt.date) -> F64:
    """[origin] what was gained less what going on as before would have gained."""
    origins, gained = area.gains(days, first, end)
    expected = np.array([going_on(area, day, days) for day in origins])
    return np.asarray(gained - expected, np.float64)


def persistence(area: Area, day: dt.date, days: int, first: dt.date, end: dt.date) -> F64:
    """[member] the last 30 days go on, with the errors that this made between two days."""
    return going_on(area, day, days) + _spread(errors(area, days, first, end))


def climatology(area: Area, days: int, first: dt.date, end: dt.date) -> F64:
    """[member] what was gained in as many days, between two days."""
    return _spread(area.gains(days, first, end)[1])


def _spread(values: F64) -> F64:
    """A sample of equally spaced quantiles."""
    levels: NDArray[np.float64] = (np.arange(MEMBERS) + 0.5) / MEMBERS
    return np.asarray(np.quantile(values, levels), np.float64)


def rmse(values: F64) -> float:
    """Root of the mean square."""
    return float(np.sqrt(np.mean(values**2)))
