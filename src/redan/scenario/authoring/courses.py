"""Three courses of action for any layout: storm, bypass, and bypass first."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, field
from typing import Any, Final

from redan.scenario.authoring.layout import Layout
from redan.scenario.authoring.nearby import disc_km
from redan.scenario.geometry import LonLat
from redan.vocabulary.outcomes import slug

FLANK_SHARE: Final = 0.25  # [-] of the radius: how far beside and behind the main town the flanking goals lie
FLANK_KM: Final = (5.0, 15.0)
INSIDE_KM: Final = 5.0  # [km] goals lie at least this far inside the rim
#: Weights by which edges to attack are chosen.
FRONTAL: Final = {"progress": 1.0, "built": 0.8, "flank": 0.3, "route": 0.0, "weak": 0.2}
AROUND: Final = {"progress": 1.0, "built": -0.8, "flank": 1.0, "route": 0.8, "weak": 0.6}
CLOSING: Final = {"progress": 1.0, "built": 0.2, "flank": 1.0, "route": 0.6, "weak": 0.5}
LEFT, RIGHT, REAR = "left-flank", "right-flank", "rear"


@dataclass(frozen=True)
class Phase:
    """A phase with a remark for the reader."""

    name: str
    remark: str
    shares: dict[str, float]
    prefer: dict[str, float]
    strongholds: str | None = None
    until: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Course:
    """A course with its axes in order: name and goal, a place or a point."""

    name: str
    summary: str
    strongholds: str
    axes: list[tuple[str, str | LonLat]]
    phases: list[Phase]


def plan_courses(layout: Layout) -> list[Course]:
    """Courses `storm`, `bypass` and `hybrid`: what they set differs, forces and parameters never do."""
    return [_storm(layout), _bypass(layout), _hybrid(layout)]


def axis_of(town: str) -> str:
    """Name of the axis towards a town: in small letters, each of them one character."""
    plain = unicodedata.normalize("NFC", slug(town))
    return "".join(char for char in plain if not unicodedata.combining(char))


def _storm(layout: Layout) -> Course:
    names = _by_depth(layout)
    first, rest = names[: (len(names) + 1) // 2], names[(len(names) + 1) // 2 :]
    phases = [Phase("first-towns", "the towns nearest to the line", _even(first), FRONTAL)]
    if rest:
        until = [
            {"when": "taken_share", "of": first[0], "at_least": 0.95, "then": "further-towns"},
            {"when": "phase_days", "at_least": 180, "then": "further-towns"},
        ]
        phases = [
            Phase("first-towns", "the towns nearest to the line", _even(first), FRONTAL, until=until),
            Phase("further-towns", "then those behind them", _even(rest), FRONTAL),
        ]
    summary = "Frontal: take the towns one behind the other and clear every stronghold in them"
    return Course("storm", summary, "clear", [(axis_of(name), name) for name in names], phases)


def _bypass(layout: Layout) -> Course:
    main = layout.main.name
    until = [
        {"when": "supply_share", "of": main, "at_most": 0.4, "then": "close-in"},
        {"when": "neck_km", "of": main, "at_most": 5, "then": "close-in"},
        {"when": "phase_days", "at_least": 240, "then": "rear"},
    ]
    rear_until = [
        {"when": "supply_share", "of": main, "at_most": 0.4, "then": "close-in"},
        {"when": "phase_days", "at_least": 240, "then": "close-in"},
    ]
    phases = [
        Phase(
            "flanks",
            "past the main town on both sides, around what is built",
            _even([LEFT, RIGHT]),
            AROUND,
            until=until,
        ),
        Phase("rear", "the roads behind it", {REAR: 0.6, LEFT: 0.2, RIGHT: 0.2}, AROUND, until=rear_until),
        Phase("close-in", "the town itself, once it starves", {axis_of(main): 0.6, REAR: 0.4}, CLOSING),
    ]
    summary = "Take the flanks and the roads, seal what is passed, close in when supply fails"
    return Course("bypass", summary, "seal", [*_goals(layout), (axis_of(main), main)], phases)


def _hybrid(layout: Layout) -> Course:
    main = layout.main.name
    names = _by_depth(layout)
    until = [
        {"when": "supply_share", "of": main, "at_most": 0.4, "then": "storm"},
        {"when": "phase_days", "at_least": 180, "then": "storm"},
    ]
    phases = [
        Phase("flanks", "as in bypass", {LEFT: 0.4, RIGHT: 0.4, REAR: 0.2}, AROUND, until=until),
        Phase("storm", "as in storm, against a town that lacks supply", _even(names), FRONTAL, "clear"),
    ]
    summary = "Bypass first; storm once less than 40 % of the main town's supply arrives, or after 180 days"
    return Course(
        "hybrid", summary, "seal", [*_goals(layout), *[(axis_of(name), name) for name in names]], phases
    )


def _by_depth(layout: Layout) -> list[str]:
    """Objectives by their distance behind the line, the nearest first."""
    towns = sorted(layout.objectives, key=lambda town: (layout.frame.depth_km(town.at), town.name))
    return [town.name for town in towns]


def _even(names: list[str]) -> dict[str, float]:
    """Shares of effort that sum to 1, in hundredths, the rest to the first."""
    each = math.floor(100 / len(names)) / 100
    shares = {axis_of(name): each for name in names}
    shares[axis_of(names[0])] = round(1.0 - each * (len(names) - 1), 2)
    return shares


def _goals(layout: Layout) -> list[tuple[str, str | LonLat]]:
    """Points beside and behind the main town, inside the theatre."""
    frame = layout.frame
    reach = min(max(FLANK_SHARE * frame.radius_km, FLANK_KM[0]), FLANK_KM[1])
    reach = max(reach, disc_km(layout.main.people) + FLANK_KM[0])  # beside what is built, not in it
    u, v = (float(x) for x in frame.to_uv([layout.main.at])[0])
    goals: list[tuple[str, str | LonLat]] = []
    for name, du, dv in ((LEFT, 0.0, reach), (RIGHT, 0.0, -reach), (REAR, reach, 0.0)):
        size = math.hypot(u + du, v + dv)
        shrink = min(1.0, (frame.radius_km - INSIDE_KM) / max(size, 1e-9))
        goals.append((name, frame.to_lonlat((u + du) * shrink, (v + dv) * shrink)))
    return goals
