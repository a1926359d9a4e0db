"""Who holds what on day 0: from the line of contact to a share of every cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import shapely
from shapely.ops import polygonize

from redan.theatre.cells import Cells, Lonlat
from redan.theatre.lines import edge_width_km
from redan.vocabulary.arrays import F64, I8
from redan.vocabulary.codes import ATTACKER, DEFENDER, SIDES

LANDING_KM: Final = 4.0  # without a line of contact the attacker starts on this much ground about his sources
PROBE_KM: Final = 0.01  # how far beside the line to look for the ground on its left and right
MARGIN: Final = 3.0  # the line's ends are drawn on to a box this many times the theatre's size
WHOLE: Final = 0.5  # a cell belongs to the side that occupies more than this share

Side = Literal["left", "right"]


@dataclass(frozen=True)
class Control:
    """Day-0 control in the plane and by cell."""

    ground: Any  # polygon the attacker occupies, in the plane, also beyond the theatre
    front: Any  # (multi)line of contact inside the theatre, in the plane; may be empty
    share: F64  # [c]
    side: I8  # [c]

    def contact(self, cells: Cells) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """[c] whether some neighbour is held by the other side."""
        other = (cells.neighbour >= 0) & (self.side[cells.neighbour] != self.side[:, None])
        return np.asarray(other.any(axis=1), np.bool_)

    def front_km(self, cells: Cells) -> float:
        """Length of the line of contact as the engine counts it: edges between the sides, d/2 each."""
        other = (cells.neighbour >= 0) & (self.side[cells.neighbour] != self.side[:, None])
        return float(other.sum()) / 2.0 * edge_width_km(cells)

    def distance_km(self, cells: Cells, lonlats: Any) -> F64:
        """Distance of points [n, 2] (degrees) to the line of contact, km; infinite without one."""
        xy = cells.plane.points(lonlats)
        if self.front.is_empty:
            return np.full(len(xy), np.inf)
        return np.asarray(shapely.distance(shapely.points(xy), self.front), np.float64)

    def is_attackers(self, cells: Cells, lonlats: Any) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """[n] whether points (degrees) lie on the attacker's ground."""
        points = shapely.points(cells.plane.points(lonlats))
        return np.asarray(shapely.intersects(points, self.ground), np.bool_)


def control_from_line(
    cells: Cells, line: list[Lonlat], attacker_side: Side, *, pockets: Iterable[tuple[str, Any]] = ()
) -> Control:
    """Split the theatre along a line; `attacker_side` is the attacker's hand, walking along it.

    Parameters
    ----------
    line
        Vertices in degrees. Ends inside the theatre are drawn on straight; equal ends make a ring.
    pockets
        Isolated holdings: the side's name and a polygon in degrees.

    Raises
    ------
    ValueError
        The line crosses itself, or does not divide the theatre.
    """
    path = shapely.remove_repeated_points(shapely.LineString(cells.plane.points(line)))
    if not path.is_simple:
        raise ValueError("the line of contact crosses itself")
    ground = _side_of(path, cells.outline, attacker_side)
    for holder, polygon in pockets:
        pocket = shapely.make_valid(shapely.transform(polygon, cells.plane.points))
        ground = ground.union(pocket) if holder == SIDES[ATTACKER] else ground.difference(pocket)
    return _control(cells, ground)


def control_from_landings(cells: Cells, sources: Iterable[Lonlat]) -> Control:
    """Without a line of contact: the attacker holds `LANDING_KM` about where his supply comes in.

    The radius is widened where cells are too coarse for anything that size to be more than half of one.
    """
    radius = max(LANDING_KM, 1.2 * cells.spacing_km)
    centres = [(cells.lon[i], cells.lat[i]) for i in _rim_nearest(cells, sources)]
    return _control(cells, shapely.union_all([cells.plane.disc(at, radius) for at in centres]))


def control_from_shares(cells: Cells, share: F64) -> Control:
    """Control where the attacker's share of every cell is known, as from a map of control read at run time.

    The attacker's ground, from which the front and distances are taken, is that of the cells he holds.

    Parameters
    ----------
    share
        [c] 0..1.
    """
    side = np.where(share > WHOLE, ATTACKER, DEFENDER).astype(np.int8)
    ground, other = (shapely.union_all(cells.polygon[side == code]) for code in (ATTACKER, DEFENDER))
    # The edge of the cells is ragged and lies in part inside the outline: only that between the two counts.
    front: Any = shapely.LineString()
    if not (ground.is_empty or other.is_empty):
        front = shapely.line_merge(ground.boundary.intersection(other.buffer(PROBE_KM)))
    return Control(ground, front, np.clip(np.asarray(share, np.float64), 0.0, 1.0), side)


def _rim_nearest(cells: Cells, sources: Iterable[Lonlat]) -> list[int]:
    """Rim cell nearest to each point."""
    points = list(sources)
    return [int(i) for i in cells.nearest(cells.plane.points(points), cells.on_rim)] if points else []


def _control(cells: Cells, ground: Any) -> Control:
    """Shares, sides and front of the attacker's polygon."""
    share = cells.fraction(ground)
    side = np.where(share > WHOLE, ATTACKER, DEFENDER).astype(np.int8)
    inside = cells.outline.intersection(ground)
    front: Any = shapely.LineString()
    if not inside.is_empty:
        front = shapely.line_merge(inside.boundary.intersection(cells.outline.buffer(-PROBE_KM)))
    return Control(ground=ground, front=front, share=share, side=side)


def _side_of(path: Any, outline: Any, attacker_side: Side) -> Any:
    """Polygon on one hand of a path that has been drawn on beyond the outline."""
    west, south, east, north = shapely.union(outline, path.envelope).bounds
    reach = MARGIN * max(east - west, north - south)
    box = shapely.box(west - reach, south - reach, east + reach, north + reach)
    extended = path if path.is_closed else _draw_on(path, 4.0 * MARGIN * reach).intersection(box)
    if not extended.is_simple or extended.geom_type != "LineString":
        raise ValueError("the line of contact, drawn on straight at its ends, crosses itself")
    parts = list(polygonize(shapely.union_all([box.boundary, extended])))
    if len(parts) < 2:
        raise ValueError("the line of contact does not divide the theatre")
    probes = _probes(path, attacker_side)
    votes = [int(shapely.contains(part, probes).sum()) for part in parts]
    return parts[int(np.argmax(votes))]


def _draw_on(path: Any, length_km: float) -> Any:
    """Lengthen both ends straight on."""
    xy = np.asarray(path.coords)
    first, last = xy[0] - xy[1], xy[-1] - xy[-2]
    before = xy[0] + first / np.hypot(*first) * length_km
    after = xy[-1] + last / np.hypot(*last) * length_km
    return shapely.LineString(np.vstack([before, xy, after]))


def _probes(path: Any, side: Side) -> Any:
    """One point a little to the given hand of the middle of every segment."""
    xy = np.asarray(path.coords)
    step = np.diff(xy, axis=0)
    left = np.column_stack([-step[:, 1], step[:, 0]]) / np.hypot(step[:, 0], step[:, 1])[:, None]
    hand = 1.0 if side == "left" else -1.0
    return shapely.points((xy[:-1] + xy[1:]) / 2.0 + hand * PROBE_KM * left)
