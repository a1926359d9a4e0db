"""Single campaigns of a run for a map: which to look at, who held what week by week, and the story."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import h3
import numpy as np
import polars as pl
from numpy.typing import NDArray

from redan.analysis.censored import of_course
from redan.analysis.trace.about_theatre import ATTACKER_HOLDS
from redan.analysis.trace.choose import RULE, choose
from redan.forecast.atlas.results import DAYS_PER_WEEK, STEPS, course_of, packed
from redan.forecast.result import Forecast
from redan.forecast.study.geojson import DECIMALS
from redan.forecast.study.ground import cells, held
from redan.forecast.study.outcomes import short
from redan.forecast.tracing import played_again, record_of
from redan.runs.folder import RunFolder
from redan.runs.replay import Replay, recorded
from redan.runs.tables import ABOUT
from redan.scenario.load import from_resolved
from redan.vocabulary.errors import InputError
from redan.vocabulary.outcomes import slug

#: Kinds of the log that change the state of a stronghold.
SITE_KINDS: Final = [kind for kind, about in ABOUT.items() if about == "site"]
#: How a page names the choices of `redan trace`: luck as the attacker sees it.
CHOICES: Final[Mapping[str, str]] = {"median": "median", "luckiest": "soonest", "unluckiest": "latest"}
NOT_MEASURES: Final = ("course", "replication", "day")


def choices(found: Forecast, course: str | None) -> dict[str, Any]:
    """Return the numbers of the median, the luckiest and the unluckiest replication of a course."""
    name = course_of(found.run, course)
    rows = of_course(found.run.replications, name)
    chosen = {word: choose(rows, choice) for word, choice in CHOICES.items()}
    return {"course": name, **chosen, "count": rows.height, "rule": f"{RULE}; luck as the attacker sees it"}


def campaign(found: Forecast, replication: int, course: str | None) -> dict[str, Any]:
    """Return one campaign: who held each cell at the end of each week, what became of strongholds (`sites`:
    day, site, kind, value), its events, and every measure by day.

    Raises
    ------
    InputError : no such course or replication, or it cannot be played again here
    """
    run = found.run
    name = course_of(run, course)
    _check(run, replication)
    record = record_of(of_course(run.replications, name), replication)
    kept = recorded(run, name, replication)
    whole = kept if kept is not None else _again(run, name, replication, record)
    weeks, states = _by_week(run, name, whole)
    series = whole.series.sort("day")
    return {
        "course": name,
        "replication": replication,
        "days": [DAYS_PER_WEEK * week for week in weeks],
        "n_cells": states.shape[1],
        "values": packed(states * np.uint8(STEPS)),
        "series_days": series["day"].to_list(),
        "series": {
            column: short(series[column].to_numpy())
            for column in series.columns
            if column not in NOT_MEASURES
        },
        "sites": _sites(whole),
        "events": {event: record[event] for event in run.event_ids(name)},
        "kept": kept is not None,
    }


def story(found: Forecast, replication: int, course: str | None) -> dict[str, Any]:
    """Return the story of one campaign with the place of each entry.

    Returns
    -------
    The document of `redan trace --json`, and `entries`: its timeline with `lon`, `lat` (None where an entry
    is about the whole theatre) and `cause` (why an objective ended as it did, at the entry that ended it).

    Raises
    ------
    InputError : as `campaign`
    """
    run = found.run
    name = course_of(run, course)
    _check(run, replication)
    told = found.trace(name, replication)
    scenario = from_resolved(run.manifest["resolved"])
    towns = {slug(town): (point.lon, point.lat) for town, point in scenario.points().items()}
    causes = {
        (one["objective"], one["day"]): one["text"] for one in told["objectives"] if one["day"] is not None
    }
    entries = []
    for entry in told["timeline"]:
        lon, lat = _place(entry, towns)
        cause = causes.get((entry["objective"], entry["day"])) if entry["kind"] in ENDS else None
        entries.append({**entry, "lon": lon, "lat": lat, "cause": cause})
    return {**told, "run": run.path.name, "entries": entries}


#: Entries at which the hold of an objective ends.
ENDS: Final = ("taken", "withdrawal")


def _check(run: RunFolder, replication: int) -> None:
    if not 0 <= replication < run.done:
        problem = "is not a replication of this run"
        raise InputError.of("request", 0, "replication", problem, f"give a number from 0 to {run.done - 1}")


def _again(run: RunFolder, course: str, replication: int, record: Mapping[str, Any]) -> Replay:
    """Play a campaign again from its key."""
    from redan.forecast.run import rebuilt  # brings the engine

    _, _, job = rebuilt(run.manifest)
    return played_again(run, job, course, replication, record)[0]


def _sites(whole: Replay) -> list[dict[str, Any]]:
    """What became of strongholds, by day: sealed, cleared, given up and the like."""
    rows = whole.events.filter(pl.col("kind").cast(pl.String).is_in(SITE_KINDS)).sort(
        "day", maintain_order=True
    )
    return [
        {"day": day, "site": site, "kind": kind, "value": value}
        for day, site, kind, value in rows.select("day", "entity", "kind", "value").iter_rows()
    ]


def _by_week(run: RunFolder, course: str, whole: Replay) -> tuple[list[int], NDArray[np.uint8]]:
    """Whether the attacker held each cell at the end of each week: weeks, and 1 or 0 [week, cell]."""
    weeks: list[int] = run.control["week"].unique().sort().to_list()
    place = {cell: i for i, cell in enumerate(cells(run))}
    now = (held(run, [0])[course][0] > 0).astype(np.uint8)
    states = np.empty((len(weeks), now.size), np.uint8)
    flips = whole.events.filter(pl.col("kind") == "control").sort("day", maintain_order=True)
    rows = list(flips.select("day", "entity", "value").iter_rows())
    at = 0
    for i, week in enumerate(weeks):
        while at < len(rows) and rows[at][0] <= DAYS_PER_WEEK * week:
            _, cell, value = rows[at]
            now[place[cell]] = value == ATTACKER_HOLDS
            at += 1
        states[i] = now
    return weeks, states


def _place(
    entry: Mapping[str, Any], towns: Mapping[str, tuple[float, float]]
) -> tuple[float | None, float | None]:
    """Where an entry is shown: its cell, else its objective; (None, None) where it has neither."""
    if entry["cell"] is not None:
        lat, lon = h3.cell_to_latlng(entry["cell"])
        return round(lon, DECIMALS), round(lat, DECIMALS)
    return towns.get(entry["objective"] or "", (None, None))
