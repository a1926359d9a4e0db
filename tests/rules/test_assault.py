"""The law of an attacked edge: limits, scale, and that a protection acts once."""

from __future__ import annotations

import inspect

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redan.numerics.inverse import normal_quantile
from redan.rules import assault, drones
from redan.rules.assault import cell_movement, edge_loss, noise_factor, success_probability, winning_speed
from redan.rules.contact import line_density, list_contact
from redan.testing.toys import hex_grid
from tests.rules.test_conformance import RULES, rule

MEN = st.floats(1.0, 1e5)
EXPONENT = st.floats(0.0, 1.0)


@given(MEN, MEN, st.floats(0.1, 3.0), EXPONENT, st.floats(0.01, 100.0))
def test_losses_are_homogeneous_of_degree_one(
    own: float, enemy: float, quality: float, p: float, k: float
) -> None:
    once = edge_loss(own, enemy, quality * own, 0.02, p, 1.3)
    scaled = edge_loss(k * own, k * enemy, k * quality * own, 0.02, p, 1.3)
    assert scaled == pytest.approx(k * once, rel=1e-9)


@given(MEN, MEN, EXPONENT, st.integers(1, 50))
def test_cutting_a_battle_into_more_cells_changes_nothing(
    own: float, enemy: float, p: float, cells: int
) -> None:
    part = edge_loss(own / cells, enemy / cells, own / cells, 0.02, p, 1.0)
    assert cells * part == pytest.approx(edge_loss(own, enemy, own, 0.02, p, 1.0), rel=1e-9)


@given(MEN, MEN, st.floats(0.0, 0.1))
def test_p_1_is_the_square_law_and_p_0_the_logarithmic(own: float, enemy: float, rate: float) -> None:
    assert edge_loss(own, enemy, own, rate, 1.0, 1.0) == pytest.approx(rate * enemy)
    assert edge_loss(own, enemy, own, rate, 0.0, 1.0) == pytest.approx(rate * own)


def test_nobody_loses_nobody() -> None:
    for own, enemy, power in ((0.0, 10.0, 10.0), (10.0, 0.0, 10.0), (10.0, 10.0, 0.0)):
        assert edge_loss(own, enemy, power, 0.1, 0.5, 1.0) == 0.0


def test_an_attack_without_power_fails_and_at_the_even_ratio_is_even() -> None:
    assert success_probability(0.0, 0.8, 0.5) == 0.0
    assert success_probability(0.5, 0.8, 0.5) == pytest.approx(0.5)
    assert success_probability(1e9, 0.8, 0.5) == pytest.approx(1.0, abs=1e-6)


@given(st.lists(st.floats(0.0, 30.0), min_size=1, max_size=6))
def test_a_cell_moves_with_its_fastest_edge_or_half_their_sum(speeds: list[float]) -> None:
    found = cell_movement(sum(speeds), max(speeds))
    assert found == pytest.approx(max(*speeds, 0.5 * sum(speeds)))


def test_speed_runs_from_open_to_fortified() -> None:
    assert winning_speed(5.5, 2.5, 0.0, 2000.0, 2000.0, 0.35) == pytest.approx(5.5)
    assert winning_speed(5.5, 2.5, 1.0, 2000.0, 2000.0, 0.35) == pytest.approx(2.5)
    assert winning_speed(5.5, 2.5, 1.0, 9000.0, 2000.0, 0.35) == pytest.approx(2.5)
    assert winning_speed(5.5, 2.5, 0.0, 0.0, 2000.0, 0.35) == 0.0


@pytest.mark.parametrize(("persistent", "daily"), [(0.0, 0.0), (0.25, 0.7), (0.5, 1.0)])
def test_noise_of_losses_has_mean_1(persistent: float, daily: float) -> None:
    u = (np.arange(400) + 0.5) / 400
    z = [normal_quantile(float(x)) for x in u]
    mean = np.mean([[noise_factor(a, b, persistent, daily) for a in z[::4]] for b in z])
    # midpoints of 400 miss a part of a log-normal's tail that grows with its width
    assert mean == pytest.approx(1.0, abs=0.005 + 0.02 * daily**2)


def test_works_protect_in_one_place_only() -> None:
    """Works act on strength, on losses and on speed in one rule each, and on nothing else about a fight."""
    takes_works = {
        name
        for module, name in RULES
        if module != "works"
        and "works"
        in inspect.signature(getattr(rule(module, name), "py_func", rule(module, name))).parameters
    }
    assert takes_works == {"posture_strength", "vulnerability", "winning_speed"}
    assert rule("assault", "posture_strength") is assault.posture_strength
    assert rule("drones", "vulnerability") is drones.vulnerability


def test_contact_is_where_the_sides_touch() -> None:
    neighbour, column, _ = hex_grid(8, 6)
    n = neighbour.shape[0]
    control = (column >= 4).astype(np.int8)
    touching, cells = np.zeros(n, dtype=np.int32), np.zeros(n, dtype=np.int32)
    counts = np.zeros(4, dtype=np.int64)
    for c in range(n):
        touching[c] = sum(b >= 0 and control[b] != control[c] for b in neighbour[c])
    list_contact(control, touching, cells, counts)
    pairs = {
        (c, int(b)) for c in range(n) for b in neighbour[c] if b >= 0 and control[c] == 0 and control[b] == 1
    }
    assert counts[0] == len(pairs)
    assert set(cells[: counts[1]]) == {c for pair in pairs for c in pair} == set(np.flatnonzero(touching))
    assert touching.sum() == 2 * len(pairs)


def test_men_tied_down_hold_no_line() -> None:
    assert line_density(900.0, 300.0, 3.0) == 200.0
    assert line_density(900.0, 1200.0, 3.0) == 0.0
    assert line_density(900.0, 0.0, 0.0) == 0.0
