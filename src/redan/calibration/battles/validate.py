"""Score predicted battles by war, beside baselines: the document of `redan validate --battles`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from redan.calibration.battles.baselines import base_rate, baselines
from redan.calibration.battles.history import History, find_battles, read_history
from redan.calibration.battles.learners import MISSING, has_learners, learners
from redan.calibration.battles.scores import Prediction, Truth, judge, scores_of
from redan.calibration.engage.play import Played
from redan.calibration.engage.run import Progress, no_progress, play_battles
from redan.calibration.engage.verdict import Verdict, fit_verdict
from redan.sources.ledger import data_root
from redan.vocabulary.errors import InputError, out_of_range

F64 = NDArray[np.float64]
DEFAULT_REPLICATIONS: Final = 200
LEAST_REPLICATIONS: Final = 10
MOST_REPLICATIONS: Final = 100_000
MOST_SEED: Final = 2**64 - 1
PRIORS: Final = "redan, priors"
PARTS: Final = {"with_days": True, "without_days": False}


def run_battles(
    *,
    replications: int = DEFAULT_REPLICATIONS,
    seed: int = 1,
    threads: int | None = None,
    data: Path | None = None,
    progress: Progress = no_progress,
) -> dict[str, Any]:
    """Predict the training battles by the register's priors and score them beside baselines.

    Returns
    -------
    `{"seed", "replications", "skipped": None, "battles", "folds", "with_days", "without_days"}`, each of the
    last two by model and score `{"value", "interval90"}`. Where the data are absent `skipped` says why, and
    there are no scores.

    Raises
    ------
    InputError
        A number is out of range.
    """
    check_numbers(replications, seed)
    document: dict[str, Any] = {"seed": seed, "replications": replications, "skipped": None}
    path, words = find_battles(data_root(data))
    if path is None:
        return document | {"skipped": words}
    history = read_history(path)
    verdicts = fold_verdicts(history)
    document |= {
        "battles": len(history.rows),
        "folds": {name: history.fold.count(name) for name in history.folds},
        "learners": None if has_learners() else MISSING,
    }
    for part, with_days in PARTS.items():
        seen = history if with_days else history.without_days()
        played = play_battles(
            seen.rows,
            seed=seed,
            replications=replications,
            verdicts=verdicts,
            threads=threads,
            progress=progress,
        )
        models = {PRIORS: predict(played, verdicts)}
        document[part] = score_models(seen, models, with_days=with_days)
    return document


def check_numbers(replications: int, seed: int) -> None:
    """Refuse numbers out of range."""
    faults = out_of_range(
        ("--replications", replications, LEAST_REPLICATIONS, MOST_REPLICATIONS),
        ("--seed", seed, 0, MOST_SEED),
    )
    if faults:
        raise InputError(faults)


def fold_verdicts(history: History) -> list[Verdict]:
    """For each battle how a win is read off the ground, fitted to the battles of the other folds."""
    days, front = (
        np.array([np.nan if (v := getattr(row, name)) is None else float(v) for row in history.rows])
        for name in ("days", "front_km")
    )
    found = {}
    for name in history.folds:
        k = ~history.of_fold(name)
        found[name] = fit_verdict(history.advance_km[k], days[k], front[k], history.won[k])
    return [found[name] for name in history.fold]


def predict(played: Sequence[Played], verdicts: Sequence[Verdict]) -> Prediction:
    """What campaigns say of each battle."""
    pairs = list(zip(played, verdicts, strict=True))
    advance = np.array(
        [verdict.advance_km(one.depth_km, one.front_km, one.ambition) for one, verdict in pairs]
    )
    won = [
        verdict.share_won(advance[k], one.days, one.front_km).mean() for k, (one, verdict) in enumerate(pairs)
    ]
    return Prediction(
        p=np.array(won),
        lost_attacker=np.array([one.lost_attacker for one in played]),
        lost_defender=np.array([one.lost_defender for one in played]),
        advance_km=advance,
    )


def score_models(
    history: History, models: Mapping[str, Prediction], *, with_days: bool
) -> dict[str, dict[str, Any]]:
    """Scores of the models given, of the baselines and, where scikit-learn is here, of the learners."""
    truth = Truth(history.won, history.lost_attacker, history.lost_defender, history.advance_km)
    every = {**models, **baselines(history, with_days=with_days)}
    if has_learners():
        every |= learners(history, with_days=with_days)
    base = base_rate(history)
    return {name: judge(scores_of(one, truth, base), history.war) for name, one in every.items()}
