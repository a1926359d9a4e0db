"""Numbers as they are written on a page."""

from __future__ import annotations

import pytest

from redan.forecast.study.outcomes import short
from redan.views.report.numbers import (
    between,
    calendar,
    came_by,
    day,
    listed,
    month,
    percent,
    rounded,
    signed,
    span,
    spread,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (256_381.0, "256,000"),
        (1.3949, "1.39"),
        (1.4, "1.40"),
        (0.03512, "0.0351"),
        (0.0, "0"),
        (999.6, "1,000"),
        (-12_345.0, "−12,300"),
        (-0.0, "0"),
        (None, "–"),
    ],
)
def test_three_digits(value: float | None, text: str) -> None:
    assert rounded(value) == text


@pytest.mark.parametrize(("value", "text"), [(18.4, "18"), (0.4, "0"), (217.6, "218"), (12_234.0, "12,200")])
def test_people_are_whole(value: float, text: str) -> None:
    assert rounded(value, whole=True) == text


@pytest.mark.parametrize(
    ("value", "text"), [(175.4, "+180"), (-0.2, "−0.20"), (0.0, "0"), (None, "–"), (-203_000.0, "−200,000")]
)
def test_differences_have_a_sign(value: float | None, text: str) -> None:
    assert signed(value) == text


def test_ranges() -> None:
    assert spread({"p10": 1.0, "p50": 2.0, "p90": 3.0}) == "2.00 (1.00 to 3.00)"
    assert spread({"p10": 2.0, "p50": 2.0, "p90": 2.0}) == "2.00"
    assert spread({"p10": 0.1, "p50": 0.2, "p90": 0.3}, share=True) == "20 % (10 % to 30 %)"
    assert span([30.0, 10.0, 20.0], whole=True) == "10 to 30"
    assert between([0.5, 0.5]) == "50 %"
    assert between([0.5, 0.055]) == "5.5 % to 50 %"


@pytest.mark.parametrize("n", [8, 40, 200, 1000])
def test_what_came_is_written_alike_from_both_sides(n: int) -> None:
    for k in range(n + 1):
        (left,) = short([(n - k) / n])
        assert percent(came_by(left)) == percent(k / n), k


def test_days_and_lists() -> None:
    assert (day(None), day(1095.0)) == ("–", "1,095")
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert calendar("2025-12-12", 365) == "12 December 2026"
    assert calendar("2025-12-12", 365, short=True) == "12 Dec 2026"
    assert month("2025-12-12", 30) == "Jan 2026"
