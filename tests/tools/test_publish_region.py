"""The page on storm or bypass, from courses of which it is known where the first does better."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from redan.analysis.region import find_regions
from tests.analysis.courses import ensemble
from tools import publish_region


@pytest.fixture(scope="module")
def text() -> str:
    return publish_region.page(
        find_regions(ensemble(), "a", "b"),
        units={"men": "men", "luck": "ratio"},
        as_of="2025-12-12",
        command="python -m tools.publish_region --seed 1",
        sources="0123456789abcdef",
    )


def test_the_page_says_what_was_found_and_how(text: str) -> None:
    words = " ".join(text.split())
    assert "more often than not in this: the attacker loses fewer men." in words
    assert "and not over all, it does so in this: all objectives fall sooner." in words
    assert "No region was found for this: Town is taken sooner; less housing" in words
    assert "**all objectives fall sooner**: where `men` is above 0." in words
    assert "200 pairs of campaigns over 100 days" in words
    assert "| all objectives fall sooner | `men` (men) | +" in words
    for part in ("## Question", "## Method", "## Limits", "python -m tools.publish_region", "0123456789ab`"):
        assert part in text


def test_the_page_is_filled_like_the_others(text: str) -> None:
    prose = [line for line in text.splitlines() if not line.startswith("|")]
    assert max(map(len, prose)) <= publish_region.WIDTH


def test_a_larger_ensemble_can_confirm_less() -> None:
    found = find_regions(ensemble(), "a", "b")
    large = find_regions(ensemble(800), "a", "b", measures=["ended"])
    assert 0.5 < publish_region.detectable(large, 0.25) < publish_region.detectable(found, 0.25) <= 1.0


def test_the_command_writes_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    asked = ["--replications", "80", "--horizon-days", "5", "--out", str(page), "--threads", "1"]
    monkeypatch.setattr(sys, "argv", ["publish_region", *asked])
    assert publish_region.main() == 0
    assert "--replications 80 --horizon-days 5 --seed 1" in " ".join(page.read_text().split())
    assert str(page) in capsys.readouterr().out


def test_too_few_replications_are_one_line_and_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["publish_region", "--replications", "10"])
    assert publish_region.main() == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
