"""Score logged forecasts against what became known: a table that the user supplies."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from redan.forecast import scores
from redan.forecast.log import Entry, read_log
from redan.forecast.outside.pool import cdf_of
from redan.vocabulary.documents import read_limited
from redan.vocabulary.errors import Fault, InputError, quote

HEADER: Final = ("location", "target", "came_on", "value", "known_until", "source")
#: Interval of which it is counted how often the truth lay inside.
INSIDE: Final = ("0.1", "0.9")


@dataclass(frozen=True)
class Outcome:
    """What became of one target.

    Attributes
    ----------
    location, target
        As in the forecast, such as `slavyansk-kramatorsk` and `taken:kramatorsk`, or `area_gained_km2`.
    came_on
        Day on which an event came; None where it had not come by `known_until`, and for a measure.
    value
        Of a measure, on the day `known_until`; None for an event.
    known_until
        Last day of which it is known.
    source
        Who says so.
    """

    location: str
    target: str
    came_on: date | None
    value: float | None
    known_until: date
    source: str


def read_outcomes(path: Path) -> list[Outcome]:
    """Read a table of outcomes (columns of `HEADER`).

    Raises
    ------
    InputError : every fault, with its line and field
    """
    shown = str(path)
    reader = csv.reader(io.StringIO(read_limited(path, shown)))
    if tuple(next(reader, [])) != HEADER:
        raise InputError.of(shown, 1, "header", "is not that of outcomes", f"write {','.join(HEADER)}")
    read = [_outcome(shown, reader.line_num, cells) for cells in reader]
    faults = [one for one in read if isinstance(one, Fault)]
    if faults:
        raise InputError(faults)
    return [one for one in read if isinstance(one, Outcome)]


def _outcome(shown: str, line: int, cells: Sequence[str]) -> Outcome | Fault:
    if len(cells) != len(HEADER):
        return Fault(shown, line, "row", f"has {len(cells)} cells, not {len(HEADER)}", "quote commas")
    row = dict(zip(HEADER, cells, strict=True))
    try:
        came, known = (_day(name, row[name]) for name in ("came_on", "known_until"))
        value = _number(row["value"])
        if known is None:
            raise ValueError("known_until; is empty; say until when it is known")
        if came is not None and came > known:
            raise ValueError("came_on; is later than known_until; give a day that has been")
        if not row["source"]:
            raise ValueError("source; is empty; say who says so")
    except ValueError as error:
        field, problem, remedy = str(error).split("; ", 2)
        return Fault(shown, line, field, problem, remedy)
    return Outcome(row["location"], row["target"], came, value, known, row["source"])


def _day(name: str, cell: str) -> date | None:
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError:
        raise ValueError(f"{name}; {quote(cell)} is no date; write it as 2026-04-30") from None


def _number(cell: str) -> float | None:
    try:
        value = float(cell) if cell else None
    except ValueError:
        value = math.nan
    if value is not None and not math.isfinite(value):
        raise ValueError(f"value; {quote(cell)} is no number; write a number or nothing")
    return value


def score_log(folder: Path, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Score every logged forecast on every outcome it spoke of.

    Returns
    -------
    `forecasts` in the log; `scores`, a row for each forecast, model and outcome; `means`, over all rows of
    a model; `unanswered`, outcomes of which no forecast spoke.

    Raises
    ------
    InputError : the log was altered
    """
    entries = read_log(folder)
    rows, spoken = [], set()
    for entry in entries:
        table = read_logged(folder / entry.file)
        for model, of_model in table.group_by("model_id", maintain_order=True):
            for number, outcome in enumerate(outcomes):
                own = of_model.filter(
                    (pl.col("target") == outcome.target) & (pl.col("location") == outcome.location)
                )
                told = _scored(own, entry, outcome) if own.height else None
                if told is not None:
                    spoken.add(number)
                    rows.append(
                        {"file": entry.file, "model": str(model[0]), "target": outcome.target, **told}
                    )
    unanswered = [outcome.target for number, outcome in enumerate(outcomes) if number not in spoken]
    return {"forecasts": len(entries), "scores": rows, "means": _means(rows), "unanswered": unanswered}


def read_logged(path: Path) -> pl.DataFrame:
    """Read one logged forecast."""
    types = {"target_end_date": pl.Date, "origin_date": pl.Date, "output_type_id": pl.String}
    return pl.read_csv(path, schema_overrides=types)


def _scored(own: pl.DataFrame, entry: Entry, outcome: Outcome) -> dict[str, Any] | None:
    start = date.fromisoformat(entry.origin_date)
    if outcome.value is not None:
        return _measure(own, outcome)
    return _event(own, start, outcome)


def _event(own: pl.DataFrame, start: date, outcome: Outcome) -> dict[str, Any] | None:
    """Brier score at the last date by which it is known, and CRPS of the day up to it.

    Later dates are not scored even where the event has come: whether they could be would depend on how it
    went, and a score that picks its dates by the outcome favours high probabilities.
    """
    curve = own.filter(pl.col("output_type") == "cdf")
    decided = [
        ((day - start).days, float(p))
        for day, p in curve.select("target_end_date", "value").sort("target_end_date").iter_rows()
        if day <= outcome.known_until
    ]
    if not decided:
        return None
    edges = [day for day, _ in decided]
    by_day = cdf_of(np.diff([0.0, *(p for _, p in decided), 1.0]), edges)
    day = math.inf if outcome.came_on is None else float((outcome.came_on - start).days)
    last, p = decided[-1]
    return {
        "decided_by_day": last,
        "p": p,
        "came": outcome.came_on is not None and day <= last,
        "brier": scores.brier(p, float(day <= last)),
        "crps": scores.crps_of_days(by_day, day),
    }


def _measure(own: pl.DataFrame, outcome: Outcome) -> dict[str, Any] | None:
    """Quantile score of a measure on a date for which it was forecast, and whether 80 % held it."""
    told = own.filter(
        (pl.col("output_type") == "quantile") & (pl.col("target_end_date") == outcome.known_until)
    ).select("output_type_id", "value")
    quantiles = {str(level): float(value) for level, value in told.iter_rows()}
    if not set(INSIDE) <= set(quantiles) or outcome.value is None:
        return None
    levels, (low, high) = [float(level) for level in quantiles], INSIDE
    return {
        "value": outcome.value,
        "median": quantiles.get("0.5"),
        "inside80": bool(scores.covered(quantiles[low], quantiles[high], outcome.value)),
        "crps": scores.quantile_score(levels, [*quantiles.values()], outcome.value),
    }


def _means(rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """Mean of the events' scores by model: measures have units of their own and are not averaged."""
    found = {}
    for model in dict.fromkeys(row["model"] for row in rows):
        own = [row for row in rows if row["model"] == model and "brier" in row]
        if own:
            found[str(model)] = {
                "events": float(len(own)),
                **{name: float(np.mean([row[name] for row in own])) for name in ("brier", "crps")},
            }
    return found
