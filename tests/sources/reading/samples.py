"""Texts of different regions and styles, written for these tests, and the article the project began with."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest

from redan.sources.reading.reading import Reading, read_text
from redan.sources.reading.text import load_text

HERE = Path(__file__).parent
ARTICLE = Path(__file__).resolve().parents[4] / "shared" / "mission" / "article.txt"
TODAY = dt.date(2026, 1, 1)
NAMES = ("dateline", "gothic", "harbour", "hills", "noplace", "sahel")


@cache
def read(name: str) -> Reading:
    """One of the texts, read."""
    return read_text(load_text(HERE / "texts" / f"{name}.txt"), today=TODAY)


@cache
def _article() -> Reading:
    return read_text(load_text(ARTICLE), today=TODAY)


def article() -> Reading:
    """The article, read; the test steps aside where it is not at hand, since it may not be committed."""
    if not ARTICLE.is_file():
        pytest.skip("the article (shared/mission) is not beside this copy")
    return _article()
