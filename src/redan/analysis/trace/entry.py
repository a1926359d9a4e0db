"""One thing that happened on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from redan.analysis.trace.setting import Setting
from redan.analysis.trace.words import sentence


@dataclass(frozen=True)
class Entry:
    """A dated sentence with the numbers it rests on.

    Attributes
    ----------
    objective
        Slug of the objective it is about, None where it is about none.
    is_major
        Whether a short telling has it.
    cell
        H3 index of the cell it happened in, None where it was in none, or in many.
    """

    day: int
    kind: str
    text: str
    numbers: Mapping[str, float] = field(default_factory=dict)
    objective: str | None = None
    is_major: bool = True
    cell: str | None = None

    def document(self, setting: Setting) -> dict[str, Any]:
        """Return the entry as plain data."""
        return {
            "day": self.day,
            "date": setting.date(self.day),
            "kind": self.kind,
            "objective": self.objective,
            "cell": self.cell,
            "major": self.is_major,
            "text": sentence(self.text),
            "numbers": dict(self.numbers),
        }
