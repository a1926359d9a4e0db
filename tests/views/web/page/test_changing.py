"""The page in a browser: change numbers, run, cancel, compare; draw and export; save and load; faults."""

from __future__ import annotations

import re
import tarfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from redan.views.case import Case
from tests.views.web.page.browser import WAIT_MS, Visit

DRONES = "forces.defender.drones_per_day"


def field(page: Page, path: str) -> Locator:
    return page.locator(f'.field[data-path="{path}"]')


def test_fewer_drones_are_run_and_shown_beside_the_base(visit: Callable[..., Visit]) -> None:
    opened = visit()
    page = opened.page
    opened.tab("What if")
    field(page, DRONES).locator('input[type="number"]').fill("60")
    page.get_by_label("Replications", exact=True).last.fill("6")
    expect(page.locator(".whatif > .note").first).to_contain_text("1 change")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator(".whatif .status")).to_contain_text("Done: 6 replications", timeout=WAIT_MS * 5)
    expect(page.locator('.pane[data-kind="b"] .pane-title')).to_contain_text("what if (1 change)")
    opened.tab("Results")
    expect(page.locator(".paired h2")).to_contain_text("6 pairs")


def test_a_run_tells_its_progress_and_can_be_cancelled(visit: Callable[..., Visit]) -> None:
    opened = visit()
    page = opened.page
    opened.tab("What if")
    page.get_by_label("Replications", exact=True).last.fill("20000")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator(".whatif progress")).to_be_visible()
    expect(page.locator(".whatif .status")).to_contain_text(re.compile(r"of 60,000"), timeout=WAIT_MS)
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".whatif .status")).to_contain_text("Cancelled")
    expect(page.get_by_role("button", name="Run", exact=True)).to_be_enabled()


def test_a_fault_stands_at_its_field(visit: Callable[..., Visit]) -> None:
    opened = visit()
    page = opened.page
    opened.tab("What if")
    box = field(page, "forces.defender.jamming").locator('input[type="number"]')
    box.fill("7")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(field(page, "forces.defender.jamming").locator(".fault")).to_be_visible()
    expect(box).to_have_attribute("aria-invalid", "true")
    opened.complaints = [told for told in opened.complaints if "422" not in told]


def test_changes_are_saved_and_loaded_again(visit: Callable[..., Visit], tmp_path: Path) -> None:
    opened = visit()
    page = opened.page
    opened.tab("What if")
    field(page, DRONES).locator('input[type="number"]').fill("60")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as YAML").click()
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    assert "drones_per_day" in file.read_text()
    page.reload()
    opened.tab("What if")
    page.get_by_label("Load YAML").set_input_files(file)
    expect(page.locator(".loaded")).to_contain_text("Loaded: two-belts-what-if.yaml")
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("forces: {defender: {drones_per_day: [}\n")
    page.get_by_label("Load YAML").set_input_files(wrong)
    expect(page.locator(".whatif .faults .fault").first).to_be_visible()


def test_a_belt_is_drawn_undone_and_exported(visit: Callable[..., Visit], tmp_path: Path) -> None:
    opened = visit()
    page = opened.page
    opened.tab("Draw")
    for name in ("first-drawn", "second-drawn"):
        page.get_by_role("button", name="Draw a belt").click()
        page.get_by_label("Name").fill(name)
        for down in (0.45, 0.55):
            opened.point(0.55, down)
        page.get_by_role("button", name="Finish").click()
    expect(page.locator(".edits li")).to_have_count(2)
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.locator(".edits li")).to_have_count(1)
    with page.expect_download() as exported:
        page.get_by_role("button", name="Export").click()
    exported.value.save_as(tmp_path / "drawn.tar")
    with tarfile.open(tmp_path / "drawn.tar") as archive:
        archive.extractall(tmp_path, filter="data")
    case = Case.load(tmp_path / "two-belts-drawn")
    assert [belt.name for belt in case.scenario.belts] == ["hasty-belt", "old-belt", "first-drawn"]
    assert case.check()["ok"]
