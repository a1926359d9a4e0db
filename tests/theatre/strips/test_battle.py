"""A single battle as a strip."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from redan.theatre.strips.battle import DEEPEST_KM, FASTEST_KM_PER_DAY, POSTURES, Battle, battle_strip
from redan.theatre.strips.build import build_strip
from redan.vocabulary.codes import DEFENDER, LINE, RESERVE

PLAIN = Battle(30_000.0, 15_000.0, front_km=14.0, days=2)


@pytest.mark.parametrize("front_km", [1.0, 14.0, 320.0])
def test_it_is_as_wide_as_its_front(front_km: float) -> None:
    assert battle_strip(replace(PLAIN, front_km=front_km)).front_km == pytest.approx(front_km)


@pytest.mark.parametrize("days", [1, 4, 130])
def test_it_is_three_times_as_deep_as_the_attacker_could_come_or_as_deep_as_is_played(days: int) -> None:
    strip = battle_strip(replace(PLAIN, days=days))
    deep = (strip.columns - strip.front_column) * strip.spacing_km
    assert deep >= min(DEEPEST_KM, 3.0 * days * FASTEST_KM_PER_DAY)
    assert deep <= DEEPEST_KM + strip.spacing_km


def test_posture_is_works_depth_and_obstacles() -> None:
    works = {}
    for posture in POSTURES:
        theatre = build_strip(battle_strip(replace(PLAIN, posture=posture)))
        works[posture] = float(theatre.cell_belt_share.max())
    assert works["withdrawal"] < works["delay"] <= works["hasty"] < works["prepared"] < works["fortified"]


def test_a_defender_who_delays_keeps_more_men_behind_the_line() -> None:
    def held_back(posture: str) -> float:
        theatre = build_strip(battle_strip(replace(PLAIN, posture=posture)))
        ours = theatre.formation_side == DEFENDER
        return float((theatre.formation_duty0[ours] == RESERVE).mean())

    assert held_back("prepared") < held_back("delay") < held_back("withdrawal")


def test_ground_and_town_cover_the_strip() -> None:
    rugged, town = (
        build_strip(battle_strip(replace(PLAIN, **changes)))
        for changes in ({"terrain": "rugged", "cover": "wooded"}, {"urban": True})
    )
    assert rugged.cell_relief_m.min() >= 100.0
    assert rugged.cell_cover.min() > 0.5
    assert rugged.cell_built.max() == 0.0
    assert np.unique(town.cell_built).size == 1
    assert town.cell_built.min() > 0.5


def test_few_men_still_stand_in_a_line() -> None:
    theatre = build_strip(battle_strip(replace(PLAIN, attacker_men=300.0, defender_men=100.0)))
    assert (theatre.formation_duty0 == LINE).sum() >= 2


@pytest.mark.parametrize("wrong", [{"posture": "asleep"}, {"terrain": "sea"}, {"cover": "moss"}])
def test_a_word_without_a_meaning_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(KeyError):
        battle_strip(replace(PLAIN, **wrong))  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [{"days": 0}, {"front_km": -1.0}, {"defender_men": 0.0}])
def test_a_battle_without_men_front_or_days_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="a battle has"):
        battle_strip(replace(PLAIN, **wrong))  # type: ignore[arg-type]
