"""Toy theatres: small strips with one town, for tests, verification and authors of rules.

The attacker comes from the west (low columns). Built by `redan.theatre.strips`, as every invented theatre is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from redan.theatre.strips.build import build_strip, hex_grid
from redan.theatre.strips.plan import plan_on
from redan.theatre.strips.shape import Belt, Group, Strip, Stronghold, Town
from redan.vocabulary.arrays import F64, Plan, Theatre
from redan.vocabulary.codes import CLEAR, LINE, RESERVE

__all__ = ["TOY_FORCES", "Toy", "hex_grid", "toy_plan", "toy_strip", "toy_theatre"]


@dataclass(frozen=True)
class Toy:
    """What a toy theatre is made of; every length in km, every strength a share of its side."""

    columns: int = 20
    rows: int = 12
    spacing_km: float = 2.4
    front_column: int = 6  # cells west of it are the attacker's
    attacker_formations: int = 24
    defender_formations: int = 16
    attacker_reserves: int = 8
    defender_reserves: int = 4
    belt_column: int = -1  # a belt along this column, -1 none
    belt_effort_h_per_km_month: float = 60.0
    belt_months: float = 60.0
    mine_depth_m: float = 150.0
    town_column: int = 12  # the objective's cell is (town_column, rows // 2)
    town_built: float = 0.5
    residents: float = 20_000.0
    site_floor_m2: float = 0.0  # one stronghold in the town when above 0
    road_t_per_day: float = 3000.0
    track_t_per_day: float = 100.0
    source_t_per_day: float = 5000.0
    months: int = 40


def _group(column: int, n: int, rows: int, duty: int) -> Group:
    """`n` formations over all rows of a column, from the first row on."""
    return Group(column, tuple(i * rows // n for i in range(n)), duty)


def toy_strip(toy: Toy) -> Strip:
    """The strip that a toy describes."""
    rows, front = toy.rows, toy.front_column
    line = toy.attacker_formations - toy.attacker_reserves, toy.defender_formations - toy.defender_reserves
    belt = Belt(
        toy.belt_column,
        months=toy.belt_months,
        effort_h_per_km_month=toy.belt_effort_h_per_km_month,
        mine_depth_m=toy.mine_depth_m,
    )
    return Strip(
        rows=rows,
        columns=toy.columns,
        front_column=front,
        attacker=(
            _group(front - 1, line[0], rows, LINE),
            _group(max(0, front - 4), toy.attacker_reserves, rows, RESERVE),
        ),
        defender=(
            _group(front, line[1], rows, LINE),
            _group(min(toy.columns - 1, front + 4), toy.defender_reserves, rows, RESERVE),
        ),
        spacing_km=toy.spacing_km,
        belts=(belt,) if toy.belt_column >= 0 else (),
        towns=(Town(toy.town_column, rows // 2, built=toy.town_built, residents=toy.residents),),
        strongholds=(Stronghold(0, toy.site_floor_m2),) if toy.site_floor_m2 > 0.0 else (),
        road_rows=(rows // 2,),
        road_t_per_day=toy.road_t_per_day,
        track_t_per_day=toy.track_t_per_day,
        source_t_per_day=(toy.source_t_per_day, toy.source_t_per_day),
        periods=toy.months,
    )


def toy_theatre(
    toy: Toy | None = None, *, layers_off: tuple[str, ...] = (), schedule: F64 | None = None
) -> Theatre:
    """A rectangular theatre: attacker west, defender east, supply from both rims, one town."""
    return build_strip(toy_strip(toy or Toy()), layers_off=layers_off, schedule=schedule)


def toy_plan(
    theatre: Theatre,
    *,
    effort: float = 1.0,
    choice: int = CLEAR,
    weights: tuple[float, ...] = (1.0, 0.2, 0.3, 0.0, 0.0),
) -> Plan:
    """One axis towards the town, one phase, no triggers."""
    return plan_on(theatre.objective_distance_km[0], effort=effort, choice=choice, weights=weights)


TOY_FORCES: Mapping[str, float] = {
    "attacker_men": 9000.0,
    "defender_men": 5000.0,
    "attacker_guns": 150.0,
    "defender_guns": 90.0,
    "attacker_drones_per_day": 250.0,
    "defender_drones_per_day": 250.0,
    "attacker_jamming": 0.3,
    "defender_jamming": 0.3,
    "attacker_replacements_per_day": 20.0,
    "defender_replacements_per_day": 10.0,
}
