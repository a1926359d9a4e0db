"""Runs of two seeds with the real engine, their documents and pages, and a reader of pages for the tests."""

from __future__ import annotations

import atexit
import functools
import re
import shutil
import tempfile
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

import redan
from redan.views.report.ask import gather
from redan.views.report.page import render

NAME: Final = "slavyansk-kramatorsk"
CITY: Final = Path(__file__).parents[3] / "verification" / "city-fight"
NOWHERE: Final = Path("nowhere")
VOID: Final = {"meta", "br", "link", "img", "input", "hr"}
#: Elements that stand apart from what follows.
APART: Final = {"td", "th", "li", "p", "dt", "dd", "caption", "h1", "h2", "h3", "text", "title", "desc"}


def new_folder() -> Path:
    """A folder that is gone when the tests are over; runs in it are shared by several test files."""
    folder = Path(tempfile.mkdtemp(prefix="redan-report-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@functools.cache
def run_of(seed: int) -> Path:
    """A small run of two courses; long enough for Seversk to fall in some replications and not in others."""
    folder = new_folder() / f"run-{seed}"
    settings: dict[str, Any] = {"replications": 12, "horizon_days": 91, "courses": ["storm", "bypass"]}
    redan.load(NAME).forecast(**settings, seed=seed, out=folder, threads=1)
    return folder


@functools.cache
def document_of(seed: int) -> dict[str, Any]:
    return gather(run_of(seed), days=[28, 63, 91], data=NOWHERE)


@functools.cache
def page_of(seed: int) -> str:
    return render(document_of(seed))


@functools.cache
def ended_page(seed: int) -> str:
    return render(ended_document(seed))


@functools.cache
def ended_document(seed: int) -> dict[str, Any]:
    """A run in which everything happens: a city that falls within weeks, and two courses."""
    folder = new_folder()
    shutil.copytree(CITY, folder / "city")
    scenario = folder / "city" / "scenario.yaml"
    text = scenario.read_text()
    second = (
        text.partition("courses:\n")[2]
        .replace("storm:", "seal:")
        .replace("strongholds: clear", "strongholds: seal")
    )
    scenario.write_text(text + second)
    settings: dict[str, Any] = {"replications": 12, "horizon_days": 60}
    run = redan.load(folder / "city").forecast(**settings, seed=seed, out=folder / "run", threads=1)
    return gather(run.path, data=NOWHERE)


@functools.cache
def city_run() -> Path:
    """One course, one objective, no claims."""
    folder = new_folder() / "city"
    redan.load(CITY).forecast(replications=4, horizon_days=60, out=folder, threads=1)
    return folder


@dataclass
class Element:
    """An element of a page with what is in it."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text in it, blanks and line breaks joined; a blank that may not be broken stays."""
        return re.sub(r"[ \n\t]+", " ", "".join(self._texts())).strip()

    def _texts(self) -> list[str]:
        parts = []
        for child in self.children:
            parts += [child] if isinstance(child, str) else child._texts()
        return [*parts, " "] if self.tag in APART else parts

    def all(self, tag: str = "", class_: str = "") -> list[Element]:
        """Elements within it, by tag and by one of their classes."""
        found = []
        for child in self.children:
            if isinstance(child, Element):
                if child.tag == (tag or child.tag) and (
                    not class_ or class_ in child.attributes.get("class", "").split()
                ):
                    found.append(child)
                found += child.all(tag, class_)
        return found

    def one(self, tag: str = "", class_: str = "") -> Element:
        """The only such element."""
        (found,) = self.all(tag, class_)
        return found


class _Builder(HTMLParser):
    """Builds the tree and insists that every element is closed where it was opened."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("page", {})
        self.at = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {key: value or "" for key, value in attrs}, self.at)
        self.at.children.append(made)
        if tag not in VOID:
            self.at = made

    def handle_endtag(self, tag: str) -> None:
        assert self.at.tag == tag, f"</{tag}> closes <{self.at.tag}>"
        assert self.at.parent is not None
        self.at = self.at.parent

    def handle_data(self, data: str) -> None:
        self.at.children.append(data)


def read(page: str) -> Element:
    """Read a page into a tree."""
    builder = _Builder()
    builder.feed(page)
    assert builder.at is builder.root, f"<{builder.at.tag}> is not closed"
    return builder.root


def by_id(page: Element, name: str) -> Element:
    """The element of an id."""
    (found,) = [element for element in page.all() if element.attributes.get("id") == name]
    return found


def corners(path: Element) -> list[tuple[float, float]]:
    """Points of a path."""
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path.attributes["d"])]
