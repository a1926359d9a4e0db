"""The stylised facts on the command line."""

from __future__ import annotations

import json

import pytest

from redan.views.cli.main import run
from redan.views.cli.show_stylised import band, said


def test_the_table_fits_and_says_what_does_not_hold(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert run(["validate", "--stylised", "--replications", "10", "--fact", "towns", "--threads", "1"]) == 0
    text = capsys.readouterr().out
    assert "towns  Towns slow" in text
    assert max(len(line) for line in text.splitlines()) <= 100


def test_the_document_alone_is_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["validate", "--stylised", "--replications", "10", "--fact", "depth", "--json"]
    assert run(arguments) == 0
    document = json.loads(capsys.readouterr().out)
    assert [fact["id"] for fact in document["facts"]] == ["depth"]


@pytest.mark.parametrize(
    "arguments", [[], ["--stylised", "--fact", "luck"], ["--stylised", "--replications", "0"]]
)
def test_what_is_wrong_is_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", *arguments]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_bands_and_failures_in_words() -> None:
    assert band([None, 0.5]) == "below 0.5"
    assert band([10.0, None]) == "above 10"
    assert band([1.0, 5.0]) == "1 to 5"
    part = {"statistic_name": "depth", "statistic": 7.0, "band": [1.0, 5.0]}
    assert said(part) == "depth is 7, above 5"
    assert said({**part, "statistic": 2.0}) == "depth is 2, within, not surely"
    assert "no campaign" in said({**part, "statistic": None})
