"""Invented scenarios on disk, with a register that holds no more than the compiler needs."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from redan.scenario.load import load_scenario
from redan.scenario.scenario import Scenario
from redan.vocabulary.parameters import Register, read_register

TODAY = dt.date(2026, 6, 1)
SOURCED = {"source": "invented", "grade": "C"}
CORNERS = [(37.2, 48.5), (37.8, 48.5), (37.2, 48.9), (37.8, 48.9)]
LINE = [[37.7, 48.2], [37.72, 48.7], [37.68, 49.2]]  # northward: the attacker on the right, in the east


def register(folder: Path) -> Register:
    """Write and read a register of the names that the layout reads."""
    entries = [
        {
            "name": f"{side}_{key}",
            "group": "forces",
            "unit": unit,
            "range": limits,
            "given_by": "scenario",
            **SOURCED,
        }
        for side in ("attacker", "defender")
        for key, unit, limits in (("men", "men", [0, 1_000_000]), ("reserve_share", "-", [0, 1]))
    ]
    path = folder / "register.yaml"
    path.write_text(json.dumps(entries))
    return read_register(path, "register.yaml")


def plain() -> dict[str, Any]:
    """A town behind a straight front, with a road, a river, a belt and a stronghold."""
    return {
        "format": 1,
        "name": "invented",
        "title": "An invented place",
        "summary": "A town behind a straight front.",
        "as_of": "2025-12-12",
        "real_place": False,
        "place": {
            "resolution": 7,
            "around": [list(corner) for corner in CORNERS],
            "buffer_km": 10.0,
            "settlements": "declared",
        },
        "places": [
            {"name": "Town", "lon": 37.5, "lat": 48.7, "residents": 60_000},
            {"name": "Old Mill", "lon": 37.35, "lat": 48.6, "residents": 5_000},
            {
                "name": "Ferry",
                "lon": 37.74,
                "lat": 48.8,
                "residents": {"value": 300, "date": "2025-12-01", **SOURCED},
                "destroyed": 0.5,
            },
        ],
        "residents_share_left": {
            "by_front_km": [{"km": 0, "share": 0.0}, {"km": 20, "share": 1.0}],
            "share_behind_attacker": 0.1,
            **SOURCED,
        },
        "destroyed": {"by_front_km": [{"km": 0, "share": 0.4}, {"km": 20, "share": 0.0}], **SOURCED},
        "objectives": ["Town", "Old Mill"],
        "roads": [
            {"name": "M1", "kind": "main_road", "through": [[36.8, 48.69], "Town", [38.2, 48.72]], **SOURCED},
            {"name": "R2", "kind": "rail", "through": ["Old Mill", "Town"], **SOURCED},
        ],
        "rivers": [{"name": "Brook", "width": "minor", "through": [[37.45, 48.2], [37.43, 49.2]], **SOURCED}],
        "supply_sources": [
            {"side": "defender", "at": [37.0, 48.7], "t_per_day": 2500.0, **SOURCED},
            {"side": "attacker", "at": [38.0, 48.7], "t_per_day": 4000.0, **SOURCED},
        ],
        "rim": {"open_flanks": [{"from": [37.6, 49.0], "to": [37.75, 49.0]}]},
        "control": {"date": "2025-12-01", "line": "line.geojson", "attacker_side": "right", **SOURCED},
        "belts": [
            {
                "name": "first",
                "line": [[37.6, 48.5], [37.6, 48.9]],
                "width_km": 2.0,
                "begun": "2024-12",
                "effort_h_per_km_month": 20.0,
                "outside_support": 0.5,
                "mine_depth_m": 200.0,
                **SOURCED,
            }
        ],
        "strongholds": [
            {
                "name": "works",
                "place": "Town",
                "kind": "heavy_industry",
                "floor_area_m2": 500_000.0,
                "shelter_men": 400.0,
                "stock_days": 20.0,
                "offset_km": [1.0, 0.0],
                **SOURCED,
            }
        ],
        "forces": {
            "attacker": {"men": 60_000, "reserve_share": 0.25, "formation_men": 500},
            "defender": {"men": 27_000, "reserve_share": 0.2},
        },
        "schedules": {"attacker": {"drones": [1.0, 1.1, 1.2]}, "defender": {"men": [0.5]}},
        "courses": {"storm": _course("clear"), "bypass": _course("bypass")},
    }


def _course(choice: str) -> dict[str, Any]:
    """Two phases, with triggers of both senses."""
    return {
        "summary": "invented",
        "strongholds": choice,
        "axes": [{"name": "town", "toward": "Town"}, {"name": "South Flank", "toward": [37.4, 48.55]}],
        "phases": [
            {
                "name": "first",
                "shares": {"town": 0.25, "South Flank": 0.75},
                "prefer": {"progress": 1.0, "flank": 0.5},
                "until": [
                    {"when": "front_distance_km", "of": "Old Mill", "at_most": 5.0, "then": "second"},
                    {"when": "day", "at_least": 90.0, "then": "second"},
                ],
            },
            {"name": "second", "effort": 0.5, "strongholds": "seal"},
        ],
    }


def island() -> dict[str, Any]:
    """A landing: no line of contact, no way in but the attacker's beach."""
    fields = plain()
    fields["place"] |= {"around": ["Town"], "buffer_km": 20.0, "closed_rim": True}
    fields["supply_sources"] = [{"side": "attacker", "at": [37.77, 48.7], "t_per_day": 800.0, **SOURCED}]
    fields["belts"][0]["line"] = [[37.55, 48.65], [37.55, 48.75]]
    for key in ("control", "rim"):
        del fields[key]
    return fields


def load(folder: Path, fields: Mapping[str, Any], *, line: list[list[float]] | None = None) -> Scenario:
    """Write a scenario with its line of contact and load it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "scenario.yaml").write_text(json.dumps(dict(fields), indent=1))
    geometry = {"type": "LineString", "coordinates": line or LINE}
    (folder / "line.geojson").write_text(json.dumps(geometry))
    return load_scenario(folder, today=TODAY, register=register(folder))
