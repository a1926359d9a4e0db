"""Numbers, percentages and JSON as they leave the command line; progress."""

from __future__ import annotations

import json
import math

import pytest

from redan.views.cli import output
from redan.views.cli.progress import EVERY_S, progress


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, "", "-"),
        (123456.7, "men", "123,457"),
        (1500.4, "", "1,500"),
        (0.00131, "", "0.00131"),
        (36.69, "", "36.7"),
        (2.0, "", "2"),
    ],
)
def test_number(value: float | None, unit: str, text: str) -> None:
    assert output.number(value, unit=unit) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (None, "-"),
        (0.0, "0 %"),
        (0.0004, "<0.1 %"),
        (0.034, "3.4 %"),
        (0.5, "50 %"),
        (0.996, "99.6 %"),
        (1.0, "100 %"),
    ],
)
def test_percent(share: float | None, text: str) -> None:
    assert output.percent(share) == text


def test_json_refuses_what_json_has_no_word_for() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        output.print_json({"value": math.nan})


def test_json_keeps_names(capsys: pytest.CaptureFixture[str]) -> None:
    output.print_json({"name": "Краматорськ"})
    assert json.loads(capsys.readouterr().out) == {"name": "Краматорськ"}


def test_progress_without_a_terminal_is_a_line_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    monkeypatch.setattr("redan.views.cli.progress.time.monotonic", lambda: now)
    with progress() as (report, _):
        report(0, 100, "campaigns")
        for done in range(1, 41):
            now += EVERY_S / 10
            report(done, 100, "campaigns")
        report(0, 6, "tables")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines() == [
        "redan: playing campaigns: 100",
        "redan: 10 of 100, about 135 s left",
        "redan: 20 of 100, about 120 s left",
        "redan: 30 of 100, about 105 s left",
        "redan: 40 of 100, about 90 s left",
        "redan: writing the tables: 6",
    ]


def test_progress_on_a_terminal_is_a_bar(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    with progress() as (report, screen):
        assert screen.is_terminal
        report(0, 10, "compile")
        report(0, 10, "campaigns")
        report(10, 10, "campaigns")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "playing campaigns" in captured.err
