"""The page in the package is what `web/` builds, and nothing in it comes from elsewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[4]
WEB: Final = ROOT / "web"
PAGE: Final = ROOT / "src" / "redan" / "views" / "web" / "page"
OURS: Final = ("index.html", "package.json", "package-lock.json", ".npmrc", "tsconfig.json", "vite.config.js")


def packages(folder: Path) -> None:
    """Put the packages of the build in place: those of `make web`, or else fetched."""
    if (WEB / "node_modules").is_dir():
        (folder / "node_modules").symlink_to(WEB / "node_modules")
        return
    done = subprocess.run(["npm", "ci"], cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        pytest.skip(f"the packages of the build could not be fetched: {done.stderr.strip()[-200:]}")


def test_the_committed_page_is_what_the_sources_build(tmp_path: Path) -> None:
    if shutil.which("npm") is None or shutil.which("node") is None:
        pytest.skip("no node here: the page cannot be built again")
    folder = tmp_path / "web"
    folder.mkdir()
    for name in OURS:
        shutil.copy(WEB / name, folder)
    for name in ("src", "public"):
        shutil.copytree(WEB / name, folder / name)
    packages(folder)
    build = ["npx", "vite", "build", "--outDir", "../page"]
    done = subprocess.run(build, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    built = {path.name: path.read_bytes() for path in (tmp_path / "page").iterdir()}
    assert {path.name for path in PAGE.iterdir()} == set(built)
    other = [name for name, content in built.items() if (PAGE / name).read_bytes() != content]
    assert other == [], "build the page again: make web"


def test_the_page_loads_nothing_from_elsewhere() -> None:
    html = (PAGE / "index.html").read_text()
    assert re.findall(r"(?:src|href)=\"(?!\./|#)[^\"]*", html) == []
    assert re.search(r"<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=", html) is None, "a strict policy forbids it"
    assert "@import" not in (PAGE / "index.css").read_text()


def test_the_lock_names_no_host() -> None:
    assert '"resolved"' not in (WEB / "package-lock.json").read_text()
