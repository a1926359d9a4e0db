"""Numbers, shares and lists as a person writes them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

DIRECTIONS: Final = (
    "north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west",
)  # fmt: skip
CAUSE_WORDS: Final = {
    "assault": "assaults",
    "fires": "fires",
    "drones_line": "drones at the line",
    "drones_depth": "drones behind the line",
    "infiltration": "infiltration",
    "sealed": "sealed strongholds",
    "withdrawal": "leaving ground",
    "captured": "capture",
}


def count(value: float) -> str:
    """A whole number, thousands apart."""
    return f"{value:,.0f}"


def men(value: float) -> str:
    """Men: `1 man`, `3,548 men`."""
    return "1 man" if round(value) == 1 else f"{value:,.0f} men"


def km(value: float) -> str:
    """A length: `6.8 km`, whole from 10 km on."""
    return f"{value:.0f} km" if abs(value) >= 9.95 else f"{value:.1f} km"


def km2(value: float) -> str:
    """An area."""
    return f"{value:,.0f} km2"


def percent(share: float) -> str:
    """A share: one digit where it is small."""
    if 0.0 < share < 0.001:
        return "less than 0.1 %"
    return f"{100 * share:.1f} %" if 0.0 < share < 0.0995 else f"{100 * share:.0f} %"


def supplied(share: float) -> str:
    """A share of supply: one digit more where whole per cents hide on which side of a level it is."""
    return f"{100 * share:.1f} %" if round(100 * share) in (10, 40, 80) else percent(share)


def listed(parts: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def several(n: int, one: str, many: str = "") -> str:
    """`1 formation`, `3 formations`."""
    return f"1 {one}" if n == 1 else f"{n:,} {many or one + 's'}"


def direction(dx_km: float, dy_km: float) -> str:
    """The eighth of the compass in which a point lies."""
    angle = math.degrees(math.atan2(dx_km, dy_km)) % 360.0
    return DIRECTIONS[int((angle + 22.5) // 45.0) % 8]


def sentence(text: str) -> str:
    """A text that begins with a capital and ends with a full stop."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", ":")) else ".")
