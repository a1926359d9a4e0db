"""`redan trace` as a stranger meets it: a story in text, one JSON document, one line for each fault."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import redan
from redan.views.cli.main import run

CITY = Path(__file__).parents[3] / "verification" / "city-fight"
Run = Callable[..., tuple[int, str, str]]
CHAPTERS = (
    "city-fight: the story of one campaign of storm",
    "How it compares with all 3 replications of storm",
    "Stretch by stretch",
    "What happened",
    "Why each objective fell, or did not",
    "Over the whole campaign",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("runs") / "city"
    redan.load(CITY).forecast(replications=3, horizon_days=90, out=out, threads=1)
    return str(out)


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command and return its exit code, stdout and stderr."""

    def called(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return called


def test_the_story(folder: str, call: Run) -> None:
    code, out, err = call("trace", folder)
    assert (code, err) == (0, "")
    places = [out.index(chapter) for chapter in CHAPTERS]
    assert places == sorted(places)
    assert "Ironworth was" in out
    assert "The plan began with" in out
    assert "smaller entries" in out


@pytest.mark.parametrize("width", ["80", "100"])
def test_it_fits_the_terminal(folder: str, call: Run, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    code, out, _ = call("trace", folder, "--replication", "1")
    assert code == 0
    too_long = [line for line in out.splitlines() if len(line) > int(width) and folder not in line]
    assert too_long == []


def test_a_full_story_has_every_entry(folder: str, call: Run) -> None:
    short, full = (call("trace", folder, *more)[1] for more in ((), ("--full",)))
    assert "Passed to the attacker: the ground" in full
    assert "Passed to the attacker: the ground" not in short
    assert "smaller entries" not in full
    assert len(full) > len(short)


def test_json_is_one_document_with_the_same_content(folder: str, call: Run) -> None:
    code, out, err = call("trace", folder, "--course", "storm", "--replication", "2", "--json")
    assert (code, err) == (0, "")
    document = json.loads(out)
    text = " ".join(call("trace", folder, "--replication", "2", "--full")[1].split())
    short = " ".join(call("trace", folder, "--replication", "2")[1].split())
    assert document["replication"] == 2
    for told in (text, short):
        assert document["objectives"][0]["text"] in told
        assert all(sentence in told for sentence in document["whole"])
    for entry in document["timeline"]:
        assert set(entry) == {"day", "date", "kind", "objective", "cell", "major", "text", "numbers"}
        assert entry["text"] in text
        assert (entry["text"] in short) == entry["major"], entry


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--course", "strom"), "--course strom: there is no such course; did you mean storm?"),
        (
            ("--replication", "3"),
            "--replication 3: is not a replication of this run; give a number from 0 to 2",
        ),
        (("--replication", "best"), "or median, soonest or latest"),
    ],
)
def test_a_wrong_course_or_replication_is_one_line(
    folder: str, call: Run, arguments: tuple[str, str], said: str
) -> None:
    code, out, err = call("trace", folder, *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_a_folder_that_is_no_run_is_one_line(tmp_path: Path, call: Run) -> None:
    code, out, err = call("trace", str(tmp_path / "nowhere"))
    assert (code, out) == (2, "")
    assert "there is no such folder" in err
    assert err.count("\n") == 1
