"""The JSON document of a forecast (DESIGN 10): a contract, other programs read it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl

from redan.analysis.censored import of_course
from redan.analysis.compare import compare_courses
from redan.analysis.summary import event_summaries, measure_summaries
from redan.forecast.outside.claimed import claimed_times
from redan.forecast.outside.view import POOLED_COURSE, objectives, view_document
from redan.runs.folder import RunFolder
from redan.runs.tables import Tables
from redan.vocabulary.outcomes import Measure, event_names

#: Days, inside the horizon, at which probabilities are given beside it.
DAYS: Final = (30, 90, 180, 365, 730, 1095)


def document(run: RunFolder) -> dict[str, Any]:
    """Say what a run forecasts, as plain data.

    Returns
    -------
    The document of DESIGN 10. `replications` is the number the statements rest on, smaller than what was
    asked for where the run was stopped early. Measures also hold `restricted_mean_days:EVENT` (the event's
    day or the horizon, whichever is first). `comparison` holds every pair of courses on every event both
    can bring, its restricted days, and every measure.
    """
    courses = {course: run.event_ids(course) for course in run.courses}
    said = _document(
        run.manifest, run.done, str(run.path), run.replications, courses, run.measures
    )  # fmt: skip
    return said | {"outside_view": outside_view(run)}


def outside_view(run: RunFolder) -> dict[str, Any]:
    """Say what past battles say of each objective, beside the simulator, and both pooled."""
    found = objectives(run.manifest, run.daily, run.replications)
    days = [day for day in DAYS if day < run.horizon_days]
    claimed = claimed_times(run.manifest, POOLED_COURSE)
    return view_document(found, run.manifest, [*days, run.horizon_days], claimed)


def provisional(tables: Tables, path: str) -> dict[str, Any]:
    """Say what a run that is still going on forecasts from the replications it has (DESIGN 12)."""
    request = tables.request
    courses = {c["name"]: event_names(request["objectives"], c["axes"]) for c in request["courses"]}
    return _document(request, tables.done, path, tables.replications, courses, measures_of(request))


def measures_of(request: Mapping[str, Any]) -> list[Measure]:
    """Return the measures that a manifest lists."""
    names = [field.name for field in dataclasses.fields(Measure)]
    return [Measure(**{name: entry[name] for name in names}) for entry in request["measures"]]


def _document(
    request: Mapping[str, Any],
    done: int,
    path: str,
    replications: pl.DataFrame,
    courses: Mapping[str, Sequence[str]],
    measures: Sequence[Measure],
) -> dict[str, Any]:
    horizon = int(request["horizon_days"])
    compared = compare_courses(replications, list(courses), courses, measures, horizon)
    return {
        "scenario": request["scenario"],
        "as_of": request["as_of"],
        "seed": request["seed"],
        "replications": done,
        "horizon_days": horizon,
        "run": path,
        "courses": {
            course: _course(of_course(replications, course), events, measures, horizon)
            for course, events in courses.items()
        },
        "comparison": [comparison.document() for comparison in compared],
    }


def _course(
    rows: pl.DataFrame, events: Sequence[str], measures: Sequence[Measure], horizon: int
) -> dict[str, Any]:
    by_event = event_summaries(rows, events)
    by_measure = measure_summaries(rows, measures, events, horizon)
    return {
        "events": {name: dataclasses.asdict(summary) for name, summary in by_event.items()},
        "measures": {name: dataclasses.asdict(summary) for name, summary in by_measure.items()},
    }


def to_json(content: Mapping[str, Any]) -> str:
    """Write a document as strict JSON: NaN and infinity are refused, what is not identified is null."""
    return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
