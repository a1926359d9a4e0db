"""The invented island and the tiny register that the tests of this package share."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from redan.scenario.load import load_scenario
from redan.scenario.scenario import Scenario
from redan.vocabulary.parameters import Register, read_register

TESTS = Path(__file__).resolve().parents[1]
ISLAND = TESTS / "bad_inputs" / "base"
REGISTER = TESTS / "vocabulary" / "register.yaml"
TODAY = dt.date(2025, 6, 1)

Load = Callable[..., Scenario]


@pytest.fixture(scope="session")
def register() -> Register:
    return read_register(REGISTER, "register.yaml")


@pytest.fixture
def island(tmp_path: Path) -> Path:
    """A copy of the island's folder that a test may spoil."""
    return Path(shutil.copytree(ISLAND, tmp_path / "island"))


@pytest.fixture(scope="session")
def load(register: Register) -> Load:
    """Load the island, or another scenario, with the tiny register."""

    def load_island(
        at: str | Path = ISLAND,
        *,
        sets: Sequence[str] = (),
        overlays: Sequence[Path] = (),
        today: dt.date = TODAY,
    ) -> Scenario:
        return load_scenario(at, sets=sets, overlays=overlays, today=today, register=register)

    return load_island
