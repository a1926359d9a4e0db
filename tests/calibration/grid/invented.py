"""An invented front on a grid of 2.5 km: the west is occupied, and more of it from week to week."""

from __future__ import annotations

import numpy as np

from redan.calibration.grid.record import Record

WEEKS = 9
SIZE = 12
FIRST = np.datetime64("2024-01-01")


def days(n: int = WEEKS, step: int = 7) -> np.ndarray:
    return FIRST + step * np.arange(n)


def axis(n: int = SIZE) -> np.ndarray:
    return 340_000.0 + 2_500.0 * np.arange(n)


def record(occupied: np.ndarray, unknown: np.ndarray | None = None, *, step: int = 7) -> Record:
    """A record of shares [t, y, x], every cell of which counts."""
    shares = np.asarray(occupied, np.float32)
    inside = np.ones(shares.shape[1:], np.bool_)
    nobody = np.zeros_like(shares)
    return Record(
        days(len(shares), step),
        shares,
        nobody if unknown is None else np.asarray(unknown, np.float32),
        inside,
        axis(shares.shape[2]),
        axis(shares.shape[1]),
    )


def advancing(columns: list[int]) -> Record:
    """The westernmost columns occupied, so many in each week."""
    shares = np.zeros((len(columns), SIZE, SIZE))
    for week, n in enumerate(columns):
        shares[week, :, :n] = 1.0
    return record(shares)
