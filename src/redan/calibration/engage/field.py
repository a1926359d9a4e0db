"""From a battle without blanks to what is played: a strip, its forces and the parameters of its year."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from numpy.typing import NDArray

from redan.calibration.engage.conditionals import Filled, fill_count, uniform_of
from redan.calibration.engage.means import combat_share, factor
from redan.theatre.strips.battle import RESERVE_SHARE, Battle, battle_strip
from redan.theatre.strips.parameters import strip_parameters
from redan.theatre.strips.shape import Strip
from redan.vocabulary.codes import ATTACKER, DEFENDER, SIDES
from redan.vocabulary.parameters import Parameter

#: Maturity of works, depth of the position (km) and obstacles (m) by posture. Judgement; less apart than for
#: the stylised facts, and wire is no obstacle that takes lanes and days: the words of such a table mean
#: less than a belt of today.
POSTURES: Final[Mapping[str, tuple[float, float, float]]] = {
    "hasty": (0.3, 2.5, 0.0),
    "prepared": (0.5, 5.0, 0.0),
    "fortified": (0.8, 8.0, 0.0),
    "delay": (0.2, 2.5, 0.0),
    "withdrawal": (0.1, 2.5, 0.0),
}
MID_YEAR: Final = (6, 15)  # month and day at which a battle's year is read in the register
MOST_MEN: Final = (
    2_000_000.0  # of a side in the register; a larger battle is played smaller (see Field.scale)
)
MOST_GUNS: Final = 50_000.0
MOST_ARMOUR: Final = 50_000.0


@dataclass(frozen=True)
class Field:
    """What one layout of a battle is played on.

    Attributes
    ----------
    scale
        Men played over men given: below 1 only where a side has more men than the register allows. Losses
        are homogeneous of degree one in men, so those played are divided by it.
    """

    filled: Filled
    strip: Strip
    parameters: Mapping[str, Parameter]
    scale: float


def lay_out(filled: Filled) -> Field:
    """The strip of a battle, and the register as of its year with the forces of both sides."""
    combat = {side: _combat_men(getattr(filled, f"{side}_men"), filled.year) for side in SIDES}
    scale = min(1.0, MOST_MEN / max(combat.values()))
    battle = Battle(
        attacker_men=combat["attacker"],
        defender_men=combat["defender"],
        front_km=filled.front_km,
        days=filled.days,
        posture=filled.posture,
        terrain=filled.terrain,
        cover=filled.cover,
        urban=filled.urban,
    )
    fixed: dict[str, float] = {}
    for side in SIDES:
        fixed[f"{side}_men"] = max(1.0, scale * combat[side])
        fixed[f"{side}_guns"] = fixed[f"{side}_armour"] = 0.0  # by replication: `write_forces`
        per_km = factor(f"drones_per_km_day_{side}", filled.year)
        fixed[f"{side}_drones_per_day"] = min(200_000.0, scale * per_km * filled.front_km)
        fixed[f"{side}_jamming"] = factor("jamming", filled.year)
        fixed[f"{side}_reserve_share"] = RESERVE_SHARE
    date = dt.date(min(filled.year, dt.date.max.year), *MID_YEAR)
    return Field(filled, battle_strip(battle, postures=POSTURES), strip_parameters(date, fixed), scale)


def _combat_men(men: float, year: int) -> float:
    return men * combat_share(men, year)


def write_forces(field: Field, rows: NDArray[Any], seed: int, replications: Sequence[int]) -> None:
    """Put guns (with air sorties as guns) and armour into rows of parameters [replication]."""
    filled = field.filled
    counts = ("guns", "tanks", "sorties")
    known = all(getattr(filled.row, f"{side}_{kind}") is not None for side in SIDES for kind in counts)
    for at, replication in enumerate(replications):
        if at > 0 and known:  # nothing is drawn
            for name in _forces():
                rows[name][at] = rows[name][0]
            continue
        u = uniform_of(seed, replication)
        for side in (ATTACKER, DEFENDER):
            guns = fill_count(filled, side, "guns", u)
            sorties = fill_count(filled, side, "sorties", u)
            guns += factor("sortie_guns", filled.year) * sorties / filled.days
            tanks = fill_count(filled, side, "tanks", u)
            rows[f"{SIDES[side]}_guns"][at] = min(MOST_GUNS, field.scale * guns)
            rows[f"{SIDES[side]}_armour"][at] = min(MOST_ARMOUR, field.scale * math.floor(tanks))


def _forces() -> tuple[str, ...]:
    return tuple(f"{side}_{kind}" for side in SIDES for kind in ("guns", "armour"))
