"""The cut between the stages: draws of the first stage as columns of the register for a front of our time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from redan.calibration.engage.free import FREE, settings
from redan.calibration.engage.posterior import Fitted
from redan.vocabulary.parameters import load_register

F64 = NDArray[np.float64]


def carried_rows(first: Fitted, names: Sequence[str], year: int) -> F64:
    """[draw, name] what the first stage's posterior says of some parameters of the register in a year.

    Raises
    ------
    KeyError
        The first stage does not set one of them.
    """
    n = len(first.values)
    free = {one.name: first.values[:, k] for k, one in enumerate(FREE)}
    columns = settings(free, year, np.zeros(n))
    return np.column_stack([columns[name] for name in names]) if names else np.zeros((n, 0))


def shared(names: Sequence[str], battles: dt.date, front: dt.date) -> tuple[str, ...]:
    """Which parameters the register gives one value for both dates; what it dates apart is not the same.

    A fight of masses and one under drones then have a value each, and what battles say of the first is not
    carried to the second.
    """
    register = load_register()
    then, now = register.at(battles), register.at(front)
    return tuple(name for name in names if then.get(name) is now.get(name))


def choose_rows(n_rows: int, n: int, *, seed: int) -> NDArray[np.int64]:
    """[n] rows of the first stage's posterior, one for each draw of the table."""
    return np.random.default_rng([seed, n_rows]).integers(0, n_rows, n)
