"""Dates, and what a text says of time without giving one."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from redan.sources.reading.measures import Aside
from redan.sources.reading.text import Sentence

MONTHS: Final = {
    name: number
    for number in range(1, 13)
    for name in (calendar.month_name[number].lower(), calendar.month_abbr[number].lower())
} | {"sept": 9}
MONTH: Final = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
SEASONS: Final = "spring|summer|autumn|fall|winter"
YEAR: Final = r"(?P<year>(?:1[5-9]|20)[0-9]{2})(?![\w-]|[,.][0-9])"
RELATION: Final = (
    r"(?:(?P<relation>since|until|till|by|from|before|after|in|on|during|through|between"
    r"|as of|early|late|mid|of)[\s-]+)"
)
WHEN: Final = (
    rf"(?:the\s+)?(?P<part>(?:early|late|mid|end of|beginning of|start of|{SEASONS})(?:[\s-]+of)?[\s-]+)?"
)
#: Forms of a date, the most telling first.
FORMS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{RELATION}?(?P<iso>[12][0-9]{{3}}(?P<mark>[-/.])[01][0-9](?P=mark)[0-3][0-9])(?![\w/-]|\.[0-9])",
        rf"{RELATION}?(?<![\w./-])(?P<one>[0-9]{{1,2}})(?P<mark>[-/.])(?P<two>[0-9]{{1,2}})(?P=mark)"
        r"(?P<numeric>(?:1[5-9]|20)?[0-9]{2})(?![\w/-]|[.,][0-9])",
        rf"{RELATION}?(?:the\s+)?(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?(?:\s+of)?\s+{MONTH},?(?:\s+{YEAR})?",
        rf"{RELATION}?{MONTH}\s+(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?(?![0-9])(?:,?\s+{YEAR})?",
        rf"{RELATION}?{WHEN}{MONTH},?\s+(?:of\s+)?{YEAR}",
        rf"{RELATION}?(?:the\s+)?(?P<part>(?:{SEASONS})(?:\s+of)?\s+){YEAR}",
        rf"{RELATION}{WHEN}{YEAR}",
        r"\bthe\s+(?:(?P<part>early|late|mid)[\s-]+)?(?P<decade>(?:1[5-9]|20)[0-9]0)s\b",
    )
)
YEARS: Final = re.compile(
    r"\b(?:from\s+|(?P<both>between)\s+)?(?P<first>(?:1[5-9]|20)[0-9]{2})"
    r"(?:\s?[-–—]\s?|\s+(?(both)and|(?:to|until))\s+)"
    r"(?P<last>(?:1[5-9]|20)[0-9]{2})(?![\w-]|[,.][0-9])",
    re.IGNORECASE,
)
RELATIVE: Final = re.compile(
    r"\b(?:yesterday|today|tonight|tomorrow|overnight|(?:last|next|this|previous|past)\s+(?:week|month|year|"
    rf"{SEASONS}|night|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|on\s+(?:monday|tuesday|wednesday|"
    r"thursday|friday|saturday|sunday)|recently|earlier this (?:week|month|year)"
    r"|in recent (?:days|weeks|months|years))\b",
    re.IGNORECASE,
)
NO_DAY: Final = "counts from the day of writing, which the grammar does not know"
NO_CALENDAR: Final = "no day of the calendar"
NO_YEAR: Final = "a date without a year"
NO_CENTURY: Final = "a date with two digits for its year"
EITHER: Final = "day and month cannot be told apart"


@dataclass(frozen=True)
class Dated:
    """A date.

    Attributes
    ----------
    iso
        `2014`, `2014-03` or `2014-03-05`: no more than the text says; `1940s` for a decade.
    relation
        `since`, `until`, `by` and the like; empty where there is none.
    part
        `early`, `spring` and the like.
    start, end
        Where it stands in its sentence.
    """

    iso: str
    relation: str
    part: str
    start: int
    end: int

    @property
    def day(self) -> dt.date | None:
        """The day, where it is one."""
        return dt.date.fromisoformat(self.iso) if re.fullmatch(r"\d{4}-\d\d-\d\d", self.iso) else None


def find_dates(sentence: Sentence) -> tuple[list[Dated], list[Aside]]:
    """All dates of a sentence in order, and what says when without a date."""
    found: list[Dated] = []
    aside: list[Aside] = []
    for years in YEARS.finditer(sentence.text):
        found.append(Dated(years["first"], "from", "", years.start(), years.end("first")))
        found.append(Dated(years["last"], "until", "", years.start("last"), years.end()))
    for form in FORMS:
        for match in form.finditer(sentence.text):
            spans = [(date.start, date.end) for date in found] + [(no.start, no.end) for no in aside]
            if any(match.start() < end and start < match.end() for start, end in spans):
                continue
            iso = _iso(match)
            if iso is not None:
                found.append(_dated(match, iso))
            elif len(days := _days_of(match)) == 1:
                found.append(_dated(match, days[0].isoformat()))
            elif any(match.groupdict().get(part) for part in ("day", "iso", "numeric")):
                aside.append(Aside(match.start(), match.end(), _why_not(match)))
    aside += [Aside(match.start(), match.end(), NO_DAY) for match in RELATIVE.finditer(sentence.text)]
    return sorted(found, key=lambda item: item.start), aside


def _dated(match: re.Match[str], iso: str) -> Dated:
    named = match.groupdict()
    part = re.sub(r"[\s-]+", " ", named.get("part") or "").strip().lower().removesuffix(" of")
    relation = (named.get("relation") or "").lower()
    if relation in ("early", "late", "mid"):
        relation, part = "", part or relation
    return Dated(iso, "" if relation == "of" else relation, part, match.start(), match.end())


def _iso(match: re.Match[str]) -> str | None:
    """What the match says as a prefix of an ISO date; None where that is no day of the calendar."""
    named = match.groupdict()
    try:
        if named.get("iso"):
            return dt.date.fromisoformat(re.sub(r"[/.]", "-", named["iso"])).isoformat()
        if named.get("decade"):
            return f"{named['decade']}s"
        if not named.get("year"):
            return None
        year = int(named["year"])
        if not named.get("month"):
            return f"{year}"
        month = MONTHS[named["month"].lower().rstrip(".")]
        return (
            dt.date(year, month, int(named["day"])).isoformat() if named.get("day") else f"{year}-{month:02d}"
        )
    except ValueError:
        return None


def _days_of(match: re.Match[str]) -> list[dt.date]:
    """Days that a numeric date may mean: day first, and month first; none without the century."""
    found: list[dt.date] = []
    if not match.groupdict().get("numeric"):
        return found
    one, two, year = int(match["one"]), int(match["two"]), int(match["numeric"])
    for month, day in ((two, one), (one, two)):
        if year > 99 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
            found.append(dt.date(year, month, day))
    return list(dict.fromkeys(found))


def _why_not(match: re.Match[str]) -> str:
    """Why words that have the form of a date are none."""
    if not match.groupdict().get("numeric"):
        return NO_YEAR if _is_yearless(match) else NO_CALENDAR
    if len(match["numeric"]) == 2:
        return NO_CENTURY
    days = " or ".join(day.isoformat() for day in _days_of(match))
    return f"{EITHER}: {days}" if days else NO_CALENDAR


def _is_yearless(match: re.Match[str]) -> bool:
    named = match.groupdict()
    return bool(
        named.get("day") and named.get("month") and not named.get("year") and 1 <= int(named["day"]) <= 31
    )


def latest_day(dates: Iterator[Dated], today: dt.date) -> dt.date | None:
    """The latest full date that is not in the future; None where there is none."""
    days = [date.day for date in dates]
    return max((day for day in days if day is not None and day <= today), default=None)
