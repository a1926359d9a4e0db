"""What the tests of commands share: an empty folder to start in, and a command run as a person would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from redan.views.cli.main import run

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Start in an empty folder: scenarios are written there, and runs looked for."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def redan(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command here and return its exit code, stdout and stderr."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call
