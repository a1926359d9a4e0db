"""The emulator's skill is what there is to be told, and none where there is nothing."""

from __future__ import annotations

import numpy as np

from redan.analysis.versus.emulator import skill


def test_skill_is_found_where_a_parameter_decides() -> None:
    rng = np.random.default_rng(2)
    drawn = rng.random((1200, 40))
    # Wins with probability 0.9 or 0.1: of the variance 0.25 the rule leaves 0.09, of which a line tells 3/4.
    wins = (rng.random(1200) < np.where(drawn[:, 7] > 0.5, 0.9, 0.1)).astype(float)
    found = skill(drawn, wins, seed=1)
    assert found is not None
    assert 0.35 < found.skill < 0.64
    assert found.low < 0.48 < found.high
    assert found.pairs == 600


def test_luck_cannot_be_told() -> None:
    rng = np.random.default_rng(3)
    found = skill(rng.random((400, 150)), (rng.random(400) < 0.3).astype(float), seed=1)
    assert found is not None
    assert abs(found.skill) < 0.05
    assert skill(rng.random((40, 3)), np.ones(40), seed=1) is None
