"""Names of cells, directions, days and numbers."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from redan.analysis.trace.setting import UNNAMED, Spot
from redan.analysis.trace.words import (
    direction,
    km,
    listed,
    men,
    percent,
    sentence,
    several,
    supplied,
)
from tests.analysis.trace.made import setting


@pytest.mark.parametrize(
    ("cell", "words"),
    [("centre", "at Redford"), ("west-3", "3 km west of Redford"), ("hill", "at Far Hill")],
)
def test_a_cell_is_named_after_the_nearest_place(cell: str, words: str) -> None:
    assert setting().where(cell) == words


def test_a_village_names_a_cell_only_far_from_declared_places() -> None:
    place = replace(setting(), villages=[Spot("Nearby", -2.0, 0.0), Spot("Lonely", -6.5, 0.0)])
    assert place.where("west-3") == "3 km west of Redford"
    far = replace(place, places=[Spot("Far Hill", 20.0, 0.0)])
    assert far.where("west-6") == "at Lonely"
    assert far.where("west-3") == "at Nearby"


def test_what_is_not_known_is_not_invented() -> None:
    place = setting()
    assert place.where("nowhere") == UNNAMED
    assert place.away("nowhere", place.target("redford")) == math.inf
    assert place.nearest_target("nowhere") is None
    assert place.name("atlantis") == "atlantis"


def test_days_have_dates() -> None:
    assert setting().on(212) == "day 212 (2026-07-12)"


@pytest.mark.parametrize(
    ("dx", "dy", "words"),
    [(0, 1, "north"), (1, 1, "north-east"), (1, 0.2, "east"), (0, -3, "south"), (-2, 2, "north-west")],
)
def test_directions(dx: float, dy: float, words: str) -> None:
    assert direction(dx, dy) == words


def test_numbers() -> None:
    assert (men(1), men(3548.4)) == ("1 man", "3,548 men")
    assert (km(6.83), km(36.2)) == ("6.8 km", "36 km")
    assert [percent(x) for x in (0.0, 0.0004, 0.0123, 0.1, 0.345, 1.0)] == [
        "0 %", "less than 0.1 %", "1.2 %", "10 %", "34 %", "100 %",
    ]  # fmt: skip
    assert (supplied(0.3985), supplied(0.42)) == ("39.9 %", "42 %")
    assert (several(1, "cell"), several(2, "cell")) == ("1 cell", "2 cells")
    assert (listed([]), listed(["a"]), listed(["a", "b", "c"])) == ("", "a", "a, b and c")
    assert sentence("it rained") == "It rained."
