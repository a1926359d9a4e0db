"""The loss law against exact theory: the stochastic square law on one open cell, and Iwo Jima's table."""

# ruff: noqa: D103 - a test is named by what it claims

from __future__ import annotations

import csv
import functools
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from redan.numerics.compile import kernel
from redan.numerics.draws import day_key, replication_key, uniform
from redan.numerics.inverse import count_quantile
from redan.rules.assault import edge_loss
from redan.testing.assertions import Interval, mean_interval
from tests.rules.test_checks import ENGEL_A, ENGEL_B, ENGEL_GARRISON, ENGEL_LANDINGS, step
from verification.worlds import report

RATE = 0.002  # a day: .04 expected losses a day at 20 men, so that a day seldom holds two
FIRST, SECOND = 20, 16
BATTLES = 20_000
P_SQUARE = 0.87534  # methods 1, check 2
TABLE = [
    Path(__file__).parents[up] / "shared" / "data" / "iwo_jima_engel.csv" for up in (1, 2)
]  # beside this copy, or above it


@kernel
def fight(battles: int, first: float, second: float, rate: float, left: Any) -> None:
    """Battles to the end: p = 1, no noise, Poisson losses of both sides at once, day after day."""
    for b in range(battles):
        rep = replication_key(np.uint64(5), b)
        x, y = first, second
        day = 0
        while x > 0.0 and y > 0.0:
            day += 1
            key = day_key(rep, day)
            lost_x = count_quantile(uniform(key, 7, np.uint64(1)), edge_loss(x, y, x, rate, 1.0, 1.0), 0.0)
            lost_y = count_quantile(uniform(key, 8, np.uint64(1)), edge_loss(y, x, y, rate, 1.0, 1.0), 0.0)
            x, y = max(0.0, x - lost_x), max(0.0, y - lost_y)
        left[b, 0] = x
        left[b, 1] = y


def exact_survivors(first: int, second: int) -> np.ndarray:
    """Distribution of the first side's survivors at the end (Markov recursion, equal kill rates)."""
    chance = np.zeros((first + 1, second + 1))
    chance[first, second] = 1.0
    for m in range(first, 0, -1):
        for n in range(second, 0, -1):
            chance[m, n - 1] += chance[m, n] * m / (m + n)
            chance[m - 1, n] += chance[m, n] * n / (m + n)
            chance[m, n] = 0.0
    return np.append(chance[0, :].sum(), chance[1:, 0])


@functools.cache
def survivors() -> np.ndarray:
    left = np.zeros((BATTLES, 2))
    fight(BATTLES, float(FIRST), float(SECOND), RATE, left)
    return left


def test_the_first_wins_as_often_as_in_theory() -> None:
    left = survivors()
    wins = ((left[:, 0] > 0) & (left[:, 1] == 0)).astype(float)
    found = mean_interval(wins, confidence=0.99)
    report(f"stochastic square law {FIRST} v {SECOND}: chance to win", found, f"{P_SQUARE} +- .01")
    # the last of both may fall on one day, about once in a hundred battles: not a win for either
    assert found.mean == pytest.approx(P_SQUARE, abs=0.01)


def test_survivors_have_the_exact_mean_and_variance() -> None:
    law = exact_survivors(FIRST, SECOND)
    assert law[1:].sum() == pytest.approx(P_SQUARE, abs=1e-5)
    k = np.arange(FIRST + 1)
    mean = float((k * law).sum())
    variance = float((k**2 * law).sum()) - mean**2
    x = survivors()[:, 0]
    found = mean_interval(x, confidence=0.99)
    report(f"stochastic square law {FIRST} v {SECOND}: survivors, mean", found, f"{mean:.4f} +- .12")
    spread = mean_interval((x - x.mean()) ** 2, confidence=0.99)
    report(f"stochastic square law {FIRST} v {SECOND}: survivors, variance", spread, f"{variance:.3f} +- 3 %")
    assert found.mean == pytest.approx(mean, abs=0.12)
    assert spread.mean == pytest.approx(variance, rel=0.03)


def test_iwo_jima_is_as_engel_had_it() -> None:
    file = next((path for path in TABLE if path.is_file()), None)
    if file is None:
        pytest.skip("the project's data folder (shared/) is not beside this copy")
    with file.open(newline="") as lines:
        table = {int(row["day"]): float(row["us_effective"]) for row in csv.DictReader(lines)}
    men, garrison, model = 0.0, ENGEL_GARRISON, {}
    for day in range(35):
        for _ in range(200):
            men, garrison = step(men, garrison, ENGEL_A, ENGEL_B, 1.0 / 200, ENGEL_LANDINGS.get(day, 0.0))
        model[day + 1] = men
    days = sorted(table)
    seen, said = (np.array([source[d] for d in days]) for source in (table, model))
    error = 100.0 * float(np.abs(said / seen - 1.0).mean())
    explained = 1.0 - float(((seen - said) ** 2).sum() / ((seen - seen.mean()) ** 2).sum())
    report(
        "Engel 1954, Iwo Jima: mean error in %", Interval(error, error, error, 0.0, 35), "1.28 (methods 1)"
    )
    report(
        "Engel 1954, Iwo Jima: R2", Interval(explained, explained, explained, 0.0, 35), "0.950 (methods 1)"
    )
    assert error == pytest.approx(1.28, abs=0.05)
    assert explained == pytest.approx(0.950, abs=0.01)
