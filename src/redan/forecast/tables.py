"""The forecast in hubverse columns: one row per statement, so that other tools can score and combine it.

Columns follow the hubverse model output format: task ids (`reference_date`, `scenario_id`, `target`,
`horizon` in days, `target_end_date`) and the representation (`output_type`, `output_type_id`, `value`).

- `cdf`: target EVENT, `output_type_id` a day counted from `reference_date`: the probability that the event
  has come by then; `horizon` and `target_end_date` repeat that day, so that it can be chosen by date.
- `quantile`: target EVENT (no `horizon`: the day itself is forecast), `value` a day; a quantile past the
  simulated horizon has no row, because the format has no way to say "later than".
- `quantile`, `mean`: target MEASURE on a date. Within the horizon from the daily counts (whose bins are at
  most 3.1 % wide), at the horizon itself from the replications.

A course is a plan and not a forecast of what will be done: it is `scenario_id`, not `model_id`. Beside the
simulator (`redan-campaign`) stand two models of the outside view, for `taken:OBJECTIVE` only and with the
`scenario_id` of the one course that is a forecast: `reference-class`, the base rate of past battles, and
`redan-pooled`, both pooled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import polars as pl

from redan.analysis.censored import day_quantile, event_days, of_course, probability_by
from redan.forecast.document import DAYS, measures_of
from redan.forecast.outside.view import POOLED, POOLED_COURSE, REFERENCE, objectives, quantile_day
from redan.runs.histogram import LEVELS
from redan.runs.tables import QUANTILES, Tables
from redan.vocabulary.outcomes import event_names

MODEL_ID: Final = "redan-campaign"
#: Models of the outside view, by the name of the view.
OUTSIDE_MODELS: Final = {REFERENCE: "reference-class", POOLED: "redan-pooled"}
SCHEMA: Final = {
    "model_id": pl.String,
    "reference_date": pl.Date,
    "scenario_id": pl.String,
    "target": pl.String,
    "horizon": pl.Int32,
    "target_end_date": pl.Date,
    "location": pl.String,
    "output_type": pl.String,
    "output_type_id": pl.String,
    "value": pl.Float64,
}
Row = tuple[Any, ...]


def forecast_table(tables: Tables) -> pl.DataFrame:
    """Return every statement of a run in hubverse columns, in a fixed order.

    `location` is the scenario's name.
    """
    request = tables.request
    horizon = int(request["horizon_days"])
    start = date.fromisoformat(request["as_of"])
    days = sorted({*(day for day in DAYS if day < horizon), horizon})
    rows: list[Row] = []
    for course in request["courses"]:
        name = course["name"]
        own = of_course(tables.replications, name)
        events = event_names(request["objectives"], course["axes"])
        daily = tables.daily.filter((pl.col("course") == name) & pl.col("day").is_in(days[:-1]))
        statements = [*_events(own, events, days), *_measures(own, daily, measures_of(request), horizon)]
        for target, day, kind, level, value in statements:
            when = None if day is None else start + timedelta(days=day)
            rows.append(
                (MODEL_ID, start, name, target, day, when, request["scenario"], kind, level, value)
            )  # fmt: skip
    rows += _outside(tables, start, days)
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _outside(tables: Tables, start: date, days: Sequence[int]) -> Iterator[Row]:
    """Base rate and pooled forecast of each objective, where the reference class has them."""
    request = tables.request
    found = objectives(request, tables.daily, tables.replications)
    for view, model in OUTSIDE_MODELS.items():
        for name, one in found.items():
            if view not in one.curves:
                continue
            by_day, target = one.curves[view], f"taken:{name}"
            head = (model, start, POOLED_COURSE, target)
            for day in days:
                when = start + timedelta(days=day)
                chance = float(by_day[day])
                yield *head, day, when, request["scenario"], "cdf", str(day), chance
            for level in LEVELS:
                value = quantile_day(by_day, level)
                if value is not None:
                    yield *head, None, None, request["scenario"], "quantile", f"{level:g}", value


def _events(own: pl.DataFrame, events: Sequence[str], days: Sequence[int]) -> Iterator[Row]:
    for event in events:
        came = event_days(own, event)
        for day in days:
            yield event, day, "cdf", str(day), probability_by(came, day)
        for level in LEVELS:
            found = day_quantile(came, level)
            if found is not None:
                yield event, None, "quantile", f"{level:g}", found


def _measures(own: pl.DataFrame, daily: pl.DataFrame, measures: Sequence[Any], horizon: int) -> Iterator[Row]:
    columns = ["measure", "day", *QUANTILES]
    inside = {(row[0], row[1]): row[2:] for row in daily.select(columns).iter_rows()}
    days = sorted({day for _, day in inside})
    for measure in measures:
        for day in days:
            for level, value in zip(LEVELS, inside[measure.name, day], strict=True):
                yield measure.name, day, "quantile", f"{level:g}", float(value)
        values = own[measure.name].to_numpy()
        for level, value in zip(LEVELS, np.quantile(values, LEVELS), strict=True):
            yield measure.name, horizon, "quantile", f"{level:g}", float(value)
        yield measure.name, horizon, "mean", None, float(values.mean())
