"""Layers off and alone with the real engine, on an invented city whose edge is the front."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from redan.analysis.ensemble import play
from redan.analysis.layers import ablate
from redan.analysis.points import drawn, in_force
from redan.scenario.load import load_scenario
from redan.scenario.scenario import Scenario
from redan.views.case import Case
from redan.vocabulary.codes import LAYERS
from redan.vocabulary.errors import InputError

CITY = Path(__file__).parents[2] / "verification" / "city-fight"
DAYS, PAIRS = 40, 6


@pytest.fixture(scope="module")
def city() -> Scenario:
    return load_scenario(CITY)


def test_off_and_alone_are_differences_of_whole_ensembles(city: Scenario) -> None:
    said: list[tuple[int, int, str]] = []
    found = ablate(
        city,
        replications=PAIRS,
        horizon_days=DAYS,
        seed=3,
        layers=["works"],
        threads=2,
        progress=lambda *now: said.append(now),
    )
    others = [layer for layer in LAYERS if layer != "works"]

    def men(layers_off: list[str]) -> float:
        ensemble = play(city, replications=PAIRS, horizon_days=DAYS, seed=3, layers_off=layers_off, threads=1)
        return float(ensemble.of("storm")["losses:attacker"].to_numpy().mean())

    off = next(e for e in found.off if e.measure == "losses:attacker")
    alone = next(e for e in found.alone if e.measure == "losses:attacker")
    assert off.mean_difference == pytest.approx(men(["works"]) - men([]))
    assert alone.mean_difference == pytest.approx(men([*others, "works"]) - men(others))
    assert found.levels["all"]["storm"]["losses:attacker"] == pytest.approx(men([]))
    assert off.mean_difference != 0.0
    # Four theatres: all on, none on, one off, one alone.
    assert said[0] == (0, 4 * PAIRS, "compile")
    assert said[-1] == (4 * PAIRS, 4 * PAIRS, "campaigns")


def test_the_parameters_are_shared_whatever_is_off(city: Scenario) -> None:
    first, second = (
        play(city, replications=4, horizon_days=2, seed=3, layers_off=off).of("storm")
        for off in ([], list(LAYERS))
    )
    parameters = [name for name in first.columns if name.startswith("parameter:")]
    assert first.select(parameters).equals(second.select(parameters))
    assert np.unique(first["parameter:tempo"].to_numpy()).size > 1


def test_it_draws_from_what_a_forecast_draws_from() -> None:
    city = load_scenario(CITY, sets=["as_of=2026-06-01"])  # the fit may be known by then
    fitted, free = (drawn(in_force(city, fit)[0], 3, range(4)).values for fit in ("front", "priors"))
    assert not np.array_equal(fitted, free)
    named = {}
    for fit in ("front", "priors"):
        case = Case(city, "city", fit)
        found = case.ablate(layers=["works"], replications=3, horizon_days=20, seed=3, threads=1)
        own = play(city, replications=3, horizon_days=20, seed=3, posterior=fit, threads=1).of("storm")
        assert found.levels["all"]["storm"]["losses:attacker"] == own["losses:attacker"].to_numpy().mean()
        named[fit] = found.document()["posterior"]
    assert named["front"]["name"] == "front"
    assert named["priors"] is None


def test_every_fault_is_told(city: Scenario) -> None:
    with pytest.raises(InputError) as caught:
        ablate(city, layers=["work", "relief", "relief"], courses=["strom"], seed=-1)
    assert [(f.file, f.field) for f in caught.value.faults] == [
        ("--layer", "work"),
        ("--layer", "relief"),
        ("--course", "strom"),
        ("--seed", "-1"),
    ]
