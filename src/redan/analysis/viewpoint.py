"""Whose gain a measure is, and which way it is worse for one side.

The register (`vocabulary.outcomes`) gives each measure one direction of "better". Some are better for the
side they are about (its own losses), some for the attacker (ground, days), one for the defender (strongholds
that hold), and harm to civilians is the same for whoever looks. Where a question is asked for one side, "what
is this layer worth to whom it belongs?", the register's direction is kept where the measure is that side's
own or civilian, and turned round where it is the other side's.
"""

from __future__ import annotations

from typing import Final

from redan.vocabulary.codes import ATTACKER, DEFENDER, SIDES
from redan.vocabulary.outcomes import GLOBAL_EVENTS, HIGHER, LOWER, OBJECTIVE_EVENTS, Measure

#: Mean of an event's day or the horizon, whichever is first (`restricted_mean_days:taken:kramatorsk`).
DAYS: Final = "restricted_mean_days"
#: Counted for one side, which stands after the colon: better for that side.
OWN: Final = ("losses", "killed", "captured", "armour_lost")
#: How the attack goes: the register's direction is the attacker's.
ATTACKERS: Final = (
    "area_gained_km2",
    "exchange_ratio",
    "effort_executed",
    "front_distance_km",
    "occupied",
    "supply_share",
)
#: How the defence goes: the register's direction is the defender's.
DEFENDERS: Final = ("strongholds_holding",)
#: Harm to civilians, and what neither side gains by: the register's direction is everyone's.
EVERYONES: Final = (
    "destroyed_km2",
    "destroyed",
    "residents_left",
    "residents",
    "displaced",
    "losses_behind_3km_share",
    "front_km",
)
#: Events that the attack is after: sooner is better for the attacker.
ATTACK_EVENTS: Final = (*OBJECTIVE_EVENTS, "breakthrough", *(e for e in GLOBAL_EVENTS if ":" not in e))


def whose_gain(measure: str) -> int | None:
    """Return the side for which the register's "better" is better; None where it is so for everyone.

    Raises
    ------
    KeyError : a measure that has not been given a place above
    """
    kind, _, about = measure.partition(":")
    if kind == DAYS and about.partition(":")[0] in ATTACK_EVENTS:
        return ATTACKER
    if kind in OWN and about in SIDES:
        return SIDES.index(about)
    if kind in ATTACKERS:
        return ATTACKER
    if kind in DEFENDERS:
        return DEFENDER
    if kind in EVERYONES:
        return None
    raise KeyError(measure)


def better_for(measure: Measure, side: int) -> str:
    """Return the direction, LOWER or HIGHER, in which a measure is better for a side (or for civilians)."""
    if whose_gain(measure.name) in (side, None):
        return measure.better
    return HIGHER if measure.better == LOWER else LOWER
