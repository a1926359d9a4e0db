"""The fit on a table of which the answer is known."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special, stats

from redan.calibration.grid.adjust import learn_guide, posterior_shares, sd_ratio

NOISE = 0.1


def table(n: int = 3000, seed: int = 5) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Shares [n, 2], what is carried [n, 1], summaries: the first parameter and half of what is carried."""
    rng = np.random.default_rng(seed)
    u, carried = rng.uniform(size=(n, 2)), rng.normal(size=(n, 1))
    told = stats.norm.ppf(u[:, :1]) + 0.5 * carried + NOISE * rng.normal(size=(n, 1))
    return u, carried, np.column_stack([told, rng.normal(size=(n, 2))])


def test_it_finds_what_is_told_and_leaves_what_is_not() -> None:
    u, carried, summaries = table()
    guide = learn_guide(summaries, u)
    target = guide.condense(np.array([[0.7, 0.0, 0.0]]))[0]
    wanted = np.zeros((500, 1))
    shares, kept = posterior_shares(u, carried, guide.rows, target, wanted, seed=1)
    assert kept == 300
    assert np.median(shares[:, 0]) == pytest.approx(special.ndtr(0.7), abs=0.04)
    ratio = sd_ratio(shares)
    assert ratio[0] < 0.35
    assert ratio[1] > 0.8  # the summaries say nothing of the second parameter


def test_the_cut_holds() -> None:
    """What is carried moves the answer as it must, and is not moved by what was observed."""
    u, carried, summaries = table()
    guide = learn_guide(summaries, u)
    target = guide.condense(np.array([[0.7, 0.0, 0.0]]))[0]
    low, high = (
        np.median(posterior_shares(u, carried, guide.rows, target, np.full((400, 1), at), seed=1)[0][:, 0])
        for at in (-0.6, 0.6)
    )
    assert low == pytest.approx(special.ndtr(1.0), abs=0.06)
    assert high == pytest.approx(special.ndtr(0.4), abs=0.06)


def test_no_adjustment_leaves_the_prior() -> None:
    u, carried, summaries = table(400)
    guide = learn_guide(summaries, u)
    far = guide.condense(np.array([[40.0, 0.0, 0.0]]))[0]
    shares, _ = posterior_shares(u, carried, guide.rows, far, np.zeros((50, 1)), seed=1)
    assert ((shares >= 0.0) & (shares <= 1.0)).all()
