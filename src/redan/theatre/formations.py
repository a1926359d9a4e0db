"""Formations laid out from totals: along the line of contact and in reserve behind it.

No unit is real: a side's men are divided into formations of one nominal size, spread evenly by density over
the front it holds, the rest in reserve near towns and roads. Numbers depend on the scenario alone and places
on the line of contact, so resolutions 7 and 8 get the same formations in the same places.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from redan.numerics.draws import name_entity
from redan.theatre.cells import Cells
from redan.theatre.control import Control
from redan.vocabulary.arrays import F64, I8, I32, U64
from redan.vocabulary.codes import ATTACKER, LINE, RESERVE, SIDES

RESERVE_NEAR_KM: Final = 5.0  # reserves stand between this ...
RESERVE_FAR_KM: Final = 15.0  # ... and this far behind the line of contact
CROWDING_KM: Final = 1.0  # a reserve goes this much farther for each one already at a place


@dataclass(frozen=True)
class Force:
    """What the layout needs of one side."""

    side: int
    men: float  # central value
    formation_men: float
    reserve_share: float  # 0..1


@dataclass(frozen=True)
class Formations:
    """The formation arrays of `Theatre`, attacker first, on each side line before reserve."""

    identity: U64  # [f]
    side: I8  # [f]
    cell: I32  # [f]
    share: F64  # [f]
    duty: I8  # [f]


def lay_out(cells: Cells, control: Control, forces: list[Force], anchors_km: F64) -> Formations:
    """Lay out both sides.

    Parameters
    ----------
    anchors_km
        [k, 2] towns and points along roads in the plane, where reserves stand.

    Raises
    ------
    ValueError
        A side holds no cell.
    """
    parts = [_lay_out_side(cells, control, force, anchors_km) for force in forces]
    names = [
        f"{SIDES[force.side]}-{k + 1:03d}"
        for force, (cell, _) in zip(forces, parts, strict=True)
        for k in range(len(cell))
    ]
    counts = [len(cell) for cell, _ in parts]
    return Formations(
        identity=np.array([name_entity(name) for name in names], np.uint64),
        side=np.repeat([force.side for force in forces], counts).astype(np.int8),
        cell=np.concatenate([cell for cell, _ in parts]).astype(np.int32),
        share=np.repeat([1.0 / count for count in counts], counts).astype(np.float64),
        duty=np.concatenate([duty for _, duty in parts]).astype(np.int8),
    )


def _lay_out_side(cells: Cells, control: Control, force: Force, anchors_km: F64) -> tuple[I32, I8]:
    """Cells and duties of one side's formations."""
    held = control.side == force.side
    if not held.any():
        raise ValueError(f"the {SIDES[force.side]} holds no cell")
    n = max(1, round(force.men / force.formation_men))
    n_reserve = min(n - 1, round(n * force.reserve_share))
    line = _along_front(cells, control, force.side, n - n_reserve)
    reserve = _behind_front(cells, control, force.side, n_reserve, anchors_km)
    duty = np.repeat([LINE, RESERVE], [len(line), len(reserve)]).astype(np.int8)
    return np.concatenate([line, reserve]).astype(np.int32), duty


def _along_front(cells: Cells, control: Control, side: int, n: int) -> I32:
    """`n` formations over the side's contact cells, evenly by length of contact, in order along the line."""
    contact = np.flatnonzero(control.contact(cells) & (control.side == side))
    if len(contact) == 0:  # the other side holds nothing: stand everywhere
        contact = np.flatnonzero(control.side == side)
    across = cells.neighbour[contact]
    edges = ((across >= 0) & (control.side[across] != side)).sum(axis=1)
    order = np.lexsort((contact, _position_km(cells, control, contact)))
    passed = np.cumsum(np.maximum(edges[order], 1))
    wanted = (np.arange(n) + 0.5) / n * passed[-1]
    return np.asarray(contact[order][np.searchsorted(passed, wanted)], np.int32)


def _position_km(cells: Cells, control: Control, which: Any) -> F64:
    """Distance along the line of contact of the point nearest to each cell; lines one after another."""
    points = shapely.points(cells.x_km[which], cells.y_km[which])
    if control.front.is_empty:
        return np.zeros(len(points))
    lines = shapely.get_parts(control.front)
    nearest = np.argmin(shapely.distance(points[:, None], lines[None, :]), axis=1)
    before = np.concatenate([[0.0], np.cumsum(shapely.length(lines))[:-1]])
    return np.asarray(before[nearest] + shapely.line_locate_point(lines[nearest], points), np.float64)


def _behind_front(cells: Cells, control: Control, side: int, n: int, anchors_km: F64) -> I32:
    """`n` reserves, each for its stretch of the line, at the nearest towns and roads 5 to 15 km behind it."""
    if n == 0:
        return np.zeros(0, np.int32)
    stands = _reserve_places(cells, control, side, anchors_km)
    stretches = _even_points(control.front, n) if not control.front.is_empty else stands.mean(axis=0)[None]
    crowd = np.zeros(len(stands))
    chosen = np.zeros((n, 2))
    for k in range(n):
        at = stretches[min(k, len(stretches) - 1)]
        best = int(np.argmin(np.hypot(stands[:, 0] - at[0], stands[:, 1] - at[1]) + CROWDING_KM * crowd))
        crowd[best] += 1.0
        chosen[k] = stands[best]
    return cells.nearest(chosen, control.side == side)


def _reserve_places(cells: Cells, control: Control, side: int, anchors_km: F64) -> F64:
    """[k, 2] where reserves may stand: anchors in the band, else cells in the band, else any cell held."""
    held = control.side == side
    centres: F64 = np.column_stack([cells.x_km, cells.y_km])[held]
    for places in (anchors_km[_owned(control, anchors_km, side)], centres):
        if len(places) and not control.front.is_empty:
            depth = shapely.distance(shapely.points(places), control.front)
            band: F64 = places[(depth >= RESERVE_NEAR_KM) & (depth <= RESERVE_FAR_KM)]
            if len(band):
                return band
    return centres


def _owned(control: Control, xy_km: F64, side: int) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """[k] whether points in the plane lie on the side's ground."""
    attackers = shapely.intersects(shapely.points(xy_km), control.ground)
    return np.asarray(attackers if side == ATTACKER else ~attackers, np.bool_)


def _even_points(front: Any, n: int) -> F64:
    """[n, 2] points evenly along lines taken one after another."""
    lines = shapely.get_parts(front)
    ends = np.cumsum(shapely.length(lines))
    wanted = (np.arange(n) + 0.5) / n * ends[-1]
    which = np.searchsorted(ends, wanted)
    start = np.concatenate([[0.0], ends[:-1]])[which]
    return np.asarray(shapely.get_coordinates(shapely.line_interpolate_point(lines[which], wanted - start)))
