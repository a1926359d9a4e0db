"""A run of a small invented city, traced: kept whole or played again, the story is the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import redan
from redan.forecast import tracing
from redan.forecast.result import Forecast
from redan.forecast.run import open_forecast
from redan.runs.chunk import FULL_REPLICATIONS
from redan.runs.manifest import sources_hash
from redan.vocabulary.errors import InputError

CITY = Path(__file__).parents[2] / "verification" / "city-fight"
DAYS = 60
BEYOND = FULL_REPLICATIONS + 1  # not kept whole


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Forecast:
    folder = tmp_path_factory.mktemp("runs") / "city"
    return redan.load(CITY).forecast(replications=BEYOND + 1, horizon_days=DAYS, out=folder, threads=1)


def copied(found: Forecast, folder: Path, **manifest: Any) -> Forecast:
    """A copy of a run whose manifest says something else."""
    folder.mkdir()
    for path in found.path.iterdir():
        if path.is_file():
            (folder / path.name).write_bytes(path.read_bytes())
    file = folder / "manifest.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **manifest}))
    return open_forecast(folder)


def without(document: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name not in names}


def test_the_document_is_plain_and_whole(found: Forecast) -> None:
    told = found.trace()
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert (told["scenario"], told["course"], told["seed"]) == ("city-fight", "storm", 1)
    assert told["kept"] == (told["replication"] < FULL_REPLICATIONS)
    assert [one["objective"] for one in told["objectives"]] == ["ironworth"]
    assert told["timeline"][0]["kind"] == "phase"
    assert {entry["kind"] for entry in told["timeline"]} >= {"attacked", "ground_to_attacker"}
    days = [entry["day"] for entry in told["timeline"]]
    assert days == sorted(days)
    assert all(entry["date"] >= told["as_of"] for entry in told["timeline"])
    assert told["objectives"][0]["text"].startswith("Ironworth was")


def test_what_it_adds_up_is_what_the_run_says(found: Forecast) -> None:
    told = found.trace(replication=3)
    row = found.replications.filter((pl.col("course") == "storm") & (pl.col("replication") == 3))
    for side in ("attacker", "defender"):
        whole = sum(period["numbers"][f"losses:{side}"] for period in told["periods"])
        assert whole == pytest.approx(row[f"losses:{side}"].item(), rel=1e-5)
        by_cause = sum(sum(period["numbers"][f"losses_by:{side}"].values()) for period in told["periods"])
        assert by_cause == pytest.approx(whole, abs=5.0)
    gained = sum(period["numbers"]["area_gained_km2"] for period in told["periods"])
    assert gained == pytest.approx(row["area_gained_km2"].item(), abs=1e-2)


def test_played_again_it_is_the_same_story(found: Forecast, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = found.trace(replication=5)
    monkeypatch.setattr(tracing, "recorded", lambda *_: None)
    again = found.trace(replication=5)
    assert (kept["kept"], again["kept"]) == (True, False)
    assert without(again, "kept") == without(kept, "kept")


def test_a_replication_beyond_the_kept_ones_is_played_again(found: Forecast) -> None:
    told = found.trace(replication=BEYOND)
    assert not told["kept"]
    assert told["notes"] == []
    row = found.replications.filter((pl.col("course") == "storm") & (pl.col("replication") == BEYOND))
    whole = sum(period["numbers"]["losses:attacker"] for period in told["periods"])
    assert whole == pytest.approx(row["losses:attacker"].item(), rel=1e-5)


def test_a_run_of_other_versions_says_so(found: Forecast, tmp_path: Path) -> None:
    other = {**found.run.manifest["versions"], "redan_sources": "0" * 64}
    told = copied(found, tmp_path / "other", versions=other).trace(replication=BEYOND)
    (note,) = told["notes"]
    assert "other versions or on another processor (redan_sources differ)" in note
    assert tracing.changes({**found.run.manifest, "cpu": {}}) == ["cpu"]
    assert tracing.changes(found.run.manifest) == []
    assert found.run.manifest["versions"]["redan_sources"] == sources_hash()


def test_another_campaign_is_refused(found: Forecast, tmp_path: Path) -> None:
    other = copied(found, tmp_path / "seed", seed=2)
    assert other.trace(replication=5)["kept"]  # what is kept is told as it is
    with pytest.raises(InputError, match=rf"replication {BEYOND} is not kept whole, .* is another campaign"):
        other.trace(replication=BEYOND)


@pytest.mark.parametrize("choice", ["median", "soonest", "latest"])
def test_choices(found: Forecast, choice: str) -> None:
    told = found.trace(replication=choice)
    assert "ordered by the day on which every objective was taken or left" in told["chosen"]
    assert 0 <= told["replication"] <= BEYOND


@pytest.mark.parametrize("wrong", [-1, BEYOND + 1, "middle", "²"])
def test_no_such_replication(found: Forecast, wrong: int | str) -> None:
    with pytest.raises(InputError, match=f"give a number from 0 to {BEYOND}, or median, soonest or latest"):
        found.trace(replication=wrong)


def test_no_such_course(found: Forecast) -> None:
    with pytest.raises(InputError, match="did you mean storm"):
        found.trace("strom")
