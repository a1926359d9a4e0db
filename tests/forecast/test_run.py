"""The bundled scenario, from its name to its forecast, with the real engine."""

from __future__ import annotations

import hashlib
import os
import signal
from pathlib import Path

import pytest

from redan.forecast.run import resume_forecast, run_forecast
from redan.runs.log import NAME as LOG
from redan.scenario.load import load_scenario
from redan.vocabulary.errors import InputError

ASKED = {"courses": ["storm", "as_is"], "replications": 12, "horizon_days": 45, "seed": 3}
SETS = ["forces.attacker.men=150000"]


def digests(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.name != LOG
    }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "run"
    found = run_forecast(load_scenario("slavyansk-kramatorsk", sets=SETS), **ASKED, out=folder, threads=1)  # type: ignore[arg-type]
    assert found.complete
    assert list(found.to_dict()["courses"]) == ASKED["courses"]
    assert found.run.manifest["parameters"]["attacker_men"]["value"] == 150_000.0
    fit = found.run.manifest["posterior"]["content"]
    drawn = found.replications.select(f"parameter:{name}" for name in fit["columns"]).rows()
    assert {tuple(row) for row in drawn} <= {tuple(row) for row in fit["rows"]}  # jointly, row by row
    return folder


def test_an_interrupted_run_resumes_from_its_folder_alone(undisturbed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"

    def interrupt(done: int, total: int, phase: str) -> None:
        if phase == "campaigns" and done >= 8:
            os.kill(os.getpid(), signal.SIGINT)

    found = run_forecast(
        load_scenario("slavyansk-kramatorsk", sets=SETS),
        **ASKED,  # type: ignore[arg-type]
        out=folder,
        threads=1,
        progress=lambda *said: interrupt(*said) if said[0] < 12 else None,
    )
    assert not found.complete
    assert found.to_dict()["replications"] == found.run.done < 12
    again = resume_forecast(folder, threads=2)
    assert again.complete
    assert digests(folder) == digests(undisturbed)


def test_resume_says_what_is_no_run(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        resume_forecast(tmp_path / "none")
    with pytest.raises(InputError, match=r"is not a run folder \(no manifest.json\)"):
        resume_forecast(tmp_path)


def test_an_unknown_course_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"--course strom: .*; did you mean storm\?"):
        run_forecast("slavyansk-kramatorsk", courses=["strom"], out=tmp_path / "run")
