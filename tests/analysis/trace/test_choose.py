"""Which replication is told, where it stands, and in which parameters it is extreme."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from redan.analysis.trace.choose import choose, drawn, level_of, ordering, standing
from redan.vocabulary.distributions import Distribution
from redan.vocabulary.parameters import Parameter


def rows(ended: list[int | None], area: list[float]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "replication": range(len(ended)),
            "ended": pl.Series(ended, dtype=pl.Int32),
            "area_gained_km2": area,
        }
    )


FIVE = rows([None, 300, None, 200, None], [50.0, 10.0, 90.0, 20.0, 70.0])


def test_the_order_is_by_the_end_and_then_by_ground() -> None:
    assert ordering(FIVE) == [3, 1, 2, 4, 0]
    assert (choose(FIVE, "soonest"), choose(FIVE, "median"), choose(FIVE, "latest")) == (3, 2, 0)


def test_of_an_even_number_the_lower_middle_one_is_told() -> None:
    assert choose(rows([1, 2, 3, 4], [0.0] * 4), "median") == 1


def test_equal_outcomes_are_in_the_order_of_their_numbers() -> None:
    assert ordering(rows([None] * 3, [5.0] * 3)) == [0, 1, 2]


def test_standing_of_a_day_counts_what_never_came_as_later() -> None:
    never = standing(FIVE, 0, "ended", "day")
    assert (never.value, never.p10, never.p50, never.p90) == (None, 200.0, None, None)
    assert never.share_below == pytest.approx((2 + 0.5 * 2) / 4)
    soon = standing(FIVE, 3, "ended", "day")
    assert (soon.value, soon.share_below) == (200.0, 0.0)


def test_standing_of_a_measure() -> None:
    found = standing(FIVE, 2, "area_gained_km2", "km2")
    assert (found.value, found.p50, found.share_below) == (90.0, 50.0, 1.0)


def test_standing_of_the_only_replication() -> None:
    assert standing(rows([7], [1.0]), 0, "ended", "day").share_below == 0.0


def parameter(name: str, kind: str = "uniform") -> Parameter:
    spread = Distribution("fixed") if kind == "fixed" else Distribution("uniform", {"low": 0.0, "high": 1.0})
    return Parameter(
        name=name, group="forces", unit="men", value=0.5, distribution=spread, low=0.0, high=1.0, grade="C",
        source="made up",
    )  # fmt: skip


PARAMETERS = {
    name: parameter(name, kind)
    for name, kind in (
        ("attacker_men", "uniform"),
        ("fog", "uniform"),
        ("mud", "uniform"),
        ("constant", "fixed"),
    )
}


def many(n: int) -> pl.DataFrame:
    """Campaigns that end the later the fewer men attack; fog has nothing to do with it."""
    men = (np.arange(n) + 0.5) / n
    fog = np.random.default_rng(7).random(n)
    return rows([int(day) for day in 1000 * (1.0 - men)], [0.0] * n).with_columns(
        pl.Series("parameter:attacker_men", men), pl.Series("parameter:fog", fog)
    )


def test_levels() -> None:
    assert level_of(parameter("a"), 0.25) == pytest.approx(0.25, abs=1e-3)


def test_extreme_parameters_that_go_with_the_outcome_are_told() -> None:
    values = {"attacker_men": 0.99, "fog": 0.01, "mud": 0.5, "constant": 0.5}
    found = drawn(many(200), PARAMETERS, values)
    assert (found.n_drawn, found.n_extreme) == (3, 2)
    (one,) = found.telling
    assert one.name == "attacker_men"
    assert one.level == pytest.approx(0.99, abs=1e-3)
    assert one.correlation == pytest.approx(-1.0)


def test_with_few_replications_only_forces_are_told_and_no_correlation() -> None:
    values = {"attacker_men": 0.99, "fog": 0.01, "mud": 0.5, "constant": 0.5}
    found = drawn(many(20), PARAMETERS, values)
    assert [(one.name, one.correlation) for one in found.telling] == [("attacker_men", None)]
