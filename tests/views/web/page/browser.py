"""A real browser for the tests of the page: found on this machine, without a graphics card."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
#: The map is drawn by software: no graphics card is needed, and none makes a difference.
OPTIONS: Final = (
    "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist",
    "--disable-background-networking", "--no-first-run", "--disable-component-update", "--disable-sync",
)  # fmt: skip
READY: Final = '#page[aria-busy="false"]'
WAIT_MS: Final = 60_000  # the first campaign on a machine compiles the engine
PATIENCE_MS: Final = 20_000  # a busy machine without a graphics card is slow, not wrong


def found() -> str:
    """Path of a browser; without one the test steps aside."""
    path = next((path for name in NAMES if (path := shutil.which(name))), None)
    if path is None:
        pytest.skip(f"no browser here: none of {', '.join(NAMES)} is installed")
    return path


@contextmanager
def running() -> Iterator[Browser]:
    """A browser, for as long as it is needed."""
    path = found()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(OPTIONS))
        yield browser
        browser.close()


class Visit:
    """A page that was opened, and what went wrong on it.

    Attributes
    ----------
    complaints
        Errors on the console, exceptions, and addresses elsewhere that were asked for.
    """

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.complaints: list[str] = []
        self.page: Page = context.new_page()
        self.page.set_default_timeout(WAIT_MS)
        expect.set_options(timeout=PATIENCE_MS)
        self.page.on("console", lambda told: self._hear(told.type, told.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda asked: self._elsewhere(asked.url, address))
        self.page.goto(address)
        expect(self.page.locator(READY)).to_be_attached(timeout=WAIT_MS)

    def _hear(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(text)

    def _elsewhere(self, url: str, address: str) -> None:
        if not url.startswith((address.partition("/#")[0], "data:", "blob:")):
            self.complaints.append(f"asked for {url}")

    def tab(self, name: str) -> None:
        """Open a tab of the panel."""
        self.page.get_by_role("tab", name=name, exact=True).click()

    def point(self, across: float, down: float) -> None:
        """Click a point of the first map, in shares of its width and height."""
        box = self.page.locator("canvas").first.bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + box["width"] * across, box["y"] + box["height"] * down)
