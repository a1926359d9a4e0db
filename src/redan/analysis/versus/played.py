"""Play alternatives, or read them from runs, so that replication k of one pairs with k of another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from redan.analysis.asked import counted
from redan.analysis.censored import of_course
from redan.analysis.points import Points, drawn, in_force, joined, play_points
from redan.analysis.versus.pairing import Crossed, partner
from redan.analysis.versus.specs import OPTION, Spec
from redan.runs.collect import Progress
from redan.runs.folder import RunFolder
from redan.runs.prepare import prepare
from redan.runs.tables import PARAMETER
from redan.scenario.load import load_scenario
from redan.theatre.compile import compile_theatre
from redan.vocabulary.errors import InputError
from redan.vocabulary.outcomes import Measure, slug

F64 = NDArray[np.float64]


@dataclass(frozen=True)
class Size:
    """How much is played of each alternative, whether crossed points too, and what parameters come from."""

    replications: int
    horizon_days: int
    seed: int
    is_crossed: bool = True
    posterior: str | Path | None = None


@dataclass(frozen=True)
class Alternative:
    """One alternative and what came of it.

    Attributes
    ----------
    rows
        As in `replications.parquet`, in the order of replications.
    crossed
        The same parameters on the luck of the other replication of each couple; None where not played.
    """

    label: str
    scenario: str
    objectives: tuple[str, ...]
    horizon_days: int
    rows: pl.DataFrame
    crossed: pl.DataFrame | None

    def values(self, measure: Measure) -> F64:
        """A measure by replication, a day counted to the horizon at most."""
        return counted(self.rows, measure, self.horizon_days)

    def both(self, measure: Measure) -> Crossed | None:
        """A measure at own and crossed points."""
        if self.crossed is None:
            return None
        return Crossed(self.values(measure), counted(self.crossed, measure, self.horizon_days))

    def uncertain(self) -> list[str]:
        """Parameters that vary."""
        names = [name for name in self.rows.columns if name.startswith(PARAMETER)]
        return [name for name in names if self.rows[name].n_unique() > 1]


@dataclass(frozen=True)
class Plan:
    """What is to be played, or was read: known before anything is played."""

    labels: tuple[str, ...]
    campaigns: int
    play: Callable[[Callable[[int], None]], list[Alternative]]


def gather(
    specs: Sequence[Spec], size: Size, *, threads: int | None, progress: Progress
) -> tuple[list[Alternative], int]:
    """Play or read every alternative.

    Returns
    -------
    The alternatives, and the replications of each that pair.

    Raises
    ------
    InputError : fewer than two, two of one name, or runs of different seeds or horizons
    KeyboardInterrupt : Ctrl-C
    """
    plans = [_read(spec, size) if spec.run is not None else _ready(spec, size, threads) for spec in specs]
    _check([label for plan in plans for label in plan.labels])
    total = sum(plan.campaigns for plan in plans)
    progress(0, max(total, 1), "compile")
    found: list[Alternative] = []
    before = 0
    for plan in plans:

        def note(done: int, before: int = before) -> None:
            progress(before + done, total, "campaigns")

        found += plan.play(note)
        before += plan.campaigns
    n = min(one.rows.height for one in found)
    return [_first(one, n) for one in found], n


def _ready(spec: Spec, size: Size, threads: int | None) -> Plan:
    """Load and compile an alternative."""
    assert spec.scenario is not None
    scenario = load_scenario(spec.scenario, sets=spec.sets, overlays=spec.overlays)
    parameters, fit = in_force(scenario, size.posterior)
    job = prepare(
        scenario,
        compile_theatre(scenario),
        courses=None if spec.course is None else [spec.course],
        replications=size.replications,
        horizon_days=size.horizon_days,
        seed=size.seed,
        posterior=fit,
    )
    n, world = size.replications, job.world
    own = drawn(parameters, size.seed, range(n))
    points = joined([own, Points(own.values, own.luck[partner(n)])]) if size.is_crossed else own
    courses = world.courses
    labels = tuple(_label(spec, course) for course in courses)

    def play(played: Callable[[int], None]) -> list[Alternative]:
        rows = play_points(world, points, threads=threads, played=played)
        return [
            Alternative(
                label=label,
                scenario=scenario.name,
                objectives=tuple(slug(name) for name in scenario.objectives),
                horizon_days=size.horizon_days,
                rows=rows[course].head(n),
                crossed=rows[course].tail(n) if size.is_crossed else None,
            )
            for label, course in zip(labels, courses, strict=True)
        ]

    return Plan(labels, points.luck.size * len(courses), play)


def _label(spec: Spec, course: str) -> str:
    return spec.shown if spec.course is not None else "+".join((f"{spec.scenario}:{course}", *spec.changes))


def _read(spec: Spec, size: Size) -> Plan:
    """Read a run's courses; they pair with others of its seed."""
    assert spec.run is not None
    run = RunFolder(spec.run)
    if run.seed != size.seed or run.horizon_days != size.horizon_days:
        problem = (
            f"has seed {run.seed} and {run.horizon_days} days, the others {size.seed} and {size.horizon_days}"
        )
        remedy = f"give --seed {run.seed} --horizon-days {run.horizon_days}, or other runs"
        raise InputError.of(str(spec.run), 1, "manifest", problem, remedy)
    found = [
        Alternative(
            label=f"{spec.shown}:{course}",
            scenario=run.scenario,
            objectives=tuple(run.objectives),
            horizon_days=run.horizon_days,
            rows=of_course(run.replications, course),
            crossed=None,
        )
        for course in run.courses
    ]
    return Plan(tuple(one.label for one in found), 0, lambda played: found)


def _check(labels: Sequence[str]) -> None:
    if len(labels) < 2:
        raise InputError.of(OPTION, 0, labels[0] if labels else "", "is alone", "name two or more")
    for label in labels:
        if labels.count(label) > 1:
            raise InputError.of(OPTION, 0, label, "is named twice", "name it once")


def _first(one: Alternative, n: int) -> Alternative:
    """The first n replications; a couple that is cut in two has no crossed points."""
    crossed = one.crossed if one.crossed is None or one.crossed.height == n else None
    return replace(one, rows=one.rows.head(n), crossed=crossed)


def common_objectives(found: Sequence[Alternative]) -> list[str]:
    """Return the objectives that all alternatives have, in the order of the first."""
    return [name for name in found[0].objectives if all(name in one.objectives for one in found)]
