"""What is shipped works: the wheel, unpacked into an empty folder, forecasts from its bundled data alone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
EPOCH = "1577836800"


def build(folder: Path) -> Path:
    """Build the wheel offline with the backend that is installed, as `make wheel` does."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)],
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH},
        check=True,
        capture_output=True,
        text=True,
    )
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel alone into an empty folder; its dependencies are those of the test environment."""
    target = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    offline = ["--no-deps", "--no-index", "--no-compile"]
    subprocess.run([*pip, *offline, "--target", str(target), str(wheel)], check=True, capture_output=True)
    return target


def python(installed: Path, folder: Path, *arguments: str) -> str:
    """Run Python in `folder` with the unpacked wheel first on the path, and return what it prints."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
        timeout=500,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_carries_its_data_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    scenario = "bundled/scenarios/slavyansk-kramatorsk/scenario.yaml"
    for needed in ("py.typed", "vocabulary/parameters.yaml", scenario):
        assert f"redan/{needed}" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert all(re.match(r"redan(-[\w.]+\.dist-info)?/", name) for name in names)
    source = {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src" / "redan").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert source == {name for name in names if name.startswith("redan/")}


def test_two_builds_give_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    assert build(tmp_path).read_bytes() == wheel.read_bytes()


def test_the_wheel_forecasts_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    where = python(installed, tmp_path, "-c", "import redan; print(redan.__file__)")
    assert Path(where.strip()).is_relative_to(installed)
    arguments = ["--replications", "2", "--horizon-days", "30", "--json"]
    printed = python(installed, tmp_path, "-m", "redan", "forecast", "slavyansk-kramatorsk", *arguments)
    forecast = json.loads(printed)
    assert forecast["scenario"] == "slavyansk-kramatorsk"
    assert forecast["replications"] == 2
    assert forecast["horizon_days"] == 30
    assert forecast["courses"]
    for course in forecast["courses"].values():
        assert course["events"]
        assert course["measures"]["losses:attacker"]["mean"] > 0
    assert forecast["comparison"]


def test_the_command_is_installed(installed: Path) -> None:
    assert (installed / "bin" / "redan").is_file()
