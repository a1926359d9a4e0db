"""What a run needs to play campaigns: the compiled theatre, the plans, the parameters and the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from redan.vocabulary.arrays import Output, Plan, Theatre
from redan.vocabulary.outcomes import Measure, event_names, measures

AUDIT_NAMES: Final = ("men unaccounted", "share outside 0..1", "control inconsistent", "not finite")
AUDIT_TOLERANCE: Final = 1e-6


@dataclass(frozen=True)
class Engine:
    """The compiled campaign and what allocates its memory.

    `campaign(theatre, plan, params_row, seed, replication, horizon, state, output)` fills `output` and
    releases the GIL. A campaign built from a user's own rules fits here as well as the bundled one; its
    `label` must then name those rules, because runs with equal labels are taken for the same run.
    """

    campaign: Callable[..., None]
    allocate_state: Callable[[Theatre, Plan], Any]
    allocate_output: Callable[[Theatre, Plan, int], Output]
    label: str = "bundled"


def bundled_engine() -> Engine:
    """Return the engine that ships with Redan (imported late: its first call compiles)."""
    from redan.engine.allocate import allocate_output, allocate_state
    from redan.engine.campaign import run_campaign

    return Engine(run_campaign, allocate_state, allocate_output)


@dataclass(frozen=True)
class World:
    """Everything that one (course, replication) needs beside its number.

    `draw(range)` gives the parameters of these replications, a structured array shared by all courses.
    """

    theatre: Theatre
    plans: Mapping[str, Plan]  # courses in the order they are reported
    objectives: Sequence[str]  # slugs
    axes: Mapping[str, Sequence[str]]  # course -> slugs of its axes
    draw: Callable[[range], NDArray[Any]]
    seed: int
    horizon_days: int
    engine: Engine = field(default_factory=bundled_engine)

    @property
    def courses(self) -> list[str]:
        """Names of the courses, in the order they are reported."""
        return list(self.plans)

    @cached_property
    def measures(self) -> list[Measure]:
        """Measures in the order of `Output.measure`."""
        return measures(self.objectives)

    def events(self, course: str) -> list[str]:
        """Event ids in the order of `Output.event_day` for this course."""
        return event_names(self.objectives, self.axes[course])


def play(world: World, course: str, replication: int, row: Any, memory: tuple[Any, Output]) -> Output:
    """Play one campaign and check its books.

    Parameters
    ----------
    row : one row of the parameters drawn for this replication
    memory : state and output allocated for this theatre and course; overwritten

    Returns
    -------
    The output in `memory`.

    Raises
    ------
    RuntimeError : men, shares or control do not add up, or a result is not finite
    """
    state, output = memory
    seed = np.uint64(world.seed)
    world.engine.campaign(
        world.theatre, world.plans[course], row, seed, replication, world.horizon_days, state, output
    )
    audit(course, replication, output)
    return output


def audit(course: str, replication: int, output: Output) -> None:
    """Check the books of a campaign.

    Raises
    ------
    RuntimeError : men, shares or control do not add up, or a result is not finite
    """
    faults = [
        f"{name} {error:.3g}"
        for name, error in zip(AUDIT_NAMES, output.audit, strict=True)
        if not error <= AUDIT_TOLERANCE  # also true of NaN
    ]
    if not (np.isfinite(output.series).all() and np.isfinite(output.measure).all()):
        faults.append("a measure is not finite")
    if faults:
        raise RuntimeError(f"course {course}, replication {replication}: {', '.join(faults)}")


def allocate(world: World, course: str) -> tuple[Any, Output]:
    """Allocate the memory of one worker for one course."""
    engine, plan = world.engine, world.plans[course]
    output = engine.allocate_output(world.theatre, plan, world.horizon_days)
    return engine.allocate_state(world.theatre, plan), output
