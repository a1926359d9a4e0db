"""The machinery of the stylised facts: schema, determinism, verdicts. What holds is in `verification/`."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from redan.calibration.stylised import advance, battles, isolation, towns
from redan.calibration.stylised.facts import load_facts
from redan.calibration.stylised.play import Player, axis_km
from redan.calibration.stylised.run import (
    FAILS,
    HOLDS,
    LEAST_REPLICATIONS,
    MEASURES,
    UNDECIDED,
    judge,
    judge_fact,
    run_stylised,
)
from redan.calibration.stylised.statistics import NOTHING, Estimate, estimate, mean_ratio, median, slope
from redan.calibration.stylised.theatres import ERAS
from redan.vocabulary.codes import ATTACKER, DEFENDER
from redan.vocabulary.errors import InputError

CONTRACT = {"id", "statistic", "interval90", "band", "holds", "source"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return run_stylised(replications=LEAST_REPLICATIONS, seed=3, threads=2)


def test_every_fact_is_measured_and_has_what_the_design_asks_for(document: dict[str, Any]) -> None:
    assert len(document["facts"]) == 10
    assert set(MEASURES) == set(load_facts())
    for fact in document["facts"]:
        assert set(fact) >= CONTRACT
        assert fact["holds"] == all(part["holds"] for part in fact["parts"])
        assert [part["id"] for part in fact["parts"]] == [part.id for part in load_facts()[fact["id"]].parts]
        for part in fact["parts"]:
            assert set(part) >= CONTRACT
            assert len(part["interval90"]) == len(part["band"]) == 2
            if part["statistic"] is not None:
                assert part["interval90"][0] <= part["interval90"][1]
        for variant in fact["variants"]:
            assert variant["of"] in {part["id"] for part in fact["parts"]}
    json.dumps(document, allow_nan=False)


def test_the_same_seed_gives_the_same_document_on_any_number_of_threads(document: dict[str, Any]) -> None:
    chosen = ["depth", "loser-pays"]
    again = run_stylised(facts=chosen, replications=LEAST_REPLICATIONS, seed=3, threads=1)
    assert again["facts"] == [fact for fact in document["facts"] if fact["id"] in chosen]
    other = run_stylised(facts=chosen, replications=LEAST_REPLICATIONS, seed=4, threads=1)
    assert other["facts"] != again["facts"]


def test_every_band_has_a_source_and_a_grade() -> None:
    for fact in load_facts().values():
        assert fact.title
        assert fact.theatre
        for part in fact.parts:
            assert part.cite
            assert part.source
            assert part.grade in "ABC"
            low, high = part.band
            assert (low is not None) or (high is not None)
            if low is not None and high is not None:
                assert low < high


@pytest.mark.parametrize(
    ("interval", "band", "verdict"),
    [
        ((2.0, 3.0), (1.0, 5.0), HOLDS),
        ((0.5, 3.0), (1.0, 5.0), UNDECIDED),
        ((0.2, 0.4), (1.0, 5.0), FAILS),
        ((6.0, 7.0), (1.0, 5.0), FAILS),
        ((-9.0, -1.0), (None, 0.0), HOLDS),
        ((1.0, 9e9), (1.0, None), HOLDS),
        ((np.nan, np.nan), (1.0, None), UNDECIDED),
    ],
)
def test_a_statistic_holds_only_if_its_whole_interval_does(
    interval: tuple[float, float], band: tuple[float | None, float | None], verdict: str
) -> None:
    assert judge(Estimate(sum(interval) / 2, *interval, n=9), band) == verdict


def test_a_fact_shows_the_part_that_does_not_hold() -> None:
    fact = load_facts()["towns"]
    good, bad = Estimate(0.4, 0.39, 0.41, 9), Estimate(1.5, 1.4, 1.6, 9)
    estimates = {"urban_over_open": good, "flank_over_urban": bad, "attacker_losses": NOTHING}
    estimates["flank_2_days"] = Estimate(3.0, 2.9, 3.1, 9)
    shown = judge_fact(fact, estimates)
    assert not shown["holds"]
    assert shown["verdict"] == FAILS
    assert shown["statistic"] == 1.5
    assert shown["parts"][2]["statistic"] is None
    assert shown["variants"][0]["holds"], "a reading set aside is shown, and does not save the fact"


def test_intervals_cover_as_often_as_they_say() -> None:
    """90 % of 200 intervals of a ratio of means: 0.90 +- .06 is 2.8 standard deviations."""
    rng = np.random.default_rng(1)
    inside = 0
    for _ in range(200):
        sample = {"a": rng.normal(3.0, 1.0, 60), "b": rng.normal(2.0, 0.5, 60)}
        found = estimate(mean_ratio("a", "b"), sample)
        inside += found.low <= 1.5 <= found.high
    assert abs(inside / 200 - 0.90) < 0.06


def test_whole_groups_are_resampled() -> None:
    """Rows that repeat each other say no more than one of them: the interval is as wide as of the groups."""
    rng = np.random.default_rng(2)
    groups = np.repeat(np.arange(30), 20)
    sample = {"x": np.repeat(rng.normal(0.0, 1.0, 30), 20)}
    wide, narrow = (estimate(lambda s: float(s["x"].mean()), sample, groups=g) for g in (groups, None))
    assert wide.high - wide.low > 3.0 * (narrow.high - narrow.low)


def test_too_little_says_nothing() -> None:
    assert estimate(lambda s: 1.0, {"x": np.ones(2)}) is NOTHING
    assert np.isnan(median(np.array([1.0, np.nan])))
    assert np.isnan(slope(np.ones(9), np.arange(9.0)))


def test_an_axis_is_the_deepest_of_neighbouring_rows() -> None:
    assert axis_km(np.array([0.0, 1.0, 5.0, 3.0, 0.0]), 2.4, 4.2) == 4.0


def test_the_invented_battles_have_the_spread_they_say() -> None:
    fought = battles.invented_battles()
    assert fought is battles.invented_battles()
    ratio = np.log([battle.force_ratio for battle in fought])
    assert ratio.mean() == pytest.approx(0.60, abs=0.05)
    assert ratio.std() == pytest.approx(0.68, abs=0.05)
    days = np.log([battle.days for battle in fought])
    front = np.log([battle.front_km for battle in fought])
    assert np.corrcoef(days, front)[0, 1] == pytest.approx(0.65, abs=0.12)
    assert {battle.posture for battle in fought} == {"hasty", "prepared", "fortified"}


def test_battles_share_no_luck_and_pairs_share_all() -> None:
    play = Player(1, 1)
    one, two = (play(battles.battle_case(battles.invented_battles()[0], k, 5), 5) for k in (0, 1))
    assert not np.array_equal(one["lost_attacker"], two["lost_attacker"])
    assert [battles.battle_case(battles.invented_battles()[k], k, 5).first for k in (0, 1, 2)] == [0, 5, 10]


def test_the_pocket_is_the_defenders_and_only_it_is_attacked() -> None:
    case = isolation.pocket_case("2025")
    theatre = case.theatre()
    behind = (np.arange(theatre.cell_id.size) % case.strip.columns) < case.strip.front_column
    pocket = behind & (theatre.cell_control0 == DEFENDER)
    assert pocket.sum() == 7
    assert (np.isfinite(case.distance_km(theatre)) == pocket).all()
    ours = theatre.formation_side == DEFENDER
    assert pocket[theatre.formation_cell0[ours][: isolation.POCKET_FORMATIONS]].all()
    assert (
        theatre.formation_side[theatre.cell_control0[theatre.formation_cell0] == ATTACKER] == ATTACKER
    ).all()


def test_the_city_lies_in_the_middle_third() -> None:
    first, end = towns.city_rows()
    assert end - first == pytest.approx((towns.WIDE_KM / towns.FRONT_KM) ** -1 * (end + first), abs=1)


def test_the_fronts_are_manned_as_their_era() -> None:
    front = advance.deep_front("2025")
    assert front.men == (ERAS["2025"].men[0] * 50.0, ERAS["2025"].men[1] * 50.0)


@pytest.mark.parametrize(
    "wrong", [{"facts": ["town"]}, {"replications": 1}, {"replications": 10**9}, {"seed": -1}]
)
def test_what_was_not_meant_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        run_stylised(**wrong)
