"""What separates a group is found where it is, and nothing is found where there is nothing."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from redan.analysis.parted.group import read_group
from redan.analysis.parted.separate import separate
from redan.analysis.parted.tree import grow
from redan.vocabulary.errors import InputError
from redan.vocabulary.outcomes import LOWER, Measure

EVENTS, N = ["taken:town", "isolated:town", "ended"], 600
MEASURE = Measure("losses:attacker", "men", LOWER, "")


def rows(seed: int = 3) -> pl.DataFrame:
    """The town is taken where `men` is in its upper half and `drones` in its lower, mostly."""
    rng = np.random.default_rng(seed)
    drawn = {f"parameter:p{i}": rng.random(N) for i in range(30)}
    men, drones = rng.random(N), rng.lognormal(3.0, 1.0, N)
    p = np.where((men > 0.5) & (drones < np.exp(3.0)), 0.8, 0.1)
    taken = rng.random(N) < p
    days = [int(day) if came else None for came, day in zip(taken, rng.integers(20, 90, N), strict=True)]
    isolated = [day and day - 5 for day in days]
    return pl.DataFrame(
        {
            "replication": range(N),
            **drawn,
            "parameter:men": men,
            "parameter:drones": drones,
            "parameter:fixed": [1.0] * N,
            "taken:town": days,
            "isolated:town": isolated,
            "ended": [int(day) for day in rng.integers(50, 90, N)],
            "losses:attacker": rng.normal(1000.0, 50.0, N) + 100.0 * taken,
        }
    )


def test_what_was_built_in_is_found_and_nothing_else() -> None:
    table = rows()
    group = read_group("taken:town", EVENTS, [MEASURE.name])
    found = separate(table, group, events=EVENTS, measures=[MEASURE], units={"men": "men"})
    assert found.members == table["taken:town"].count()
    assert {(one.name, one.standardised > 0) for one in found.parameters} == {
        ("men", True),
        ("drones", False),
    }
    assert found.looked_at == {"parameters": 32, "events": 2, "measures": 1}
    assert [one.name for one in found.events] == ["isolated:town"]
    assert (found.events[0].inside, found.events[0].outside) == (1.0, 0.0)
    (losses,) = found.measures
    assert losses.inside - losses.outside == pytest.approx(100.0, abs=15.0)
    best, worst = found.tree[0], found.tree[-1]
    assert {bound.parameter for bound in best.bounds} == {"men", "drones"}
    assert best.low < 0.8 < best.high
    assert worst.low < 0.1 < worst.high
    assert sum(leaf.replications for leaf in found.tree) == N // 2


def test_where_luck_decides_little_is_found() -> None:
    """At most one in twenty tables should show any parameter: three of twelve would be one in 50."""
    listed = 0
    for seed in range(12):
        rng = np.random.default_rng(100 + seed)
        table = rows(seed).with_columns(pl.Series("losses:attacker", rng.random(N)))
        group = read_group("losses:attacker>0.7", EVENTS, [MEASURE.name])
        listed += bool(separate(table, group, events=[], measures=[], units={}).parameters)
    assert listed < 3


def test_a_tree_of_luck_has_leaves_that_are_alike() -> None:
    rng = np.random.default_rng(1)
    leaves = grow([f"p{i}" for i in range(20)], rng.random((2000, 20)), rng.random(2000) < 0.3)
    assert all(leaf.low - 0.03 < 0.3 < leaf.high + 0.03 for leaf in leaves)


def test_groups_are_read_and_faults_told() -> None:
    assert str(read_group("taken:town <= 40", EVENTS, [])) == "taken:town <= 40"
    assert read_group("taken:town<=40", EVENTS, []).members(rows()).sum() < N
    for text, said in (
        ("taken:twon", "did you mean taken:town"),
        ("losses:attacker", "is a measure without a bound"),
        ("ended<soon", "soon is no number"),
        ("ended<", "there is no such event"),
    ):
        with pytest.raises(InputError, match=said):
            read_group(text, EVENTS, [MEASURE.name])
    with pytest.raises(InputError, match="holds 600 of 600"):
        separate(rows(), read_group("ended", EVENTS, []), events=[], measures=[], units={})
