"""A single battle as a strip: as wide as its front, deep enough for its days, its defender in his posture."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from redan.theatre.strips.shape import Belt, Ground, Strip, size_rows, stand_in_depth

#: How the defender stands: maturity of his works, depth of the position in km, obstacles in m. Judgement: as
#: captured works for hasty, a little better than field works for prepared, as mature as can be for fortified.
POSTURES: Final[Mapping[str, tuple[float, float, float]]] = {
    "hasty": (0.15, 2.5, 0.0),
    "prepared": (0.5, 5.0, 50.0),
    "fortified": (1.0, 8.0, 100.0),
    "delay": (0.15, 2.5, 0.0),
    "withdrawal": (0.05, 2.5, 0.0),
}
#: Share of the defender's men behind the line, and how far the attacker's and his reserves stand, km.
IN_RESERVE: Final[Mapping[str, float]] = {"delay": 0.5, "withdrawal": 0.6}
RESERVE_SHARE: Final = 0.3  # [-] two up, one back
RESERVE_KM: Final = 8.0
TERRAIN_RELIEF_M: Final[Mapping[str, float]] = {"flat": 15.0, "rolling": 60.0, "rugged": 120.0}
COVER_SHARE: Final[Mapping[str, float]] = {
    "bare": 0.0,
    "desert": 0.0,
    "mixed": 0.3,
    "wooded": 0.8,
    "urban": 0.1,
}
BUILT_SHARE: Final = 0.7  # of a cell, in an urban battle
FASTEST_KM_PER_DAY: Final = 5.0  # mean over a battle; three times its ground is there
SHALLOWEST_KM: Final = 20.0
DEEPEST_KM: Final = 120.0  # a battle of months goes on to here and no farther
SPACING_KM: Final = 2.4  # of a cell of resolution 7, for which the model is meant ...
MOST_ROWS: Final = 60  # ... unless that makes more rows than this
FORMATION_MEN: Final = 800.0  # a battalion at establishment
FEWEST: Final = 6  # formations of a side
MOST: Final = 240


@dataclass(frozen=True)
class Battle:
    """What is known of a battle before it is fought."""

    attacker_men: float
    defender_men: float
    front_km: float
    days: int
    posture: str = "prepared"
    terrain: str = "rolling"
    cover: str = "mixed"
    urban: bool = False

    @property
    def force_ratio(self) -> float:
        """Attackers for each defender."""
        return self.attacker_men / self.defender_men


def battle_ground(battle: Battle) -> Ground:
    """Ground of every cell."""
    built = BUILT_SHARE if battle.urban or battle.cover == "urban" else 0.0
    return Ground(relief_m=TERRAIN_RELIEF_M[battle.terrain], cover=COVER_SHARE[battle.cover], built=built)


def battle_spacing(battle: Battle) -> float:
    """Spacing wished for, km."""
    return max(SPACING_KM, battle.front_km / MOST_ROWS)


def battle_strip(
    battle: Battle, *, day_of_year: int = 166, postures: Mapping[str, tuple[float, float, float]] = POSTURES
) -> Strip:
    """The strip of a battle.

    Parameters
    ----------
    postures
        Maturity of works, depth of the position in km and obstacles in m for each posture.

    Raises
    ------
    KeyError
        A posture, terrain or cover without a meaning here.
    ValueError
        Forces, a front or days that are not above 0.
    """
    if min(battle.attacker_men, battle.defender_men, battle.front_km, battle.days) <= 0:
        raise ValueError("a battle has men on both sides, a front and a day")
    works, position_km, obstacle_m = postures[battle.posture]
    rows, spacing = size_rows(battle.front_km, battle_spacing(battle))
    deep_km = min(DEEPEST_KM, max(SHALLOWEST_KM, 3.0 * battle.days * FASTEST_KM_PER_DAY))
    behind = math.ceil(min(SHALLOWEST_KM, max(2.0 * RESERVE_KM, 8.0 * spacing)) / spacing)
    ahead = math.ceil(deep_km / spacing)
    back = max(1, round(RESERVE_KM / spacing))
    position = max(1, round(position_km / spacing))
    held_back = IN_RESERVE.get(battle.posture, RESERVE_SHARE)
    return Strip(
        rows=rows,
        columns=behind + ahead,
        front_column=behind,
        attacker=stand_in_depth(
            count_formations(battle.attacker_men), RESERVE_SHARE,
            line_column=behind - 1, reserve_column=max(0, behind - 1 - back), rows=(0, rows),
        ),
        defender=stand_in_depth(
            count_formations(battle.defender_men), held_back,
            line_column=behind, reserve_column=min(behind + back, behind + ahead - 1), rows=(0, rows),
        ),
        spacing_km=spacing,
        ground=battle_ground(battle),
        # months without end: works as mature as the posture says, whatever digging costs
        belts=(Belt(behind, position, share=works, months=1e6, mine_depth_m=obstacle_m),),
        road_rows=tuple(range(0, rows, 4)),
        source_t_per_day=(1e5, 1e5),
        track_t_per_day=2000.0,
        day_of_year=day_of_year,
        periods=1 + battle.days // 30,
    )  # fmt: skip


def count_formations(men: float) -> int:
    """Formations that a side's men are divided into."""
    return int(min(MOST, max(FEWEST, round(men / FORMATION_MEN))))
