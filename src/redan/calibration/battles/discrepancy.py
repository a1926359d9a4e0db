"""What the model leaves out: a spread of the logarithms, learned on the other wars.

A fitted model is still wrong by more than its own noise. For losses and advances the recorded logarithm
is taken to be the simulated one plus a normal error whose variance is what the errors of the other wars
have beyond the spread of the simulation (Kennedy and O'Hagan 2001). One number for each quantity; no
feature of a battle enters. A shift learned on other wars beside it made predictions worse (the fit has set
the level already), so there is none.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from redan.calibration.battles.history import History
from redan.calibration.battles.scores import Prediction, log_sample
from redan.calibration.engage.posterior import QUANTITIES, Discrepancy

F64 = NDArray[np.float64]


def learn(sample: F64, truth: F64, least: float) -> Discrepancy:
    """From battles [battle, member] and what happened [battle]."""
    known = np.isfinite(truth)
    logs = log_sample(sample[known], least)
    off = log_sample(truth[known], least) - np.median(logs, axis=1)
    beyond = float(np.mean(off**2) - np.median(logs.var(axis=1)))
    return Discrepancy(float(np.sqrt(max(0.0, beyond))))


def widen(prediction: Prediction, history: History, *, seed: int) -> Prediction:
    """A prediction with the discrepancy of the other folds in each."""
    changed = {}
    for name, least in QUANTITIES.items():
        sample: F64 = getattr(prediction, name)
        made = np.zeros(sample.shape)
        for fold in history.folds:
            test = history.of_fold(fold)
            found = learn(sample[~test], getattr(history, name)[~test], least)
            made[test] = found.apply(sample[test], least, seed=seed)
        changed[name] = made
    return replace(prediction, **changed)
