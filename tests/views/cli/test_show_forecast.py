"""A forecast as text: what stands in it, at which width, and what is said of rare events."""

from __future__ import annotations

import copy
import io
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from redan.forecast.result import Forecast
from redan.forecast.run import play
from redan.views.cli.show_forecast import show, show_provisional
from redan.views.results import footing
from tests.runs.fakes import job

FOOTING = {
    "requested": 30,
    "parameters": {"total": 9, "by_grade": {"A": 2, "B": 3, "C": 4}},
    "posterior": None,
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Forecast:
    folder: Path = tmp_path_factory.mktemp("runs") / "toy"
    return play(job(replications=30, horizon_days=400), folder)


def _text(document: dict[str, Any], by_day: dict[str, Any], width: int = 80) -> str:
    screen = Console(file=io.StringIO(), width=width, highlight=False, markup=False, emoji=False)
    show(screen, document, by_day, FOOTING)
    assert isinstance(screen.file, io.StringIO)
    return screen.file.getvalue()


@pytest.fixture
def document(found: Forecast) -> dict[str, Any]:
    return copy.deepcopy(found.to_dict())


def test_all_sections(found: Forecast, document: dict[str, Any]) -> None:
    text = " ".join(_text(document, found.by_day()).split())
    for words in (
        "30 replications of each course, 400 days, seed 1",
        "Events:",
        "Breakthroughs",
        "Measures at day 400",
        "Paired comparison",
        "What it rests on",
        "2 read in a primary source (A), 3 second-hand (B), 4 judgement (C)",
        "redan query",
    ):
        assert words in text


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("courses", [2, 4])
def test_width(found: Forecast, document: dict[str, Any], width: int, courses: int) -> None:
    for n in range(courses - 2):
        document["courses"][f"other{n}"] = copy.deepcopy(document["courses"]["storm"])
    lines = _text(document, found.by_day(), width).splitlines()
    # The last two lines hold the path of the run, which is not to be broken.
    assert max(len(line) for line in lines[:-2]) <= width


def test_probabilities_by_day_are_in_their_columns(found: Forecast, document: dict[str, Any]) -> None:
    by_day = found.by_day()
    by_day["storm"]["ended"] |= {180: 0.123, 365: 0.456}
    document["courses"]["storm"]["events"]["ended"] |= {
        "p_by_horizon": 0.789,
        "day": {"p10": 150.0, "p50": 380.0, "p90": None},
    }
    line = next(row for row in _text(document, by_day).splitlines() if row.startswith("ended"))
    assert line.split() == ["ended", "storm", "12", "%", "46", "%", "79", "%", "150", "380", "-"]


def test_events_that_never_come_share_a_line(found: Forecast, document: dict[str, Any]) -> None:
    for course in document["courses"].values():
        course["events"]["isolated:beta"] |= {"p_by_horizon": 0.0}
        course["events"]["taken:beta"] |= {"p_by_horizon": 0.001}
    text = _text(document, found.by_day())
    assert "In no replication of any course: isolated:beta." in text
    assert "of the replications of any course: taken:beta." in text


def test_a_difference_that_is_not_identified_is_said_to_be(found: Forecast, document: dict[str, Any]) -> None:
    for row in document["comparison"]:
        row["median_difference"] = row["interval90"] = None
    assert "not identified" in _text(document, found.by_day())


def test_a_single_course_has_no_comparison(found: Forecast, document: dict[str, Any]) -> None:
    document["courses"].pop("bypass")
    document["comparison"] = []
    assert "Paired comparison" not in _text(document, found.by_day())


def test_stopped_early_is_said(found: Forecast, document: dict[str, Any]) -> None:
    document["replications"] = 20
    assert "Stopped early: 20 of 30 replications." in _text(document, found.by_day())


def test_provisional(document: dict[str, Any]) -> None:
    screen = Console(file=io.StringIO(), width=80)
    show_provisional(screen, document)
    assert isinstance(screen.file, io.StringIO)
    text = screen.file.getvalue()
    assert "provisional, after 30 replications" in text
    assert max(map(len, text.splitlines())) <= 80


def test_footing_counts_grades(found: Forecast) -> None:
    for parameter in found.run.manifest["parameters"].values():
        parameter["grade"] = "B"
    assert footing(found)["parameters"]["by_grade"] == {"A": 0, "B": 2, "C": 0}
