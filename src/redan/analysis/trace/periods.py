"""The campaign in stretches of weeks: what was ordered and executed, ground, losses, reserves."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from redan.analysis.trace.about_theatre import ATTACKER_HOLDS
from redan.analysis.trace.campaign import Campaign
from redan.analysis.trace.setting import Setting, Target
from redan.analysis.trace.words import (
    CAUSE_WORDS,
    count,
    km,
    km2,
    listed,
    men,
    percent,
    sentence,
    several,
)
from redan.vocabulary.codes import SIDES

MONTH: Final = 28  # days between the sums in the log (engine.chronicle)
MOST_PERIODS: Final = 8  # of a short telling
MAIN_CAUSES: Final = 3
MAIN_SIDES: Final = 2
MOST_PASSAGES: Final = 3


@dataclass(frozen=True)
class Passage:
    """Ground that passed to one side, towards an objective: from which side of it, km2."""

    objective: str
    sides: Mapping[str, float]
    km2: float


@dataclass(frozen=True)
class Period:
    """Days `first` to `last`: numbers, and the sentences made of them."""

    first: int
    last: int
    phases: list[str]
    numbers: dict[str, Any]
    sentences: list[str]

    def document(self, setting: Setting) -> dict[str, Any]:
        """Return the period as plain data."""
        return {
            "first_day": self.first,
            "last_day": self.last,
            "from": setting.date(self.first),
            "to": setting.date(self.last),
            "phases": self.phases,
            "numbers": self.numbers,
            "text": self.sentences,
        }


def length_of(horizon_days: int, *, is_full: bool) -> int:
    """Days in a period: four weeks; in a short telling of a long campaign some times that."""
    return MONTH * (1 if is_full else max(1, math.ceil(horizon_days / MONTH / MOST_PERIODS)))


def periods(campaign: Campaign, length: int) -> list[Period]:
    """Cut a campaign into periods; the last may be shorter."""
    days = range(1, campaign.horizon + 1, length)
    return [_period(campaign, first, min(first + length - 1, campaign.horizon)) for first in days]


def _period(campaign: Campaign, first: int, last: int) -> Period:
    numbers = _numbers(campaign, first, last)
    said = [
        _ordered(campaign, numbers, first, last),
        _ground(campaign, numbers, first, last),
        _front(campaign, numbers),
        _losses(numbers),
        _reserves(numbers),
    ]
    return Period(
        first, last, phases_in(campaign, first, last), numbers, [sentence(text) for text in said if text]
    )


def phases_in(campaign: Campaign, first: int, last: int) -> list[str]:
    """Phases in force on some day of a period, in order."""
    stages = campaign.setting.stages
    in_force = stages[0].name if stages else ""
    for row in campaign.of("phase", last=first - 1):
        in_force = row.entity
    entered = [row.entity for row in campaign.of("phase", first=first, last=last)]
    return [name for name in [in_force, *entered] if name]


def _numbers(campaign: Campaign, first: int, last: int) -> dict[str, Any]:
    days = last - first + 1
    targets = campaign.setting.targets
    numbers: dict[str, Any] = {
        "days": days,
        "area_gained_km2": campaign.change("area_gained_km2", first, last),
        "breaches": len(campaign.of("breach", first=first, last=last)),
        "front_km": {t.slug: campaign.at(f"front_distance_km:{t.slug}", last) for t in targets},
        "supply": {t.slug: campaign.at(f"supply_share:{t.slug}", last) for t in targets},
        "counter_attackers_arrived": campaign.total("counter_attack", first=first, last=last),
    }
    for side in SIDES:
        numbers[f"losses:{side}"] = campaign.change(f"losses:{side}", first, last)
    if campaign.has_chronicle:
        numbers |= {
            "effort_ordered_per_day": campaign.total("effort_ordered", first=first, last=last) / days,
            "effort_executed_per_day": campaign.total("effort_executed", first=first, last=last) / days,
            "counter_attackers_ordered": campaign.total("counter_ordered", first=first, last=last),
        }
        for side in SIDES:
            numbers[f"losses_by:{side}"] = campaign.losses(side, first, last)
            for kind in ("sent", "reached", "lost_marching", "replaced"):
                numbers[f"{kind}:{side}"] = campaign.total(kind, side, first=first, last=last)
            for kind in ("line_density", "sorties"):
                rows = campaign.of(kind, side, first=first, last=last)
                numbers[f"{kind}:{side}"] = rows[-1].value if rows else None
    return numbers


def _ordered(campaign: Campaign, numbers: Mapping[str, Any], first: int, last: int) -> str:
    """Effort, and how many cells each axis attacked at a time."""
    if not campaign.has_chronicle:
        return ""
    ordered, executed = numbers["effort_ordered_per_day"], numbers["effort_executed_per_day"]
    if ordered <= 0.0:
        return "No effort was ordered"
    text = f"Effort: {ordered:.1f} assault-battalion-days a day ordered, {executed:.1f} executed"
    axes = attacked(campaign, first, last)
    each = ", ".join(
        f"{axis} {low}" if low == high else f"{axis} {low} to {high}" for axis, (low, high) in axes.items()
    )
    return f"{text}; cells attacked at a time: {each}" if each else text


def attacked(campaign: Campaign, first: int, last: int) -> dict[str, tuple[int, int]]:
    """Fewest and most cells that each axis attacked at a time, for the axes that attacked."""
    found: dict[str, tuple[int, int]] = {}
    for axis in campaign.setting.axes:
        before = campaign.of("attacked", axis, last=first - 1)[-1:]
        values = [int(row.value) for row in [*before, *campaign.of("attacked", axis, first=first, last=last)]]
        values = [value for value in values if value > 0]
        if values:
            found[axis] = (min(values), max(values))
    return found


def passages(campaign: Campaign, first: int, last: int, *, to_attacker: bool) -> list[Passage]:
    """Cells that passed to one side, by the objective nearest to them and where they lie from it."""
    setting = campaign.setting
    found: dict[str, dict[str, float]] = {}
    for row in campaign.of("control", first=first, last=last):
        target = setting.nearest_target(row.entity)
        if target is None or (row.value == ATTACKER_HOLDS) != to_attacker:
            continue
        sides = found.setdefault(target.slug, {})
        side = setting.side_of(row.entity, target)
        sides[side] = sides.get(side, 0.0) + setting.cells[row.entity].area_km2
    made = [Passage(slug, sides, sum(sides.values())) for slug, sides in found.items()]
    return sorted(made, key=lambda passage: -passage.km2)


def main_sides(sides: Mapping[str, float]) -> str:
    """Where most of some ground lies: `south-east and south`; at most two, each at least a quarter of it."""
    whole = sum(sides.values())
    largest = sorted(sides, key=lambda side: -sides[side])[:MAIN_SIDES]
    return listed([side for side in largest if sides[side] >= 0.25 * whole] or largest[:1])


def _ground(campaign: Campaign, numbers: Mapping[str, Any], first: int, last: int) -> str:
    gained = numbers["area_gained_km2"]
    setting = campaign.setting
    text = (
        f"Ground: the attacker gained {km2(gained)}"
        if gained >= 0
        else f"Ground: the attacker lost {km2(-gained)}"
    )
    taken = passages(campaign, first, last, to_attacker=True)
    parts = [_passage(setting, campaign, passage, first) for passage in taken[:MOST_PASSAGES]]
    if len(taken) > MOST_PASSAGES:
        parts.append(f"{km2(sum(passage.km2 for passage in taken[MOST_PASSAGES:]))} elsewhere")
    if parts:
        text += f"; cells of {listed(parts)} passed to it"
    back = sum(passage.km2 for passage in passages(campaign, first, last, to_attacker=False))
    if back:
        text += f"; cells of {km2(back)} went back"
    if numbers["breaches"]:
        text += f"; {several(numbers['breaches'], 'obstacle was', 'obstacles were')} breached"
    return text


def _passage(setting: Setting, campaign: Campaign, passage: Passage, first: int) -> str:
    """`24 km2 towards Lyman (south of it)`; beyond an objective that had been taken before."""
    taken = campaign.day_of(f"taken:{passage.objective}")
    word = "around" if taken is not None and taken < first else "towards"
    name = setting.name(passage.objective)
    return f"{km2(passage.km2)} {word} {name} ({main_sides(passage.sides)} of it)"


def _front(campaign: Campaign, numbers: Mapping[str, Any]) -> str:
    """How far the front stood in the end, and what arrived, for objectives that it had not passed."""
    parts = []
    for target in campaign.setting.targets:
        away = numbers["front_km"][target.slug]
        if away is not None and away > 0:
            parts.append(f"{target.name} {km(away)}{_arriving(numbers, target)}")
    return f"In the end the front stood from {listed(parts)}" if parts else ""


def _arriving(numbers: Mapping[str, Any], target: Target) -> str:
    supply = numbers["supply"][target.slug]
    return "" if supply is None else f" (supply {percent(supply)})"


def _losses(numbers: Mapping[str, Any]) -> str:
    parts = []
    for side in SIDES:
        text = f"{side} {men(numbers[f'losses:{side}'])}"
        causes = main_causes(numbers.get(f"losses_by:{side}", {}))
        parts.append(f"{text} ({causes})" if causes else text)
    return f"Losses: {'; '.join(parts)}"


def main_causes(by_cause: Mapping[str, float]) -> str:
    """The three causes that cost most: `infiltration 34 %, drones at the line 28 %, ...`."""
    whole = sum(by_cause.values())
    if whole <= 0.0:
        return ""
    largest = sorted(by_cause, key=lambda cause: -by_cause[cause])[:MAIN_CAUSES]
    return ", ".join(
        f"{CAUSE_WORDS.get(cause, cause)} {percent(by_cause[cause] / whole)}" for cause in largest
    )


def _reserves(numbers: Mapping[str, Any]) -> str:
    if "reached:defender" not in numbers:
        return ""
    parts = []
    for side in SIDES:
        sent, lost = numbers[f"sent:{side}"], numbers[f"lost_marching:{side}"]
        parts.append(
            f"{side} {count(sent)} sent, {count(numbers[f'reached:{side}'])} arrived, {count(lost)} lost"
        )
    text = f"Men on the march to the line: {'; '.join(parts)}"
    ordered = numbers["counter_attackers_ordered"]
    if ordered:
        arrived = numbers["counter_attackers_arrived"]
        text += f"; of the defender's, to counter-attack: {count(ordered)} sent, {count(arrived)} arrived"
    return text
