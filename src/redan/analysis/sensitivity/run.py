"""Play the two designs of a sensitivity study: trajectories of groups, then pick-freeze on what is left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from redan.analysis.asked import asked_measures, counted
from redan.analysis.influence import rank_parameters
from redan.analysis.points import Points, drawn, in_force, joined, play_points
from redan.analysis.sensitivity.factors import CHANCE, LUCK, Factor, by_grade, by_group, pooled, uncertain
from redan.analysis.sensitivity.indices import salib, sobol_indices, split
from redan.analysis.sensitivity.result import LISTED_LEVEL, Sensitivity, Shares
from redan.analysis.sensitivity.screening import moves, strongest, trajectories
from redan.runs.collect import Progress
from redan.runs.prepare import DEFAULT_HORIZON_DAYS, DEFAULT_SEED, prepare
from redan.runs.run import Job, no_progress
from redan.scenario.scenario import Scenario
from redan.theatre.compile import compile_theatre
from redan.vocabulary.errors import InputError, out_of_range
from redan.vocabulary.outcomes import Measure, slug
from redan.vocabulary.parameters import Parameter

F64 = NDArray[np.float64]
LEAST_TRAJECTORIES: Final = 4
LEAST_SAMPLES: Final = 16
MOST: Final = 1_000_000
#: Single parameters listed for each measure.
MOST_LISTED: Final = 8
Play = Callable[[Points], pl.DataFrame]


@dataclass(frozen=True)
class Budget:
    """How much is played.

    Attributes
    ----------
    trajectories
        Of the screening; each has a campaign for every group and two more.
    samples
        Points of A, and of B; each has a campaign for every factor that is left and three more.
    keep
        Groups that the screening leaves; the others stay uncertain and are shown as one.
    """

    trajectories: int = 40
    samples: int = 512
    keep: int = 8


DEFAULT_BUDGET: Final = Budget()


def sensitivity(
    scenario: Scenario,
    *,
    course: str | None = None,
    measures: Sequence[str] | None = None,
    budget: Budget = DEFAULT_BUDGET,
    split_groups: Sequence[str] = (),
    horizon_days: int = DEFAULT_HORIZON_DAYS,
    seed: int = DEFAULT_SEED,
    posterior: str | Path | None = None,
    threads: int | None = None,
    progress: Progress = no_progress,
) -> Sensitivity:
    """Say where the spread of a course's results comes from.

    Parameters
    ----------
    course : by default the first of the scenario
    measures : events and measures, by default `asked.HEADLINE`
    budget : how much is played
    split_groups : groups to be looked at parameter by parameter
    posterior : what to draw from, as for a forecast

    Raises
    ------
    MissingExtra : SALib is not installed
    InputError : an unknown course, measure or group, or a number out of its range
    KeyboardInterrupt : Ctrl-C
    """
    salib()
    parameters, fit = in_force(scenario, posterior)
    wanted = asked_measures(measures, [slug(name) for name in scenario.objectives])
    _check(budget)
    samples = budget.samples
    factors = by_group(parameters, split_groups)
    job = prepare(
        scenario,
        compile_theatre(scenario),
        courses=[course or next(iter(scenario.courses))],
        replications=2 * samples,
        horizon_days=horizon_days,
        seed=seed,
        posterior=fit,
    )
    grades = by_grade(parameters)
    total = budget.trajectories * (len(factors) + 2)
    # An estimate: a fit that is kept is a factor and a grade at once.
    total += samples * (3 + min(budget.keep + 1, len(factors)) + len(grades))
    played = _player(job, total, threads, progress)

    laid = trajectories(factors, parameters, budget.trajectories, seed=seed)
    rows = played(laid.points)
    screening = moves(laid, {m.name: counted(rows, m, horizon_days) for m in wanted}, seed=seed)
    kept = strongest(screening, budget.keep)
    left = pooled(factors, kept, parameters)
    shares = _shares(wanted, left, grades, parameters, samples, seed, horizon_days, played)
    return Sensitivity(
        scenario=scenario.name,
        as_of=scenario.as_of,
        course=job.world.courses[0],
        seed=seed,
        horizon_days=horizon_days,
        n_trajectories=budget.trajectories,
        samples=samples,
        campaigns=laid.points.luck.size + samples * (2 + len(_changed(left, grades))),
        posterior=None if isinstance(fit, str) else fit.named(),
        measures=tuple(wanted),
        factors=tuple(factors),
        kept=tuple(kept),
        grades={one.name: len(one.parameters) for one in grades},
        screening=tuple(screening),
        shares=shares,
    )


def _check(budget: Budget) -> None:
    faults = out_of_range(
        ("--trajectories", budget.trajectories, LEAST_TRAJECTORIES, MOST),
        ("--samples", budget.samples, LEAST_SAMPLES, MOST),
        ("--keep", budget.keep, 1, MOST),
    )
    if faults:
        raise InputError(faults)


def _player(job: Job, total: int, threads: int | None, progress: Progress) -> Play:
    """Play points of the job's one course, with one count of what is done over both designs."""
    before = 0
    progress(0, total, "compile")

    def play(points: Points) -> pl.DataFrame:
        nonlocal before
        found = play_points(
            job.world,
            points,
            threads=threads,
            played=lambda done: progress(before + done, total, "campaigns"),
        )
        before += points.luck.size
        return found[job.world.courses[0]]

    return play


def _changed(factors: Sequence[Factor], grades: Sequence[Factor]) -> list[Factor]:
    """What is changed in turn, each once."""
    return list({one.name: one for one in (*factors, LUCK, *grades)}.values())


def _shares(
    measures: Sequence[Measure],
    factors: Sequence[Factor],
    grades: Sequence[Factor],
    parameters: Mapping[str, Parameter],
    samples: int,
    seed: int,
    horizon_days: int,
    play: Play,
) -> tuple[Shares, ...]:
    """Points A and B are even and odd replications of the forecast of that seed, parameters and luck."""
    a, b = (drawn(parameters, seed, range(start, 2 * samples, 2)) for start in (0, 1))
    changed = _changed(factors, grades)
    parts = [a, b, *(a.with_block(b, one.columns, luck=one.is_chance) for one in changed)]
    rows = play(joined(parts))
    names = uncertain(parameters)
    columns = [position for position, name in enumerate(parameters) if name in names]
    inputs = np.concatenate([a.values, b.values])[:, columns]
    found = []
    for measure in measures:
        y = counted(rows, measure, horizon_days).reshape(len(parts), samples)
        mixed = {one.name: y[2 + i] for i, one in enumerate(changed)}
        own = np.concatenate([y[0], y[1]])
        listed = rank_parameters(names, inputs, own, seed=seed) if np.ptp(own) > 0.0 else []

        def indices(of: Sequence[Factor], y: F64 = y, mixed: Mapping[str, F64] = mixed) -> tuple:  # type: ignore[type-arg]
            stacked = np.stack([mixed[one.name] for one in of])
            return tuple(sobol_indices([one.name for one in of], y[0], y[1], stacked, seed=seed))

        found.append(
            Shares(
                measure=measure.name,
                unit=measure.unit,
                mean=float(own.mean()),
                sd=float(own.std(ddof=1)),
                split=split(y[0], y[1], mixed[CHANCE], seed=seed),
                groups=indices([*factors, LUCK]),
                grades=indices(grades),
                strongest=tuple(one for one in listed[:MOST_LISTED] if one.p_any <= LISTED_LEVEL),
            )
        )
    return tuple(found)
