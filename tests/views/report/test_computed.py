"""Every number in the text is computed: what three seeds share is in their documents, or a definition."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import SequenceMatcher
from typing import Any

import pytest

from redan.views.report.numbers import came_by, day, percent, rounded, signed
from redan.views.report.page import render
from tests.views.report.pages import (
    Element,
    document_of,
    ended_document,
    ended_page,
    page_of,
    read,
)

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
TEXTS = ("p", "li", "dd", "td", "th", "caption", "text", "desc")
#: Numbers that are no results: fixed sentences that hold them.
DEFINITIONS = (
    "A line falls when the event comes", "10 to 90 %", "25 to 75 %", "10 % to the 90 % day", "within 2 km",
    "95 % of the footprint for 7 days", "0.01 degree", "5 to 95 %", "90 days old", "within 20 km",
    "10 / 50 / 90 % day", "10 % day", "50 % day", "90 % day", "since 1914", "within 10 km", "within 5 km",
    "holds 50 %", "90 % interval", "km2", "km²", "(90 %:",
)  # fmt: skip


def texts(page: Element) -> list[str]:
    return [element.text.replace("\u00a0", " ") for element in page.all() if element.tag in TEXTS]


FORMS: tuple[Callable[[Any], str], ...] = (
    percent,
    lambda x: percent(came_by(x)),
    rounded,
    lambda x: rounded(x, whole=True),
    signed,
    day,
    lambda x: f"{x:,.6g}",
    lambda x: f"{x:.2f}",
)


def written(value: Any) -> set[str]:
    """Every number that a value of a document can be written as."""
    if isinstance(value, str):
        return set(NUMBER.findall(value))
    if value is None or isinstance(value, bool):
        return set()
    forms = FORMS if 0 <= value <= 1 else FORMS[2:]
    return {number for form in forms for number in NUMBER.findall(form(float(value)))}


def shared(one: Any, other: Any) -> set[str]:
    """Every number as which what stands at the same place in two documents can be written alike."""
    if isinstance(one, dict) and isinstance(other, dict):
        parts = [shared(one[key], other[key]) | written(key) for key in one.keys() & other.keys()]
        return set().union(*parts)
    if isinstance(one, list) and isinstance(other, list):
        lengths = written(len(one)) & written(len(other))
        return lengths.union(*(shared(a, b) for a, b in zip(one, other, strict=False)))
    return written(one) & written(other)


def unmoved(first: Element, second: Element, known: set[str]) -> list[tuple[str, str]]:
    """Numbers that the same sentence of two pages shares, and that no document holds: (number, sentence)."""
    sides = [texts(page) for page in (first, second)]
    bare = [[NUMBER.sub("#", text) for text in side] for side in sides]
    found = []
    for i, j, n in SequenceMatcher(None, bare[0], bare[1], autojunk=False).get_matching_blocks():
        for one, other in zip(sides[0][i : i + n], sides[1][j : j + n], strict=True):
            pairs = list(zip(*(NUMBER.findall(_undefined(text)) for text in (one, other)), strict=True))
            found += [(a, one) for a, b in pairs if a == b and a not in known]
    return found


def _undefined(text: str) -> str:
    for definition in DEFINITIONS:
        text = text.replace(definition, NUMBER.sub("#", definition))
    return text


@pytest.mark.parametrize("kind", ["real", "ended"])
def test_what_seeds_share_is_in_their_documents(kind: str) -> None:
    """Of three seeds, so that a share of two figures that two of them have by chance is no fault."""
    document, page = (document_of, page_of) if kind == "real" else (ended_document, ended_page)
    one = document(1)
    cell_km2 = one["ground"]["area_km2"] / len(one["ground"]["cells"])
    plain = {"1", "2", "3", rounded(cell_km2, digits=2)}
    found = [
        set(unmoved(read(page(1)), read(page(seed)), shared(one, document(seed)) | plain)) for seed in (2, 3)
    ]
    assert found[0] & found[1] == set()


def test_a_number_written_by_hand_is_found() -> None:
    """The check itself: a result typed into the text of both pages is what it looks for."""
    first, second = (
        read(page_of(seed).replace("</main>", "<p>In all 87,654 men were lost.</p></main>"))
        for seed in (1, 2)
    )
    found = unmoved(first, second, shared(document_of(1), document_of(2)))
    assert ("87,654", "In all 87,654 men were lost.") in found


def test_numbers_of_the_run_move_the_words() -> None:
    """Fit and reference class are told from the document, not from a sentence that stands there."""
    changed = {**document_of(1), "posterior": None}
    text = read(render(changed)).one("body").text
    assert "have not been fitted to past operations" in text
    assert "are drawn together from the fit 'front'" in read(page_of(1)).one("body").text
