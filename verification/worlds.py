"""Scenarios played many times on common luck, with a layer, a resolution or a number changed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from redan.runs.executor import simulate
from redan.runs.prepare import prepare
from redan.scenario.load import load_scenario
from redan.testing.assertions import Interval
from redan.theatre.compile import compile_theatre
from redan.vocabulary.parameters import load_register

REPORT = Path(__file__).parents[1] / "build" / "verification.txt"  # what the latest run saw
BUNDLED = "slavyansk-kramatorsk"
CITY = Path(__file__).parent / "city-fight"
SEED = 20251212


@dataclass(frozen=True)
class Ensemble:
    """Results by replication of one course."""

    measure: NDArray[np.float64]  # [r, measure]
    event_day: NDArray[np.float64]  # [r, event]
    measures: list[str]
    events: list[str]

    def of(self, name: str) -> NDArray[np.float64]:
        """A measure at the horizon [r]."""
        return self.measure[:, self.measures.index(name)]

    def day(self, event: str, horizon: float) -> NDArray[np.float64]:
        """Day of an event, or the horizon where it has not come [r]."""
        days = self.event_day[:, self.events.index(event)]
        return np.where(days < 0.0, horizon, days)


def play(
    scenario: str | Path,
    course: str,
    *,
    days: int,
    replications: int,
    layers_off: Sequence[str] = (),
    sets: Sequence[str] = (),
    threads: int = 1,
) -> Ensemble:
    """Replications 0 .. n-1 of one course; parameters are drawn from their priors by replication."""
    loaded = load_scenario(scenario, sets=sets)
    compiled = compile_theatre(loaded, layers_off=layers_off)
    job = prepare(
        loaded, compiled, courses=[course], replications=replications, horizon_days=days, seed=SEED,
        layers_off=layers_off,
    )  # fmt: skip
    found = simulate(job.world, range(replications), threads=threads)[course]
    names = [m.name for m in job.world.measures]
    return Ensemble(found["measure"], found["event_day"], names, job.world.events(course))


def setting(name: str, value: float) -> list[str]:
    """The `--set` words that fix one parameter of the register."""
    entry = load_register().find(name)
    if entry is None:
        raise KeyError(name)
    root = "policy" if entry.group == "policy" else "parameters"
    words = {"value": value, "unit": entry.unit, "source": "verification", "grade": "C"}
    return [f"{root}.{name}.{key}={word}" for key, word in words.items()]


def report(what: str, found: Interval, bound: str) -> None:
    """Say what was seen, whether the test is green or red, on the terminal (-s) and in `build/`."""
    line = f"| {what} | {found} | {bound} |"
    sys.stdout.write(line + "\n")
    REPORT.parent.mkdir(exist_ok=True)
    with REPORT.open("a") as lines:
        lines.write(line + "\n")
