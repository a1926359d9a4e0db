"""Scenarios played many times on common luck, with a layer, a resolution or a number changed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from redan.analysis import ensemble
from redan.analysis.censored import event_days, restricted_days
from redan.scenario.load import load_scenario
from redan.testing.assertions import Interval
from redan.vocabulary.parameters import load_register

REPORT = Path(__file__).parents[1] / "build" / "verification.txt"  # what the latest run saw
BUNDLED = "slavyansk-kramatorsk"
CITY = Path(__file__).parent / "city-fight"
SEED = 20251212


@dataclass(frozen=True)
class Ensemble:
    """Results by replication of one course: rows of the replications table."""

    rows: pl.DataFrame

    def of(self, name: str) -> NDArray[np.float64]:
        """A measure at the horizon [r]."""
        return self.rows[name].to_numpy()

    def day(self, event: str, horizon: float) -> NDArray[np.float64]:
        """Day of an event, or the horizon where it has not come [r]."""
        return restricted_days(event_days(self.rows, event), horizon)


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
    found = ensemble.play(
        load_scenario(scenario, sets=sets), courses=[course], replications=replications, horizon_days=days,
        seed=SEED, layers_off=layers_off, threads=threads,
    )  # fmt: skip
    return Ensemble(found.of(course))


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
