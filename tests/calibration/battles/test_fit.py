"""The fit on invented data: what is put in comes out, intervals hold as often as they say."""

from __future__ import annotations

import numpy as np
import pytest

from redan.calibration.battles.fit import (
    Posterior,
    Table,
    adjust,
    coverage,
    fit,
    make_table,
    recorded_statistics,
    simulated_statistics,
)
from redan.calibration.battles.held_out import fit_folds, predict_folds
from redan.calibration.engage.free import FREE, Free, from_range, settings, to_range
from redan.calibration.engage.verdict import SHIPPED
from redan.vocabulary.parameters import load_register
from tests.calibration.battles.invented import invented

TWO = (
    Free("loss_scale", 0.5, 8.0, True, "level"),
    Free("loss_noise_campaign", 0.2, 1.2, False, "spread"),
)


def invented_table(n: int = 1500) -> Table:
    """A stand-in for the engine: losses are the invented law's, times a level, with a spread."""
    history = invented()
    rng = np.random.default_rng(3)
    u = rng.random((n, 2))
    values = np.column_stack([one.value(u[:, k]) for k, one in enumerate(TWO)])
    men = {
        side: np.array([getattr(row, f"{side}_men") for row in history.rows])
        for side in ("attacker", "defender")
    }
    days = np.array([row.days for row in history.rows], dtype=np.float64)
    noise = rng.standard_normal((2, len(days), n)) * values[:, 1]
    lost = {
        side: men[side][:, None] * 0.01 * days[:, None] * values[:, 0] * np.exp(noise[k])
        for k, side in enumerate(men)
    }
    depth = np.exp(0.5 + 0.6 * rng.standard_normal((len(days), n)))
    ambition = rng.standard_normal((len(days), n))
    return Table(TWO, values, depth, ambition, lost["attacker"], lost["defender"])


def test_every_free_parameter_sets_what_the_register_knows() -> None:
    assert len(FREE) <= 8
    z = np.zeros(3)
    every = {one.name: one.value(np.array([0.0, 0.5, 1.0])) for one in FREE}
    register = load_register()
    for name, column in settings(every, 1944, z).items():
        entry = register.find(name)
        assert entry is not None
        assert (entry.low <= column).all()
        assert (column <= entry.high).all()


def test_losses_fall_with_the_years() -> None:
    free = {"loss_scale": np.array([4.0]), "loss_trend": np.array([0.5])}
    early, late = (settings(free, year, np.zeros(1))["loss_scale"][0] for year in (1918, 1967))
    assert early > 4.0 > late
    assert np.log(early / late) == pytest.approx(0.5 * 49.0 / 20.0)


def test_logits_of_the_range_go_both_ways() -> None:
    u = np.random.default_rng(1).random((20, len(FREE)))
    values = np.column_stack([one.value(u[:, k]) for k, one in enumerate(FREE)])
    np.testing.assert_allclose(from_range(to_range(values, FREE), FREE), values, rtol=2e-3)


def test_the_fit_finds_what_the_invented_history_was_made_with() -> None:
    """Level .03 over .01, spread .5: medians within a fifth, the level's interval holds it."""
    table, history = invented_table(), invented()
    found = fit(table, history, SHIPPED, np.ones(len(history.rows), dtype=np.bool_))
    level, spread = np.median(found.values, axis=0)
    assert level == pytest.approx(3.0, rel=0.2)
    assert spread == pytest.approx(0.5, rel=0.2)
    rows = {row["parameter"]: row for row in found.table()}
    assert rows["loss_scale"]["p05"] < 3.0 < rows["loss_scale"]["p95"]
    assert rows["loss_scale"]["sd_ratio"] < 0.3


def test_what_the_data_do_not_tell_stays_as_wide_as_it_was() -> None:
    rng = np.random.default_rng(2)
    values = np.column_stack([one.value(rng.random(2000)) for one in TWO])
    statistics = rng.standard_normal((2000, 5))
    rows = Posterior(TWO, adjust(values, TWO, statistics, np.zeros(5))).table()
    assert all(row["sd_ratio"] > 0.8 for row in rows)


def test_intervals_hold_as_often_as_they_say() -> None:
    """40 draws taken for the truth: 90 % of 40 within three standard deviations (.14)."""
    found = coverage(invented_table(), invented(), SHIPPED, tests=40, seed=1)
    assert (np.abs(found - 0.9) < 0.15).all()


def test_simulated_and_recorded_statistics_are_the_same_function() -> None:
    table, history = invented_table(50), invented()
    every = np.ones(len(history.rows), dtype=np.bool_)
    simulated = simulated_statistics(table, history, SHIPPED, every)
    recorded = recorded_statistics(history, every)
    assert simulated.shape == (50, recorded.shape[0])
    assert np.isfinite(simulated).all()
    assert np.isfinite(recorded).all()


def test_a_table_is_the_same_on_any_number_of_threads() -> None:
    history = invented(6)
    one, two = (make_table(history, 4, seed=2, threads=threads) for threads in (1, 2))
    np.testing.assert_array_equal(one.lost_attacker, two.lost_attacker)
    np.testing.assert_array_equal(one.depth_km, two.depth_km)
    scale = one.values[:, 0]
    assert one.lost_attacker[:, scale.argmax()].sum() > one.lost_attacker[:, scale.argmin()].sum()


def test_a_war_is_predicted_by_what_has_not_seen_it_with_and_without_its_length() -> None:
    history = invented(20)
    table = make_table(history, 24, seed=2, threads=2)
    held_out = fit_folds(table, history)
    assert set(held_out.by_fold) == set(history.folds)
    for seen in (history, history.without_days()):
        found = predict_folds(held_out, seen, replications=6, seed=1, threads=2)
        assert found.p is not None
        assert found.lost_attacker is not None
        assert found.lost_attacker.shape == (20, 6)
        assert ((found.p > 0.0) & (found.p < 1.0)).all()
