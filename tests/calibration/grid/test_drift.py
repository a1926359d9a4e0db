"""What drifts from season to season is drawn on from the last, within its prior."""

from __future__ import annotations

import numpy as np
import pytest

from redan.calibration.grid.drift import Drift
from redan.vocabulary.parameters import load_register

TEMPO = next(entry for entry in load_register().entries if entry.name == "tempo")


def drift(*medians: float, sd: float = 0.1) -> Drift:
    rng = np.random.default_rng(2)
    return Drift([np.log(middle) + sd * rng.standard_normal(400) for middle in medians])


def test_steps_are_what_fits_do_not_leave_open() -> None:
    assert drift(1.0, 1.0, 1.0, sd=0.5).step_sd == pytest.approx(0.0, abs=0.05)
    assert drift(0.5, 1.0, 2.0).step_sd == pytest.approx(np.log(2.0), abs=0.05)
    assert drift(1.0).step_sd == 0.0


def test_a_season_to_come_is_the_last_within_the_prior() -> None:
    values = np.random.default_rng(1).uniform(0.1, 0.3, 300)  # from all starts together
    still = drift(0.2, 0.8, 0.8, sd=0.05)
    flat = still.draw_on(values, lambda u: np.exp(10.0 * u - 5.0), TEMPO, seed=1)  # a prior that says nothing
    assert np.median(flat) == pytest.approx(0.8, rel=0.35)
    assert (np.diff(flat[np.argsort(values)]) >= 0.0).all()  # each keeps the rank it had
    narrow = still.draw_on(values, lambda u: 0.3 + 0.1 * u, TEMPO, seed=1)
    assert ((narrow > 0.29) & (narrow < 0.41)).all()
    clipped = still.draw_on(values, lambda u: np.maximum(0.3, 0.2 + 0.9 * u), TEMPO, seed=1)
    assert np.median(clipped) > 0.5  # a prior cut off at its edge does not heap up there
