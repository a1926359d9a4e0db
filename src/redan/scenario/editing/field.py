"""One field that may be changed."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

NUMBER: Final = "number"
INTEGER: Final = "integer"
CHOICE: Final = "choice"
TABLE: Final = "table"
DATE: Final = "date"
MONTH: Final = "month"
#: Groups in the order in which they are shown, with their titles.
GROUPS: Final[Mapping[str, str]] = {
    "forces": "Forces",
    "drones": "Drones and jamming",
    "works": "Works and obstacles",
    "strongholds": "Strongholds",
    "plan": "Courses: effort, shares, strongholds",
    "triggers": "Courses: triggers",
    "withdrawal": "Withdrawal and the defender's policy",
    "season": "Season and weather",
    "schedules": "Changes over time",
    "supply": "Supply",
    "other": "Other parameters of the register",
}
#: Sliders reach from nothing to so many times the value where nothing else bounds them.
REACH: Final = 3.0


@dataclass(frozen=True)
class Field:
    """A field of a scenario: where it is, what it holds, how far it may go, what it rests on.

    Attributes
    ----------
    path
        As `--set` and overlays address it.
    low, high
        Hard bounds, None where there are none.
    soft_low, soft_high
        A range in which it makes sense to try values; None where it is not a number.
    is_main
        One of the few that matter most.
    columns, sum_to_one
        Of a table: titles of its two columns; whether its numbers are shares of one whole.
    """

    path: str
    title: str
    unit: str
    group: str
    value: Any
    kind: str = NUMBER
    low: float | None = None
    high: float | None = None
    soft_low: float | None = None
    soft_high: float | None = None
    choices: tuple[str, ...] = ()
    source: str = ""
    grade: str = "C"
    help: str = ""
    is_main: bool = True
    columns: tuple[str, ...] = ()
    sum_to_one: bool = False
    spread: Mapping[str, Any] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """Return the field as plain data."""
        found = dataclasses.asdict(self)
        found["main"] = found.pop("is_main")
        return {**found, "choices": list(self.choices), "columns": list(self.columns)}


def soft_range(value: float, low: float | None, high: float | None) -> tuple[float, float]:
    """A range to try values in: from the lower bound to some times the value, within the bounds."""
    least = 0.0 if low is None else low
    most = max(REACH * value, least + 1.0)
    return least, most if high is None else min(most, high)
