"""`redan serve` as a stranger meets it: its address, its end, and what it refuses before it listens."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from redan.views.cli.main import run


def test_it_serves_until_ctrl_c(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "redan", "serve", "two-belts", "--port", "0", "--no-browser"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    with process.stderr:
        said = process.stderr.readline()
        assert said.startswith("redan: serving http://127.0.0.1:"), said
        address = said.split()[2]
        assert httpx.get(f"{address}api/health").json()["scenario"] == "two-belts"
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(30) == 0
        assert process.stderr.read() == ""
    assert list(tmp_path.iterdir()) == [], "nothing is written before a run is asked for"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--host", "0.0.0.0"], "--host 0.0.0.0: is reached from other machines"),
        (["--token", "short"], "--token token: must have 16 to 256 letters and digits"),
        (["--basemap", "javascript:x"], "--basemap javascript:x: is no address of map tiles"),
        (["atlantis"], "there is no bundled scenario, folder or file 'atlantis'"),
        (["--port", "70000"], "redan serve: invalid value for '--port'"),
    ],
)
def test_what_is_at_fault_is_one_line(
    arguments: list[str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["serve", "--no-browser", *arguments]) == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert line in said[0]


def test_a_missing_package_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "fastapi", None)
    assert run(["serve", "--no-browser"]) == 2
    assert "pip install 'redan[web]'" in capsys.readouterr().err


def test_a_port_that_is_taken_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert run(["serve", "two-belts", "--no-browser", "--port", str(port)]) == 1
    assert "take another --port" in capsys.readouterr().err
