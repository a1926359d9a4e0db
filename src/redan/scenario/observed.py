"""Reads `observed.yaml`: every fault at once, each with its line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Final

from pydantic import ValidationError

from redan.scenario.faults import faults_of
from redan.scenario.models.observed import ORDER, Milestone, Observed
from redan.vocabulary.documents import parse_document
from redan.vocabulary.errors import Fault, InputError, quote, suggest
from redan.vocabulary.plain import Document

LISTS: Final = ("residents", "reported", "milestones", "front_distance_km", "area")


def read_observed(text: str, shown: str, *, places: Collection[str] | None = None) -> Observed:
    """Parse and check the text of an `observed.yaml`.

    Parameters
    ----------
    shown
        Its name in faults.
    places
        Names of the scenario's declared places; None: any name will do.

    Raises
    ------
    InputError
        Every fault found, each with its line.
    """
    document = parse_document(text, shown)
    if not isinstance(document.value, dict):
        raise InputError.of(shown, 1, "document", "is not a mapping", "begin with `format: 1`")
    try:
        observed = Observed.model_validate(document.value)
    except ValidationError as error:
        raise InputError(faults_of(error, Observed, document)) from None
    faults = [*_dates(document, observed), *_order(document, observed)]
    if places is not None:
        faults += _towns(document, observed, places)
    if faults:
        raise InputError(faults)
    return observed


def _dates(document: Document, observed: Observed) -> Iterator[Fault]:
    """No day is later than the end of the record, and each fact says when it was known."""
    for section in LISTS:
        for number, item in enumerate(getattr(observed, section)):
            path = (section, number)
            for key in ("earliest", "date", "latest"):
                day = getattr(item, key, None)
                if isinstance(day, dt.date) and day > observed.until:
                    problem = f"{day} is later than the end of the record, {observed.until}"
                    yield document.fault((*path, key), problem, "leave it out, or censor the milestone")
            if item.known is None:
                yield document.fault(path, "does not say when it was known", "add `known: YYYY-MM-DD`")
            elif item.known > observed.until:
                problem = f"{item.known} is later than the end of the record, {observed.until}"
                yield document.fault((*path, "known"), problem, "leave out what was not known by then")


def _order(document: Document, observed: Observed) -> Iterator[Fault]:
    """The milestones of a town, of one kind of record, come once each and in order."""
    for section in ("reported", "milestones"):
        seen: dict[tuple[str, str], int] = {}
        items: tuple[Milestone, ...] = getattr(observed, section)
        for number, item in enumerate(items):
            path = (section, number)
            if (item.town, item.event) in seen:
                yield document.fault(path, f"{item.town} has {item.event} twice", "keep one of them")
            seen[item.town, item.event] = number
            if item.event in ORDER:
                yield from _after_earlier(document, items, number, section)


def _after_earlier(
    document: Document, items: tuple[Milestone, ...], number: int, section: str
) -> Iterator[Fault]:
    """A milestone is not dated before one that must come first."""
    item = items[number]
    for other in items:
        before = other.event in ORDER and ORDER.index(other.event) < ORDER.index(item.event)
        if other.town == item.town and before and item.day and other.day and item.day < other.day:
            problem = f"{item.event} of {item.town} on {item.day} comes before {other.event} on {other.day}"
            yield document.fault((section, number), problem, "mend one of the two dates")


def _towns(document: Document, observed: Observed, places: Collection[str]) -> Iterator[Fault]:
    """Every town is a declared place of the scenario."""
    for section in LISTS:
        for number, item in enumerate(getattr(observed, section)):
            town = getattr(item, "town", None)
            if town is not None and town not in places:
                problem = f"{quote(town)} is not a declared place"
                yield document.fault((section, number, "town"), problem, suggest(town, sorted(places)))
