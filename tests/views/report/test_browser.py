"""The page in a real browser, where there is one: it fits a phone, no words cover others, dark is dark."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

from tests.views.report.pages import page_of

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
OPTIONS: Final = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip
#: Puts what it measured in the place of the page: width, what sticks out, words that cover each other.
PROBE: Final = """<script>addEventListener('load', () => {
  const width = document.documentElement.clientWidth, out = [], covered = [];
  for (const e of document.querySelectorAll('body *')) {
    if (e.closest('.scroll') || e.closest('.skip')) continue;
    const box = e.getBoundingClientRect();
    if (box.width && box.right > width + 1) out.push(e.tagName + ' ' + e.textContent.slice(0, 40));
  }
  for (const picture of document.querySelectorAll('.panel svg')) {
    const boxes = [...picture.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
    boxes.forEach(([one, a], i) => boxes.slice(i + 1).forEach(([other, b]) => {
      const w = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const h = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (w > 2 && h > 5) covered.push(one + ' | ' + other);
    }));
  }
  const paper = getComputedStyle(document.body).backgroundColor;
  const loaded = performance.getEntriesByType('resource').length;
  document.body.textContent = JSON.stringify({out, covered, paper, loaded});
});</script>"""


@pytest.fixture(scope="module")
def browser() -> str:
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"no browser here: none of {', '.join(NAMES)} is installed")
    return found


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "report.html"
    file.write_text(page_of(1).replace("</body>", f"{PROBE}</body>"))
    return file


def open_page(browser: str, page: Path, folder: Path, *options: str) -> str:
    """Open a page and return the document as it is after it has loaded."""
    done = subprocess.run(
        [browser, *OPTIONS, f"--user-data-dir={folder / 'profile'}", "--dump-dom", *options, page.as_uri()],
        env={**os.environ, "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.parametrize("width", [500, 820, 1280])
def test_nothing_sticks_out_or_covers_other_words(
    browser: str, page: Path, tmp_path: Path, width: int
) -> None:
    found = open_page(browser, page, tmp_path, f"--window-size={width},900")
    assert '"out":[]' in found
    assert '"covered":[]' in found
    assert '"loaded":0' in found, "nothing is loaded from elsewhere"


def test_dark_is_dark(browser: str, page: Path, tmp_path: Path) -> None:
    papers = [
        re.findall(r'"paper":"rgb\((\d+)', open_page(browser, page, tmp_path / str(scheme), option))[0]
        for scheme, option in enumerate(("--blink-settings=preferredColorScheme=1",
                                         "--blink-settings=preferredColorScheme=0"))
    ]  # fmt: skip
    light, dark = map(int, papers)
    assert light > 240
    assert dark < 40


def test_it_prints(browser: str, page: Path, tmp_path: Path) -> None:
    clean = tmp_path / "clean.html"
    clean.write_text(page.read_text().replace(PROBE, ""))
    pdf = tmp_path / "report.pdf"
    open_page(browser, clean, tmp_path, f"--print-to-pdf={pdf}")
    content = pdf.read_bytes()
    assert content.startswith(b"%PDF")
    assert len(content) > 100_000
