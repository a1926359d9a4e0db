"""The front series: dates, clocks and rates on a small file made here."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from redan.sources.front_series import FrontSeries, read_front_series

START = date(2025, 1, 1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Sixty days: the front closes in on Here by 0.5 km a day from 25 km; There lies behind it."""
    rows = ["date,occupied_km2,dist_km_Here,occ2km_Here,unk2km_Here,dist_km_There,occ2km_There,unk2km_There"]
    for i in range(60):
        distance = 25 - 0.5 * i
        occupied = 0.1 if i >= 55 else 0.0
        unknown = 0.06 if i >= 50 else 0.0
        there = 20 - i  # runs away from behind: no approach to a town that has fallen
        rows.append(
            f"{START + timedelta(days=i)},{100 + 2 * i},{distance},{occupied},{unknown},{min(there, -1)},1,0"
        )
    path = tmp_path / "series.csv"
    path.write_text("\n".join(rows) + "\n")
    return path


@pytest.fixture
def series(file: Path) -> FrontSeries:
    return read_front_series(file, until=date(2025, 12, 12))


def test_clocks(series: FrontSeries) -> None:
    assert series.first_within("Here", 20) == START + timedelta(days=10)
    assert series.first_within("Here", -10) is None
    assert series.first_contested("Here", with_unknown=True) == START + timedelta(days=50)
    assert series.first_contested("Here", with_unknown=False) == START + timedelta(days=55)


def test_nothing_later_than_the_day_asked_is_read(file: Path) -> None:
    early = read_front_series(file, until=START + timedelta(days=4))
    assert len(early.days) == 5
    assert early.first_within("Here", 20) is None


def test_rate(series: FrontSeries) -> None:
    assert series.rate_km2_per_day(START, START + timedelta(days=30)) == pytest.approx(2.0)


def test_a_day_before_the_series_is_refused(series: FrontSeries) -> None:
    with pytest.raises(ValueError, match="begins on"):
        series.row(START - timedelta(days=1))


def test_fastest_approach_counts_only_towns_in_front(series: FrontSeries) -> None:
    fastest, hits, windows = series.fastest_approach_km(START)
    assert fastest == pytest.approx(15.0)
    assert hits == 30  # each of the 30 windows that end in time covers 15 km, or ends at the town
    assert windows == 30
