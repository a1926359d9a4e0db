"""Dates, no more exact than they are written, and words that are none."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redan.sources.reading.text import Sentence
from redan.sources.reading.times import (
    EITHER,
    NO_CALENDAR,
    NO_CENTURY,
    NO_DAY,
    NO_YEAR,
    find_dates,
    latest_day,
)


def found(text: str) -> list[tuple[str, str, str]]:
    return [(date.iso, date.relation, date.part) for date in find_dates(Sentence(1, 1, 0, text))[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fortified since 2014.", [("2014", "since", "")]),
        ("On 5 March 2024 it fell.", [("2024-03-05", "on", "")]),
        ("On March 5, 2024, it fell.", [("2024-03-05", "on", "")]),
        ("The night of 25 August 1944.", [("1944-08-25", "", "")]),
        ("As of 2025-12-12.", [("2025-12-12", "as of", "")]),
        ("On 1999/03/24 at dawn.", [("1999-03-24", "on", "")]),
        ("Since 08.08.2008.", [("2008-08-08", "since", "")]),
        ("It fell (7/7/1944), and on 25/12/1944.", [("1944-07-07", "", ""), ("1944-12-25", "on", "")]),
        ("From 12/25/1944 on.", [("1944-12-25", "from", "")]),
        ("By 31-1-2003, at last.", [("2003-01-31", "by", "")]),
        ("In May 2021.", [("2021-05", "in", "")]),
        ("Since Nov. 2025.", [("2025-11", "since", "")]),
        ("In early 2014.", [("2014", "in", "early")]),
        ("Since the autumn of 1943.", [("1943", "since", "autumn")]),
        ("By the end of September 1944.", [("1944-09", "by", "end")]),
        ("From 2014 to 2020.", [("2014", "from", ""), ("2020", "until", "")]),
        ("Between 2014 and 2020.", [("2014", "from", ""), ("2020", "until", "")]),
        ("The war of 2014-2020.", [("2014", "from", ""), ("2020", "until", "")]),
        ("In 2014 and 2020.", [("2014", "in", "")]),
        ("In the late 1940s.", [("1940s", "", "late")]),
        ("By 2026 or later.", [("2026", "by", "")]),
    ],
)
def test_read(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "There were 2014 men.",
        "Room 1944.",
        "In 2,014 cases.",
        "It may be.",
        "In 20140.",
        "Version 1.2.2008.4 is out.",
    ],
)
def test_no_date(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("On 12 December it fell.", NO_YEAR),
        ("Since May 10.", NO_YEAR),
        ("On 31 February 2024.", NO_CALENDAR),
        ("On 2024-02-31.", NO_CALENDAR),
        ("By 31.02.2009.", NO_CALENDAR),
        ("On 13/13/2009 or so.", NO_CALENDAR),
        ("On 3/4/09 it rained.", NO_CENTURY),
        ("Since 5/6/2008.", f"{EITHER}: 2008-06-05 or 2008-05-06"),
        ("Since 05.06.2008 they dug.", f"{EITHER}: 2008-06-05 or 2008-05-06"),
        ("He left on Monday.", NO_DAY),
        ("It fell last week.", NO_DAY),
        ("Shelled overnight.", NO_DAY),
    ],
)
def test_set_aside_with_a_reason(text: str, why: str) -> None:
    dates, aside = find_dates(Sentence(1, 1, 0, text))
    assert dates == []
    assert [item.why for item in aside] == [why]


@given(st.dates(dt.date(1500, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_is_read_in_each_style(day: dt.date) -> None:
    for style in (f"{day.day} {day:%B} {day.year}", f"{day:%B} {day.day}, {day.year}", day.isoformat()):
        assert found(f"On {style} it rained.") == [(day.isoformat(), "on", "")]


@given(st.text(max_size=400))
def test_any_sentence_is_read(text: str) -> None:
    dates, aside = find_dates(Sentence(1, 1, 0, text))
    spans = [(item.start, item.end) for item in dates] + [(item.start, item.end) for item in aside]
    assert all(0 <= start < end <= len(text) for start, end in spans)


def test_the_latest_day_is_not_in_the_future() -> None:
    dates, _ = find_dates(Sentence(1, 1, 0, "On 5 March 2024, in May 2025 and by 1 June 2031."))
    assert latest_day(iter(dates), dt.date(2026, 1, 1)) == dt.date(2024, 3, 5)
    assert latest_day(iter([]), dt.date(2026, 1, 1)) is None
