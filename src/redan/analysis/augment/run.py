"""Play a scenario as it is and with each thing that is added, on the same luck and parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from redan.analysis.ablation import compared, counted, levels, values
from redan.analysis.augment.changes import CHANGES, Change, described
from redan.analysis.compare import p_a_better
from redan.analysis.intervals import excludes_zero, mean_interval
from redan.analysis.points import Points, drawn, in_force, play_points
from redan.analysis.viewpoint import better_for
from redan.runs.collect import Progress
from redan.runs.prepare import DEFAULT_HORIZON_DAYS, DEFAULT_SEED, check, prepare
from redan.runs.run import no_progress
from redan.scenario.scenario import Scenario
from redan.theatre.compile import compile_theatre
from redan.vocabulary.errors import InputError, misnamed
from redan.vocabulary.outcomes import Measure, slug

DEFAULT_REPLICATIONS: Final = 100
Rows = dict[str, pl.DataFrame]  # by course


@dataclass(frozen=True)
class Addition:
    """What one change does to one measure in one course.

    Attributes
    ----------
    mean_difference, interval90
        Mean over pairs with the change minus as it is, of days each counted to the horizon at most, and
        its 90 % interval (Student's t); None for a single pair.
    p_better_with
        Share of pairs in which its owner is better off with it, ties half; of civilian harm, less harm.
    """

    course: str
    change: str
    measure: str
    unit: str
    mean_before: float
    mean_difference: float
    interval90: tuple[float, float] | None
    p_better_with: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval excludes 0."""
        return excludes_zero(self.interval90)


@dataclass(frozen=True, repr=False)
class Augmented:
    """Every change in every course."""

    scenario: str
    as_of: date
    seed: int
    replications: int
    horizon_days: int
    courses: tuple[str, ...]
    changes: tuple[Change, ...]
    additions: tuple[Addition, ...]
    levels: dict[str, dict[str, float]]

    def document(self) -> dict[str, Any]:
        """Return the document of `redan augment --json`."""
        return {
            "scenario": self.scenario,
            "as_of": self.as_of.isoformat(),
            "seed": self.seed,
            "replications": self.replications,
            "horizon_days": self.horizon_days,
            "courses": list(self.courses),
            "changes": [described(change) for change in self.changes],
            "difference": "mean over pairs on the same luck and parameters, with the change minus as it is",
            "interval": "90 % of that mean, Student's t over pairs",
            "additions": [
                {
                    "course": one.course,
                    "change": one.change,
                    "measure": one.measure,
                    "mean_difference": one.mean_difference,
                    "interval90": None if one.interval90 is None else list(one.interval90),
                    "p_better_with": one.p_better_with,
                }
                for one in self.additions
            ],
            "levels": self.levels,
        }

    def __repr__(self) -> str:
        said = f"{len(self.changes)} changes, {len(self.courses)} courses, {self.replications} pairs"
        return f"Augmented({self.scenario!r}, {said})"


def augment(
    scenario: Scenario,
    *,
    courses: Sequence[str] | None = None,
    changes: Sequence[str] | None = None,
    replications: int = DEFAULT_REPLICATIONS,
    horizon_days: int = DEFAULT_HORIZON_DAYS,
    seed: int = DEFAULT_SEED,
    posterior: str | Path | None = None,
    threads: int | None = None,
    progress: Progress = no_progress,
) -> Augmented:
    """Say what more drones for either side, and more or fewer years of digging, would do.

    Parameters
    ----------
    courses : names, by default every course
    changes : names of `changes.CHANGES`, by default every one
    replications : of each course, as it is and with each change; they are paired one by one
    posterior : what to draw from, as for a forecast

    Raises
    ------
    InputError : an unknown course or change, or a number out of its range
    KeyboardInterrupt : Ctrl-C
    """
    played = list(courses) if courses else list(scenario.courses)
    chosen = _chosen(changes or ())
    check(played, list(scenario.courses), replications, horizon_days, seed)
    parameters, fit = in_force(scenario, posterior)
    points = drawn(parameters, seed, range(replications))
    total = replications * len(played) * (1 + len(chosen))
    progress(0, total, "compile")
    before = 0

    def play(own: Scenario, at: Points) -> Rows:
        nonlocal before
        job = prepare(
            own, compile_theatre(own), courses=played, replications=replications,
            horizon_days=horizon_days, seed=seed, posterior=fit,
        )  # fmt: skip

        def note(done: int) -> None:
            progress(before + done, total, "campaigns")

        found = play_points(job.world, at, threads=threads, played=note)
        before += replications * len(played)
        return found

    objectives = [slug(name) for name in scenario.objectives]
    as_it_is = play(scenario, points)
    found: list[Addition] = []
    for change in chosen:
        rows = play(change.scenario(scenario), change.points(points, parameters))
        found += [
            _addition(course, change, measure, as_it_is[course], rows[course], horizon_days)
            for course in played
            for measure in compared(objectives)
        ]
    return Augmented(
        scenario=scenario.name,
        as_of=scenario.as_of,
        seed=seed,
        replications=replications,
        horizon_days=horizon_days,
        courses=tuple(played),
        changes=tuple(chosen),
        additions=tuple(found),
        levels={course: levels(as_it_is[course], objectives, horizon_days) for course in played},
    )


def _chosen(names: Sequence[str]) -> list[Change]:
    """The changes asked for.

    Raises
    ------
    InputError : unknown ones, and those named twice
    """
    known = [change.name for change in CHANGES]
    if faults := misnamed("--change", "change", names, known):
        raise InputError(faults)
    return [change for change in CHANGES if not names or change.name in names]


def _addition(
    course: str, change: Change, measure: Measure, before: pl.DataFrame, after: pl.DataFrame, horizon: int
) -> Addition:
    first, second = (counted(rows, measure, horizon) for rows in (before, after))
    mean = mean_interval(second - first, confidence=0.90) if first.size > 1 else None
    better = better_for(measure, change.owner)
    return Addition(
        course=course,
        change=change.name,
        measure=measure.name,
        unit=measure.unit,
        mean_before=float(first.mean()),
        mean_difference=float((second - first).mean()),
        interval90=None if mean is None else (mean.low, mean.high),
        p_better_with=p_a_better(values(after, measure), values(before, measure), better),
    )
