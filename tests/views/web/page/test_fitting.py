"""The page in a browser: it fits a phone, it can be used without seeing it, light and dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.views.web.page.browser import Visit

STICKS_OUT = """() => {
  const width = document.documentElement.clientWidth;
  return [...document.querySelectorAll('body *')].flatMap(e => {
    if (e.closest('.scroll, .maps, .unseen, .skip, .cursor, [role=tablist]')) return [];
    const box = e.getBoundingClientRect();
    const isOut = box.width && box.right > width + 1;
    return isOut ? [`${e.tagName} ${e.className} ${e.textContent.slice(0, 30)}`] : [];
  });
}"""


@pytest.mark.parametrize(
    ("scheme", "width", "tabs"),
    [("light", 1280, ("What if", "Draw", "Sources")), ("dark", 360, ("Results", "Story", "Cell"))],
)
def test_no_serious_barrier_in_any_tab(
    visit: Callable[..., Visit], scheme: str, width: int, tabs: tuple[str, ...]
) -> None:
    opened = visit(color_scheme=scheme, viewport={"width": width, "height": 800})
    for tab in tabs:
        opened.tab(tab)
        opened.page.wait_for_load_state("networkidle")
        found = Axe().run(opened.page).response["violations"]
        serious = [
            f"{tab}: {one['id']}: {one['nodes'][0]['html'][:120]}"
            for one in found
            if one["impact"] in {"serious", "critical"}
        ]
        assert serious == []
        assert opened.page.evaluate(STICKS_OUT) == [], tab


def test_dark_is_dark_and_stays_so(visit: Callable[..., Visit]) -> None:
    page = visit(color_scheme="light").page
    paper = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(paper) == "rgb(253, 253, 251)"
    page.get_by_role("button", name="Light or dark").click()
    assert page.evaluate(paper) == "rgb(20, 23, 27)"
    page.reload()
    assert page.evaluate(paper) == "rgb(20, 23, 27)"
