"""Nothing may rest on a fact later than `as_of`, and a real line of contact must be old."""

from __future__ import annotations

import datetime as dt
from typing import Final

from redan.scenario.checks.review import Review
from redan.scenario.models.works import Belt
from redan.vocabulary.plain import walk

DATED_KEYS: Final = ("known", "date")
YOUNGEST_LINE: Final = dt.timedelta(days=90)  # DESIGN 1, "the boundary"


def check(review: Review) -> None:
    """Check every date of the scenario."""
    as_of = review.date_at(("as_of",))
    if as_of is not None:
        _check_as_of(review, as_of)
    _check_line_age(review)


def _check_as_of(review: Review, as_of: dt.date) -> None:
    if as_of > review.today:
        review.fault(("as_of",), f"{as_of} is in the future", f"use a day up to {review.today}")
    for path, _ in walk(review.clean):
        if path and path[-1] in DATED_KEYS:
            date = review.date_at(path)
            if date is not None and date > as_of:
                review.fault(path, f"{date} is later than as_of {as_of}", "leave out what was not yet known")
    for path, belt in review.items(("belts",), Belt):
        if belt.begun_date > as_of:
            problem = f"{belt.begun} is later than as_of {as_of}"
            review.fault((*path, "begun"), problem, "leave out works that were not yet there")


def _check_line_age(review: Review) -> None:
    date = review.date_at(("control", "date"))
    if date is None or review.value_at(("real_place",)) is not True:
        return
    latest = review.today - YOUNGEST_LINE
    if date > latest:
        age = (review.today - date).days
        problem = f"the line of contact of {date} is {age} days old; of a real place it must be at least 90"
        review.fault(("control", "date"), problem, f"use a line of {latest} or earlier")
