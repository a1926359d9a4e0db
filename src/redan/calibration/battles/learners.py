"""Learners that know no mechanism: random forest and gradient boosting on the same features and folds."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from redan.calibration.battles.baselines import Bool, Z, by_fold, features_of
from redan.calibration.battles.history import History
from redan.calibration.battles.scores import LEAST_KM, LEAST_MEN, Prediction

F64 = NDArray[np.float64]
PACKAGE: Final = "sklearn"
MISSING: Final = "scikit-learn is not installed (extra `study`)"
TREES = 150
INNER_FOLDS: Final = 3  # in which the spread of a learner's errors is measured


def has_learners() -> bool:
    """Whether scikit-learn is here."""
    return importlib.util.find_spec(PACKAGE) is not None


def learners(history: History, *, with_days: bool) -> dict[str, Prediction]:
    """Both learners by name; needs scikit-learn."""
    from sklearn.ensemble import (
        GradientBoostingClassifier,
        GradientBoostingRegressor,
        RandomForestClassifier,
        RandomForestRegressor,
    )

    forest = {"n_estimators": TREES, "min_samples_leaf": 5, "max_features": 0.4, "random_state": 1}
    boost = {
        "n_estimators": TREES,
        "learning_rate": 0.04,
        "max_depth": 3,
        "subsample": 0.7,
        "random_state": 1,
    }
    return {
        "random forest": _predict(
            history,
            with_days,
            lambda: RandomForestClassifier(**forest),
            lambda: RandomForestRegressor(**forest),
        ),
        "gradient boosting": _predict(
            history,
            with_days,
            lambda: GradientBoostingClassifier(**boost),
            lambda: GradientBoostingRegressor(**boost),
        ),
    }


def _predict(
    history: History, with_days: bool, classifier: Callable[[], Any], regressor: Callable[[], Any]
) -> Prediction:
    features = features_of(history)
    names = [name for name in features.columns if with_days or name != "days"]
    columns = features.of(names)[:, 1:]

    def win(train: Bool, test: Bool) -> F64:
        # a draw is a half: it stands once on each side, with half the weight
        at = np.flatnonzero(train)
        weight = np.concatenate([history.won[at], 1.0 - history.won[at]])
        target = np.repeat([1, 0], at.size)
        both, kept = np.concatenate([at, at]), weight > 0.0
        model = classifier().fit(columns[both][kept], target[kept], sample_weight=weight[kept])
        return np.asarray(model.predict_proba(columns[test])[:, 1], np.float64)

    def spread(truth: F64, least: float) -> F64:
        logs = np.log(truth + least)

        def fit(train: Bool, test: Bool) -> F64:
            known = np.flatnonzero(train & np.isfinite(logs))
            off = np.zeros(known.size)
            for k in range(INNER_FOLDS):
                left = np.arange(known.size) % INNER_FOLDS == k
                model = regressor().fit(columns[known[~left]], logs[known[~left]])
                off[left] = logs[known[left]] - model.predict(columns[known[left]])
            model = regressor().fit(columns[known], logs[known])
            centre = model.predict(columns[test])
            return np.asarray(np.exp(centre[:, None] + off.std() * Z[None, :]) - least, np.float64)

        return np.maximum(0.0, by_fold(history, fit))

    return Prediction(
        by_fold(history, win),
        lost_attacker=spread(history.lost_attacker, LEAST_MEN),
        lost_defender=spread(history.lost_defender, LEAST_MEN),
        advance_km=spread(history.advance_km, LEAST_KM),
    )
