"""The numeric checks of the literature (methods, at the end of each section), as constants with sources."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from redan.rules.assault import edge_loss, ground_speed, posture_strength
from redan.rules.cohesion import break_hazard
from redan.rules.drones import depth_profile, kills_per_km, path_hazard, vulnerability
from redan.rules.supply import isolation_effect
from redan.vocabulary.parameters import load_register

SHARED = Path(__file__).parents[2] / "shared" / "data" / "check_cases.json"
BESIDE = Path(__file__).parents[3] / "shared" / "data" / "check_cases.json"

# Lanchester 1916, square law: 100 against 60 at .01 a day (methods 1, check 1)
SQUARE_SURVIVORS, SQUARE_DAYS = 80.0, 69.3147
# exact recursion of the stochastic laws at equal kill rates (methods 1, check 2)
SQUARE_WINS = {(3, 2): 0.775, (5, 4): 0.715209, (20, 16): 0.87534}
LINEAR_WIN_3_2 = 0.6875
# Engel 1954, JORSA 2:163, Iwo Jima: a, b a day, garrison, landings {first day: men over that day}
ENGEL_A, ENGEL_B, ENGEL_GARRISON = 0.0544, 0.0106, 21_500.0
ENGEL_LANDINGS = {0: 54_000.0, 2: 6_000.0, 5: 13_000.0}
ENGEL_MEN = {1: 52_835.5, 6: 66_453.7, 35: 52_012.0, 36: 51_985.2}
ENGEL_GARRISON_36 = 216.8
KILLZONE = {5.0: 0.9656, 15.0: 0.5, 25.0: 0.0344}  # methods 6: D50 15, s 3
ISOLATION = {3.0: 1.0, 7.0: 0.736, 14.0: 0.466}  # methods 7: floor .2, t0 3, tau 10


def loss(own: float, enemy: float, rate: float, exponent: float = 1.0) -> float:
    return float(edge_loss(own, enemy, own, rate, exponent, 1.0))


def step(x: float, y: float, a: float, b: float, dt: float, arrivals: float = 0.0) -> tuple[float, float]:
    """One Runge-Kutta step of two sides that lose by `edge_loss`; `arrivals` a day join the first."""

    def slope(x: float, y: float) -> tuple[float, float]:
        return arrivals - loss(x, y, a), -loss(y, x, b)

    k1 = slope(x, y)
    k2 = slope(x + 0.5 * dt * k1[0], y + 0.5 * dt * k1[1])
    k3 = slope(x + 0.5 * dt * k2[0], y + 0.5 * dt * k2[1])
    k4 = slope(x + dt * k3[0], y + dt * k3[1])
    mean = [(k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]) / 6.0 for i in (0, 1)]
    return x + dt * mean[0], y + dt * mean[1]


def p_first_wins(m: int, n: int, exponent: float) -> float:
    """Chance that m wipe out n when each loss falls on a side in proportion to its `edge_loss`."""

    @cache
    def p(i: int, j: int) -> float:
        if i == 0 or j == 0:
            return float(j == 0)
        to_first = loss(float(i), float(j), 1.0, exponent)
        to_second = loss(float(j), float(i), 1.0, exponent)
        return (to_first * p(i - 1, j) + to_second * p(i, j - 1)) / (to_first + to_second)

    return p(m, n)


def test_p_1_is_lanchesters_square_law() -> None:
    x, y, day, dt = 100.0, 60.0, 0.0, 0.01
    while y > 0.01:
        x, y = step(x, y, 0.01, 0.01, dt)
        day += dt
    assert x == pytest.approx(SQUARE_SURVIVORS, abs=0.01)
    # y falls by .01 * 80 a day at the end, so .01 men more take an eightieth of a day
    assert day == pytest.approx(SQUARE_DAYS, abs=0.03)


@pytest.mark.parametrize("forces", list(SQUARE_WINS))
def test_stochastic_square_law(forces: tuple[int, int]) -> None:
    assert p_first_wins(*forces, 1.0) == pytest.approx(SQUARE_WINS[forces], abs=1e-5)


def test_p_one_half_loses_as_many_on_either_side() -> None:
    # sqrt(x y) on both sides: the linear law's chances, though not its pace
    assert p_first_wins(3, 2, 0.5) == pytest.approx(LINEAR_WIN_3_2, abs=1e-9)


def test_engels_iwo_jima() -> None:
    men, garrison, steps = 0.0, ENGEL_GARRISON, 200
    for day in range(36):
        for _ in range(steps):
            # loss() of nobody is nothing, so the first instant only lands
            men, garrison = step(men, garrison, ENGEL_A, ENGEL_B, 1.0 / steps, ENGEL_LANDINGS.get(day, 0.0))
        if day + 1 in ENGEL_MEN:
            assert men == pytest.approx(ENGEL_MEN[day + 1], abs=6.0 if day == 0 else 3.0)
    assert garrison == pytest.approx(ENGEL_GARRISON_36, abs=1.0)


@pytest.mark.parametrize("km", list(KILLZONE))
def test_depth_of_the_drone_zone(km: float) -> None:
    assert depth_profile(km, 15.0, 3.0) == pytest.approx(KILLZONE[km], abs=1e-4)


def test_hollings_disc() -> None:
    # K = a N P / (1 + a h N) with a .5, h .1, N 20, P 1 is 5; here c = 1/h and N_half = 1/(a h)
    assert kills_per_km(1.0, 1.0 / 0.1, 20.0, 1.0 / (0.5 * 0.1)) == pytest.approx(5.0, abs=1e-9)


def test_a_hot_road_of_24_km() -> None:
    # lambda .0143 a km and a zone far deeper than the road: .71 of the loads arrive (methods 7)
    hits = path_hazard(0.0, 24.0, 0.0143, 1000.0, 1.0)
    assert 2.718281828 ** (-hits) == pytest.approx(0.71, abs=0.001)


@pytest.mark.parametrize("days", list(ISOLATION))
def test_isolation(days: float) -> None:
    assert isolation_effect(days, 0.2, 3.0, 10.0) == pytest.approx(ISOLATION[days], abs=0.001)


def test_a_decade_of_digging_on_rugged_ground() -> None:
    # 1.6 x 1.55 = 2.48 (methods 1.4 and 4); a decade-built work halves vulnerability (methods 4)
    assert posture_strength(1.0, 0.6, 0.55, 0.0) == pytest.approx(2.48)
    assert vulnerability(1.0, 0.5) == 0.5


def test_the_hazard_of_a_quiet_garrison_is_its_base() -> None:
    found = break_hazard(0.01, 2.0, 1.5, 0.8, 10.0, 1.0, 0.0, 0.2)
    assert found == pytest.approx(0.01, rel=0.006)  # 1 - exp(-h0)


def test_towns_move_at_a_third_to_a_half() -> None:
    # TDI (methods 5): .33 to .5 of open ground. The register's whole support must lie inside.
    built = next(p for p in load_register().entries if p.name == "built_slow")
    for u in (0.001, 0.999):
        speed = ground_speed(0.0, 0.0, 1.0, 0.0, 1.0, 0.4, 0.3, float(built.ppf(u)), 0.3)
        assert 0.33 <= speed <= 0.5


def test_the_constants_here_are_those_of_the_data_folder() -> None:
    found = next((path for path in (SHARED, BESIDE) if path.is_file()), None)
    if found is None:
        pytest.skip("the project's data folder (shared/) is not beside this copy")
    cases = {case["name"]: case["expected"] for case in json.loads(found.read_text())}
    assert "survivors=80.0, t_end=69.3147" in cases["lanchester_square"]
    for (m, n), chance in SQUARE_WINS.items():
        assert f"P_square({m},{n})={chance}" in cases["lanchester_stochastic_win"]
    assert f"P_linear(3,2)={LINEAR_WIN_3_2}" in cases["lanchester_stochastic_win"]
    for day, men in ENGEL_MEN.items():
        assert f"M({day})={men}" in cases["engel"]
    assert f"J(36)={ENGEL_GARRISON_36}" in cases["engel"]
    assert cases["killzone"] == "p(5)=.9656,p(15)=.5,p(25)=.0344"
    assert cases["holling2"] == "5.0"
