"""What a layer is worth, on made-up campaigns whose answers are worked by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import polars as pl
import pytest

from redan.analysis.ablation import OWNER, Ablation, columns_needed, compared, effects, levels
from redan.analysis.effect import Effect, effect
from redan.vocabulary.codes import DEFENDER, LAYERS

HORIZON = 100
TOWN = ("town",)
MEASURES = {measure.name: measure for measure in compared(TOWN)}
ENDED = "restricted_mean_days:ended"


def rows(values: Mapping[str, Sequence[float | None]]) -> pl.DataFrame:
    """Replications 0 .. n - 1 of course `storm`, whatever is not given being 1."""
    n = len(next(iter(values.values())))
    others = {
        name: [1.0] * n for name in columns_needed(TOWN) if name not in ("course", "replication", *values)
    }
    return pl.DataFrame({"course": ["storm"] * n, "replication": range(n), **others, **values})


def found(name: str, with_it: Sequence[float | None], without: Sequence[float | None]) -> Effect:
    column = name.removeprefix("restricted_mean_days:")
    tables = rows({column: with_it}), rows({column: without})
    return effect(
        "storm", "works", MEASURES[name], owner=DEFENDER, with_it=tables[0], without=tables[1],
        horizon_days=HORIZON, is_added=False,
    )  # fmt: skip


def test_the_mean_difference_is_without_minus_with_and_its_interval_is_students() -> None:
    one = found("losses:attacker", [10.0, 20.0, 30.0, 40.0], [8.0, 14.0, 30.0, 32.0])
    differences = np.array([-2.0, -6.0, 0.0, -8.0])
    assert one.mean_difference == -4.0
    assert (one.mean_with, one.mean_without) == (25.0, 21.0)
    reach = 2.3533634348 * differences.std(ddof=1) / 2.0  # t of 0.95 on 3 degrees of freedom
    assert one.interval90 == pytest.approx((-4.0 - reach, -4.0 + reach))
    assert not one.is_clear
    assert found("losses:attacker", [10.0, 20.0, 30.0], [5.0, 16.0, 25.0]).is_clear


def test_days_are_counted_to_the_horizon_and_compared_beyond_it() -> None:
    # Never with and never without is a tie; day 100 is sooner than never, and both count as 100.
    one = found(ENDED, [50.0, None, None, 90.0], [40.0, None, 100.0, None])
    assert one.mean_difference == ((40 - 50) + 0 + 0 + (100 - 90)) / 4
    assert one.p_better_with == (1 + 0.5 + 1 + 0) / 4  # sooner is worse for the defender


@pytest.mark.parametrize(
    ("measure", "without", "worse"),
    [
        ("losses:attacker", 4.0, 1.0),  # fewer attackers lost: the layer's owner has lost its worth
        ("losses:defender", 4.0, 0.0),
        ("exchange_ratio", 4.0, 1.0),
        ("area_gained_km2", 6.0, 1.0),
        ("destroyed_km2", 6.0, 1.0),  # more harm is worse, whoever does it
        ("destroyed:town", 4.0, 0.0),
        ("residents_left", 4.0, 1.0),
        ("residents:town", 6.0, 0.0),
        ("displaced", 6.0, 1.0),
        ("restricted_mean_days:taken:town", 4.0, 1.0),
        ("restricted_mean_days:taken:town", 5.0, 0.5),
    ],
)
def test_worse_is_worse_for_the_defender_and_for_civilians(
    measure: str, without: float, worse: float
) -> None:
    assert found(measure, [5.0, 5.0], [without, without]).p_better_with == worse


def test_every_layer_has_an_owner() -> None:
    assert set(OWNER) == set(LAYERS)


def test_one_pair_has_no_interval() -> None:
    one = found("destroyed_km2", [1.0], [3.0])
    assert (one.mean_difference, one.interval90, one.is_clear) == (2.0, None, False)


def test_no_difference_at_all_is_not_clear() -> None:
    one = found("destroyed_km2", [1.0, 2.0], [1.0, 2.0])
    assert (one.interval90, one.is_clear, one.p_better_with) == ((0.0, 0.0), False, 0.5)


def test_the_interval_holds_the_mean_as_often_as_it_says() -> None:
    """2,000 ensembles of 30 skewed pairs: coverage 0.90; se 0.007, so 0.86 to 0.93 is 5 of them off."""
    rng = np.random.default_rng(8)
    held = 0
    for _ in range(2000):
        with_it = rng.exponential(50.0, 30)
        without = with_it + rng.normal(-5.0, 10.0, 30)
        interval = found("losses:attacker", list(with_it), list(without)).interval90
        assert interval is not None
        held += interval[0] <= -5.0 <= interval[1]
    assert 0.86 < held / 2000 < 0.93


def test_all_that_is_compared() -> None:
    listed = effects(
        "storm", "works", rows({"ended": [5.0, 7.0]}), rows({"ended": [4.0, 7.0]}), TOWN, HORIZON
    )
    assert [one.measure for one in listed] == [
        ENDED,
        "restricted_mean_days:taken:town",
        "losses:attacker",
        "losses:defender",
        "exchange_ratio",
        "area_gained_km2",
        "destroyed_km2",
        "residents_left",
        "displaced",
        "destroyed:town",
        "residents:town",
    ]
    assert {one.unit for one in listed[:2]} == {"days"}


def test_ensembles_that_do_not_pair_are_refused() -> None:
    with pytest.raises(ValueError, match="do not pair"):
        effects("storm", "works", rows({"ended": [5.0, 7.0]}), rows({"ended": [4.0]}), TOWN, HORIZON)


def test_levels_are_means_with_days_to_the_horizon() -> None:
    table = rows({"ended": [50.0, None], "displaced": [10.0, 30.0]})
    mean = levels(table, TOWN, HORIZON)
    assert (mean[ENDED], mean["displaced"], mean["destroyed:town"]) == (75.0, 20.0, 1.0)


def ablation(courses: Sequence[str] = ("storm",)) -> Ablation:
    with_it, without = rows({"ended": [50.0, 90.0]}), rows({"ended": [40.0, None]})
    listed = tuple(
        one
        for course in courses
        for layer in ("works", "relief")
        for one in effects(course, layer, with_it, without, TOWN, HORIZON)
    )
    mean = {course: levels(with_it, TOWN, HORIZON) for course in courses}
    return Ablation(
        scenario="toy",
        as_of=date(2025, 12, 12),
        seed=1,
        replications=2,
        horizon_days=HORIZON,
        courses=tuple(courses),
        layers=("works", "relief"),
        off=listed,
        alone=listed,
        levels={"all": mean, "none": mean},
    )


def test_the_document_keeps_the_contract() -> None:
    document = ablation().document()
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    keys = {"layer", "measure", "mean_difference", "interval90", "p_worse_without"}
    assert {frozenset(row) for row in (*document["layers"], *document["alone"])} == {frozenset(keys)}
    assert document["layers"][0]["layer"] == "works"
    assert document["owner"] == {"works": "defender", "relief": "defender"}


def test_rows_name_their_course_where_there_are_several() -> None:
    document = ablation(("storm", "bypass")).document()
    assert {row["course"] for row in document["layers"]} == {"storm", "bypass"}


def test_the_table_holds_every_row_or_those_asked_for() -> None:
    table = ablation().table()
    assert table.height == 2 * 2 * len(compared(TOWN))
    assert set(table["others"]) == {"on", "off"}
    some = ablation().table(["losses", "displaced"])
    assert set(some["measure"]) == {"losses:attacker", "losses:defender", "displaced"}
    assert repr(ablation()) == "Ablation('toy', 2 layers, 1 courses, 2 pairs)"
