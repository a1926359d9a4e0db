"""Events and measures of DESIGN 8: ids, order, units, direction of "better", definitions.

The order here is the order of the arrays `Output.event_day` and `Output.measure`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# Per objective, in this order: index = kind * n_objectives + objective.
OBJECTIVE_EVENTS: Final = {
    "within_20km": "the line of contact comes within 20 km of the edge of the built-up area",
    "within_10km": "the line of contact comes within 10 km of the edge of the built-up area",
    "within_5km": "the line of contact comes within 5 km of the edge of the built-up area",
    "contested": "the attacker holds or infiltrates 5 % of the footprint",
    "taken": "the attacker holds 95 % of the footprint for 7 days, dated by the first of them",
    "cleared": "taken, and no stronghold in it still holds",
    "isolated": "a garrison stands and less than 10 % of its demand at full strength arrives for 7 days",
    "withdrawn": "the garrison left on its commander's order",
    "routed": "the garrison broke",
    "surrendered": "the last of the garrison gave up with no way out",
}
(
    EVENT_WITHIN_20KM,
    EVENT_WITHIN_10KM,
    EVENT_WITHIN_5KM,
    EVENT_CONTESTED,
    EVENT_TAKEN,
    EVENT_CLEARED,
    EVENT_ISOLATED,
    EVENT_WITHDRAWN,
    EVENT_ROUTED,
    EVENT_SURRENDERED,
) = range(len(OBJECTIVE_EVENTS))
# Then, once each.
GLOBAL_EVENTS: Final = {
    "culminated:attacker": "less than a quarter of the effort ordered was executed over 30 days",
    "culminated:defender": "less than a quarter of the men sent to counter-attack arrived over 30 days",
    "ended": "every objective taken or left by its garrison",
}
EVENT_CULMINATED_ATTACKER, EVENT_CULMINATED_DEFENDER, EVENT_ENDED = range(len(GLOBAL_EVENTS))
# Last, per axis of the course.
AXIS_EVENTS: Final = {
    "breakthrough": "within 30 days 10 km deeper on a width of 5 km, past a manned belt, held 14 days later",
}

LOWER: Final = "lower"
HIGHER: Final = "higher"


@dataclass(frozen=True)
class Measure:
    """A number taken every day; `better` is the direction `p_a_better` counts."""

    name: str
    unit: str
    better: str
    meaning: str


# Once each, in this order; then per objective: index = len(GLOBAL) + kind * n_objectives + objective.
GLOBAL_MEASURES: Final = (
    Measure("losses:attacker", "men", LOWER, "killed, wounded out and captured, attacker"),
    Measure("losses:defender", "men", LOWER, "killed, wounded out and captured, defender"),
    Measure("killed:attacker", "men", LOWER, "killed, attacker"),
    Measure("killed:defender", "men", LOWER, "killed, defender"),
    Measure("captured:defender", "men", LOWER, "captured, defender"),
    Measure("exchange_ratio", "-", LOWER, "attacker losses per defender loss"),
    Measure("area_gained_km2", "km2", HIGHER, "area occupied by the attacker beyond day 0"),
    Measure("destroyed_km2", "km2", LOWER, "built-up area destroyed in the theatre"),
    Measure("residents_left", "people", HIGHER, "residents on the defender's side of day 0 still at home"),
    Measure("displaced", "people", LOWER, "residents who left their homes since day 0"),
    Measure("strongholds_holding", "count", HIGHER, "strongholds not cleared, surrendered or left"),
    Measure(
        "losses_behind_3km_share", "-", LOWER, "share of both sides' losses more than 3 km behind the line"
    ),
    Measure(
        "effort_executed", "battalion-days/day", HIGHER, "assault effort executed, mean of the last 30 days"
    ),
    Measure("front_km", "km", LOWER, "length of the line of contact"),
    Measure("armour_lost:attacker", "vehicles", LOWER, "tanks and fighting vehicles lost, attacker"),
    Measure("armour_lost:defender", "vehicles", LOWER, "tanks and fighting vehicles lost, defender"),
)
(
    MEASURE_LOSSES_ATTACKER,
    MEASURE_LOSSES_DEFENDER,
    MEASURE_KILLED_ATTACKER,
    MEASURE_KILLED_DEFENDER,
    MEASURE_CAPTURED_DEFENDER,
    MEASURE_EXCHANGE,
    MEASURE_AREA,
    MEASURE_DESTROYED_KM2,
    MEASURE_RESIDENTS,
    MEASURE_DISPLACED,
    MEASURE_STRONGHOLDS,
    MEASURE_DEPTH_SHARE,
    MEASURE_EFFORT,
    MEASURE_FRONT_KM,
    MEASURE_ARMOUR_ATTACKER,
    MEASURE_ARMOUR_DEFENDER,
) = range(len(GLOBAL_MEASURES))
OBJECTIVE_MEASURES: Final = (
    Measure(
        "front_distance_km", "km", LOWER, "line of contact to the GeoNames point, negative once behind it"
    ),
    Measure("occupied", "-", HIGHER, "share of the footprint the attacker occupies"),
    Measure("supply_share", "-", LOWER, "share of the garrison's demand at full strength that arrives"),
    Measure("destroyed", "-", LOWER, "share of the built-up area in the footprint destroyed"),
    Measure("residents", "people", HIGHER, "residents still in the footprint"),
)
OBJ_FRONT_DISTANCE, OBJ_OCCUPIED, OBJ_SUPPLY, OBJ_DESTROYED, OBJ_RESIDENTS = range(len(OBJECTIVE_MEASURES))


def event_names(objectives: Sequence[str], axes: Sequence[str]) -> list[str]:
    """Ids in the order of `Output.event_day`, for the slugs of objectives and of the course's axes."""
    return [
        *(f"{kind}:{name}" for kind in OBJECTIVE_EVENTS for name in objectives),
        *GLOBAL_EVENTS,
        *(f"{kind}:{name}" for kind in AXIS_EVENTS for name in axes),
    ]


def measures(objectives: Sequence[str]) -> list[Measure]:
    """Measures in the order of `Output.measure`, with their full ids."""
    per_objective = [
        Measure(f"{m.name}:{name}", m.unit, m.better, m.meaning)
        for m in OBJECTIVE_MEASURES
        for name in objectives
    ]
    return [*GLOBAL_MEASURES, *per_objective]


def slug(name: str) -> str:
    """`Chasiv Yar` -> `chasiv-yar`: the form names take in event and measure ids."""
    return "-".join(name.lower().split())
