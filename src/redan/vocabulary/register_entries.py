"""Reads one entry of the register, with a fault and a line for everything that is wrong with it."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from typing import Any, Final

from redan.vocabulary.distributions import GRADES, KINDS, Distribution
from redan.vocabulary.errors import Fault, quote, suggest
from redan.vocabulary.plain import Document, FieldPath, field_name, value_at

KEYS: Final = (
    *("name", "group", "unit", "value", "distribution", "range", "grade", "source", "note"),
    *("valid", "known", "given_by"),
)
NAME: Final = re.compile(r"[a-z][a-z0-9_]*")


class EntryReader:
    """Reads the entry at `index` of a register; what is wrong is in `faults`."""

    def __init__(self, document: Document, index: int) -> None:
        self.document = document
        self.path: FieldPath = (index,)
        self.faults: list[Fault] = []
        self.entry: Any = document.value[index]
        named = isinstance(self.entry, dict) and isinstance(self.entry.get("name"), str)
        self.label: str = self.entry["name"] if named else f"entry {index + 1}"

    def read(self) -> dict[str, Any]:
        """Return the arguments of `Parameter`; meaningful only where there are no faults."""
        if not isinstance(self.entry, dict):
            self.fault((), "must be a mapping", "write `name:`, `unit:` and so on")
            return {}
        for key in self.entry:
            if key not in KEYS:
                self.fault((key,), "is not a known key", suggest(key, KEYS))
        given = self.entry.get("given_by") == "scenario"
        fields: dict[str, Any] = {key: self.text(key) for key in ("name", "group", "unit")}
        if not NAME.fullmatch(fields["name"] or "a"):
            self.fault(("name",), "is not in snake_case", "use small letters, digits and _")
        fields["note"] = self.text("note", needed=False)
        # What the scenario gives comes with a source and a grade of its own.
        fields["source"] = self.text("source", needed=not given) or "given by the scenario"
        fields["grade"] = self.choice("grade", GRADES, default="C" if given else "")
        fields["given_by"] = self.choice("given_by", ("register", "scenario"), default="register")
        fields["known"] = self.date(("known",))
        fields["valid_from"], fields["valid_to"] = self.valid()
        fields["low"], fields["high"] = self.limits()
        fields["distribution"] = self.distribution(needed=not given)
        fields["value"] = self.number(("value",), needed=not given, default=math.nan)
        self.check_limits(fields)
        return fields

    def fault(self, path: FieldPath, problem: str, remedy: str) -> None:
        """Add a fault about a field of this entry."""
        mark = self.document.mark((*self.path, *path))
        self.faults.append(Fault(mark.file, mark.line, field_name((self.label, *path)), problem, remedy))

    def value_at(self, path: FieldPath) -> Any:
        """Value under `path`, None where absent."""
        return value_at(self.entry, path)

    def text(self, key: str, *, needed: bool = True) -> str:
        """Text under `key`; empty where absent."""
        value = self.entry.get(key)
        if value is None and not needed:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.fault((key,), "must be a text", f"write `{key}: ...`")
            return ""
        return " ".join(value.split())

    def choice(self, key: str, choices: tuple[str, ...], *, default: str = "") -> str:
        """One of `choices` under `key`."""
        value = self.entry.get(key, default)
        if value not in choices:
            self.fault((key,), f"is {quote(value)}", f"use one of {', '.join(choices)}")
            return choices[0]
        return str(value)

    def date(self, path: FieldPath) -> dt.date | None:
        """Date under `path`, None where absent."""
        value = self.value_at(path)
        if value is None or isinstance(value, dt.date):
            return value
        self.fault(path, f"{quote(value)} is not a date", "write it as YYYY-MM-DD")
        return None

    def valid(self) -> tuple[dt.date | None, dt.date | None]:
        """Dates the entry holds for."""
        valid = self.entry.get("valid", {})
        if not isinstance(valid, dict) or set(valid) - {"from", "to"}:
            self.fault(("valid",), "must be {from: date, to: date}", "give one or both dates")
            return None, None
        start, end = self.date(("valid", "from")), self.date(("valid", "to"))
        if start and end and start > end:
            self.fault(("valid",), "ends before it begins", "swap the dates")
        return start, end

    def number(self, path: FieldPath, *, needed: bool = True, default: float = math.nan) -> float:
        """Finite number under `path`."""
        value = self.value_at(path)
        if value is None and not needed:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self.fault(path, f"{quote(value)} is not a finite number", "give a number")
            return default
        return float(value)

    def limits(self) -> tuple[float, float]:
        """Hard limits of the value."""
        value = self.entry.get("range")
        if not isinstance(value, list) or len(value) != 2:
            self.fault(("range",), "must be [lowest, highest]", "give two numbers")
            return -math.inf, math.inf
        low, high = self.number(("range", 0)), self.number(("range", 1))
        if low >= high:
            self.fault(("range",), "must rise", "give [lowest, highest]")
        return low, high

    def distribution(self, *, needed: bool) -> Distribution:
        """Distribution of the entry; fixed where absent and not needed."""
        value = self.entry.get("distribution")
        nothing = Distribution("fixed")
        if value is None and not needed:
            return nothing
        kind = str(value.get("kind")) if isinstance(value, dict) else ""
        if not isinstance(value, dict) or kind not in KINDS:
            self.fault(("distribution",), "has no known kind", f"use one of {', '.join(KINDS)}")
            return nothing
        for key in value:
            if key != "kind" and key not in KINDS[kind]:
                self.fault(("distribution", key), "is not a known key", suggest(key, KINDS[kind]))
        before = len(self.faults)
        found = Distribution(kind, {name: self.number(("distribution", name)) for name in KINDS[kind]})
        if len(self.faults) == before:
            for name, problem, remedy in found.problems():
                self.fault(("distribution", name), problem, remedy)
        return found

    def check_limits(self, fields: Mapping[str, Any]) -> None:
        """Value and distribution must lie within the limits."""
        if self.faults:
            return
        low, high = fields["low"], fields["high"]
        outside = f"the range {low:g} to {high:g}"
        if fields["value"] < low or fields["value"] > high:
            self.fault(("value",), f"lies outside {outside}", "mend one of them")
        if not fields["distribution"].fits(low, high):
            self.fault(("distribution",), f"reaches outside {outside}", "mend one of them")
