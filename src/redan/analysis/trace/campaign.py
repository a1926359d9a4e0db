"""One campaign as it was recorded: log, daily series, days of its events, parameters."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from redan.analysis.trace.setting import Setting

#: Kinds that a log has only if it was written by an engine with a chronicle.
CHRONICLE: Final = frozenset(("effort_ordered", "loss", "supply", "order_out"))
NOT_MEASURES: Final = ("course", "replication", "day")
PARAMETER: Final = "parameter:"


class Row(NamedTuple):
    """One row of the log."""

    day: int
    kind: str
    entity: str
    value: float


@dataclass(frozen=True)
class Campaign:
    """What is told about.

    Attributes
    ----------
    rows
        The log in the order of its days.
    series
        A measure -> its value on day 0 .. horizon.
    event_day
        An event -> its day, None where it never came.
    parameters
        Values drawn for the replication.
    has_chronicle
        Whether the log can hold orders, marches, supply and losses by period; an old one cannot.
    """

    setting: Setting
    rows: Sequence[Row]
    series: Mapping[str, NDArray[np.float64]]
    event_day: Mapping[str, float | None]
    parameters: Mapping[str, float]
    has_chronicle: bool = True

    @property
    def horizon(self) -> int:
        """The last day played."""
        return self.setting.horizon_days

    @cached_property
    def _by_kind(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.kind, []).append(row)
        return found

    def of(
        self, kind: str, entity: str | None = None, *, first: float = -math.inf, last: float = math.inf
    ) -> list[Row]:
        """Rows of one kind, of one entity where it is named, on days `first` to `last`."""
        return [
            row
            for row in self._by_kind.get(kind, ())
            if first <= row.day <= last and (entity is None or row.entity == entity)
        ]

    def total(self, kind: str, entity: str | None = None, *, first: float, last: float) -> float:
        """Sum of the values of such rows."""
        return sum(row.value for row in self.of(kind, entity, first=first, last=last))

    def value(self, kind: str, entity: str, day: int) -> float | None:
        """Value of the row of a kind and entity on one day, None where there is none."""
        return next((row.value for row in self.of(kind, entity, first=day, last=day)), None)

    def day_of(self, event: str) -> float | None:
        """Day of an event such as `taken:lyman`, None where it never came."""
        return self.event_day.get(event)

    def at(self, measure: str, day: int) -> float | None:
        """A measure on a day, None where the series has it not."""
        values = self.series.get(measure)
        if values is None or not 0 <= day < len(values):
            return None
        found = float(values[day])
        return found if math.isfinite(found) else None

    def change(self, measure: str, first: int, last: int) -> float:
        """How much a measure grew from the evening before `first` to the evening of `last`."""
        before, after = self.at(measure, max(0, first - 1)), self.at(measure, last)
        return 0.0 if before is None or after is None else after - before

    def losses(self, side: str, first: int, last: int) -> dict[str, float]:
        """Men lost by one side, by cause and captured, over periods that end on days `first` to `last`."""
        found: dict[str, float] = {}
        for row in self.of("loss", first=first, last=last):
            owner, _, cause = row.entity.partition(":")
            if owner == side:
                found[cause] = found.get(cause, 0.0) + row.value
        captured = self.total("captured", side, first=first, last=last)
        return {**found, "captured": captured} if captured else found


def read_campaign(
    setting: Setting, events: pl.DataFrame, series: pl.DataFrame, record: Mapping[str, Any]
) -> Campaign:
    """A campaign from rows of `events.parquet` and `series.parquet` and its row of `replications.parquet`.

    Only rows of one course and one replication must be given.
    """
    kinds = events["kind"].dtype
    known = set(kinds.categories) if isinstance(kinds, pl.Enum) else set(events["kind"].to_list())
    table = events.select(pl.col("day"), pl.col("kind").cast(pl.String), pl.col("entity"), pl.col("value"))
    days = series.sort("day")
    return Campaign(
        setting=setting,
        rows=in_order(Row(*row) for row in table.iter_rows()),
        series={
            name: days[name].to_numpy().astype(np.float64)
            for name in days.columns
            if name not in NOT_MEASURES
        },
        event_day={name: record[name] for name in _events(record, days.columns)},
        parameters={
            name.removeprefix(PARAMETER): float(value)
            for name, value in record.items()
            if name.startswith(PARAMETER)
        },
        has_chronicle=known >= CHRONICLE,
    )


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Rows by day, those of one day as they were written."""
    return sorted(rows, key=lambda row: row.day)


def _events(record: Mapping[str, Any], measures: Sequence[str]) -> list[str]:
    """Columns of a replication that are days of events: what is neither a key, a measure nor a parameter."""
    other = {*NOT_MEASURES, *measures}
    prefixes = (PARAMETER, "men:", "losses_by:")
    return [name for name in record if name not in other and not name.startswith(prefixes)]
