"""The study of one run as one plain document: all that a report shows is in it, and nothing else is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from redan.forecast.document import DAYS, document
from redan.forecast.study.bands import at_days, over_time
from redan.forecast.study.footing import parameters, posterior, rebuilding
from redan.forecast.study.ground import ground
from redan.forecast.study.outcomes import compared, endings, losses_by_cause, survival
from redan.runs.faults import refuse
from redan.runs.folder import RunFolder
from redan.scenario.load import from_resolved
from redan.scenario.scenario import Scenario
from redan.vocabulary.errors import Fault, InputError
from redan.vocabulary.outcomes import slug

#: Days shown beside the horizon where none are chosen: the last so many of the forecast's own.
SHOWN_BEFORE: Final = 3


def study(
    run: RunFolder,
    *,
    days: Sequence[int] = (),
    also: Sequence[int] = (),
    scenario: Scenario | None = None,
) -> dict[str, Any]:
    """Say what a run found, with all that a reader needs to judge it and to play it again.

    Parameters
    ----------
    days : days shown on maps and in tables, by default a few up to the horizon
    also : further days at which the shares of events are to be known, such as those that a source claims
    scenario : the run's scenario, where it has been rebuilt from the manifest already

    Raises
    ------
    InputError : a table is not the one that the run wrote, a day lies outside the run, or this version
        cannot read its scenario
    """
    altered = run.verify()
    if altered:
        raise refuse(
            run.path / altered[0], "is not the table that the run wrote", "run the forecast again"
        )  # fmt: skip
    chosen = chosen_days(days, run.horizon_days)
    known = scenario or from_resolved(run.manifest["resolved"])
    return {
        "scenario": run.scenario,
        "title": known.title,
        "summary": " ".join(known.summary.split()),
        "as_of": run.as_of.isoformat(),
        "real_place": known.real_place,
        "run": run.path.name,
        "seed": run.seed,
        "replications": run.done,
        "horizon_days": run.horizon_days,
        "days": [
            {"day": day, "date": (run.as_of + timedelta(days=day)).isoformat()} for day in chosen
        ],
        "courses": {name: " ".join(known.courses[name].summary.split()) for name in run.courses},
        "objectives": _objectives(known, run.objectives),
        "forecast": document(run),
        "survival": survival(run, [*chosen, *(day for day in also if 0 <= day <= run.horizon_days)]),
        "endings": endings(run, chosen),
        "comparison": compared(run),
        "over_time": over_time(run),
        "at_days": at_days(run, chosen),
        "losses_by_cause": losses_by_cause(run),
        "ground": ground(run, known, chosen),
        "parameters": parameters(run),
        "posterior": posterior(run),
        "rebuild": rebuilding(run, known),
    }  # fmt: skip


def chosen_days(asked: Sequence[int], horizon_days: int) -> list[int]:
    """Return the days to show, in order.

    Raises
    ------
    InputError : one of them lies outside the run
    """
    outside = [day for day in asked if not 0 < day <= horizon_days]
    if outside:
        raise InputError(
            Fault("--day", 0, str(day), "is not a day of this run", f"give one from 1 to {horizon_days}")
            for day in outside
        )
    before = [day for day in DAYS if day < horizon_days][-SHOWN_BEFORE:]
    return sorted(set(asked)) or [*before, horizon_days]


def _objectives(scenario: Scenario, slugs: Sequence[str]) -> dict[str, dict[str, Any]]:
    points = {slug(name): point for name, point in scenario.points().items()}
    return {
        name: {
            "name": points[name].name,
            "official": points[name].official,
            "residents": points[name].residents,
        }
        for name in slugs
    }
