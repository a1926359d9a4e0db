"""`redan ablate`: the JSON contract with the real engine, and what a stranger reads."""

from __future__ import annotations

import io
import json
import os
import signal
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

import redan
from redan.analysis.ablation import Ablation, compared
from redan.analysis.effect import Effect
from redan.views.case import Case
from redan.views.cli.main import run
from redan.views.cli.show_ablate import END, SHOWN, in_words, show
from redan.vocabulary.codes import LAYERS

CITY = str(Path(__file__).parents[3] / "verification" / "city-fight")
SMALL = ("--replications", "3", "--horizon-days", "20", "--threads", "1")
MEASURES = compared(["ironworth"])


def effect(layer: str, measure: str, difference: float, *, reach: float = 1.0) -> Effect:
    interval = (difference - reach, difference + reach)
    return Effect("storm", layer, measure, "", 500.0, 500.0 + difference, difference, interval, 0.5)


def made_up(**of_drones: float) -> Ablation:
    """Nothing makes a difference but the drone zone off, and there only what is given."""
    off = tuple(
        effect(layer, m.name, of_drones.get(m.name, 0.0) if layer == "drone_zone" else 0.0)
        for layer in LAYERS
        for m in MEASURES
    )
    alone = tuple(replace(e, mean_difference=0.0, interval90=(0.0, 0.0)) for e in off)
    levels = {"storm": {m.name: 500.0 for m in MEASURES}}
    return Ablation(
        scenario="toy",
        as_of=date(2025, 12, 12),
        seed=1,
        replications=40,
        horizon_days=730,
        courses=("storm",),
        layers=LAYERS,
        off=off,
        alone=alone,
        levels={"all": levels, "none": levels},
    )


def text(found: Ablation, width: int = 100) -> str:
    screen = Console(file=io.StringIO(), width=width, highlight=False, markup=False, emoji=False)
    show(screen, found)
    assert isinstance(screen.file, io.StringIO)
    return screen.file.getvalue()


def test_json_is_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ablate", CITY, *SMALL, "--json"]) == 0
    captured = capsys.readouterr()
    document = json.loads(captured.out)
    assert "playing campaigns: 54" in captured.err
    assert (document["replications"], document["horizon_days"], document["seed"]) == (3, 20, 1)
    for listed in (document["layers"], document["alone"]):
        assert [(r["layer"], r["measure"]) for r in listed] == [(n, m.name) for n in LAYERS for m in MEASURES]
        for row in listed:
            assert set(row) == {"layer", "measure", "mean_difference", "interval90", "p_worse_without"}
            assert row["interval90"][0] <= row["mean_difference"] <= row["interval90"][1]
            assert 0.0 <= row["p_worse_without"] <= 1.0


def test_only_what_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--layer", "relief", "--layer", "works", "--course", "storm", "--set", "place.buffer_km=16")
    assert run(["ablate", CITY, *SMALL, *asked, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert list(dict.fromkeys(row["layer"] for row in document["layers"])) == ["works", "relief"]
    assert document["courses"] == ["storm"]


def test_the_command_says_what_python_says(capsys: pytest.CaptureFixture[str]) -> None:
    found = redan.load(CITY).ablate(replications=3, horizon_days=20, layers=["works"], threads=2)
    assert run(["ablate", CITY, *SMALL, "--layer", "works", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == found.document()
    assert found.table(["ended", END]).height == 2


def test_the_text(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    assert run(["ablate", CITY, *SMALL, "--layer", "strongholds"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("city-fight: what each layer is worth, as of 2024-06-01\n3 pairs of campaigns")
    assert max(map(len, out.splitlines())) <= 100


def test_an_unknown_layer_is_corrected(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ablate", CITY, "--layer", "drone"]) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err.splitlines()) == (
        "",
        ["--layer drone: there is no such layer; did you mean drone_zone?"],
    )


def test_ctrl_c_is_one_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    ablate = Case.ablate

    def interrupted(self: Case, **asked: object) -> Ablation:
        def stop(done: int, total: int, phase: str) -> None:
            if phase == "campaigns":
                os.kill(os.getpid(), signal.SIGINT)

        return ablate(self, **{**asked, "progress": stop})  # type: ignore[arg-type]

    monkeypatch.setattr(Case, "ablate", interrupted)
    assert run(["ablate", CITY, *SMALL]) == 1
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "redan: interrupted\n")


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_it_fits_the_terminal(width: int) -> None:
    lines = text(made_up(**dict.fromkeys(SHOWN, -123_456.0)), width).splitlines()
    assert max(map(len, lines)) <= width


def test_at_100_columns_all_measures_stand_side_by_side() -> None:
    head = next(line for line in text(made_up()).splitlines() if line.startswith("without "))
    assert all(name in head for name in SHOWN.values())


def test_clear_differences_are_marked_and_told_in_words() -> None:
    found = made_up(**{END: -12.3, "losses:attacker": -1234.0, "destroyed_km2": 0.5})
    out = text(found)
    line = next(row for row in out.splitlines() if row.startswith("drone_zone"))
    assert line.split() == ["drone_zone", "-12*", "0", "-1.2k*", "0", "+0.5", "0"]
    words = " ".join(out.split())
    assert (
        "storm: without the drone zone the operation ends 12 days sooner (counted to day 730) and the"
        " attacker loses 1,230 fewer men. Each is the largest mean change of any layer taken away. By no"
        " more than chance: ground taken, the defender's losses, housing and residents at home." in words
    )
    assert "No difference in any pair: works alone (storm)" in words
    assert "drone_zone off (storm)" not in words


def test_where_nothing_is_clear_it_is_said() -> None:
    assert "changes nothing by more than chance" in in_words("storm", made_up().off, 730)


def test_the_next_layers_are_named_where_one_is_first_in_everything() -> None:
    effects = [
        effect("drone_zone", END, -300.0),
        effect("works", END, -20.0),
        effect("relief", END, -10.0),
        effect("drone_zone", "area_gained_km2", 900.0),
        effect("relief", "area_gained_km2", 80.0),
    ]
    assert (
        " Next to it, without works the operation ends 20 days sooner (counted to day 730);"
        " without relief 80 km2 more ground is taken." in in_words("storm", effects, 730)
    )
