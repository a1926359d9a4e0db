"""The hand-written NumPy beside the compiled rules does the same work, and says so when it does not."""

from __future__ import annotations

import numpy as np
import pytest

from redan.numerics.graph import UNREACHED
from redan.runs import handwritten
from redan.runs.faults import RunError
from redan.runs.world import World
from redan.testing.params import toy_params
from redan.testing.toys import toy_plan, toy_theatre


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """A toy with its line on day 0; one call in a round."""
    monkeypatch.setattr(handwritten, "ROUNDS", 1)
    monkeypatch.setattr(handwritten, "CALLS", 1)
    theatre = toy_theatre()
    return World(
        theatre=theatre,
        plans={"storm": toy_plan(theatre)},
        objectives=["town"],
        axes={"storm": ["west"]},
        draw=lambda replications: np.repeat(toy_params(), len(replications)),
        seed=1,
        horizon_days=1,
    )


def test_the_answers_agree_and_ratios_are_told(world: World) -> None:
    found = handwritten.numpy_over_compiled(world)
    assert list(found) == ["depth", "losses", "fires"]
    assert all(ratio > 0.0 for ratio in found.values())


def test_a_wrong_answer_is_no_ratio(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handwritten, "losses_by_hand", lambda ids, mean, dispersion: np.zeros(len(mean)))
    with pytest.raises(RunError, match="losses"):
        handwritten.numpy_over_compiled(world)


def test_depth_by_hand_stops_at_the_line() -> None:
    neighbour = np.array([[1, -1], [0, 2], [1, 3], [2, -1]], dtype=np.int32)  # four cells in a row
    side = np.array([0, 0, 0, 1], dtype=np.int8)
    rings = handwritten.rings_by_hand(neighbour, side, np.array([2], dtype=np.int32))
    assert rings.tolist() == [2, 1, 0, UNREACHED]
