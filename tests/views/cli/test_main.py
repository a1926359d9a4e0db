"""The command line as a stranger meets it: exit codes, one line for each fault, clean JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from redan.views.cli import app as commands
from tests.views.cli.conftest import Run

NAME = "slavyansk-kramatorsk"
pytestmark = pytest.mark.usefixtures("elsewhere")

COMMANDS = (
    *("describe", "check", "claims", "forecast", "trace", "ablate", "sensitivity", "compare", "augment"),
    *("calibrate", "validate", "engage", "record", "report", "export", "query", "cite", "new", "read"),
    *("schema", "serve", "bench"),
)


def _process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "redan", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_without_arguments_it_says_what_it_can_do(redan: Run) -> None:
    code, out, err = redan()
    assert (code, err) == (0, "")
    assert all(name in out for name in COMMANDS)


def test_version(redan: Run) -> None:
    assert redan("--version")[:2] == (0, "redan 0.1.0\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command(redan: Run, command: str) -> None:
    code, out, err = redan(command, "--help")
    assert (code, err) == (0, "")
    assert ("--json" in out) is (command != "serve"), "a command with a result has it as a document"


@pytest.mark.parametrize(
    "arguments",
    [
        ("storm",),
        ("describe",),
        ("describe", NAME, "--jso"),
        ("describe", "nowhere"),
        ("describe", NAME, "--set", "forces.attacker.mn=1"),
        ("describe", NAME, "--set", "nonsense"),
        ("forecast",),
        ("forecast", NAME, "--course", "strom"),
        ("forecast", NAME, "--replications", "0"),
        ("forecast", NAME, "--replications", "many"),
        ("forecast", NAME, "--horizon-days", "-1"),
        ("forecast", NAME, "--seed", "-1"),
        ("forecast", "--resume", "nowhere"),
        ("forecast", NAME, "--resume", "nowhere"),
        ("ablate",),
        ("ablate", NAME, "--layer", "drones"),
        ("ablate", NAME, "--course", "strom"),
        ("ablate", NAME, "--replications", "0"),
        ("ablate", NAME, "--threads", "0"),
        ("forecast", NAME, "--until-width", "taken:kramatorsk"),
        ("augment",),
        ("augment", NAME, "--change", "digging"),
        ("sensitivity",),
        ("sensitivity", NAME, "--samples", "1"),
        ("compare",),
        ("compare", f"{NAME}:storm"),
        ("compare", f"{NAME}:storm", ":strom"),
        ("compare", ":storm", NAME),
        ("compare", f"{NAME}:storm", "+nonsense=1"),
        ("compare", f"{NAME}:storm", "+nowhere.yaml"),
        ("claims", NAME, "--run", "nowhere"),
        ("engage",),
        ("engage", "--csv", "nowhere.csv", "--out", "out.csv"),
        ("engage", "--csv", "nowhere.csv", "--replications", "1"),
        ("validate",),
        ("validate", "--stylised", "--battles"),
        ("validate", "--log", "nowhere.csv"),
        ("validate", "--stylised", "--forecasts", "forecasts"),
        ("record", "nowhere"),
        ("validate", "--battles", "--fact", "towns"),
        ("validate", "--battles", "--replications", "1"),
        ("validate", "--grid", "--battles"),
        ("validate", "--grid", "--replications", "1"),
        ("validate", "--stylised", "--posterior", "priors"),
        ("calibrate", "sieges"),
        ("calibrate", "front", "--draws", "1"),
        ("calibrate", "front", "--resume", "nowhere"),
        ("calibrate", "--resume", "nowhere"),
        ("forecast", NAME, "--posterior", "nowhere.json"),
        ("describe", NAME, "--posterior", "frond"),
        ("query", "nowhere", "SELECT 1"),
        ("report",),
        ("report", "nowhere"),
    ],
)
def test_input_at_fault_is_one_line_and_2(redan: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = redan(*arguments)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert ";" in err
    assert "Traceback" not in err


def test_unknown_course_is_corrected(redan: Run) -> None:
    assert "did you mean storm?" in redan("forecast", NAME, "--course", "strom")[2]


def test_all_faults_are_told(redan: Run) -> None:
    err = redan("forecast", NAME, "--course", "strom", "--seed", "-1", "--replications", "0")[2]
    assert len(err.splitlines()) == 3


def test_settings_beside_resume_are_refused(redan: Run) -> None:
    code, _, err = redan("forecast", NAME, "--resume", "x", "--seed", "3")
    assert code == 2
    assert [line.split(":")[0] for line in err.splitlines()] == ["--resume SCENARIO", "--resume --seed"]


def _broken(*_: Any, **__: Any) -> None:
    raise RuntimeError("the books do not balance\nmore of it")


def test_what_is_unexpected_is_one_line_and_1(redan: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("redan.views.case.Case.load", _broken)
    code, out, err = redan("describe", NAME)
    expected = "redan: RuntimeError: the books do not balance; set REDAN_DEBUG=1 to see the traceback\n"
    assert (code, out, err) == (1, "", expected)


def test_the_traceback_is_there_for_who_asks(redan: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("redan.views.case.Case.load", _broken)
    monkeypatch.setenv("REDAN_DEBUG", "1")
    code, _, err = redan("describe", NAME)
    assert code == 1
    assert "Traceback" in err


@pytest.mark.parametrize("error", [KeyboardInterrupt(), BrokenPipeError()])
def test_interrupted_or_reader_gone(
    redan: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr("redan.views.case.Case.load", fail)
    monkeypatch.setattr("redan.views.cli.main._drop_output", lambda: None)
    code, out, err = redan("describe", NAME)
    assert (code, out) == (1, "")
    assert "Traceback" not in err


def test_check_says_ok(redan: Run) -> None:
    code, out, _ = redan("check", NAME)
    assert code == 0
    assert out.startswith(f"ok: {NAME}, as of 2025-12-12")


def test_check_tells_every_fault_as_json(redan: Run, tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text("format: 1\nname: A B\n")
    code, out, err = redan("check", str(tmp_path), "--json")
    document = json.loads(out)
    assert code == 2
    assert document["ok"] is False
    assert len(document["faults"]) == len(err.splitlines()) > 2
    assert set(document["faults"][0]) == {"file", "line", "field", "problem", "remedy"}


@pytest.mark.parametrize("command", ["describe", "check", "claims"])
def test_json_is_one_document(redan: Run, command: str) -> None:
    code, out, err = redan(command, NAME, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["scenario"] == NAME


@pytest.mark.parametrize("columns", ["80", "120"])
@pytest.mark.parametrize("command", ["describe", "claims"])
def test_text_fits_the_terminal(
    redan: Run, monkeypatch: pytest.MonkeyPatch, command: str, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    out = redan(command, NAME)[1]
    assert max(map(len, out.splitlines())) <= int(columns)
    assert not any(line.endswith(" ") for line in out.splitlines())


def test_describe_says_what_a_stranger_needs(redan: Run) -> None:
    out = redan("describe", NAME)[1]
    for words in (
        "Line of contact of 2025-12-07",
        "fortress-belt",
        "Strongholds: Kramatorsk",
        "drone half depth km",
        "attacker men",
        "Краматорськ",
        "go on to",
        "judgement (C)",
        "no targeting",
    ):
        assert words in out


def test_claims_with_and_without_data(redan: Run, tmp_path: Path) -> None:
    out = redan("claims", NAME, "--data", str(tmp_path))[1]
    assert "not checked here: data absent" in out
    assert "checked here against" not in out
    assert "contradicted" in out


def test_set_reaches_the_scenario(redan: Run) -> None:
    out = redan("describe", NAME, "--set", "forces.attacker.men=150000", "--json")[1]
    men = next(q for q in json.loads(out)["forces"]["attacker"] if q["name"] == "attacker_men")
    assert (men["value"], men["p05"], men["p95"]) == (150000, 150000, 150000)


def test_as_a_module_in_a_poor_locale() -> None:
    done = _process("describe", NAME, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "\\u041a" in done.stdout  # the first letter of Kramatorsk's official name


def test_a_reader_that_leaves_gets_no_traceback() -> None:
    command = f"{sys.executable} -m redan describe {NAME} | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, timeout=300)
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys; from redan.views.cli.main import run; run(['--help']);"
        "heavy = {'numba', 'numpy', 'polars', 'shapely'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_only_commands_that_work_are_offered() -> None:
    parts = [group.typer_instance for group in commands.app.registered_groups if group.typer_instance]
    names = [info.callback.__name__ for part in parts for info in part.registered_commands if info.callback]
    assert sorted(names) == sorted(COMMANDS)
