"""Lays out a theatre in its frame: line of contact, belts, roads, ways in, strongholds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from redan.scenario.authoring import placeholders
from redan.scenario.authoring.frame import Frame, build_frame
from redan.scenario.authoring.roads import network
from redan.scenario.authoring.sketch import DIRECTIONS, Sketch, Town
from redan.scenario.geometry import LonLat

MOST_OBJECTIVES: Final = 5
LINE_VERTICES: Final = 7
BELT_VERTICES: Final = 5
BELT_DEPTHS: Final = (0.08, 0.3)  # [-] of the radius behind the line
BELT_LEAST_KM: Final = 3.0  # [km] of the first belt behind the line
BELT_RIM_KM: Final = 2.5  # [km] belts end this far inside the rim
TWO_BELTS_KM: Final = 20.0  # [km] a smaller theatre has one belt
LARGE_TOWN: Final = 10_000.0  # [people] from which a town has a stronghold, and main roads to such towns
WAYS_IN: Final = 3  # [-] at most, for each side
SECTOR: Final = math.radians(35.0)  # to either side of a way in, in which its town is looked for
SPREAD: Final = math.radians(45.0)  # between the ways in of one side
FLANK_KM: Final = (3.0, 8.0)  # [km] of the rim to either side of the line's end that is open: least and most
PAST_RIM: Final = 1.02  # [-] roads end outside the rim, so that they lead out of it


@dataclass(frozen=True)
class Belt:
    """A belt: its line and the numbers of its placeholder."""

    name: str
    line: tuple[LonLat, ...]
    numbers: dict[str, float]


@dataclass(frozen=True)
class Road:
    """A road through towns (by name) or points."""

    name: str
    kind: str
    through: tuple[str | LonLat, ...]
    source: str = "placeholder: replace. A straight line"


@dataclass(frozen=True)
class WayIn:
    """A point of the rim where supply enters."""

    name: str
    side: str
    at: LonLat
    from_town: str | None


@dataclass(frozen=True)
class Layout:
    """Everything that has a place, ready to be written down."""

    frame: Frame
    line: tuple[LonLat, ...]
    front_km: float
    objectives: tuple[Town, ...]
    roads: tuple[Road, ...]
    ways_in: tuple[WayIn, ...]
    flanks: tuple[tuple[LonLat, LonLat], ...]
    belts: tuple[Belt, ...]
    strongholds: tuple[Town, ...]
    line_source: str | None = None  # whose line of contact it is; None: an invented one

    @property
    def main(self) -> Town:
        """The objective that matters most."""
        return self.objectives[0]


def lay_out(sketch: Sketch) -> Layout:
    """Lay out a sketch, with the attacker on the left hand of the line.

    Raises
    ------
    ValueError
        No town can be an objective.
    """
    frame = build_frame(sketch)
    objectives = _objectives(frame, sketch.towns)
    if not objectives:
        raise ValueError(f"no town lies on the defender's ground (attacker: {frame.attacker_from})")
    half = frame.half_width_km(frame.line_km)
    ways_in = _ways_in(frame, sketch.towns)
    return Layout(
        frame=frame,
        line=_across(frame, frame.line_km, half * PAST_RIM, LINE_VERTICES),
        front_km=2.0 * half,
        objectives=objectives,
        roads=_roads(frame, sketch.towns, ways_in),
        ways_in=ways_in,
        flanks=() if sketch.kind == "island" else _flanks(frame),
        belts=_belts(frame),
        strongholds=tuple(town for town in objectives if town.people >= LARGE_TOWN) or objectives[:1],
    )


def _objectives(frame: Frame, towns: Sequence[Town]) -> tuple[Town, ...]:
    """Towns that matter most and can be objectives, the heaviest and then the largest first."""
    fit = [town for town in towns if frame.can_be_objective(town)]
    return tuple(sorted(fit, key=lambda town: (-town.weight, -town.people, town.name))[:MOST_OBJECTIVES])


def _across(frame: Frame, u: float, half_km: float, vertices: int) -> tuple[LonLat, ...]:
    """A straight line across the attack at depth u; walking along it the attacker is on the left hand."""
    return tuple(frame.to_lonlat(u, float(v)) for v in np.linspace(-half_km, half_km, vertices))


def _belts(frame: Frame) -> tuple[Belt, ...]:
    """One belt, or two where there is room, along the line of contact."""
    entries = placeholders.numbers()["belts"][: 2 if frame.radius_km >= TWO_BELTS_KM else 1]
    belts = []
    for entry, share in zip(entries, BELT_DEPTHS, strict=False):
        u = frame.line_km + max(share * frame.radius_km, BELT_LEAST_KM)
        line = _across(frame, u, frame.half_width_km(u, BELT_RIM_KM), BELT_VERTICES)
        numbers = {key: value for key, value in entry.items() if key != "name"}
        belts.append(Belt(entry["name"], line, numbers))
    return tuple(belts)


def _ways_in(frame: Frame, towns: Sequence[Town]) -> tuple[WayIn, ...]:
    """Where supply enters: beyond the outermost towns of each side, or straight behind a side without any."""
    found: list[WayIn] = []
    uv = frame.to_uv([town.at for town in towns]) if towns else np.zeros((0, 2))
    for side, middle in (("attacker", math.pi), ("defender", 0.0)):
        is_own = (uv[:, 0] < frame.line_km) == (side == "attacker")
        own = np.flatnonzero(is_own & (np.hypot(uv[:, 0], uv[:, 1]) > 0.0)).tolist()
        taken: set[int] = set()
        for turn in (0.0, SPREAD, -SPREAD)[:WAYS_IN]:
            k = _outermost(uv, [k for k in own if k not in taken], middle + turn)
            if k is not None:
                taken.add(k)
                angle = math.atan2(uv[k, 1], uv[k, 0])
                found.append(_way_in(frame, side, angle, towns[k].name))
        if not taken:
            nearest = min(own, key=lambda k: abs(_turn(uv[k], middle)), default=None)
            found.append(_way_in(frame, side, middle, None if nearest is None else towns[nearest].name))
    return tuple(_apart(found))


def _outermost(uv: np.ndarray, among: Sequence[int], angle: float) -> int | None:
    """The town farthest out within a sector about `angle`."""
    near = [k for k in among if abs(_turn(uv[k], angle)) <= SECTOR]
    return max(near, key=lambda k: uv[k, 0] * math.cos(angle) + uv[k, 1] * math.sin(angle), default=None)


def _turn(uv: np.ndarray, angle: float) -> float:
    """Angle from `angle` to a point, -pi..pi."""
    return (math.atan2(uv[1], uv[0]) - angle + math.pi) % (2.0 * math.pi) - math.pi


def _way_in(frame: Frame, side: str, angle: float, town: str | None) -> WayIn:
    """A point of the rim at an angle, kept on the side's own stretch of it."""
    edge = math.acos(max(-1.0, min(1.0, frame.line_km / frame.radius_km)))  # where the line meets the rim
    room = math.radians(8.0)
    turned = (angle + math.pi) % (2.0 * math.pi) - math.pi
    size = abs(turned)
    size = max(size, edge + room) if side == "attacker" else min(size, edge - room)
    turned = math.copysign(size, turned)
    u, v = frame.radius_km * math.cos(turned), frame.radius_km * math.sin(turned)
    return WayIn(f"{side}-{_compass(frame, u, v)}", side, frame.to_lonlat(u, v), town)


