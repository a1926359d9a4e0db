"""Single battles: blanks drawn, forces laid out, outcomes that depend on the battle and the seed alone."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import redan
from redan.calibration.engage.conditionals import fill, fill_count, has_layout_blanks, uniform_of
from redan.calibration.engage.field import lay_out
from redan.calibration.engage.means import combat_share, factor
from redan.calibration.engage.play import play_battle, seed_of
from redan.calibration.engage.run import RESULT_COLUMNS, run_engage
from redan.calibration.engage.table import COLUMNS, WORDS, Row
from redan.calibration.engage.verdict import SHIPPED, fit_verdict
from redan.theatre.strips.shape import ROW_OVER_SPACING
from redan.vocabulary.errors import InputError

WHOLE = Row(
    "whole", 1944, 20_000, 8_000, 60, 10, 150, 60, 0, 0, 10.0, "prepared", "rolling", "mixed", 0, 3
)  # fmt: skip


def write(path: Path, *rows: Row) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        table.writerows([["" if (v := getattr(row, c)) is None else v for c in COLUMNS] for row in rows])
    return path


def test_what_is_known_stands_and_what_is_blank_is_drawn_within_range() -> None:
    assert not has_layout_blanks(WHOLE)
    drawn = [fill(Row("x"), uniform_of(1, k)) for k in range(200)]
    assert {one.posture for one in drawn} <= set(WORDS["posture"])
    assert min(one.days for one in drawn) >= 1
    assert min(one.attacker_men for one in drawn) >= 1.0
    known = fill(replace(Row("x"), attacker_men=5000.0, posture="hasty"), uniform_of(1, 0))
    assert (known.attacker_men, known.posture) == (5000.0, "hasty")


def test_the_draws_have_the_conditionals_they_were_given() -> None:
    """Two hundred logarithms of a ratio of sd .68: the mean is within .2 with 4 standard errors."""
    row = replace(WHOLE, attacker_men=None)
    ratio = [fill(row, uniform_of(1, k)).attacker_men / 8000.0 for k in range(200)]
    assert np.log(ratio).mean() == pytest.approx(0.58, abs=0.2)
    assert np.log(ratio).std() == pytest.approx(0.68, abs=0.15)
    blank = replace(WHOLE, attacker_guns=None)
    draws = [uniform_of(1, k) for k in range(200)]
    guns = [fill_count(fill(blank, u), 0, "guns", u) for u in draws]
    assert np.median(guns) == pytest.approx(7.4 * 20.0, rel=0.2)


@pytest.mark.parametrize("front_km", [0.3, 1.2, 9.0, 250.0])
def test_a_strip_is_as_wide_as_the_front_and_deep_enough(front_km: float) -> None:
    field = lay_out(fill(replace(WHOLE, front_km=front_km, days=2), uniform_of(1, 0)))
    assert field.strip.front_km == pytest.approx(front_km)
    assert (field.strip.columns - field.strip.front_column) * field.strip.spacing_km >= 20.0
    assert field.strip.rows * field.strip.columns < 4000
    assert field.strip.width_km == pytest.approx(field.strip.rows * field.strip.spacing_km * ROW_OVER_SPACING)


def test_forces_are_dated() -> None:
    early, late = (lay_out(fill(replace(WHOLE, year=year), uniform_of(1, 0))) for year in (1944, 2024))
    assert early.parameters["attacker_drones_per_day"].value == 0.0
    assert late.parameters["attacker_drones_per_day"].value > 0.0
    assert early.parameters["attack_crowding"].value > late.parameters["attack_crowding"].value
    assert factor("sortie_guns", 1916) < factor("sortie_guns", 1967)
    assert combat_share(500.0, 1944) == 1.0
    assert combat_share(15_000.0, 1944) > combat_share(500_000.0, 1944) > 0.3


def test_more_men_than_the_register_allows_are_played_smaller_and_counted_whole() -> None:
    huge = replace(WHOLE, attacker_men=5e6, defender_men=2e6, front_km=1000.0, days=1, year=1900)
    field = lay_out(fill(huge, uniform_of(1, 0)))
    assert field.parameters["attacker_men"].value <= 2e6
    assert play_battle(huge, seed=1, replications=2).men_attacker[0] == 5e6


def test_a_battle_depends_on_its_id_and_the_seed_and_on_nothing_else(tmp_path: Path) -> None:
    other, blank = replace(WHOLE, id="other", days=1), Row("blank", front_km=4.0)
    one = redan.engage(write(tmp_path / "a.csv", WHOLE, other, blank), replications=12, threads=1)
    two = redan.engage(write(tmp_path / "b.csv", blank, WHOLE), replications=12, threads=2)
    by_id = {battle["id"]: battle for battle in one["battles"]}
    assert [by_id[battle["id"]] for battle in two["battles"]] == two["battles"]
    again = redan.engage(write(tmp_path / "c.csv", WHOLE), replications=12, seed=2)
    assert again["battles"][0] != by_id["whole"]
    assert seed_of(1, "a") != seed_of(1, "b") != seed_of(2, "b")


def test_the_result_is_a_table_in_the_design_s_columns(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    document = run_engage(write(tmp_path / "in.csv", WHOLE, Row("x")), replications=10, out=out)
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == RESULT_COLUMNS
    assert [row["id"] for row in rows] == ["whole", "x"]
    for battle in document["battles"]:
        assert 0.0 <= battle["p_attacker_wins"] <= 1.0
        for measure in ("attacker_loss", "defender_loss", "advance_km_per_day"):
            low, middle, high = (battle[f"{measure}_p{q}"] for q in (10, 50, 90))
            assert 0.0 <= low <= middle <= high
    assert not list(tmp_path.glob(".*part"))


@pytest.mark.parametrize(
    "wrong", [{"replications": 0}, {"seed": -1}, {"out": "nowhere/out.csv"}, {"replications": 10**9}]
)
def test_numbers_out_of_range_are_refused(wrong: dict[str, object], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--"):
        run_engage(write(tmp_path / "in.csv", WHOLE), **wrong)  # type: ignore[arg-type]


def test_odds_far_apart_are_told_apart() -> None:
    """Ten to one in the open against one to three on fortified ground, 40 replications each."""
    strong = replace(WHOLE, id="strong", attacker_men=60_000, defender_men=6_000, posture="hasty")
    weak = replace(WHOLE, id="weak", attacker_men=3_000, defender_men=30_000, posture="fortified")
    deep = [np.median(play_battle(row, seed=1, replications=40).depth_km) for row in (strong, weak)]
    assert deep[0] > 2.0 * deep[1]


def test_the_verdict_is_by_ground_days_and_front() -> None:
    one = np.ones(1)
    assert SHIPPED.share_won(9.0 * one, one, 5.0 * one) > SHIPPED.share_won(1.0 * one, one, 5.0 * one)
    assert SHIPPED.share_won(5.0 * one, 30.0 * one, 5.0 * one) < SHIPPED.share_won(5.0 * one, one, 5.0 * one)
    assert SHIPPED.advance_km(100.0 * one, 10.0 * one, 0.0 * one) < 15.0
    assert SHIPPED.advance_km(0.0 * one, 10.0 * one, 3.0 * one) == 0.0


def test_a_verdict_is_recovered_from_invented_records() -> None:
    """4,000 records: each coefficient within .25, about four standard errors."""
    rng = np.random.default_rng(1)
    days, front = np.exp(rng.normal(1.0, 0.9, 4000)), np.exp(rng.normal(2.3, 1.3, 4000))
    advance = np.maximum(0.0, np.exp(rng.normal(1.0, 1.0, 4000)) - 0.5)
    won = (rng.random(4000) < SHIPPED.share_won(advance, days, front)).astype(np.float64)
    found = fit_verdict(advance, days, front, won)
    for name in ("constant", "advance"):
        assert getattr(found, name) == pytest.approx(getattr(SHIPPED, name), abs=0.25)
