"""What a page shows of a run: documents made of its folder, plain data all of them."""

from __future__ import annotations

import base64
import dataclasses
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from redan.forecast.atlas.theatre import theatre_document
from redan.forecast.headline import headline
from redan.forecast.result import Forecast
from redan.forecast.study.bands import by_week
from redan.forecast.study.ground import held
from redan.forecast.study.outcomes import survival
from redan.runs.folder import RunFolder
from redan.scenario.load import from_resolved
from redan.theatre.compile import compile_theatre
from redan.vocabulary.errors import InputError, suggest
from redan.vocabulary.outcomes import slug

#: Steps of a probability in a byte.
STEPS: Final = 255
DAYS_PER_WEEK: Final = 7


def run_theatre(found: Forecast) -> dict[str, Any]:
    """Return the theatre of a run's own scenario, with the changes it was played with."""
    manifest = found.run.manifest
    scenario = from_resolved(manifest["resolved"])
    return theatre_document(scenario, compile_theatre(scenario, layers_off=manifest["layers_off"]))


def summary(found: Forecast) -> dict[str, Any]:
    """Return the document of a forecast, its headline, and what is needed to read it."""
    run, document = found.run, found.to_dict()
    scenario = from_resolved(run.manifest["resolved"])
    points = {slug(name): point for name, point in scenario.points().items()}
    grades = Counter(parameter["grade"] for parameter in run.manifest["parameters"].values())
    return {
        **document,
        "run": run.path.name,
        "requested": run.requested,
        "headline": headline(document),
        "objectives": {
            name: {key: getattr(points[name], key) for key in ("name", "official", "residents", "lon", "lat")}
            for name in run.objectives
        },
        "measures": {measure.name: dataclasses.asdict(measure) for measure in run.measures},
        "parameters": {"total": sum(grades.values()), "by_grade": {g: grades[g] for g in "ABC"}},
        "layers_off": run.manifest["layers_off"],
    }


def survival_curves(found: Forecast) -> dict[str, Any]:
    """Return the share of replications in which each event has not come, by week."""
    return survival(found.run, ())


def daily(found: Forecast, wanted: Sequence[str]) -> dict[str, Any]:
    """Return quantiles by week of the measures wanted, of every measure where none is named.

    Raises
    ------
    InputError : the run has no such measure
    """
    known = [measure.name for measure in found.run.measures]
    for name in wanted:
        if name not in known:
            raise InputError.of(
                "request", 0, "measure", f"there is no measure {name!r}", suggest(name, known)
            )
    return by_week(found.run, list(dict.fromkeys(wanted)) or known)


def course_of(run: RunFolder, course: str | None) -> str:
    """Return the course asked for, by default the first.

    Raises
    ------
    InputError : the run has no such course
    """
    if course is None:
        return run.courses[0]
    if course not in run.courses:
        problem = f"the run has no course {course!r}"
        raise InputError.of("request", 0, "course", problem, suggest(course, run.courses))
    return course


def control(found: Forecast, course: str | None) -> dict[str, Any]:
    """Return the probability that the attacker holds each cell at the end of each week.

    Returns
    -------
    `values`: base64 of bytes, week by week and in each cell by cell, 255 being 1.
    """
    run = found.run
    name = course_of(run, course)
    weeks = run.control["week"].unique().sort().to_list()
    counts = held(run, weeks)[name]
    shares = np.rint(counts * (STEPS / run.done)).astype(np.uint8)
    return {
        "course": name,
        "days": [DAYS_PER_WEEK * week for week in weeks],
        "n_cells": counts.shape[1],
        "values": packed(shares),
        "replications": run.done,
    }


def packed(values: NDArray[np.uint8]) -> str:
    """Return bytes as text that JSON can hold."""
    return base64.b64encode(np.ascontiguousarray(values).tobytes()).decode("ascii")
