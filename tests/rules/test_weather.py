"""Light and season where no argument acts in one direction over its whole range."""

from __future__ import annotations

import pytest

from redan.rules.weather import daylight_hours, leaf_cover


def test_summer_days_lengthen_to_the_north() -> None:
    summer = [daylight_hours(172.0, float(latitude)) for latitude in range(0, 66, 5)]
    winter = [daylight_hours(355.0, float(latitude)) for latitude in range(0, 66, 5)]
    assert summer == sorted(summer)
    assert winter == sorted(winter, reverse=True)
    assert summer[-1] + winter[-1] == pytest.approx(24.0, abs=0.1)


def test_days_lengthen_to_the_solstice_and_shorten_after() -> None:
    hours = [daylight_hours(float(day), 48.7) for day in range(1, 366)]
    longest = hours.index(max(hours))
    assert 170 <= longest + 1 <= 174
    assert hours[10:longest] == sorted(hours[10:longest])
    assert hours[longest:350] == sorted(hours[longest:350], reverse=True)


def test_leaves_come_once_a_year() -> None:
    leaves = [leaf_cover(float(day), 115.0, 295.0) for day in range(1, 366)]
    fullest = leaves.index(max(leaves))
    assert leaves[: fullest + 1] == sorted(leaves[: fullest + 1])
    assert leaves[fullest:] == sorted(leaves[fullest:], reverse=True)
