"""The page in a browser: what is seen at first, the days, two courses beside each other, sources, a story."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.views.web.page.browser import Visit


def test_a_newcomer_is_told_what_is_seen_and_asked(visit: Callable[..., Visit]) -> None:
    page = visit().page
    expect(page.get_by_role("heading", level=1)).to_contain_text("Two belts")
    expect(page.locator(".seen")).to_contain_text("in what share of 6 simulated campaigns the attacker holds")
    expect(page.locator(".question")).to_contain_text("?")
    expect(page.locator(".pane-title").first).to_contain_text("storm")
    expect(page.locator(".chart")).to_have_count(6)


def test_the_days_play_and_the_address_keeps_them(visit: Callable[..., Visit]) -> None:
    page = visit().page
    days = page.get_by_role("slider", name="Day", exact=True)
    before = page.locator("canvas").first.screenshot()
    page.get_by_role("button", name="Play").click()
    expect(days).to_have_value("60")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    assert page.locator("canvas").first.screenshot() != before, "the map shows the last day"
    days.fill("28")
    expect(page.locator("output.day")).to_contain_text("day 28 · 2025-06-29")
    page.wait_for_url("**day=28**")
    page.reload()
    expect(page.locator("output.day")).to_contain_text("day 28 ")


def test_two_courses_stand_beside_each_other(visit: Callable[..., Visit]) -> None:
    page = visit().page
    page.get_by_role("button", name="Compare two").click()
    expect(page.locator(".pane")).to_have_count(3)
    page.get_by_label("Course B").select_option(label="one-side")
    expect(page.locator('.pane[data-kind="b"] .pane-title')).to_contain_text("one-side")
    expect(page.locator(".paired h2")).to_contain_text("Paired on the same luck (6 pairs)")
    expect(page.locator(".paired tbody tr").first).to_be_visible()


def test_a_cell_and_a_number_open_their_sources(visit: Callable[..., Visit]) -> None:
    opened = visit()
    opened.point(0.5, 0.5)
    row = opened.page.locator("#panel-cell tr", has_text="Elevation")
    row.get_by_role("button").click()
    expect(opened.page.get_by_role("dialog")).to_contain_text("C: judgement")
    opened.page.get_by_role("button", name="Close").last.click()
    opened.tab("Sources")
    opened.page.locator("#panel-sources").get_by_label("Find").fill("drone_half_depth")
    opened.page.get_by_role("region", name="Parameters").get_by_role("button").first.click()
    expect(opened.page.get_by_role("dialog")).to_contain_text("Grade")


def test_a_story_leads_to_its_day(visit: Callable[..., Visit]) -> None:
    opened = visit("#one=luckiest")
    opened.tab("Story")
    entry = opened.page.locator(".timeline li", has_text="belt").first
    day = entry.get_by_role("button").inner_text().split()[1]
    entry.get_by_role("button").click()
    expect(opened.page.locator("output.day")).to_contain_text(f"day {day} ")
    expect(entry).to_have_class("past")


def test_the_keyboard_reaches_a_cell(visit: Callable[..., Visit]) -> None:
    page = visit().page
    page.locator("canvas").first.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.locator("#panel-cell h2")).to_contain_text("Cell at 4")
