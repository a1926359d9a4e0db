"""Scores against values worked out by hand, folds by war, baselines that learn what there is to learn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from redan.calibration.battles import learners
from redan.calibration.battles import validate as battles
from redan.calibration.battles.baselines import base_rate, baselines, by_fold, features_of
from redan.calibration.battles.history import fold_of
from redan.calibration.battles.learners import has_learners
from redan.calibration.battles.scores import Prediction, Truth, auc, judge, scores_of
from redan.forecast.scores import brier
from redan.vocabulary.errors import InputError
from tests.calibration.battles.invented import WARS, invented, invented_text


def test_auc_and_brier_by_hand() -> None:
    won = np.array([1.0, 1.0, 0.0, 0.0, 0.5])
    p = np.array([0.9, 0.4, 0.4, 0.1, 0.7])
    assert auc(p, won) == pytest.approx(3.5 / 4.0)
    assert brier(p, won) == pytest.approx((0.01 + 0.36 + 0.16 + 0.01 + 0.04) / 5.0)
    assert np.isnan(auc(p[:2], won[:2]))


def test_wars_are_merged_into_five_folds() -> None:
    found = [fold_of(war) for war in WARS]
    assert found == ["First World War", "Second East", "Second West", "Arab-Israeli", "other"]
    assert fold_of("World War I (Western Front 1918)") == "First World War"
    assert fold_of("Israel-Lebanon, 1982") == "Arab-Israeli"
    assert fold_of("World War Ii (European Theater)") == "Second West"


def test_no_battle_is_predicted_by_its_own_war() -> None:
    history = invented()
    seen = by_fold(history, lambda train, test: np.full((int(test.sum()), 1), float((train & test).sum())))
    assert (seen == 0.0).all()
    one = history.of_fold("other")
    assert base_rate(history)[one][0] == pytest.approx(history.won[~one].mean())


def test_a_baseline_learns_what_the_history_holds() -> None:
    history = invented(300)
    truth = Truth(history.won, history.lost_attacker, history.lost_defender, history.advance_km)
    found = baselines(history, with_days=True)
    scores = {
        name: {key: score(np.arange(300)) for key, score in scores_of(one, truth, base_rate(history)).items()}
        for name, one in found.items()
    }
    assert scores["force ratio"]["auc"] > 0.75
    assert scores["force ratio"]["brier_skill"] > 0.1
    assert scores["base rate"]["brier_skill"] == pytest.approx(0.0)
    assert scores["power law, wide"]["lost_attacker_within_2"] > scores["base rate"]["lost_attacker_within_2"]
    assert 0.7 < scores["power law, wide"]["lost_defender_cover80"] < 0.9


def test_no_feature_tells_how_a_battle_ended() -> None:
    history = invented()
    turned = invented(seed=1)
    turned.won[:] = 1.0 - turned.won
    turned.lost_attacker[:] = 1.0
    for name, column in features_of(history).columns.items():
        np.testing.assert_array_equal(column, features_of(turned).columns[name])
    assert not {"won", "loss", "advance"} & set(features_of(history).columns)


def test_unknown_outcomes_are_left_out_of_a_score() -> None:
    truth = Truth(np.array([1.0, 0.0]), np.array([np.nan, 100.0]), np.ones(2), np.ones(2))
    sample = np.array([[1.0, 2.0, 3.0], [90.0, 100.0, 110.0]])
    scores = scores_of(Prediction(None, lost_attacker=sample), truth, np.full(2, 0.5))
    assert scores["lost_attacker_within_2"](np.array([0, 1, 1])) == 1.0
    assert np.isnan(scores["lost_attacker_crps"](np.array([0])))


def test_intervals_are_wider_where_few_wars_hold_the_battles() -> None:
    won = np.repeat(np.random.default_rng(1).random(20) < 0.5, 10).astype(np.float64)
    p = np.full(200, 0.5)
    scores = {"mean": lambda k: float((won[k] - p[k]).mean())}
    by_war = judge(scores, [f"war {k // 10}" for k in range(200)])["mean"]["interval90"]
    alone = judge(scores, [str(k) for k in range(200)])["mean"]["interval90"]
    assert by_war[1] - by_war[0] > 2.0 * (alone[1] - alone[0])


def test_absent_data_are_said_to_be_absent(tmp_path: Path) -> None:
    document = battles.run_battles(data=tmp_path)
    assert document["skipped"]
    assert "with_days" not in document
    with pytest.raises(InputError, match="--replications"):
        battles.run_battles(replications=1, data=tmp_path)


def test_the_document_has_every_model_and_both_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "battles.csv"
    path.write_text(invented_text(20))
    monkeypatch.setattr(battles, "find_battles", lambda root: (path, "checked"))
    monkeypatch.setattr(learners, "TREES", 2)
    document: dict[str, Any] = battles.run_battles(replications=10, threads=1)
    again = battles.run_battles(replications=10, threads=2)
    assert document == again
    for part in ("with_days", "without_days"):
        models = set(document[part])
        assert {battles.PRIORS, "base rate", "force ratio", "ratio and posture"} <= models
        assert ("random forest" in models) == has_learners()
        score = document[part][battles.PRIORS]["auc"]
        assert score["interval90"][0] <= score["value"] <= score["interval90"][1]
