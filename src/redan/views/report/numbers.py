"""Numbers as a page writes them: no digit that their spread would not bear."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from redan.views.cli.output import percent

__all__ = [
    "DASH",
    "between",
    "calendar",
    "came_by",
    "day",
    "listed",
    "month",
    "percent",
    "rounded",
    "signed",
    "span",
    "spread",
]

DASH: Final = "–"


def rounded(value: float | None, *, digits: int = 3, whole: bool = False) -> str:
    """A number to so many significant digits, thousands apart: `256,000`, `1.4`, `0.35`.

    Parameters
    ----------
    whole : it counts men or people, of whom there are no parts
    """
    if value is None:
        return DASH
    if value == 0.0:
        return "0"
    places = digits - 1 - math.floor(math.log10(abs(value)))
    if whole:
        places = min(places, 0)
    text = f"{round(value, places):,.{max(0, places)}f}"
    return "0" if not text.strip("-0.,") else text.replace("-", "−")


def signed(value: float | None) -> str:
    """A difference with its sign, to two digits."""
    if value is None:
        return DASH
    text = rounded(value, digits=2)
    return f"+{text}" if value > 0 and text != "0" else text


def spread(row: Mapping[str, float], *, share: bool = False, whole: bool = False) -> str:
    """Median and the range from 10 to 90 %: `256,000 (197,000 to 316,000)`."""
    low, middle, high = (
        percent(row[key]) if share else rounded(row[key], whole=whole) for key in ("p10", "p50", "p90")
    )
    return middle if low == middle == high else f"{middle} ({low} to {high})"


def span(values: Iterable[float], *, share: bool = False, whole: bool = False) -> str:
    """Values of several courses as one range: `12,200 to 19,700`."""
    ordered = sorted(values)
    ends = [percent(v) if share else rounded(v, whole=whole) for v in (ordered[0], ordered[-1])]
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def between(shares: Iterable[float]) -> str:
    """Probabilities of several courses as one range: `5.5 % to 14 %`."""
    return span(shares, share=True)


def came_by(share_left: float) -> float:
    """Share in which an event has come, from that in which it has not, without the error of taking it off 1.

    0.535 and 1 - 0.465 are written differently otherwise.
    """
    return round(1.0 - share_left, 6)


def day(value: float | None) -> str:
    """A day of the run; a dash past the horizon."""
    return DASH if value is None else f"{value:,.0f}"


def listed(parts: list[str]) -> str:
    """`a, b and c`."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def calendar(as_of: str, days: int, *, short: bool = False) -> str:
    """Date of a day of the run: `12 December 2025`, or `12 Dec 2025`."""
    found = date.fromisoformat(as_of) + timedelta(days=days)
    return f"{found.day} {found:%b %Y}" if short else f"{found.day} {found:%B %Y}"


def month(as_of: str, days: int) -> str:
    """Month of a day of the run: `Dec 2025`."""
    return f"{date.fromisoformat(as_of) + timedelta(days=days):%b %Y}"
