"""What the server says of runs and of what came out of them: the same as the run folder holds."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from redan.forecast.run import open_forecast
from redan.runs import replay
from redan.views.web.jobs.desk import MOST_WAITING
from tests.views.web.conftest import HORIZON, SCENARIO, TINY, Site

COURSES = ["storm", "bypass", "one-side"]


def table(idle: Site, name: str) -> pl.DataFrame:
    return pl.read_parquet(idle.root / idle.run / f"{name}.parquet")


def values(found: dict[str, Any]) -> np.ndarray[Any, np.dtype[np.uint8]]:
    raw = np.frombuffer(base64.b64decode(found["values"]), np.uint8)
    return raw.reshape(len(found["days"]), found["n_cells"])


def test_a_run_of_the_command_line_is_listed(idle: Site) -> None:
    run = next(one for one in idle.get("/api/runs") if one["id"] == idle.run)
    assert run == idle.get(f"/api/runs/{idle.run}")
    assert (run["state"], run["done"], run["of"], run["courses"]) == ("done", 18, 18, COURSES)
    assert run["changed"] == []


def test_the_summary_is_the_document_of_the_command_line(idle: Site) -> None:
    found = idle.get(f"/api/runs/{idle.run}/summary")
    told = open_forecast(idle.root / idle.run).to_dict()
    assert {key: found[key] for key in told if key not in ("run", "measures")} == {
        key: value for key, value in told.items() if key not in ("run", "measures")
    }
    assert found["headline"]
    assert found["objectives"]["harrow-bridge"]["name"] == "Harrow Bridge"
    assert set(told["courses"]["storm"]["measures"]) >= set(found["measures"])


def test_control_is_the_share_of_replications(idle: Site) -> None:
    found = idle.get(f"/api/runs/{idle.run}/control?course=bypass")
    counts = table(idle, "control").filter(pl.col("course") == "bypass")["n_attacker"].to_numpy()
    assert found["days"] == list(range(0, HORIZON + 1, 7))
    expected = np.rint(counts / 6 * 255).reshape(values(found).shape)
    assert (values(found) == expected).all()


def test_survival_begins_whole_and_falls(idle: Site) -> None:
    found = idle.get(f"/api/runs/{idle.run}/survival")
    for event in found["events"].values():
        assert set(event) == set(COURSES)
        for curve in event.values():
            assert len(curve["share"]) == len(curve["low"]) == len(curve["high"]) == len(found["days"])
            assert (np.diff(curve["share"]) <= 0).all()


def test_daily_has_every_measure_or_those_asked_for(idle: Site) -> None:
    found = idle.get(f"/api/runs/{idle.run}/daily")
    assert set(found["measures"]) == {row["name"] for row in open_manifest(idle)["measures"]}
    some = idle.get(f"/api/runs/{idle.run}/daily?measure=front_km&measure=displaced")
    assert list(some["measures"]) == ["front_km", "displaced"]
    assert some["measures"]["front_km"] == found["measures"]["front_km"]
    wrong = idle.ask("GET", f"/api/runs/{idle.run}/daily?measure=front_kn")
    assert wrong.status_code == 422
    assert "front_km" in wrong.json()["faults"][0]["remedy"]


def open_manifest(idle: Site) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((idle.root / idle.run / "manifest.json").read_bytes())
    return found


def test_the_theatre_of_a_run_is_that_of_its_scenario(idle: Site) -> None:
    found = idle.get(f"/api/runs/{idle.run}/theatre")
    told = idle.get(f"/api/scenarios/{SCENARIO}/theatre")
    for one in (found, told):  # a manifest keeps courses by name
        one["lines"]["features"].sort(key=str)
    assert found == told


def test_the_campaigns_add_up_to_the_probability(idle: Site) -> None:
    """Single campaigns, whether kept or played again, are those that the probability counts."""
    course = "storm"
    chosen = idle.get(f"/api/runs/{idle.run}/replications?course={course}")
    assert chosen["count"] == 6
    assert len({chosen[name] for name in ("median", "luckiest", "unluckiest")}) == 3
    total: Any = 0
    for number in range(6):
        one = idle.get(f"/api/runs/{idle.run}/replications/{number}?course={course}")
        assert one["kept"]
        total = total + values(one).astype(int) // 255
        assert len(one["series"]["front_km"]) == len(one["series_days"]) == HORIZON + 1
    whole = idle.get(f"/api/runs/{idle.run}/control?course={course}")
    assert (np.rint(total / 6 * 255) == values(whole)).all()
    assert total[-1].sum() > total[0].sum(), "the attacker gains ground"


def test_a_campaign_that_is_not_kept_is_played_again(idle: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    path = f"/api/runs/{idle.run}/replications/5"
    kept = idle.get(f"{path}?course=one-side")
    monkeypatch.setattr(replay, "FULL_REPLICATIONS", 0)
    # Another address of the same campaign, so that it is not answered from what was kept.
    from redan.forecast.atlas.campaigns import campaign

    again = campaign(open_forecast(idle.root / idle.run), 5, "one-side")
    assert not again["kept"]
    assert {**again, "kept": True} == kept


def test_the_trace_has_places(idle: Site) -> None:
    found = idle.get(f"/api/runs/{idle.run}/replications/2/trace?course=storm")
    assert len(found["entries"]) == len(found["timeline"])
    placed = [entry for entry in found["entries"] if entry["lon"] is not None]
    west, south, east, north = idle.get(f"/api/scenarios/{SCENARIO}/theatre")["bounds"]
    assert placed
    assert all(west <= entry["lon"] <= east and south <= entry["lat"] <= north for entry in placed)
    assert all(entry["text"] for entry in found["entries"])


def test_courses_are_compared_in_pairs(idle: Site) -> None:
    asked = {"a": idle.run, "b": idle.run, "course_a": "storm", "course_b": "bypass"}
    found = idle.get("/api/runs/compare", params=asked)
    told = open_forecast(idle.root / idle.run).to_dict()["comparison"]
    expected = {row["measure"]: row for row in told if (row["a"], row["b"]) == ("storm", "bypass")}
    assert found["pairs"] == 6
    assert len(found["rows"]) == len(expected)
    for row in found["rows"]:
        for key in ("p_a_better", "median_difference", "interval90"):
            assert row[key] == expected[row["measure"]][key]
    losses = next(row for row in found["rows"] if row["measure"] == "losses:attacker")
    assert (losses["unit"], losses["better"]) == ("men", "lower")


def test_runs_on_other_luck_are_not_compared(idle: Site, tmp_path: Path) -> None:
    from redan.forecast.atlas.compared import compared

    found = open_forecast(idle.root / idle.run)
    other = open_forecast(idle.root / idle.run)
    other.run.manifest = {**other.run.manifest, "seed": 2}
    with pytest.raises(Exception, match="do not share their luck"):
        compared(found, other)


@pytest.mark.parametrize(
    "query", ["replications/6", "replications/-1", "replications/x", "control?course=no"]
)
def test_what_a_run_does_not_have_is_said(idle: Site, query: str) -> None:
    found = idle.ask("GET", f"/api/runs/{idle.run}/{query}")
    assert found.status_code == 422
    assert found.json()["faults"][0]["remedy"]


def test_a_run_without_results_says_where_it_stands(idle: Site, free: Callable[[], None]) -> None:
    asked = idle.post("/api/runs", TINY, 202)
    assert asked["state"] in ("queued", "running")
    assert (asked["of"], asked["courses"]) == (4, ["storm"])
    found = idle.ask("GET", f"/api/runs/{asked['id']}/summary")
    assert found.status_code == 409
    free()
    assert idle.get(f"/api/runs/{asked['id']}")["state"] == "cancelled"


def test_the_same_request_is_the_same_run(idle: Site, free: Callable[[], None]) -> None:
    first = idle.post("/api/runs", TINY, 202)
    assert idle.post("/api/runs", TINY, 202)["id"] == first["id"]
    change = {"path": "forces.attacker.drones_per_day", "value": 300}
    other = idle.post("/api/runs", {**TINY, "changes": [change]}, 202)
    assert other["id"] != first["id"]
    assert other["changed"] == ["forces.attacker.drones_per_day"]
    without = idle.post("/api/runs", {**TINY, "layers_off": ["works"]}, 202)
    assert len({first["id"], other["id"], without["id"]}) == 3
    assert (first["changed"], without["changed"]) == ([], ["layers_off.works"])


def test_more_than_may_wait_are_turned_away(idle: Site, free: Callable[[], None]) -> None:
    request = json.loads((idle.root / idle.run / "manifest.json").read_bytes())
    for number in range(MOST_WAITING + 1):
        idle.desk.submit(f"waiting-{number}", request, idle.root / f"waiting-{number}", {})
        while number == 0 and idle.desk.find("waiting-0").state == "queued":  # type: ignore[union-attr]
            time.sleep(0.01)
    found = idle.ask("POST", "/api/runs", json=TINY)
    assert found.status_code == 429, "one is being played, and as many wait as may"
    assert "cancel one" in found.json()["faults"][0]["remedy"]
    assert all(idle.ask("GET", "/api/runs").json()[n]["state"] == "queued" for n in range(MOST_WAITING))
    free()
    assert idle.ask("POST", "/api/runs", json=TINY).status_code == 202


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"courses": ["nope"]}, "nope"),
        ({"replications": 0}, "replications"),
        ({"seed": -1}, "seed"),
        ({"colour": "red"}, "colour"),
        ({"layers_off": ["walls"]}, "walls"),
        ({"changes": [{"path": "place.buffer_km", "value": "wide"}]}, "place.buffer_km"),
    ],
)
def test_a_request_at_fault_is_not_queued(idle: Site, change: dict[str, Any], field: str) -> None:
    found = idle.ask("POST", "/api/runs", json={**TINY, **change})
    assert found.status_code == 422
    assert field in [fault["field"] for fault in found.json()["faults"]]
