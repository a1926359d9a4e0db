"""What the server says of scenarios, and what it does with changes."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from redan.scenario.bundled import bundled_names
from redan.views.case import Case
from redan.vocabulary.documents import parse_document
from tests.views.web.conftest import SCENARIO, Site

DRAWN_BELT = {
    "kind": "belt",
    "geometry": {"type": "LineString", "coordinates": [[-27.95, 42.9], [-27.95, 43.1]]},
    "properties": {"name": "my-belt", "width_km": 2.0},
}


def changed(path: str, value: Any) -> dict[str, Any]:
    return {"scenario": SCENARIO, "changes": [{"path": path, "value": value}]}


def test_the_server_says_who_it_is(idle: Site) -> None:
    assert idle.get("/api/health") == {"ok": True, "version": "0.1.0", "scenario": SCENARIO, "basemap": None}


def test_the_scenario_given_is_listed_first(idle: Site) -> None:
    listed = idle.get("/api/scenarios")
    assert listed[0]["name"] == SCENARIO
    assert sorted(one["name"] for one in listed) == bundled_names()
    assert all(one["title"] and one["as_of"] and one["summary"] for one in listed)


def test_every_field_has_bounds_a_unit_and_a_source(idle: Site) -> None:
    told = idle.get(f"/api/scenarios/{SCENARIO}")
    groups = {group["id"] for group in told["groups"]}
    for field in told["fields"]:
        assert field["title"], field["path"]
        assert field["unit"], field["path"]
        assert field["source"], field["path"]
        assert field["group"] in groups
        assert field["grade"] in ("A", "B", "C")
        if field["kind"] == "number":
            assert math.isfinite(field["value"])
            assert field["soft_low"] < field["soft_high"], field["path"]
            low = -math.inf if field["low"] is None else field["low"]
            high = math.inf if field["high"] is None else field["high"]
            assert low <= field["soft_low"], field["path"]
            assert field["soft_high"] <= high, field["path"]
            assert low <= field["value"] <= high, field["path"]
    asked = {"drones", "forces", "works", "plan", "triggers", "season", "withdrawal", "schedules"}
    assert asked <= {field["group"] for field in told["fields"] if field["main"]}
    assert [one["id"] for one in told["objectives"]] == ["harrow-bridge", "long-acre"]


def test_every_field_can_be_set_to_what_it_is(idle: Site) -> None:
    fields = idle.get(f"/api/scenarios/{SCENARIO}")["fields"]
    changes = [{"path": field["path"], "value": field["value"]} for field in fields]
    found = idle.post("/api/scenarios/check", {"scenario": SCENARIO, "changes": changes})
    assert found["faults"] == []


def test_cells_lie_in_the_order_of_the_tables(idle: Site) -> None:
    theatre = idle.get(f"/api/scenarios/{SCENARIO}/theatre")
    features = theatre["cells"]["features"]
    compiled = Case.load(SCENARIO).compiled
    assert [feature["id"] for feature in features] == list(range(theatre["n_cells"]))
    assert [int(feature["properties"]["h3"], 16) for feature in features] == compiled.cells.cell_id.tolist()
    formations = sum(feature["properties"]["formations_attacker"] for feature in features)
    assert formations == (compiled.theatre.formation_side == 0).sum()
    west, south, east, north = theatre["bounds"]
    for feature in features:
        ring = feature["geometry"]["coordinates"][0]
        assert ring[0] == ring[-1]
        assert all(west <= lon <= east and south <= lat <= north for lon, lat in ring)
    belts = [one for one in theatre["lines"]["features"] if one["properties"]["layer"] == "belt"]
    assert [one["properties"]["name"] for one in belts] == compiled.belts
    assert 0 < belts[0]["properties"]["maturity"] < belts[1]["properties"]["maturity"] < 1
    assert {row["layer"] for row in theatre["legend"]} >= {
        one["properties"]["layer"] for part in ("lines", "points") for one in theatre[part]["features"]
    }
    assert set(features[0]["properties"]) - {"h3", "rim"} <= set(theatre["sources"])


def test_every_parameter_travels_with_its_source(idle: Site) -> None:
    rows = idle.get(f"/api/scenarios/{SCENARIO}/parameters")
    assert len(rows) == len(Case.load(SCENARIO).parameters)
    assert all(row["source"] and row["grade"] in ("A", "B", "C") for row in rows)


def test_claims_have_verdicts(idle: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDAN_DATA", str(tmp_path))  # without the datasets, which take long to read
    assert idle.get(f"/api/scenarios/{SCENARIO}/claims")["claims"] == []
    found = idle.get("/api/scenarios/slavyansk-kramatorsk/claims")["claims"]
    assert found
    assert all(claim["verdict"] and claim["says"] for claim in found)


def test_faults_come_back_by_field(idle: Site) -> None:
    found = idle.post(
        "/api/scenarios/check",
        {
            "scenario": SCENARIO,
            "changes": [
                {"path": "forces.attacker.drones_per_day", "value": -5},
                {"path": "belts.oldbelt.mine_depth_m", "value": 5},
                {"path": "courses.storm.phases.village.shares", "value": {"village": 0.4}},
            ],
        },
    )
    assert not found["ok"]
    fields = {fault["field"]: fault["remedy"] for fault in found["faults"]}
    assert "give a value in that range" in fields["forces.attacker.drones_per_day"]
    assert fields["belts.oldbelt.mine_depth_m"] == "did you mean old-belt?"
    assert "courses.storm.phases.village.shares" in fields


def test_an_overlay_at_fault_is_answered_with_its_line(idle: Site) -> None:
    overlay = "forces:\n  attacker:\n    jamming: 3\n"
    found = idle.post("/api/scenarios/check", {"scenario": SCENARIO, "overlay_yaml": overlay})
    assert [(fault["file"], fault["line"]) for fault in found["faults"]] == [("overlay.yaml", 3)]
    unsafe = "a: &x [1, 2]\nb: *x\n"
    found = idle.post("/api/scenarios/check", {"scenario": SCENARIO, "overlay_yaml": unsafe})
    assert "anchors" in found["faults"][0]["problem"]


def test_what_is_saved_passes_the_check_and_loads_again(idle: Site, tmp_path: Path) -> None:
    asked = {**changed("forces.defender.jamming", 0.5), "edits": [DRAWN_BELT]}
    saved = idle.post("/api/scenarios/export", asked)
    for name, text in saved["files"].items():
        (tmp_path / name).write_text(text)
    summary = Case.load(tmp_path).check()
    assert summary["ok"]
    assert "my-belt" in Case.load(tmp_path).compiled.belts
    again = idle.post("/api/scenarios/export", {"scenario": SCENARIO, "overlay_yaml": saved["overlay_yaml"]})
    first, second = (parse_document(one["overlay_yaml"], "x").value for one in (saved, again))
    assert first == second
    whole = {"scenario": None, "files": saved["files"]}
    assert idle.post("/api/scenarios/check", whole)["ok"]


def test_a_draft_has_a_theatre(idle: Site) -> None:
    found = idle.post("/api/scenarios/theatre", {"scenario": SCENARIO, "edits": [DRAWN_BELT]})
    assert "my-belt" in {feature["properties"]["belt"] for feature in found["cells"]["features"]}


def test_what_is_not_known_is_said(idle: Site) -> None:
    for path in ("/api/scenarios/atlantis", "/api/scenarios/atlantis/theatre", "/api/nothing"):
        assert idle.ask("GET", path).status_code == 404
    found = idle.ask("POST", "/api/scenarios/check", json={"scenario": "atlantis"})
    assert found.status_code == 404
    assert idle.ask("POST", "/api/scenarios/check", json={"scenario": None}).json()["faults"]
