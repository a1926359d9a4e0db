"""Placeholder numbers (`templates/placeholders.yaml`), scaled to the front and the towns of a sketch."""

from __future__ import annotations

import datetime as dt
import functools
import math
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final

from redan.vocabulary.documents import read_document

FILE: Final = "placeholders.yaml"
DIGITS: Final = 2  # [-] that a placeholder is written with: more would look like knowledge


@dataclass(frozen=True)
class Amount:
    """A quantity of one side: value and spread, unit, and what it counts."""

    key: str
    low: float
    value: float
    high: float
    unit: str
    about: str


@functools.cache
def numbers() -> dict[str, Any]:
    """The file as plain data."""
    found: dict[str, Any] = read_document(
        resources.files(__package__).joinpath("templates", FILE), FILE
    ).value
    return found


def amounts(side: str, front_km: float, as_of: dt.date) -> list[Amount]:
    """Every quantity that a scenario must give for a side, scaled by the length of its front."""
    spread = numbers()["spread"]
    length = max(front_km, numbers()["least_front_km"])
    found = []
    for key, entry in numbers()["forces"][side].items():
        value = entry["is_share"] if "is_share" in entry else entry["per_km"] * length
        if key in numbers()["drone_age"] and as_of < numbers()["drones_since"]:
            value = 0.0
        low, mode, high = (rounded(value * factor) for factor in (spread["low"], 1.0, spread["high"]))
        found.append(Amount(key, low, mode, high, entry["unit"], entry["about"]))
    return found


def supply_t_per_day(side: str, front_km: float, entries: int) -> float:
    """Tonnes a day that enter at each of a side's sources."""
    men = numbers()["forces"][side]["men"]["per_km"] * max(front_km, numbers()["least_front_km"])
    return rounded(men * numbers()["supply_t_per_man_day"] / max(entries, 1))


def of_town(key: str, people: float) -> float:
    """Size of a stronghold by the residents of its town."""
    entry = numbers()["stronghold"][key]
    return rounded(min(max(entry["per_resident"] * people, entry["least"]), entry["most"]))


def rounded(value: float) -> float:
    """`value` with `DIGITS` digits."""
    if value == 0.0:
        return 0.0
    return float(round(value, DIGITS - 1 - math.floor(math.log10(abs(value)))))
