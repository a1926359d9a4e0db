"""Play a scenario as it is and with each thing that is added, on the same luck and parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from redan.analysis.ablation import compared, levels
from redan.analysis.asked import is_asked
from redan.analysis.augment.changes import CHANGES, Change, described
from redan.analysis.effect import Effect, columns, effect, in_short
from redan.analysis.points import Points, drawn, in_force, play_points
from redan.analysis.shown import shown
from redan.runs.collect import Progress
from redan.runs.prepare import DEFAULT_HORIZON_DAYS, DEFAULT_SEED, check, prepare
from redan.runs.run import no_progress
from redan.scenario.scenario import Scenario
from redan.theatre.compile import compile_theatre
from redan.vocabulary.errors import InputError, misnamed
from redan.vocabulary.outcomes import slug

DEFAULT_REPLICATIONS: Final = 100
#: What documents and tables call `Effect.p_better_with` of a change.
SHARE: Final = "p_better_with"
Rows = dict[str, pl.DataFrame]  # by course


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
    additions: tuple[Effect, ...]
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
            "additions": [one.document("change", SHARE) for one in self.additions],
            "levels": self.levels,
        }

    def table(self, measures: Sequence[str] | None = None) -> pl.DataFrame:
        """Return every comparison as a row: with the change minus as it is.

        Parameters
        ----------
        measures : ids such as `losses:attacker`, or kinds such as `losses`; by default every measure
        """
        rows = [one.row() for one in self.additions if is_asked(one.measure, measures)]
        return pl.DataFrame(rows, schema=columns("change", SHARE), orient="row")

    def _repr_html_(self) -> str:
        """Show what each change does in a notebook."""
        caption = (
            f"{self.scenario}, day 0 is {self.as_of}: with the change minus as it is, mean over"
            f" {self.replications:,} pairs on the same luck (90 % interval); * the interval excludes 0."
            f" Days are counted to day {self.horizon_days:,} at most."
        )
        return shown((), [(caption, in_short(self.additions, "change"))])

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
    found: list[Effect] = []
    for change in chosen:
        rows = play(change.scenario(scenario), change.points(points, parameters))
        found += [
            effect(
                course, change.name, measure, owner=change.owner, with_it=rows[course],
                without=as_it_is[course], horizon_days=horizon_days, is_added=True,
            )
            for course in played
            for measure in compared(objectives)
        ]  # fmt: skip
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
