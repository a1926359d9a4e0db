"""What may be changed in a scenario: its fields and the register's parameters, with bounds and sources."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Final

from redan.scenario.editing.field import DATE, TABLE, Field
from redan.scenario.editing.plans import plan_fields
from redan.scenario.editing.works import works_fields
from redan.scenario.parameters import POLICY
from redan.scenario.scenario import Scenario
from redan.vocabulary.codes import SCHEDULES, SIDES
from redan.vocabulary.parameters import Parameter

#: Group in which each group of the register is shown; those not listed stand under "other".
SHOWN_IN: Final[Mapping[str, str]] = {
    "forces": "forces",
    "drones": "drones",
    "works": "works",
    "obstacles": "works",
    "strongholds": "strongholds",
    "policy": "withdrawal",
    "weather": "season",
    "supply": "supply",
}
#: Parameters of the register (beside the forces) that stand in front: what the questions are about.
MAIN: Final = (
    "drone_half_depth_km",
    "withdraw_base_per_day",
    "withdraw_contest_share",
    "withdraw_delay_days",
    "mud_season_days",
    "works_hours_per_km",
)
OF_DRONES: Final = ("drones_per_day", "jamming")
LOWEST_LEVEL: Final = 0.01
HIGHEST_LEVEL: Final = 0.99
SEASON: Final = (
    "Day 0. Another date is another season, another age of the works, and the register's values of that day."
)
SCHEDULE_WORDS: Final[Mapping[str, str]] = {
    "men": "reinforcement",
    "drones": "drone deliveries",
    "jamming": "jamming",
    "guns": "guns and their shells",
    "effort": "assault effort",
    "works": "digging",
    "armour": "deliveries of armour",
}


def fields_of(scenario: Scenario, parameters: Mapping[str, Parameter]) -> list[Field]:
    """Return every field of a scenario that may be changed one by one.

    Parameters
    ----------
    parameters
        Those in force (`scenario.parameters.resolve`).
    """
    return [
        *(_of_parameter(scenario, parameter) for parameter in parameters.values()),
        *works_fields(scenario),
        *plan_fields(scenario),
        *_schedules(scenario),
        _season(scenario),
    ]


def _of_parameter(scenario: Scenario, parameter: Parameter) -> Field:
    """A quantity of the forces, of the policy, or of the register."""
    name = parameter.name
    group = SHOWN_IN.get(parameter.group, "other")
    title, path = name.replace("_", " "), f"parameters.{name}"
    is_main = name in MAIN
    if parameter.is_given:
        side, _, key = name.partition("_")
        path, title, is_main = f"forces.{side}.{key}", f"{key.replace('_', ' ')}, {side}", True
        group = "drones" if key in OF_DRONES else group
    elif parameter.group == POLICY and name not in scenario.parameters:
        path = f"policy.{name}"
    soft_low, soft_high = _range(parameter)
    return Field(
        path=path,
        title=title,
        unit=parameter.unit,
        group=group,
        value=parameter.value,
        low=_finite(parameter.low),
        high=_finite(parameter.high),
        soft_low=soft_low,
        soft_high=soft_high,
        source=parameter.source,
        grade=parameter.grade,
        help=parameter.note,
        is_main=is_main,
        spread={"kind": parameter.distribution.kind, **parameter.distribution.numbers},
    )


def _range(parameter: Parameter) -> tuple[float, float]:
    """Half to twice what it is drawn from, within its hard limits."""
    low, high = (float(parameter.ppf(level)) for level in (LOWEST_LEVEL, HIGHEST_LEVEL))
    spread = sorted((0.5 * low, 2.0 * low, 0.5 * high, 2.0 * high, min(0.0, low)))
    least, most = max(spread[0], parameter.low), min(spread[-1], parameter.high)
    return (least, most) if most > least else (parameter.low, parameter.high)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _schedules(scenario: Scenario) -> Iterator[Field]:
    """Multipliers of each flow per 30 days."""
    for side in SIDES:
        for key in SCHEDULES:
            yield Field(
                path=f"schedules.{side}.{key}",
                title=f"{SCHEDULE_WORDS[key]}, {side}",
                unit="ratio",
                group="schedules",
                value=list(getattr(getattr(scenario.schedules, side), key)),
                kind=TABLE,
                low=0.0,
                soft_low=0.0,
                soft_high=3.0,
                source="the scenario",
                help="Multiplier in each 30 days from day 0; the last goes on.",
                columns=("30 days", "multiplier"),
                is_main=key in ("men", "drones", "jamming"),
            )


def _season(scenario: Scenario) -> Field:
    return Field(
        path="as_of",
        title="day 0",
        unit="date",
        group="season",
        value=scenario.as_of.isoformat(),
        kind=DATE,
        source="the scenario",
        help=SEASON,
    )
