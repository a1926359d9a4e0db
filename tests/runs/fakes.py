"""A small theatre and a campaign in plain Python, to test runs without the engine.

What the fake plays depends on (seed, replication, parameters, plan) alone, as the engine's results do.
"""

from __future__ import annotations

import threading
import typing
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from redan.runs import manifest
from redan.runs.run import Job
from redan.runs.tables import Names
from redan.runs.world import Engine, World
from redan.vocabulary.arrays import Output, Plan, Theatre
from redan.vocabulary.codes import CAUSES, LEDGER, LOG_CONTROL, LOG_PHASE
from redan.vocabulary.outcomes import GLOBAL_EVENTS, OBJECTIVE_EVENTS, event_names, measures

OBJECTIVES = ("alpha", "beta")
N_CELLS = 9
FIRST_CELL = 0x871EC902DFFFFFF
LOG_CAPACITY = 50
DTYPE = np.dtype([("attacker_men", np.float64), ("drone_depth_km", np.float64)])


def _empty(kind: Any) -> dict[str, Any]:
    types = typing.get_type_hints(kind)
    return {name: np.zeros(1, hint.__args__[1].__args__[0]) for name, hint in types.items()}


def theatre() -> Theatre:
    fields = _empty(Theatre)
    fields["cell_id"] = (FIRST_CELL + np.arange(N_CELLS) * 0x1000000).astype(np.uint64)
    fields["objective_id"] = np.arange(len(OBJECTIVES), dtype=np.uint64)
    fields["formation_id"] = np.arange(3, dtype=np.uint64)
    return Theatre(**fields)


def plan(strength: float, n_axes: int = 1) -> Plan:
    fields = _empty(Plan)
    fields["axis_id"] = np.arange(n_axes, dtype=np.uint64)
    fields["effort_level"] = np.array([strength])
    return Plan(**fields)


def allocate_output(ground: Theatre, course: Plan, horizon: int) -> Output:
    n_events = len(OBJECTIVE_EVENTS) * ground.objective_id.size + len(GLOBAL_EVENTS) + course.axis_id.size
    n_measures = len(measures(OBJECTIVES))
    return Output(
        event_day=np.zeros(n_events),
        measure=np.zeros(n_measures),
        series=np.zeros((horizon + 1, n_measures), np.float32),
        control=np.zeros((horizon // 7 + 1, ground.cell_id.size), np.int8),
        log_day=np.zeros(LOG_CAPACITY, np.int32),
        log_kind=np.zeros(LOG_CAPACITY, np.int32),
        log_entity=np.zeros(LOG_CAPACITY, np.int32),
        log_value=np.zeros(LOG_CAPACITY),
        log_count=np.zeros(1, np.int64),
        ledger=np.zeros((2, len(LEDGER))),
        cause=np.zeros((2, len(CAUSES))),
        audit=np.zeros(4),
    )


@dataclass
class FakeCampaign:
    """Counts its calls; may fail, block or misbehave at a chosen call."""

    calls: int = 0
    at: dict[int, Any] = field(default_factory=dict)  # call number -> what to do
    audit: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(
        self,
        ground: Theatre,
        course: Plan,
        row: Any,
        seed: np.uint64,
        replication: int,
        horizon: int,
        state: Any,
        output: Output,
    ) -> None:
        with self.lock:
            self.calls += 1
            action = self.at.get(self.calls)
        if action is not None:
            action()
        assert isinstance(seed, np.uint64)
        rng = np.random.default_rng([int(seed), replication])
        strength = float(course.effort_level[0]) * float(row["attacker_men"]) / 1000.0
        steps = rng.random(output.series.shape[0] * output.series.shape[1]).reshape(output.series.shape)
        output.series[:] = np.cumsum(steps * strength, axis=0)
        output.series[0] = 0.0
        output.measure[:] = output.series[-1]
        days = np.floor(rng.exponential(horizon / strength, output.event_day.size))
        output.event_day[:] = np.where(days <= horizon, days, -1.0)
        output.control[:] = np.cumsum(rng.random(output.control.shape) < 0.1, axis=0) > 0
        output.log_count[0] = 3 if replication != 1 else LOG_CAPACITY + 5
        output.log_day[:3] = [1, 5, 9]
        output.log_kind[:3] = [LOG_CONTROL, LOG_PHASE, LOG_CONTROL]
        output.log_entity[:3] = [0, 0, replication % N_CELLS]
        output.log_value[:3] = rng.random(3)
        output.ledger[:] = rng.random(output.ledger.shape)
        output.cause[:] = rng.random(output.cause.shape)
        output.audit[:] = self.audit


def draw(seed: int, replications: range) -> NDArray[Any]:
    rows = np.zeros(len(replications), DTYPE)
    for i, replication in enumerate(replications):
        rng = np.random.default_rng([seed, replication, 99])
        rows[i] = (rng.uniform(800.0, 1600.0), rng.uniform(15.0, 25.0))
    return rows


@dataclass(frozen=True)
class FakeScenario:
    name: str = "toy"
    as_of: date = date(2025, 12, 12)
    title: str = "Toy"

    def file_hashes(self) -> dict[str, str]:
        return {"line.geojson": "0" * 64}

    def resolved(self) -> dict[str, Any]:
        phases = [{"name": "approach"}]
        return {
            "title": self.title,
            "courses": {name: {"phases": phases} for name in ("storm", "bypass")},
        }


@dataclass(frozen=True)
class FakeCompiled:
    theatre: Theatre = field(default_factory=theatre)
    plans: dict[str, Plan] = field(default_factory=lambda: {"storm": plan(1.0), "bypass": plan(2.0, 2)})
    objectives: tuple[str, ...] = OBJECTIVES
    axes: dict[str, tuple[str, ...]] = field(
        default_factory=lambda: {"storm": ("east",), "bypass": ("east", "north")}
    )
    sites: tuple[str, ...] = ()
    belts: tuple[str, ...] = ()


def job(
    *,
    seed: int = 1,
    replications: int = 30,
    horizon_days: int = 40,
    campaign: Any = None,
    title: str = "Toy",
) -> Job:
    """Return a job of two courses on the fake theatre."""
    compiled = FakeCompiled()
    engine = Engine(campaign or FakeCampaign(), lambda ground, plan: None, allocate_output)
    request = manifest.request(
        FakeScenario(title=title),
        compiled,
        parameters={
            "attacker_men": {"value": 1000.0, "unit": "men", "source": "invented", "grade": "C"},
            "drone_depth_km": {"value": 20.0, "unit": "km", "source": "invented", "grade": "C"},
        },
        courses=["storm", "bypass"],
        seed=seed,
        replications=replications,
        horizon_days=horizon_days,
    )
    # A source file saved while the tests run must not turn one run into two.
    request["versions"] = {**request["versions"], "redan_sources": "as tested"}
    world = World(
        theatre=compiled.theatre,
        plans=compiled.plans,
        objectives=OBJECTIVES,
        axes=compiled.axes,
        draw=lambda wanted: draw(seed, wanted),
        seed=seed,
        horizon_days=horizon_days,
        engine=engine,
    )
    return Job(request, world, Names(world, phases={"storm": ["approach"], "bypass": ["approach"]}))


def event_ids(course: str) -> list[str]:
    return event_names(OBJECTIVES, FakeCompiled().axes[course])
