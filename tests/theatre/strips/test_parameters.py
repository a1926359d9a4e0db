"""Parameters of a strip: the register at any date, forces, and what is fixed."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from redan.scenario.parameters import central, draw
from redan.theatre.strips.parameters import QUIET, strip_parameters
from redan.vocabulary.parameters import load_register, params_dtype

MEN = {"attacker_men": 9000.0, "defender_men": 4000.0}
NOW = dt.date(2025, 12, 12)


def test_a_row_has_the_type_that_campaigns_are_compiled_for() -> None:
    parameters = strip_parameters(NOW, MEN)
    assert central(parameters).dtype == params_dtype(load_register())
    assert draw(parameters, 1, range(3)).dtype == params_dtype(load_register())


def test_dates_choose_the_entries() -> None:
    then, now = (strip_parameters(date, MEN) for date in (dt.date(1944, 6, 6), NOW))
    assert then["defence_density_most"].value > now["defence_density_most"].value
    # no drones in 1944: the first entry stands in, and there are none to use it
    early = load_register().at(dt.date(2022, 6, 1))["drone_half_depth_km"]
    assert then["drone_half_depth_km"].value == early.value
    assert then["attacker_drones_per_day"].value == 0.0


def test_what_is_fixed_is_not_drawn_and_the_rest_is() -> None:
    rows = draw(strip_parameters(NOW, {**MEN, "tempo": 1.0}), 5, range(50))
    assert set(rows["tempo"]) == {1.0}
    assert set(rows["attacker_men"]) == {9000.0}
    assert set(rows["defender_guns"]) == {QUIET["defender_guns"]}
    assert np.unique(rows["loss_scale"]).size == 50


@pytest.mark.parametrize(
    ("fixed", "error"),
    [
        ({"defender_men": 1.0}, KeyError),
        ({**MEN, "temppo": 1.0}, KeyError),
        ({**MEN, "tempo": -1.0}, ValueError),
    ],
)
def test_what_is_wrong_is_refused(fixed: dict[str, float], error: type[Exception]) -> None:
    with pytest.raises(error):
        strip_parameters(NOW, fixed)
