"""What the views show of a run beside its document: the run that claims are judged on, and its footing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from redan.forecast.result import Forecast
from redan.forecast.run import open_forecast
from redan.runs.run import RUNS
from redan.sources.claim_grounds import RunFacts
from redan.vocabulary.errors import InputError


def find_run(scenario: str, given: Path | None) -> Forecast | None:
    """Open the run given, or the newest finished one of a scenario in `redan-runs`; None where there is none.

    Raises
    ------
    InputError
        The run given cannot be read, or is one of another scenario.
    """
    if given is not None:
        found = open_forecast(given)
        if found.run.scenario != scenario:
            problem = f"is a run of {found.run.scenario}, not of {scenario}"
            raise InputError.of("--run", 0, str(given), problem, "give a run of this scenario")
        return found
    folders = sorted(Path(RUNS).glob(f"{scenario}-*"), key=lambda path: path.stat().st_mtime, reverse=True)
    for folder in folders:
        try:
            found = open_forecast(folder)
        except InputError:  # cut off or foreign: nobody asked for this one
            continue
        if found.run.scenario == scenario:
            return found
    return None


def run_facts(found: Forecast) -> RunFacts:
    """What claims are judged on."""
    told = found.to_dict()
    return RunFacts(
        path=str(found.path),
        replications=found.run.done,
        horizon_days=found.run.horizon_days,
        p_by_day=found.by_day(),
        day={
            course: {event: row["day"] for event, row in rows["events"].items()}
            for course, rows in told["courses"].items()
        },
        comparison=told["comparison"],
    )


def footing(found: Forecast) -> dict[str, Any]:
    """What a forecast rests on: its parameters by grade, and the replications asked for."""
    grades = Counter(parameter["grade"] for parameter in found.run.manifest["parameters"].values())
    fit = found.run.manifest.get("posterior")
    return {
        "requested": found.run.requested,
        "posterior": None if fit is None else {"name": fit["name"], "columns": fit["content"]["columns"]},
        "parameters": {
            "total": sum(grades.values()),
            "by_grade": {grade: grades[grade] for grade in "ABC"},
        },
    }


def story(run: Path, *, course: str | None, replication: str | None, is_full: bool) -> dict[str, Any]:
    """Tell one campaign of a run, with progress on stderr where it has to be played again.

    Raises
    ------
    InputError
        The run, the course or the replication is at fault.
    """
    from redan.views.cli.progress import progress

    with progress() as (report, _):
        return open_forecast(run).trace(course, replication, is_full=is_full, progress=report)
