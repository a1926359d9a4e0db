"""The frame in which everything is laid out: which way the attack goes, and where the line of contact lies.

Depth u is counted in km from the middle of the theatre along the attack, v across it, to the attacker's left.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from redan.scenario.authoring.nearby import disc_km
from redan.scenario.authoring.sketch import DIRECTIONS, FINE_RADIUS_KM, Sketch, Town
from redan.scenario.geometry import LonLat, Plane

F64 = NDArray[np.float64]

LINE_SHARE: Final = 1.0 / 3.0  # [-] of the radius: the line crosses the theatre at a third of its width
SHIFT_SHARE: Final = 0.12  # [-] of the radius by which the line may be moved to keep clear of towns
SHIFT_STEP_KM: Final = 1.0
CLEAR_KM: Final = 5.0  # [km] a town this far from the line is clear of it
OBJECTIVE_RIM_KM: Final = (8.0, 16.0)  # [km] inside the rim objectives lie at least: on small cells, on large
DECIMALS: Final = 3  # [-] of degrees: 0.1 km, finer than anything here is meant


@dataclass(frozen=True)
class Frame:
    """A disc with the attacker at one side of it.

    Attributes
    ----------
    plane
        Touches the Earth at the middle of the disc.
    radius_km
        Of the disc.
    attacker_from
        Direction in which the attacker stands, in words.
    line_km
        Depth u of the line of contact: negative, on the attacker's side of the middle.
    """

    plane: Plane
    radius_km: float
    attacker_from: str
    line_km: float

    @property
    def bearing(self) -> float:
        """Direction of the attacker, radians clockwise from north."""
        return math.radians(360.0 / len(DIRECTIONS) * DIRECTIONS.index(self.attacker_from))

    def to_uv(self, at: Sequence[LonLat]) -> F64:
        """Points [n, 2] in degrees as depth and breadth, km."""
        east, north = self.plane.to_km(at).T
        sin, cos = math.sin(self.bearing), math.cos(self.bearing)
        return np.column_stack([-(east * sin + north * cos), east * cos - north * sin])

    def to_lonlat(self, u: float, v: float) -> LonLat:
        """A point by depth and breadth, in degrees, rounded."""
        sin, cos = math.sin(self.bearing), math.cos(self.bearing)
        lon, lat = self.plane.to_lonlat([[-u * sin + v * cos, -u * cos - v * sin]])[0]
        return round(float((lon + 180.0) % 360.0 - 180.0), DECIMALS), round(float(lat), DECIMALS)

    def half_width_km(self, u: float, inside_km: float = 0.0) -> float:
        """Half the breadth of the disc at depth u, `inside_km` from its edge."""
        return math.sqrt(max((self.radius_km - inside_km) ** 2 - u * u, 0.0))

    def depth_km(self, at: LonLat) -> float:
        """How far behind the line of contact a point lies, km; negative on the attacker's ground."""
        return float(self.to_uv([at])[0, 0]) - self.line_km

    def can_be_objective(self, town: Town) -> bool:
        """Whether a town lies clear of the line, on the defender's ground, and inside."""
        rim = OBJECTIVE_RIM_KM[self.radius_km > FINE_RADIUS_KM]
        inside = math.hypot(*self.to_uv([town.at])[0]) <= self.radius_km - rim
        return inside and self.depth_km(town.at) >= min(CLEAR_KM, self.radius_km / 4.0)


def build_frame(sketch: Sketch) -> Frame:
    """The frame of a sketch: the attacker from where it says, or from where towns bear it out best.

    The best side leaves what matters to the defender and lies on inhabited ground: a side without towns may
    be the sea, and the gazetteer knows no coast.
    """
    sides = (sketch.attacker_from,) if sketch.attacker_from else DIRECTIONS
    frames = [_frame(sketch, side) for side in sides]
    return max(frames, key=lambda frame: _fitness(frame, sketch.towns))


def _frame(sketch: Sketch, side: str) -> Frame:
    """The frame with the attacker on that side, its line moved a little to keep clear of towns."""
    first = Frame(Plane(*sketch.middle), sketch.radius_km, side, -LINE_SHARE * sketch.radius_km)
    depths = first.to_uv([town.at for town in sketch.towns])[:, 0] if sketch.towns else np.zeros(0)
    discs = np.array([disc_km(town.people) for town in sketch.towns])
    reach = SHIFT_SHARE * sketch.radius_km
    shifts = sorted(np.arange(-reach, reach + 1e-9, SHIFT_STEP_KM), key=lambda km: (round(abs(km), 6), km))

    def clearance(shift: float) -> float:
        gaps = np.abs(depths - (first.line_km + shift)) - discs
        return min(float(gaps.min(initial=CLEAR_KM)), CLEAR_KM)

    best = max(shifts, key=clearance)  # the least shift of those that are equally clear
    return Frame(first.plane, first.radius_km, side, round(first.line_km + float(best), 1))


def _fitness(frame: Frame, towns: Sequence[Town]) -> float:
    """How much of what matters is the defender's to lose, and whether the attacker's ground is inhabited."""
    weights = np.array([town.weight or math.sqrt(town.people + 1.0) / 1_000.0 for town in towns])
    theirs = np.array([frame.can_be_objective(town) for town in towns], dtype=np.bool_)
    behind = np.array([frame.depth_km(town.at) < 0.0 for town in towns], dtype=np.bool_)
    kept = float(weights[theirs].sum() / weights.sum()) if len(towns) else 0.0
    return kept + 0.5 * min(1.0, float(behind.sum()) / 2.0)
