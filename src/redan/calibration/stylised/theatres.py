"""The fixed theatres of the facts: invented strips, with the forces of an era spread along them.

Forces per km are what the era's sources give, rounded. For 1944 the medians of the training battles (CDB90,
tanks from 1939 on); for 2025 the bundled scenario's forces over its line of contact; for 2023 the same with a
fifth of the drones (judgement: what both sides made of them grew about fivefold). All else is the register's,
as of the date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from redan.theatre.strips.parameters import strip_parameters
from redan.theatre.strips.shape import ROW_OVER_SPACING, Belt, Ground, Patch, Strip, size_rows, stand
from redan.vocabulary.codes import RESERVE
from redan.vocabulary.parameters import Parameter

SPACING_KM: Final = 2.4  # of resolution 7
BEHIND_KM: Final = 24.0  # attacker's ground
FORMATION_MEN: Final = 450.0
MOST_FORMATIONS: Final = 240
#: Works as the bundled belts: a decade of digging, mines, ditch and teeth.
MATURE: Final = Belt(
    0, columns=2, months=130.0, effort_h_per_km_month=50.0, mine_depth_m=300.0, ditch_m=10.0, teeth_rows=2.0
)
#: A trench system of the world wars with wire, as mature as works get.
TRENCHES: Final = Belt(0, columns=3, months=1e6, mine_depth_m=100.0)


@dataclass(frozen=True)
class Era:
    """Forces per km of front by side (attacker, defender), and the date the register is read at."""

    date: dt.date
    men: tuple[float, float]
    guns: tuple[float, float]
    armour: tuple[float, float]  # tanks and fighting vehicles
    armour_per_day: tuple[float, float] = (0.0, 0.0)  # delivered or repaired
    drones: tuple[float, float] = (0.0, 0.0)
    jamming: tuple[float, float] = (0.0, 0.0)
    replacements: tuple[float, float] = (0.0, 0.0)


ERAS: Final[Mapping[str, Era]] = {
    "1944": Era(dt.date(1944, 6, 15), men=(3400.0, 1800.0), guns=(22.0, 15.0), armour=(16.5, 5.0)),
    "2023": Era(
        dt.date(2023, 6, 15), men=(510.0, 290.0), guns=(6.3, 3.0), armour=(3.2, 2.2),
        armour_per_day=(0.015, 0.007), drones=(1.4, 2.0), jamming=(0.3, 0.25), replacements=(1.2, 0.6),
    ),
    "2025": Era(
        dt.date(2025, 12, 12), men=(510.0, 290.0), guns=(6.3, 3.0), armour=(3.2, 2.2),
        armour_per_day=(0.015, 0.007), drones=(7.0, 10.0), jamming=(0.3, 0.25), replacements=(1.2, 0.6),
    ),
}  # fmt: skip


def parameters_of(era: Era, front_km: float, **fixed: float) -> Mapping[str, Parameter]:
    """Parameters of an era on a front: its forces fixed, the rest of the register with its spread."""
    forces = {}
    for name, pair in (
        ("men", era.men),
        ("guns", era.guns),
        ("armour", era.armour),
        ("armour_per_day", era.armour_per_day),
        ("drones_per_day", era.drones),
        ("replacements_per_day", era.replacements),
    ):
        for side, per_km in zip(("attacker", "defender"), pair, strict=True):
            forces[f"{side}_{name}"] = per_km * front_km
    for side, share in zip(("attacker", "defender"), era.jamming, strict=True):
        forces[f"{side}_jamming"] = share
    return strip_parameters(era.date, {**forces, **fixed})


@dataclass(frozen=True)
class Front:
    """How a front is laid out."""

    front_km: float
    men: tuple[float, float]
    reserve_share: tuple[float, float] = (0.3, 0.2)
    reserve_km: tuple[float, float] = (8.0, 8.0)
    depth_km: float = 60.0  # of the defender's ground
    massed_share: float = 0.0  # of the attacker's formations that stand behind the sector ...
    sector_km: float = 0.0  # ... in the middle, this wide
    ground: Ground = field(default_factory=Ground)
    patches: tuple[Patch, ...] = ()
    belts: tuple[tuple[float, Belt], ...] = ()  # (km behind the line, works)


def sector_of(front: Front) -> tuple[float, float]:
    """South and north of the sector in the middle of a front, km."""
    middle = 0.5 * build_front(front).width_km
    return middle - 0.5 * front.sector_km, middle + 0.5 * front.sector_km


def build_front(front: Front) -> Strip:
    """The strip of a front."""
    rows, spacing = size_rows(front.front_km, SPACING_KM)
    line = round(BEHIND_KM / spacing)
    ahead = round(front.depth_km / spacing)
    back = [max(1, round(km / spacing)) for km in front.reserve_km]
    n = [count_formations(men) for men in front.men]
    held = [round(count * share) for count, share in zip(n, front.reserve_share, strict=True)]
    massed = round((n[0] - held[0]) * front.massed_share)
    every = (0, rows)
    return Strip(
        rows=rows,
        columns=line + ahead,
        front_column=line,
        attacker=(
            *stand(n[0] - held[0] - massed, line - 1, every),
            *stand(massed, line - 1, middle_rows(rows, front.sector_km / (ROW_OVER_SPACING * spacing))),
            *stand(held[0], max(0, line - 1 - back[0]), every, duty=RESERVE),
        ),
        defender=(
            *stand(n[1] - held[1], line, every),
            *stand(held[1], min(line + ahead - 1, line + back[1]), every, duty=RESERVE),
        ),
        spacing_km=spacing,
        ground=front.ground,
        patches=tuple(
            replace(patch, columns=(patch.columns[0] + line, patch.columns[1] + line))
            for patch in front.patches
        ),
        belts=tuple(replace(belt, column=line + round(km / spacing)) for km, belt in front.belts),
        road_rows=tuple(range(1, rows, 4)),
        source_t_per_day=(1e5, 1e5),
        track_t_per_day=500.0,
        day_of_year=166,
        periods=12,
    )


def middle_rows(rows: int, wanted: float) -> tuple[int, int]:
    """The middle rows of a strip, at least two."""
    n = min(rows, max(2, round(wanted)))
    first = (rows - n) // 2
    return first, first + n


def count_formations(men: float) -> int:
    """Formations that men are divided into."""
    return int(min(MOST_FORMATIONS, max(8, round(men / FORMATION_MEN))))


def front_of(era: str, front_km: float, **layout: Any) -> Front:
    """A front manned as the era was."""
    men = ERAS[era].men
    return Front(front_km, (men[0] * front_km, men[1] * front_km), **layout)
