"""Objectives: the ground that counts as the town, and how far every cell is from it.

A footprint is the built-up land within 2 km of the GeoNames point (DESIGN 8), the same in the model and in
the data: weights are areas of polygons cut by the cells, so they do not depend on where cells happen to lie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from redan.numerics.draws import name_entity
from redan.theatre.cells import Cells
from redan.theatre.settlements import Settled, Town, people_within
from redan.vocabulary.arrays import F64, I32, U64

FOOTPRINT_KM: Final = 2.0  # DESIGN 8
SLIVER: Final = 1e-6  # weights below this are rounding


@dataclass(frozen=True)
class Objectives:
    """The objective arrays of `Theatre`."""

    identity: U64  # [o]
    cell: I32  # [o]
    footprint_start: I32  # [o+1]
    footprint_cell: I32  # [k]
    footprint_weight: F64  # [k]
    footprint_people: F64  # [k] 0..1
    distance_km: F64  # [o, c]
    edge_km: F64  # [o, c]


def footprint(cells: Cells, town: Town, built_land: Any) -> tuple[I32, F64]:
    """Cells and weights of one town's footprint, in cell order; weights sum to 1.

    Raises
    ------
    ValueError
        The circle about its point lies outside the theatre.
    """
    circle = cells.plane.disc(town.at, FOOTPRINT_KM)
    land = circle.intersection(built_land)
    area = cells.overlap_km2(land if land.area > 0.0 else circle)
    if area.sum() <= 0.0:
        raise ValueError(f"{town.name} lies outside the theatre")
    weight = area / area.sum()
    chosen = np.flatnonzero(weight > SLIVER)
    return chosen.astype(np.int32), weight[chosen] / weight[chosen].sum()


def build_objectives(
    cells: Cells,
    towns: Sequence[Town],
    slugs: Sequence[str],
    settled: Settled,
    *,
    everyone: Sequence[Town],
    people_per_km2: float,
) -> Objectives:
    """Footprints and distances of at least one objective, in the order given.

    Parameters
    ----------
    towns, slugs
        The objectives and their ids.
    settled
        Built-up land and residents by cell, of `everyone`.
    everyone
        All settlements: neighbours of an objective may live in its footprint.
    """
    prints = [footprint(cells, town, settled.built_land) for town in towns]
    shares = []
    for town, (cell, _) in zip(towns, prints, strict=True):
        circle = cells.plane.disc(town.at, FOOTPRINT_KM)
        people = people_within(cells, everyone, circle, people_per_km2)[cell]
        living = settled.residents[cell]
        shares.append(np.divide(people, living, out=np.zeros(len(cell)), where=living > 0.0))
    distance = np.array([cells.geodesic_km(town.at) for town in towns]).reshape(len(towns), cells.n)
    radius = np.array([town.radius_km(people_per_km2) for town in towns]).reshape(len(towns), 1)
    return Objectives(
        identity=np.array([name_entity(slug) for slug in slugs], np.uint64),
        cell=np.array([cells.find(town.at) for town in towns], np.int32),
        footprint_start=np.cumsum([0, *(len(cell) for cell, _ in prints)]).astype(np.int32),
        footprint_cell=np.concatenate([cell for cell, _ in prints]),
        footprint_weight=np.concatenate([weight for _, weight in prints]),
        footprint_people=np.clip(np.concatenate(shares), 0.0, 1.0),
        distance_km=distance,
        edge_km=np.maximum(distance - radius, 0.0),
    )
