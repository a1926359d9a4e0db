"""Numbers with units, as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redan.sources.reading.measures import find_measures
from redan.sources.reading.numerals import value_of
from redan.sources.reading.text import Sentence


def found(text: str) -> list[tuple[str, float, float, str, str]]:
    measures, _ = find_measures(Sentence(1, 1, 0, text))
    return [(m.kind, m.number.low, m.number.high, m.unit, text[m.start : m.end]) for m in measures]


def one(text: str) -> tuple[str, float, float, str, str]:
    (measure,) = found(text)
    return measure


@pytest.mark.parametrize(
    ("text", "kind", "low", "high", "unit", "quote"),
    [
        ("It lies 36 kilometers away.", "distance", 36, 36, "km", "36 kilometers"),
        ("It is roughly 14 km off.", "distance", 14, 14, "km", "roughly 14 km"),
        ("A 20-kilometer zone.", "distance", 20, 20, "km", "20-kilometer"),
        ("A 20-km-deep zone.", "distance", 20, 20, "km", "20-km"),
        ("Some 10 miles on.", "distance", 16.0934, 16.0934, "km", "Some 10 miles"),
        ("Ran aground 4 nautical miles off.", "distance", 7.408, 7.408, "km", "4 nautical miles"),
        ("The wall is 5 m high.", "distance", 0.005, 0.005, "km", "5 m"),
        ("A 6,000 ft ridge.", "distance", 1.8288, 1.8288, "km", "6,000 ft"),
        ("Half a mile on.", "distance", 0.804672, 0.804672, "km", "Half a mile"),
        ("It is 12,5 km long.", "distance", 12.5, 12.5, "km", "12,5 km"),
        ("It is 1\u00a0200 metres.", "distance", 1.2, 1.2, "km", "1\u00a0200 metres"),
        ("Between 10 and 15 kilometres.", "distance", 10, 15, "km", "Between 10 and 15 kilometres"),
        ("Five to ten miles.", "distance", 8.04672, 16.0934, "km", "Five to ten miles"),
        ("From 3-5 km.", "distance", 3, 5, "km", "3-5 km"),
        ("They took 40 square kilometres.", "area", 40, 40, "km2", "40 square kilometres"),
        ("They took 25 sq mi.", "area", 64.7497, 64.7497, "km2", "25 sq mi"),
        ("Burnt 500 hectares.", "area", 5, 5, "km2", "500 hectares"),
        ("At 3 km a day.", "pace", 3, 3, "km/day", "3 km a day"),
        ("At 300 metres per week.", "pace", 0.0428571, 0.0428571, "km/day", "300 metres per week"),
        ("Ongoing for about a year.", "duration", 365.25, 365.25, "days", "about a year"),
        ("A three-month siege.", "duration", 91.3125, 91.3125, "days", "three-month"),
        ("For 36 hours.", "duration", 1.5, 1.5, "days", "36 hours"),
        ("In two and a half months.", "duration", 76.0938, 76.0938, "days", "two and a half months"),
        ("A year and a half.", "duration", 547.875, 547.875, "days", "A year and a half"),
        ("Some 70 percent burnt.", "share", 0.7, 0.7, "share", "Some 70 percent"),
        ("1,200 soldiers left.", "count", 1_200, 1_200, "men", "1,200 soldiers"),
        ("The 2,000-strong garrison.", "count", 2_000, 2_000, "men", "2,000-strong"),
        ("50 main battle tanks.", "count", 50, 50, "equipment", "50 main battle tanks"),
        ("2 to 3 million refugees.", "count", 2e6, 3e6, "people", "2 to 3 million refugees"),
        ("Up to 100,000 dead.", "count", 1e5, 1e5, "casualties", "Up to 100,000 dead"),
        ("Twenty-five villages fell.", "count", 25, 25, "settlements", "Twenty-five villages"),
        ("5 m people left.", "count", 5e6, 5e6, "people", "5 m people"),
        ("15 hundred men.", "count", 1_500, 1_500, "men", "15 hundred men"),
    ],
)
def test_read(text: str, kind: str, low: float, high: float, unit: str, quote: str) -> None:
    found_kind, found_low, found_high, *rest = one(text)
    assert (found_kind, *rest) == (kind, unit, quote)
    assert (found_low, found_high) == pytest.approx((low, high))


@pytest.mark.parametrize(
    "text",
    [
        "A 34-year-old man.",
        "It cost $5m and more.",
        "Two key Donbass cities.",  # a figure of speech, no count
        "One soldier of many battles.",
        "A kilometre of trench.",
        "In 2024 soldiers came.",
        "Years of fortifications.",
        "The 47th brigade.",
        "A few hundred kilometres.",
        "1" * 400 + " km",
    ],
)
def test_no_measure(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("A 155 mm gun.", "a calibre or a small length"),
        ("At 60 km/h.", "a speed"),
        ("The 47th brigade.", "an ordinal"),
        ("For 2 million dollars.", "money"),
        ("At 30 degrees.", "a temperature or an angle"),
    ],
)
def test_set_aside_with_a_reason(text: str, why: str) -> None:
    _, aside = find_measures(Sentence(1, 1, 0, text))
    assert [item.why for item in aside] == [why]


@given(st.integers(0, 999_999_999))
def test_digits_are_read_as_they_are_written(number: int) -> None:
    assert value_of(f"{number}") == value_of(f"{number:,}") == number


@given(st.text(max_size=400))
def test_any_sentence_is_read_within_its_bounds(text: str) -> None:
    measures, aside = find_measures(Sentence(1, 1, 0, text))
    spans = [(item.start, item.end) for item in measures] + [(item.start, item.end) for item in aside]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(measure.number.low <= measure.number.high for measure in measures)
