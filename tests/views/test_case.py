"""`redan.load`: lazy, and the same words as the command line."""

from __future__ import annotations

import fnmatch
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import redan
from redan.forecast.result import Forecast
from redan.scenario.load import from_resolved
from redan.views.case import Case
from redan.views.cli.main import run
from redan.views.description import describe
from redan.vocabulary.errors import InputError
from redan.vocabulary.outcomes import event_names, measures

NAME = "slavyansk-kramatorsk"
SMALL = ("--replications", "3", "--horizon-days", "21", "--course", "storm", "--course", "bypass")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without runs: the claims look for them in the current one."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def case() -> Case:
    return redan.load(NAME)


@pytest.fixture(scope="module")
def small(case: Case, tmp_path_factory: pytest.TempPathFactory) -> Forecast:
    """Three campaigns of three weeks with the real engine."""
    folder = tmp_path_factory.mktemp("runs") / f"{NAME}-1"
    return case.forecast(replications=3, horizon_days=21, courses=["storm", "bypass"], out=folder, threads=1)


def test_importing_redan_loads_nothing() -> None:
    program = "import sys, redan; sys.exit(str([m for m in ('numpy', 'pydantic') if m in sys.modules] or 0))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0 or done.stderr.strip() == "0", done.stderr


def test_describe_is_plain_data(case: Case) -> None:
    document = case.describe()
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    assert document == describe(case)
    assert set(document["courses"]) == {"storm", "bypass", "hybrid", "as_is"}
    objectives = {place["name"] for place in document["places"] if place["objective"]}
    assert objectives == {"Kramatorsk", "Slavyansk", "Druzhkivka", "Kostiantynivka", "Seversk", "Lyman"}
    assert sum(document["parameters"]["by_grade"].values()) == document["parameters"]["total"]


def test_every_phase_and_trigger_is_in_words(case: Case) -> None:
    told = [
        trigger
        for course in case.describe()["courses"].values()
        for phase in course["phases"]
        for trigger in phase["until"]
    ]
    assert told
    assert all(": go on to " in trigger for trigger in told)


def test_check_counts(case: Case) -> None:
    summary = case.check()
    assert summary["ok"] is True
    assert summary["claims"] == len(case.claims()) >= 14


def test_claims_come_with_a_scenario_that_is_rebuilt_from_a_manifest(case: Case) -> None:
    rebuilt = Case(from_resolved(case.scenario.resolved()), NAME)
    assert rebuilt.scenario.folder is None
    assert rebuilt.claims(data=Path("nowhere")) == case.claims(data=Path("nowhere"))


def test_what_the_claims_name_exists(case: Case) -> None:
    listed = case.read_claims()
    assert listed is not None
    events = [e for axes in case.compiled.axes.values() for e in event_names(case.compiled.objectives, axes)]
    outputs = [*events, *(measure.name for measure in measures(case.compiled.objectives))]
    for claim in listed.claims:
        assert set(claim.becomes.parameters) <= set(case.parameters), claim.id
        for pattern in claim.becomes.outputs:
            assert pattern == "comparison" or fnmatch.filter(outputs, pattern), (claim.id, pattern)


def test_the_commands_the_claims_name_are_understood(case: Case) -> None:
    listed = case.read_claims()
    assert listed is not None
    for shown_by in {claim.becomes.shown_by for claim in listed.claims}:
        program, command, name, *options = shlex.split(shown_by)
        assert (program, name) == ("redan", NAME)
        assert command in {"describe", "claims", "forecast"}
        values = dict(zip(options[::2], options[1::2], strict=True))
        assert set(values) <= {"--set", "--course"}
        if "--set" in values:
            redan.load(NAME, sets=[values["--set"]])
        if "--course" in values:
            assert values["--course"] in case.scenario.courses


def test_sets(case: Case) -> None:
    changed = redan.load(NAME, sets=["forces.attacker.men=150000"])
    assert changed.parameters["attacker_men"].value == 150_000
    with pytest.raises(InputError, match="did you mean men"):
        redan.load(NAME, sets=["forces.attacker.mn=1"])


def test_forecast_answers_the_open_claims(case: Case, small: Forecast) -> None:
    before = {f.claim.id: f.verdict for f in case.claims(data=Path("nowhere"))}
    after = {f.claim.id: f.verdict for f in case.claims(run=small.path, data=Path("nowhere"))}
    assert before["bypass-far-more-effective"] == "open"
    assert after["bypass-far-more-effective"] == "answered"
    assert after["may-drag-on"] == "answered"
    assert after["seversk-slavyansk-36-km"] == before["seversk-slavyansk-36-km"] == "supported"


def test_the_newest_run_is_found(case: Case, small: Forecast, tmp_path: Path) -> None:
    assert all(f.verdict != "answered" for f in case.claims())
    (tmp_path / "redan-runs").mkdir()
    os.symlink(small.path, tmp_path / "redan-runs" / f"{NAME}-1-abc")
    (tmp_path / "redan-runs" / f"{NAME}-broken").mkdir()
    assert any(f.verdict == "answered" for f in case.claims())


def test_a_run_of_another_scenario_is_refused(case: Case, small: Forecast, tmp_path: Path) -> None:
    for file in small.path.iterdir():
        if file.is_file():
            (tmp_path / file.name).write_bytes(file.read_bytes())
    manifest = tmp_path / "manifest.json"
    manifest.write_text(manifest.read_text().replace(f'"scenario": "{NAME}"', '"scenario": "elsewhere"'))
    with pytest.raises(InputError, match="is a run of elsewhere"):
        case.claims(run=tmp_path)


def test_the_command_says_what_python_says(
    small: Forecast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "again"
    code = run(["forecast", NAME, *SMALL, "--out", str(folder), "--threads", "2", "--json"])
    document = json.loads(capsys.readouterr().out)
    assert code == 0
    assert {**document, "run": ""} == {**small.to_dict(), "run": ""}


def test_the_text_of_a_forecast(small: Forecast, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["forecast", NAME, *SMALL, "--out", str(small.path)])  # finished already: shown again
    out = capsys.readouterr().out
    assert code == 0
    assert "Kramatorsk is taken within 21 days in" in out
    assert str(small.path) in out


def test_query(small: Forecast, capsys: pytest.CaptureFixture[str]) -> None:
    sql = "SELECT course, count(*) AS n FROM replications GROUP BY course ORDER BY course"
    assert run(["query", str(small.path), sql, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [{"course": "bypass", "n": 3}, {"course": "storm", "n": 3}]
    assert run(["query", str(small.path), sql]) == 0
    assert capsys.readouterr().out.splitlines()[1].split() == ["bypass", "3"]
    assert run(["query", str(small.path), "SELEC"]) == 2
