"""Factors: the groups of the register, and what a fit draws together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np
import pytest

from redan.analysis.points import drawn
from redan.analysis.sensitivity.factors import REST, by_grade, by_group, pooled, uncertain
from redan.analysis.sensitivity.screening import trajectories
from redan.scenario.load import load_scenario
from redan.scenario.parameters import resolve
from redan.scenario.posterior import Posterior, with_posterior
from redan.vocabulary.parameters import Parameter

COLUMNS = ("tempo", "depth_loss_per_day")


@pytest.fixture(scope="module")
def priors() -> dict[str, Parameter]:
    return resolve(load_scenario("slavyansk-kramatorsk"))


@pytest.fixture(scope="module")
def parameters(priors: Mapping[str, Parameter]) -> dict[str, Parameter]:
    """With a made-up fit of parameters of two groups."""
    middle = np.array([priors[name].value for name in COLUMNS])
    rows = middle * np.linspace(0.9, 1.1, 50)[:, None]
    fit = Posterior("made up", dt.date(2020, 1, 1), COLUMNS, rows, "", {})
    return with_posterior(priors, fit)


def test_every_uncertain_parameter_is_in_one_group_and_one_grade(parameters: Mapping[str, Parameter]) -> None:
    for listed in (by_group(parameters), by_grade(parameters)):
        names = [name for one in listed for name in one.parameters]
        assert sorted(names) == sorted(uncertain(parameters))
        order = list(parameters)
        assert all(tuple(order[column] for column in one.columns) == one.parameters for one in listed)


def test_what_a_fit_draws_together_is_one_factor(parameters: Mapping[str, Parameter]) -> None:
    fit = by_group(parameters)[-1]
    assert (fit.name, fit.is_joint) == ("fitted (made up)", True)
    assert set(fit.parameters) == set(COLUMNS)
    assert parameters["tempo"].group != parameters["depth_loss_per_day"].group
    split = by_group(parameters, ["drones"])
    assert len(split) > len(by_group(parameters))
    assert by_grade(parameters)[-1] == fit


def test_what_is_screened_out_stays_one_factor(parameters: Mapping[str, Parameter]) -> None:
    factors = by_group(parameters)
    left = pooled(factors, ["drones"], parameters)
    assert [one.name for one in left] == ["drones", REST]
    assert sum(len(one.parameters) for one in left) == len(uncertain(parameters))


def test_trajectories_move_a_fit_from_row_to_row(parameters: Mapping[str, Parameter]) -> None:
    factors = by_group(parameters)
    laid = trajectories(factors, parameters, 5, seed=1)
    values = laid.points.values.reshape(5, len(factors) + 2, -1)
    columns = [list(parameters).index(name) for name in COLUMNS]
    draws = np.column_stack([parameters[name].joint.draws for name in COLUMNS])  # type: ignore[union-attr]
    met = {tuple(row) for row in values[:, :, columns].reshape(-1, 2)}
    assert met <= {tuple(row) for row in draws}
    changes = (np.diff(values[:, :, columns], axis=1) != 0.0).any(axis=2).sum(axis=1)
    assert (changes <= 1).all(), "a fit is moved once on each trajectory"
    assert changes.sum() >= 4
    # One group at a time, and luck once.
    moved = (np.diff(values, axis=1) != 0.0).any(axis=2).sum(axis=1)
    assert (moved >= len(factors) - 1).all()
    assert (np.abs(np.diff(laid.points.luck.reshape(5, -1), axis=1)).sum(axis=1) == 1).all()


def test_points_of_a_fit_are_its_rows(parameters: Mapping[str, Parameter]) -> None:
    found = drawn(parameters, 3, range(20)).values[:, [list(parameters).index(name) for name in COLUMNS]]
    assert np.allclose(found[:, 0] / found[0, 0], found[:, 1] / found[0, 1])
