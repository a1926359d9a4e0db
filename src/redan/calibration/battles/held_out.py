"""Fitted predictions of wars the fit has not seen: a posterior for each, from the other battles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from redan.calibration.battles.discrepancy import learn, widen
from redan.calibration.battles.fit import Posterior, Table, fit, play_draws
from redan.calibration.battles.history import History
from redan.calibration.battles.scores import Prediction
from redan.calibration.battles.validate import PARTS, fold_verdicts, predict, score_models
from redan.calibration.engage.posterior import QUANTITIES
from redan.calibration.engage.run import Progress, no_progress
from redan.calibration.engage.verdict import SHIPPED, Verdict

F64 = NDArray[np.float64]
FITTED: Final = "redan, fitted"
WIDENED: Final = "redan, fitted, widened"  # by its discrepancy


@dataclass(frozen=True)
class HeldOut:
    """Posteriors and verdicts by fold, each from the other folds, and a posterior from all battles."""

    by_fold: dict[str, Posterior]
    whole: Posterior
    verdicts: dict[str, Verdict]


def fit_folds(table: Table, history: History) -> HeldOut:
    """Fit once for each fold, and once to everything."""
    verdicts = dict(zip(history.fold, fold_verdicts(history), strict=True))
    by_fold = {name: fit(table, history, verdicts[name], ~history.of_fold(name)) for name in history.folds}
    every = np.ones(len(history.rows), dtype=np.bool_)
    return HeldOut(by_fold, fit(table, history, next(iter(verdicts.values())), every), verdicts)


def predict_folds(
    held_out: HeldOut,
    history: History,
    *,
    replications: int,
    seed: int,
    threads: int | None = None,
    progress: Progress = no_progress,
) -> Prediction:
    """Predict each battle with draws of the posterior that has not seen its war."""
    drawn = {
        name: posterior.values[np.arange(replications) % len(posterior.values)]
        for name, posterior in held_out.by_fold.items()
    }
    played = play_draws(
        history.rows,
        lambda k: drawn[history.fold[k]],
        held_out.whole.free,
        seed=seed,
        verdict_of=lambda k: held_out.verdicts[history.fold[k]],
        threads=threads,
        progress=progress,
    )
    return predict(played, [held_out.verdicts[fold] for fold in history.fold])


def shipped(
    held_out: HeldOut,
    history: History,
    *,
    replications: int,
    seed: int,
    threads: int | None = None,
    progress: Progress = no_progress,
) -> dict[str, Any]:
    """The fit to everything, as `engage.posterior` reads it: draws, and the discrepancy from all battles."""
    values = held_out.whole.values
    drawn = values[np.arange(replications) % len(values)]
    free = held_out.whole.free
    played = play_draws(history.rows, lambda k: drawn, free, seed=seed, threads=threads, progress=progress)
    found = predict(played, [SHIPPED] * len(played))
    terms = {
        name: learn(getattr(found, name), getattr(history, name), least) for name, least in QUANTITIES.items()
    }
    return {
        "parameters": [one.name for one in free],
        "draws": [[float(f"{value:.5g}") for value in row] for row in values],
        "discrepancy": {name: {"sd": term.sd} for name, term in terms.items()},
    }


def score_folds(
    held_out: HeldOut,
    history: History,
    *,
    replications: int,
    seed: int,
    threads: int | None = None,
    progress: Progress = no_progress,
) -> dict[str, Any]:
    """Scores of the fitted predictions beside the baselines, with and without the length of the battles."""
    found = {}
    for part, with_days in PARTS.items():
        seen = history if with_days else history.without_days()
        fitted = predict_folds(
            held_out, seen, replications=replications, seed=seed, threads=threads, progress=progress
        )
        models = {FITTED: fitted, WIDENED: widen(fitted, seen, seed=seed)}
        found[part] = score_models(seen, models, with_days=with_days)
    return found
