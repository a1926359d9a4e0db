"""Gather what a page shows: the study of a run, the claims judged on it, an ablation where one is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from redan.analysis.ablation_reader import read_ablation
from redan.analysis.sensitivity.store import read as read_sensitivity
from redan.forecast.study.document import study
from redan.runs.folder import RunFolder
from redan.scenario.load import from_resolved
from redan.sources.claim_grounds import Finding
from redan.sources.claims import DurationCheck, ForecastCheck
from redan.views.case import Case
from redan.views.cli import show_claims
from redan.views.description import BOUNDARY
from redan.vocabulary.errors import InputError


def gather(
    run: Path,
    *,
    days: Sequence[int] = (),
    ablation: Path | None = None,
    sensitivity: Path | None = None,
    data: Path | None = None,
) -> dict[str, Any]:
    """Return the document of `redan report --json`, from which the page is made and nothing else.

    Parameters
    ----------
    days : days shown on maps and in tables
    ablation : what `redan ablate --json` wrote for the same scenario
    sensitivity : folder of a `redan sensitivity` of the same scenario
    data : folder of the datasets that claims are checked against

    Raises
    ------
    InputError : the run, a day or the ablation is at fault
    """
    folder = RunFolder(run)
    scenario = from_resolved(folder.manifest["resolved"])
    case = Case(scenario, scenario.name)
    listed = case.read_claims()
    findings = [] if listed is None else _nameless(case.claims(run=folder.path, data=data), folder.path)
    durations = _durations(findings)
    claims = None
    if listed is not None:
        source = {"title": listed.source.title, "date": listed.source.date.isoformat()}
        said = show_claims.document(scenario.name, scenario.as_of, findings)
        claims = {"source": source | {"note": listed.source.note}, **said}
    also = [row["days"] for row in durations]
    return {
        **study(folder, days=days, also=also, scenario=scenario),
        "claims": claims,
        "durations": durations,
        "ablation": None if ablation is None else _ablation(ablation, folder),
        "sensitivity": None if sensitivity is None else _sensitivity(sensitivity, folder),
        "boundary": BOUNDARY,
    }


def _nameless(findings: Sequence[Finding], run: Path) -> list[Finding]:
    """Name the run's folder and not its path: a page is handed on, and is the same wherever it was made."""
    return [replace(finding, says=finding.says.replace(str(run), run.name)) for finding in findings]


def _durations(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """What the sources say of time: durations they claim, and questions that a forecast answers by a day."""
    found = []
    for finding in findings:
        claim, check = finding.claim, finding.claim.check
        if isinstance(check, DurationCheck):
            days, events, courses = check.says_days, [], []
        elif isinstance(check, ForecastCheck):
            days, events, courses = check.within_days, [*check.events], [*check.courses]
        else:
            continue
        found.append(
            {
                "id": claim.id,
                "kind": check.kind,
                "who": claim.who,
                "says": claim.says,
                "days": int(days),
                "events": events,
                "courses": courses,
                "verdict": finding.verdict,
                "independent": finding.says,
            }
        )
    return found


def _ablation(file: Path, run: RunFolder) -> dict[str, Any]:
    found = read_ablation(file)
    _same(file, run, found.scenario, found.as_of.isoformat())
    return found.document()


def _sensitivity(folder: Path, run: RunFolder) -> dict[str, Any]:
    found = read_sensitivity(folder)
    _same(folder, run, found["scenario"], found["as_of"])
    return found


def _same(file: Path, run: RunFolder, scenario: str, as_of: str) -> None:
    if (scenario, as_of) != (run.scenario, run.as_of.isoformat()):
        problem = f"is one of {scenario} as of {as_of}, not of {run.scenario} as of {run.as_of}"
        raise InputError.of(str(file), 1, "scenario", problem, "give one of the run's scenario")
