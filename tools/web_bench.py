"""First paint of the page and frames a second while scrubbing, beside the same page with an empty map.

Run by `make web-bench`. It needs a Chromium and draws by software, as a machine without a graphics card does.
Aims: first paint under 3 s; 10 frames a second at 1,400 cells, 5 at 9,500.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page, sync_playwright

SCENARIO: Final = "slavyansk-kramatorsk"
FOLDER: Final = Path(__file__).parents[1] / "src" / "redan" / "bundled" / "scenarios" / SCENARIO
NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
OPTIONS: Final = (
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
)
ORDER: Final = {"replications": 20, "horizon_days": 365, "courses": ["storm"], "seed": 1}
#: Moves the slider a week a frame for some seconds and returns the frames a second.
SCRUB: Final = """seconds => new Promise(done => {
  const slider = document.querySelector('input.days'), most = Number(slider.max), start = performance.now();
  let frames = 0, day = 0;
  const next = now => {
    if (now - start > seconds * 1000) { done(frames * 1000 / (now - start)); return; }
    frames += 1;
    day = (day + 7) % most;
    slider.value = String(day);
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
})"""
PAINT: Final = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
#: Notes when the map is there; a policy that forbids eval does not forbid this.
READY: Final = """new MutationObserver((_, self) => {
  if (!document.querySelector('#page[aria-busy="false"]')) return;
  window.mapThere = performance.now();
  self.disconnect();
}).observe(document, { subtree: true, childList: true, attributes: true });"""


@contextmanager
def server(scenario: Path, folder: Path) -> Iterator[str]:
    """The address of `redan serve`, as a user starts it."""
    command = [sys.executable, "-m", "redan", "serve", str(scenario), "--no-browser", "--port", "0"]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        yield said.partition("http")[1] + said.partition("http")[2].split()[0].rstrip("/")
    finally:
        process.terminate()
        process.wait()


def ask(address: str, body: Any = None) -> Any:
    """GET, or POST where there is a body."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data=data, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=600) as answer:
        return json.load(answer)


def play(address: str, name: str) -> None:
    """Have a run to look at."""
    run = ask(f"{address}/api/runs", {"scenario": name, **ORDER})["id"]
    while (state := ask(f"{address}/api/runs/{run}")["state"]) in {"queued", "running"}:
        time.sleep(0.5)
    if state != "done":
        raise SystemExit(f"the run {run} is {state}")


def at_resolution(folder: Path, resolution: int) -> Path:
    """The bundled scenario on cells of another size."""
    copy = folder / f"resolution-{resolution}"
    shutil.copytree(FOLDER, copy)
    file = copy / "scenario.yaml"
    file.write_text(file.read_text().replace("resolution: 7", f"resolution: {resolution}", 1))
    return copy


def look(browser: Browser, address: str, seconds: float) -> dict[str, float]:
    """Open the page twice and scrub, first over the map, then with every layer of it off."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.add_init_script(READY)
    found: dict[str, float] = {}
    for visit in ("first", "again"):
        _open(page, address)
        found[f"first_paint_s_{visit}"] = float(page.evaluate(PAINT)) / 1000
        found[f"map_s_{visit}"] = float(page.evaluate("window.mapThere")) / 1000
    found["frames_per_s"] = float(page.evaluate(SCRUB, seconds))
    page.locator("details.layers > summary").click()
    for box in page.locator(".layers input[type=checkbox]").all():
        box.uncheck()
    found["frames_per_s_empty"] = float(page.evaluate(SCRUB, seconds))
    page.close()
    return found


def _open(page: Page, address: str) -> None:
    page.goto("about:blank")
    page.goto(address)
    page.locator('#page[aria-busy="false"]').wait_for(state="attached", timeout=120_000)
    page.wait_for_timeout(1500)


def main() -> None:
    """Print a table, or one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--resolution", type=int, action="append")
    given = parser.parse_args()
    path = next((path for name in NAMES if (path := shutil.which(name))), None)
    if path is None:
        raise SystemExit(f"no browser here: none of {', '.join(NAMES)} is installed")
    rows = []
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(OPTIONS))
        for resolution in given.resolution or (7, 8):
            with server(at_resolution(Path(name), resolution), Path(name)) as address:
                play(address, SCENARIO)
                cells = ask(f"{address}/api/scenarios/{SCENARIO}/theatre")["n_cells"]
                rows.append({"cells": cells, **look(browser, f"{address}/", given.seconds)})
        browser.close()
    if given.json:
        print(json.dumps(rows))
        return
    for row in rows:
        print(
            "  ".join(
                f"{key} {value:.3g}" if key != "cells" else f"cells {value}" for key, value in row.items()
            )
        )


if __name__ == "__main__":
    main()
