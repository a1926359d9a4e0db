"""Nothing may rest on a fact later than `as_of`, and a real line of contact must be old."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any, Final

from redan.scenario.checks.review import Review
from redan.scenario.models.works import Belt
from redan.vocabulary.codes import SIDES
from redan.vocabulary.plain import FieldPath, walk

DATED_KEYS: Final = ("known", "date")
TEXT_KEYS: Final = ("source", "note")
Written = list[tuple[FieldPath, Any]]
ISO_DAY: Final = re.compile(r"\b(?:19|20)\d\d-[01]\d-[0-3]\d\b")
YOUNGEST_LINE: Final = dt.timedelta(days=90)  # DESIGN 1, "the boundary"


def check(review: Review) -> None:
    """Check every date of the scenario."""
    as_of = review.date_at(("as_of",))
    if as_of is not None:
        written = [(path, value) for path, value in walk(review.clean) if path]
        _check_as_of(review, as_of, written)
        _check_sources(review, as_of, written)
    _check_known(review)
    _check_line_age(review)


def _check_sources(review: Review, as_of: dt.date, written: Written) -> None:
    """No source or remark speaks of a day after as_of: whoever wrote it down knew that day."""
    for path, value in written:
        if path[-1] not in TEXT_KEYS or not isinstance(value, str):
            continue
        for words in ISO_DAY.findall(value):
            if words > as_of.isoformat():
                problem = f"speaks of {words}, later than as_of {as_of}"
                review.fault(path, problem, "leave out what was not yet known")
                break


def _check_known(review: Review) -> None:
    """An operation of the past says of each number of its forces when it was known."""
    if review.value_at(("observed",)) is None:
        return
    for side in SIDES:
        for key, quantity in _mapping(review, ("forces", side)):
            if isinstance(quantity, dict) and "known" not in quantity:
                problem = "does not say when it was known, which an operation of the past must"
                review.fault(("forces", side, key), problem, "add `known: YYYY-MM-DD`")


def _mapping(review: Review, path: FieldPath) -> Iterable[tuple[str, Any]]:
    value = review.value_at(path)
    return value.items() if isinstance(value, dict) else ()


def _check_as_of(review: Review, as_of: dt.date, written: Written) -> None:
    if as_of > review.today:
        review.fault(("as_of",), f"{as_of} is in the future", f"use a day up to {review.today}")
    for path, _ in written:
        if path[-1] in DATED_KEYS:
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
