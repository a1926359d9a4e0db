"""Play campaigns on small theatres and keep what they left behind, for tests and for authors of rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from redan.engine.allocate import allocate_output, allocate_state
from redan.engine.campaign import run_campaign
from redan.vocabulary.arrays import Output, Plan, Theatre
from redan.vocabulary.codes import LOG_KINDS
from redan.vocabulary.state import State

SEED = 20251212


@dataclass(frozen=True)
class Played:
    """One campaign: its output and the state of its last evening."""

    output: Output
    state: State

    def measure(self, index: int) -> float:
        """A global measure at the horizon (codes: vocabulary.outcomes.MEASURE_*)."""
        return float(self.output.measure[index])

    def log(self, kind: int) -> list[tuple[int, int, float]]:
        """Rows (day, entity, value) of one kind of event (codes: LOG_*)."""
        out = self.output
        n = min(int(out.log_count[0]), out.log_day.shape[0])
        rows = np.flatnonzero(out.log_kind[:n] == kind)
        return [(int(out.log_day[r]), int(out.log_entity[r]), float(out.log_value[r])) for r in rows]

    def log_names(self) -> set[str]:
        """Kinds of event that happened."""
        n = min(int(self.output.log_count[0]), self.output.log_day.shape[0])
        return {LOG_KINDS[k] for k in np.unique(self.output.log_kind[:n])}


def play(
    theatre: Theatre,
    plan: Plan,
    params: Any,
    *,
    days: int,
    replication: int = 0,
    seed: int = SEED,
    state: State | None = None,
) -> Played:
    """Play one campaign; `state` is reused (and reset) when given."""
    state = state or allocate_state(theatre, plan)
    output = allocate_output(theatre, plan, days)
    row = np.asarray(params).reshape(-1)[0]
    run_campaign(theatre, plan, row, seed, replication, days, state, output)
    return Played(output, state)


def evenings(
    theatre: Theatre, plan: Plan, params: Any, *, days: Sequence[int], replication: int = 0, seed: int = SEED
) -> Iterable[tuple[int, Played]]:
    """The same campaign stopped on several evenings: (day, played). Each starts again from day 0."""
    state = allocate_state(theatre, plan)
    for day in days:
        yield day, play(theatre, plan, params, days=day, replication=replication, seed=seed, state=state)


def measures_of(
    theatre: Theatre, plan: Plan, params: Any, *, days: int, replications: int, measure: int, seed: int = SEED
) -> NDArray[np.float64]:
    """One measure at the horizon over replications 0 .. n-1, all with the same parameters [r]."""
    state = allocate_state(theatre, plan)
    found = [
        play(theatre, plan, params, days=days, replication=r, seed=seed, state=state).measure(measure)
        for r in range(replications)
    ]
    return np.array(found)


def event_day(played: Played, event: int, *, objective: int = 0, objectives: int = 1) -> float:
    """Day of an objective's event (codes: vocabulary.outcomes.EVENT_*), -1 never."""
    return float(played.output.event_day[event * objectives + objective])


def same_bytes(a: Output, b: Output) -> list[str]:
    """Names of the fields in which two outputs differ (rows of the log beyond its count are not compared)."""
    n = min(int(a.log_count[0]), a.log_day.shape[0])
    differ = []
    for name in Output._fields:
        one, other = getattr(a, name), getattr(b, name)
        if name.startswith("log_") and name != "log_count":
            one, other = one[:n], other[:n]
        if one.tobytes() != other.tobytes():
            differ.append(name)
    return differ
