"""Residents by place and date: what a displacement model takes over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from redan.analysis.censored import of_course
from redan.forecast.exports.columns import Column
from redan.forecast.study.document import chosen_days
from redan.forecast.study.outcomes import grid
from redan.runs.folder import RunFolder
from redan.runs.histogram import LEVELS
from redan.runs.tables import QUANTILES
from redan.scenario.load import from_resolved

PRESENT: Final = "present"
DEPARTED: Final = "departed"
#: The row of the whole theatre, beside its towns.
THEATRE: Final = "theatre"
DECIMALS: Final = 1

COLUMNS: Final = {
    "course": Column("-", "course of action that the campaigns followed"),
    "place": Column("-", "town, as in `residents:PLACE`; `theatre`: all on the defender's side of day 0"),
    "name": Column("-", "its name; empty for the theatre"),
    "geonameid": Column("-", "its number in GeoNames; empty where it has none"),
    "lon": Column("degrees east", "of its GeoNames point"),
    "lat": Column("degrees north", "of its GeoNames point"),
    "day": Column("days", "counted from day 0"),
    "date": Column("date", "that day"),
    "quantity": Column("-", "`present`: still at home; `departed`: left home since day 0"),
    **{
        name: Column("people", f"{100 * level:g} % of the campaigns have this many or fewer")
        for name, level in zip(QUANTILES, LEVELS, strict=True)
    },
}
WHAT: Final = (
    "Residents of each town (its built-up area within 2 km of its GeoNames point) and of the theatre, by"
    " course and date, as quantiles over campaigns. The model lets people leave and not return; harm to those"
    " who stay is not counted, and where they go is not modelled. Departed is residents of day 0 minus those"
    " present: its 5 % quantile belongs to the 95 % quantile of those present. Quantiles before the horizon"
    " come from counts in bins up to 3.1 % wide: fewer departed than that share of the residents are not told"
    " from none."
)


def residents(run: RunFolder, days: Sequence[int] = ()) -> pl.DataFrame:
    """Return quantiles of residents present and departed, two rows per course, place and day.

    Parameters
    ----------
    days : by default day 0, every week and the horizon

    Raises
    ------
    InputError : a day lies outside the run
    """
    if any(days):
        at = sorted(
            {*chosen_days([day for day in days if day], run.horizon_days), *(0 for d in days if not d)}
        )
    else:
        at = [0] if days else grid(run.horizon_days, ())
    measures = {f"residents:{name}": name for name in run.objectives} | {"residents_left": THEATRE}
    wanted = pl.col("measure").cast(pl.String).is_in(list(measures))
    daily = run.daily.filter(wanted & pl.col("day").is_in([0, *at]))
    parts = []
    for (course, measure), rows in daily.partition_by("course", "measure", as_dict=True).items():
        own = rows.sort("day")
        values = own.select(QUANTILES).to_numpy().astype(np.float64)
        if at[-1] == run.horizon_days:
            values[-1] = np.quantile(
                of_course(run.replications, str(course))[str(measure)].to_numpy(), LEVELS
            )
        start, shown = values[0, LEVELS.index(0.5)], own["day"].is_in(at).to_numpy()
        head = {"course": str(course), "place": measures[str(measure)]}
        for quantity, found in ((PRESENT, values), (DEPARTED, np.maximum(start - values[:, ::-1], 0.0))):
            parts.append(_rows(head | {"quantity": quantity}, own.filter(shown)["day"], found[shown]))
    return _placed(run, pl.concat(parts))


def _rows(head: dict[str, str], days: pl.Series, values: NDArray[np.float64]) -> pl.DataFrame:
    columns = {name: values[:, i].round(DECIMALS) for i, name in enumerate(QUANTILES)}
    return pl.DataFrame({"day": days, **columns}).with_columns(**{k: pl.lit(v) for k, v in head.items()})


def _placed(run: RunFolder, table: pl.DataFrame) -> pl.DataFrame:
    """With dates and places, in a fixed order."""
    points = {point.slug: point for point in from_resolved(run.manifest["resolved"]).points().values()}
    known = [
        (one, points[one].name, points[one].geonameid, points[one].lon, points[one].lat)
        for one in run.objectives
    ]
    kinds = {
        "place": pl.String,
        "name": pl.String,
        "geonameid": pl.Int64,
        "lon": pl.Float64,
        "lat": pl.Float64,
    }
    places = pl.DataFrame(known, schema=kinds, orient="row")
    dates = {day: run.as_of + timedelta(days=day) for day in table["day"].unique().to_list()}
    order = {name: i for i, name in enumerate((*run.courses, *run.objectives, THEATRE, PRESENT, DEPARTED))}
    return (
        table.join(places, on="place", how="left")
        .with_columns(date=pl.col("day").replace_strict(dates, return_dtype=pl.Date))
        .sort(*(pl.col(name).replace_strict(order) for name in ("course", "place")), "day",
              pl.col("quantity").replace_strict(order))
        .select(list(COLUMNS))
    )  # fmt: skip
