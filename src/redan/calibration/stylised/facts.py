"""What the facts are: `facts.yaml`, read."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final

from redan.vocabulary.documents import read_document

FACTS_FILE: Final = "facts.yaml"


@dataclass(frozen=True)
class Part:
    """One statistic of a fact and its band; None is an open end."""

    id: str
    statistic: str
    band: tuple[float | None, float | None]
    cite: str  # the source in a word or two
    source: str
    grade: str  # A primary source read, B second-hand, C judgement


@dataclass(frozen=True)
class Variant:
    """Another reading of a part: measured, shown, and counted for nothing."""

    id: str
    of: str
    statistic: str


@dataclass(frozen=True)
class Fact:
    """A regularity that must emerge."""

    id: str
    title: str
    theatre: str
    parts: tuple[Part, ...]
    variants: tuple[Variant, ...] = ()

    def part(self, name: str) -> Part:
        """The part of that id."""
        return next(part for part in self.parts if part.id == name)


@functools.cache
def load_facts() -> dict[str, Fact]:
    """The facts by id, in the order of the file."""
    document = read_document(resources.files("redan.calibration.stylised").joinpath(FACTS_FILE), FACTS_FILE)
    facts = [_fact(entry) for entry in document.value]
    return {fact.id: fact for fact in facts}


def _fact(entry: dict[str, Any]) -> Fact:
    parts = tuple(_part(part) for part in entry["parts"])
    variants = tuple(Variant(**variant) for variant in entry.get("variants", ()))
    return Fact(entry["id"], entry["title"], entry["theatre"], parts, variants)


def _part(entry: dict[str, Any]) -> Part:
    low, high = (None if end is None else float(end) for end in entry["band"])
    words = (entry[key] for key in ("cite", "source", "grade"))
    return Part(entry["id"], entry["statistic"], (low, high), *words)
