"""Baselines that know no mechanism: base rate, logistic in the force ratio and posture, power laws of losses.

Each is fitted to the battles of the other folds and applied to those of its own. Losses and advances are
log-normal about the fitted line, as a sample of equally spaced quantiles: all models are scored alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

from redan.calibration.battles.history import History
from redan.calibration.battles.scores import Prediction
from redan.calibration.engage.posterior import LEAST_KM, LEAST_MEN
from redan.calibration.engage.verdict import logistic

F64 = NDArray[np.float64]
Bool = NDArray[np.bool_]
RIDGE: Final = 0.5
MEMBERS: Final = 99
Z: Final = special.ndtri((np.arange(MEMBERS) + 0.5) / MEMBERS)  # [member] of a standard normal


@dataclass(frozen=True)
class Features:
    """What a baseline may see of the battles: columns [battle], blanks filled with the median of all."""

    columns: Mapping[str, F64]

    def of(self, names: Sequence[str]) -> F64:
        """[battle, 1 + name], the first column of ones."""
        n = len(next(iter(self.columns.values())))
        return np.column_stack([np.ones(n), *(self.columns[name] for name in names)])


def features_of(history: History) -> Features:
    """Logarithms of forces, ratio, front, days, tanks, guns, sorties; year; posture and ground as 0 or 1."""
    rows = history.rows

    def number(name: str) -> F64:
        values = np.array([np.nan if (v := getattr(row, name)) is None else float(v) for row in rows])
        if not np.isfinite(values).any():
            return np.zeros(len(rows))  # the column is blank throughout: it tells nothing
        return np.where(np.isfinite(values), values, np.nanmedian(values))

    def is_word(name: str, word: str) -> F64:
        return np.array([float(getattr(row, name) == word) for row in rows])

    def flown(side: str) -> F64:
        sorties = np.nan_to_num(np.array([getattr(row, f"{side}_sorties") or 0.0 for row in rows]))
        return np.asarray(np.log1p(1000.0 * sorties / number(f"{side}_men") / days), np.float64)

    men_a, men_d = number("attacker_men"), number("defender_men")
    front, days = number("front_km"), np.maximum(1.0, number("days"))
    return Features(
        {
            "attacker": np.log(men_a),
            "defender": np.log(men_d),
            "ratio": np.log(men_a / men_d),
            "front": np.log(front),
            "density": np.log(men_d / front),
            "days": np.log(days),
            "year": (number("year") - 1930.0) / 20.0,
            "tanks_attacker": np.log1p(1000.0 * number("attacker_tanks") / men_a),
            "tanks_defender": np.log1p(1000.0 * number("defender_tanks") / men_d),
            "air_attacker": flown("attacker"),  # blank: none told of, none counted
            "air_defender": flown("defender"),
            "guns_attacker": np.log1p(1000.0 * number("attacker_guns") / men_a),
            "guns_defender": np.log1p(1000.0 * number("defender_guns") / men_d),
            **{word: is_word("posture", word) for word in ("hasty", "fortified", "delay", "withdrawal")},
            **{word: is_word("terrain", word) for word in ("flat", "rugged")},
            **{word: is_word("cover", word) for word in ("bare", "wooded")},
        }
    )


def by_fold(history: History, fit: Callable[[Bool, Bool], F64]) -> F64:
    """Fit on the other folds, predict each: `fit(train, test)` gives rows for the battles of `test`."""
    found: F64 | None = None
    for name in history.folds:
        test = history.of_fold(name)
        part = fit(~test, test)
        if found is None:
            found = np.zeros((len(history.rows), *part.shape[1:]))
        found[test] = part
    assert found is not None
    return found


def base_rate(history: History) -> F64:
    """[battle] share won by the attacker in the other folds."""
    return by_fold(history, lambda train, test: np.full(int(test.sum()), history.won[train].mean()))


def win_logistic(history: History, names: Sequence[str]) -> F64:
    """[battle] chance of a win, logistic in some features."""
    columns = features_of(history).of(names)

    def fit(train: Bool, test: Bool) -> F64:
        found = logistic(columns[train], history.won[train], ridge=RIDGE)
        return np.asarray(1.0 / (1.0 + np.exp(-columns[test] @ found)), np.float64)

    return by_fold(history, fit)


def log_normal(history: History, names: Sequence[str], truth: F64, least: float) -> F64:
    """[battle, member] a power law of some features with its residual spread."""
    columns = features_of(history).of(names)
    logs = np.log(truth + least)

    def fit(train: Bool, test: Bool) -> F64:
        known = train & np.isfinite(logs)
        penalty = RIDGE * np.eye(columns.shape[1])
        penalty[0, 0] = 0.0
        x, y = columns[known], logs[known]
        found = np.linalg.solve(x.T @ x + penalty, x.T @ y)
        sd = float(np.std(y - x @ found))
        return np.asarray(np.exp((columns[test] @ found)[:, None] + sd * Z[None, :]) - least, np.float64)

    return np.maximum(0.0, by_fold(history, fit))


def baselines(history: History, *, with_days: bool) -> dict[str, Prediction]:
    """Every baseline by name."""
    forces = ["attacker", "defender"]
    length = ["days"] if with_days else []
    wide = [*forces, "front", "year", "fortified", "hasty", *length]

    def power_law(names: Sequence[str]) -> dict[str, F64]:
        return {
            "lost_attacker": log_normal(history, names, history.lost_attacker, LEAST_MEN),
            "lost_defender": log_normal(history, names, history.lost_defender, LEAST_MEN),
            "advance_km": log_normal(history, names, history.advance_km, LEAST_KM),
        }

    return {
        "base rate": Prediction(base_rate(history), **power_law([])),
        "force ratio": Prediction(win_logistic(history, ["ratio"]), **power_law(forces)),
        "ratio and posture": Prediction(
            win_logistic(history, ["ratio", "hasty", "fortified", "delay"]),
            **power_law([*forces, "hasty", "fortified"]),
        ),
        "power law, wide": Prediction(None, **power_law(wide)),
    }
