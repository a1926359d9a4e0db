"""Parameters end with the source they came from, and draws depend on seed, replication and name only."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from redan.scenario.load import load_scenario
from redan.scenario.parameters import central, draw, resolve
from redan.scenario.scenario import Scenario
from redan.vocabulary.distributions import Distribution
from redan.vocabulary.parameters import Parameter, Register, params_dtype

Load = Callable[..., Scenario]

SPREAD = Parameter(
    name="spread",
    group="test",
    unit="-",
    value=0.5,
    distribution=Distribution("uniform", {"low": 0, "high": 1}),
    low=0,
    high=1,
    grade="C",
    source="judgement: for a test",
)


@pytest.fixture
def parameters(load: Load) -> dict[str, Parameter]:
    return resolve(load())


def test_rows_have_the_fields_of_the_register(parameters: dict[str, Parameter], register: Register) -> None:
    assert draw(parameters, 1, range(2)).dtype == params_dtype(register)
    assert central(parameters).dtype == params_dtype(register)


def test_the_bundled_scenario_fills_the_register_that_ships() -> None:
    scenario = load_scenario("slavyansk-kramatorsk")
    found = resolve(scenario)
    assert tuple(found) == scenario.register.names
    rows = draw(found, 1, range(50))
    for name, parameter in found.items():
        assert np.isfinite(rows[name]).all()
        assert parameter.low <= rows[name].min() <= rows[name].max() <= parameter.high
        assert parameter.source
        assert parameter.grade in "ABC"


def test_each_parameter_ends_with_its_own_origin(parameters: dict[str, Parameter]) -> None:
    origins = {name: (p.origin, p.source) for name, p in parameters.items()}
    assert origins["tempo"] == ("register", "judgement: invented for tests")
    assert origins["drone_depth_km"] == ("scenario", "invented")
    assert origins["withdraw_supply_share"] == ("scenario", "invented")
    assert origins["attacker_reserve_share"] == ("scenario", "no source given")
    assert parameters["attacker_men"].mark.file.endswith("scenario.yaml")


def test_the_register_is_taken_at_the_date(load: Load) -> None:
    sets = ["as_of=2023-06-01", "control.date=2023-05-01"]
    assert resolve(load(sets=sets))["jamming_share"].value == 0.2
    assert resolve(load())["jamming_share"].value == 0.4


def test_the_central_row_holds_the_values(parameters: dict[str, Parameter]) -> None:
    row = central(parameters)
    assert [row[name] for name in parameters] == [p.value for p in parameters.values()]


def test_a_draw_does_not_depend_on_how_many_are_drawn(parameters: dict[str, Parameter]) -> None:
    rows = draw(parameters, 7, range(100))
    assert_array_equal(draw(parameters, 7, range(40, 60)), rows[40:60])
    assert_array_equal(draw(parameters, 7, [99, 3]), rows[[99, 3]])


def test_a_draw_does_not_depend_on_the_other_parameters(parameters: dict[str, Parameter]) -> None:
    alone = draw({"tempo": parameters["tempo"]}, 7, range(20))
    assert_array_equal(alone["tempo"], draw(parameters, 7, range(20))["tempo"])


def test_fixing_one_parameter_leaves_the_others(parameters: dict[str, Parameter]) -> None:
    fixed = {
        **parameters,
        "tempo": dataclasses.replace(parameters["tempo"], distribution=Distribution("fixed")),
    }
    before, after = draw(parameters, 7, range(20)), draw(fixed, 7, range(20))
    assert_allclose(after["tempo"], 1.0)
    for name in parameters:
        if name != "tempo":
            assert_array_equal(before[name], after[name])


def test_seeds_and_names_give_other_draws(parameters: dict[str, Parameter]) -> None:
    one, two = draw(parameters, 1, range(20)), draw(parameters, 2, range(20))
    assert not np.any(one["tempo"] == two["tempo"])
    twins = {name: dataclasses.replace(SPREAD, name=name) for name in ("left", "right")}
    rows = draw(twins, 1, range(20))
    assert not np.any(rows["left"] == rows["right"])


def test_draws_follow_their_distribution() -> None:
    # A Kolmogorov-Smirnov test at 1e-6: a wrong shape by 2 % would fail, chance almost never.
    values = draw({"spread": SPREAD}, 3, range(20_000))["spread"]
    assert stats.kstest(values, "uniform").pvalue > 1e-6


def test_twins_are_not_correlated() -> None:
    twins = {name: dataclasses.replace(SPREAD, name=name) for name in ("left", "right")}
    rows = draw(twins, 3, range(20_000))
    assert abs(np.corrcoef(rows["left"], rows["right"])[0, 1]) < 5 / np.sqrt(20_000)


@given(st.integers(0, 2**64 - 1), st.integers(0, 10**9))
def test_any_seed_and_replication_can_be_drawn(seed: int, replication: int) -> None:
    (value,) = draw({"spread": SPREAD}, seed, [replication])["spread"]
    assert 0 < value < 1
