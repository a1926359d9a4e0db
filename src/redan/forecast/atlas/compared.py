"""Two courses, of one run or of two, compared pair by pair on the same luck."""

from __future__ import annotations

from typing import Any

from redan.analysis.censored import of_course
from redan.analysis.compare import RESTRICTED, compare_rows
from redan.forecast.atlas.results import course_of
from redan.forecast.result import Forecast
from redan.runs.folder import RunFolder
from redan.vocabulary.errors import InputError
from redan.vocabulary.outcomes import LOWER, Measure


def compared(
    a: Forecast, b: Forecast, *, course_a: str | None = None, course_b: str | None = None
) -> dict[str, Any]:
    """Compare a course of one run with a course of the same or another run.

    Returns
    -------
    `a` and `b` (run and course), `pairs`, and `rows`: a row for each event and measure that both have, as in
    `comparison` of a forecast, with unit and direction of "better".

    Raises
    ------
    InputError : no such course; or the runs do not share seed and horizon, and so not their luck
    """
    first, second = a.run, b.run
    one, other = course_of(first, course_a), course_of(second, course_b)
    _check(first, second)
    n = min(first.done, second.done)
    theirs = {measure.name for measure in second.measures}
    measures = {measure.name: measure for measure in first.measures if measure.name in theirs}
    known = set(second.event_ids(other))
    events = [event for event in first.event_ids(one) if event in known]
    rows = compare_rows(
        ("a", of_course(first.replications, one).head(n)),
        ("b", of_course(second.replications, other).head(n)),
        events,
        list(measures.values()),
        first.horizon_days,
    )
    return {
        "a": {"run": first.path.name, "course": one},
        "b": {"run": second.path.name, "course": other},
        "pairs": n,
        "rows": [{**row.document(), **_facts(measures.get(row.measure), row.measure)} for row in rows],
    }


def _facts(measure: Measure | None, name: str) -> dict[str, str]:
    """Unit, direction of "better" and meaning: of events, days and the sooner."""
    if measure is not None:
        return {"unit": measure.unit, "better": measure.better, "meaning": measure.meaning}
    capped = "; the horizon where it never came" if name.startswith(RESTRICTED) else ""
    return {"unit": "days", "better": LOWER, "meaning": f"day of the event{capped}"}


def _check(first: RunFolder, second: RunFolder) -> None:
    for field, one, other in (
        ("seed", first.seed, second.seed),
        ("horizon_days", first.horizon_days, second.horizon_days),
    ):
        if one != other:
            problem = f"the runs have {one} and {other}, and do not share their luck"
            raise InputError.of("request", 0, field, problem, "run one of them again with the other's")