def _compass(frame: Frame, u: float, v: float) -> str:
    """Direction of a point from the middle, in words."""
    east, north = frame.plane.to_km([frame.to_lonlat(u, v)])[0]
    eighth = round(math.degrees(math.atan2(east, north)) / 45.0) % len(DIRECTIONS)
    return DIRECTIONS[eighth]


def _apart(ways: Sequence[WayIn]) -> list[WayIn]:
    """The same with different names."""
    named: list[WayIn] = []
    for way in ways:
        taken = [other.name for other in named]
        number, name = 2, way.name
        while name in taken:
            name, number = f"{way.name}-{number}", number + 1
        named.append(WayIn(name, way.side, way.at, way.from_town))
    return named


def _roads(frame: Frame, towns: Sequence[Town], ways_in: Sequence[WayIn]) -> tuple[Road, ...]:
    """Roads between towns, and from the outermost towns to the rim."""
    roads: list[Road] = []
    for a, b in network(frame.to_uv([town.at for town in towns])):
        is_main = min(towns[a].people, towns[b].people) >= LARGE_TOWN
        kind = "main_road" if is_main else "road"
        roads.append(Road(f"road-{len(roads) + 1}", kind, (towns[a].name, towns[b].name)))
    for way in ways_in:
        u, v = frame.to_uv([way.at])[0] * PAST_RIM
        inner: str | LonLat = way.from_town or _inner_end(frame, way)
        roads.append(Road(f"to-{way.name}", "main_road", (inner, frame.to_lonlat(float(u), float(v)))))
    return tuple(roads)


def _inner_end(frame: Frame, way: WayIn) -> LonLat:
    """Where the road of a side without towns ends: a little behind the line of contact."""
    behind = -BELT_LEAST_KM if way.side == "attacker" else BELT_LEAST_KM
    return frame.to_lonlat(frame.line_km + behind, 0.0)


def _flanks(frame: Frame) -> tuple[tuple[LonLat, LonLat], ...]:
    """Stretches of the rim about both ends of the line, where the front goes on outside."""
    reach = min(max(0.1 * frame.radius_km, FLANK_KM[0]), FLANK_KM[1]) / frame.radius_km
    edge = math.acos(frame.line_km / frame.radius_km)
    ends = []
    for hand in (1.0, -1.0):
        angles = (hand * (edge + reach), hand * (edge - reach))
        first, last = (
            frame.to_lonlat(frame.radius_km * math.cos(a), frame.radius_km * math.sin(a)) for a in angles
        )
        ends.append((first, last))
    return tuple(ends)
