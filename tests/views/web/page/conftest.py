"""The page of a server that plays: one base run, made once, and a browser beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from redan.views.web.jobs.process import Worker
from tests.views.web.conftest import listening, site
from tests.views.web.page.browser import Visit, running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with running() as found:
        yield found


@pytest.fixture(scope="session")
def playing(browser: Browser, played: Path) -> Iterator[str]:
    """The address of a server over the tiny run, with a worker that plays what is asked for."""
    with site(played, Worker()) as found, listening(found.app) as address:
        yield address


@pytest.fixture(scope="session")
def desk_top(browser: Browser) -> BrowserContext:
    """What most tests open the page in: one, so that its script is compiled once."""
    return browser.new_context(viewport={"width": 1280, "height": 900})


@pytest.fixture
def visit(browser: Browser, desk_top: BrowserContext, playing: str) -> Iterator[Callable[..., Visit]]:
    """Open the page; nothing may have gone wrong on it when the test is over."""
    opened: list[Visit] = []

    def open_page(fragment: str = "", **options: Any) -> Visit:
        context = browser.new_context(**options) if options else desk_top
        one = Visit(context, f"{playing}/{fragment}")
        opened.append(one)
        return one

    yield open_page
    complaints = [complaint for one in opened for complaint in one.complaints]
    for one in opened:
        one.page.close()
    assert complaints == []
