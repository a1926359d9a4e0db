"""Names must be unique, and every name that is used must be declared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from redan.scenario.checks.review import Review
from redan.vocabulary.errors import quote, suggest
from redan.vocabulary.outcomes import slug
from redan.vocabulary.plain import FieldPath

NAMED_LISTS: Final = ("places", "roads", "rivers", "belts", "strongholds", "supply_sources")


def check(review: Review) -> None:
    """Check names of places, works and ways, and what refers to places."""
    for section in NAMED_LISTS:
        check_unique(review, (section,))
    _check_objectives(review)
    for path, value in _place_references(review):
        check_place(review, path, value)


def check_unique(review: Review, path: FieldPath) -> None:
    """No two items of the list at `path` may share a name (or the form it takes in ids)."""
    value = review.value_at(path)
    seen: dict[str, int] = {}
    for number, item in enumerate(value if isinstance(value, list) else []):
        name = item.get("name") if isinstance(item, dict) else None
        if not isinstance(name, str):
            continue
        key = slug(name)
        if key in seen:
            first = review.document.mark((*path, seen[key])).line
            problem = f"{quote(name)} is already the name of the one on line {first}"
            review.fault((*path, number, "name"), problem, "give each its own name")
        seen.setdefault(key, number)


def _check_objectives(review: Review) -> None:
    objectives = review.value_at(("objectives",))
    seen: set[str] = set()
    for number, name in enumerate(objectives if isinstance(objectives, list) else []):
        path: FieldPath = ("objectives", number)
        check_place(review, path, name)
        if isinstance(name, str):
            if slug(name) in seen:
                review.fault(path, f"{quote(name)} is listed twice", "remove one")
            seen.add(slug(name))


def _place_references(review: Review) -> Iterable[tuple[FieldPath, Any]]:
    """All values that may name a place, with their paths; courses check their own."""
    yield from _children(review, ("place", "around"))
    for section in ("roads", "rivers"):
        for path, _ in _children(review, (section,)):
            yield from _children(review, (*path, "through"))
    for path, _ in _children(review, ("supply_sources",)):
        yield (*path, "at"), review.value_at((*path, "at"))
    for path, _ in _children(review, ("rim", "open_flanks")):
        for key in ("from", "to"):
            yield (*path, key), review.value_at((*path, key))
    for path, _ in _children(review, ("strongholds",)):
        yield (*path, "place"), review.value_at((*path, "place"))


def _children(review: Review, path: FieldPath) -> Iterable[tuple[FieldPath, Any]]:
    value = review.value_at(path)
    return [((*path, i), item) for i, item in enumerate(value)] if isinstance(value, list) else []


def check_place(review: Review, path: FieldPath, name: Any) -> None:
    """Where the value is a name, it must be that of a declared place."""
    check_known(review, path, name, review.place_names, "a declared place")


def check_known(review: Review, path: FieldPath, name: Any, known: Sequence[str], what: str) -> None:
    """Where the value is a name, it must be one of `known`."""
    if isinstance(name, str) and name.strip() not in known:
        review.fault(path, f"{quote(name)} is not {what}", suggest(name, known))
