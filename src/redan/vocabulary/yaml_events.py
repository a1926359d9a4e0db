"""Builds plain data from a YAML parser's events, without recursion, and refuses what is unsafe.

Nothing is composed by the library, so that anchors (and the exponential growth they allow), tags, merge
keys and deep nesting are refused before anything is built.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from redan.vocabulary.errors import Fault, quote
from redan.vocabulary.plain import FieldPath, Mark, field_name

DEEPEST: Final = 40  # [-] levels of nesting
MOST_NODES: Final = 100_000  # [-] keys and values in one document; the parser reads about 300,000 a second


class StopReading(Exception):
    """Reading on would be unsafe or pointless."""


@dataclass
class _Frame:
    """A mapping or list that is being filled."""

    path: FieldPath
    value: dict[str, Any] | list[Any]
    key: str | None = None
    waits_for_key: bool = True
    ignored: bool = False  # the value of a duplicate key: read for its faults, then dropped
    skip_next: bool = False  # the next value belongs to a key that was refused


class Builder:
    """Builds the data from parser events, without recursion, and collects faults."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.faults: list[Fault] = []
        self.marks: dict[FieldPath, Mark] = {}
        self.root: Any = None
        self.line = 1
        self.frames: list[_Frame] = []
        self.nodes = 0
        self.documents = 0

    def fault(self, line: int, problem: str, remedy: str, path: FieldPath = ()) -> None:
        """Add a fault about the text."""
        self.faults.append(Fault(self.shown, line, field_name(path), problem, remedy))

    def take(self, event: Any) -> None:
        """Handle one event of the parser."""
        self.line = event.start_mark.line + 1 if event.start_mark else self.line
        kind = type(event).__name__
        if kind == "DocumentStartEvent":
            self._start_document(event)
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            self.frames.pop()
        elif kind == "AliasEvent":
            self.fault(self.line, "aliases (*name) are not used here", "write the value out", self._path())
            self._scalar(None)
        elif kind in ("MappingStartEvent", "SequenceStartEvent", "ScalarEvent"):
            self._check_node(event)
            if kind == "ScalarEvent":
                plain = event.style is None and not event.tag
                self._scalar(_plain_value(event.value) if plain else event.value, event.value)
            else:
                self._open({} if kind == "MappingStartEvent" else [])

    def _start_document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self.fault(self.line, "a second document starts here", "keep one document, without ---")
            raise StopReading
        if event.version or event.tags:
            self.fault(self.line, "YAML directives (%) are not used here", "remove the line")

    def _check_node(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            self.fault(self.line, f"holds more than {MOST_NODES:,} keys and values", "make it smaller")
            raise StopReading
        if event.anchor is not None:
            self.fault(self.line, "anchors (&name) are not used here", "write the value out", self._path())
        if event.tag is not None:
            tag = quote(str(event.tag))
            self.fault(self.line, f"tags are not used here ({tag})", "write a plain value", self._path())

    def _path(self) -> FieldPath:
        """Path of the value that comes next."""
        if not self.frames:
            return ()
        frame = self.frames[-1]
        if isinstance(frame.value, list):
            return (*frame.path, len(frame.value))
        return frame.path if frame.key is None else (*frame.path, frame.key)

    def _scalar(self, value: Any, text: str = "") -> None:
        if self.frames:
            frame = self.frames[-1]
            if isinstance(frame.value, dict) and frame.waits_for_key:
                self._key(frame, text)
                return
        self._place(value)

    def _key(self, frame: _Frame, key: str) -> None:
        assert isinstance(frame.value, dict)
        path = (*frame.path, key)
        frame.skip_next = True
        if key == "<<":
            self.fault(self.line, "merge keys (<<) are not used here", "write the keys out", path)
        elif key in frame.value:
            first = self.marks.get(path)
            at = f" (first on line {first.line})" if first else ""
            self.fault(self.line, f"the key appears twice{at}", "remove one of them", path)
        else:
            frame.skip_next = False
            frame.value[key] = None
            if not frame.ignored:
                self.marks[path] = Mark(self.shown, self.line)
        frame.key = key
        frame.waits_for_key = False

    def _open(self, value: dict[str, Any] | list[Any]) -> None:
        if len(self.frames) >= DEEPEST:
            self.fault(self.line, f"is nested more than {DEEPEST} deep", "make it flatter", self._path()[:4])
            raise StopReading
        if self.frames and isinstance(self.frames[-1].value, dict) and self.frames[-1].waits_for_key:
            path = self.frames[-1].path
            self.fault(self.line, "a key is a list or a mapping", "keys are plain words", path)
            raise StopReading
        path = self._path()
        ignored = self._place(value)
        self.frames.append(_Frame(path, value, ignored=ignored))

    def _place(self, value: Any) -> bool:
        """Put a value where it belongs; True where it is dropped."""
        if not self.frames:
            self.root = value
            self.marks[()] = Mark(self.shown, self.line)
            return False
        frame = self.frames[-1]
        if isinstance(frame.value, list):
            if not frame.ignored:
                self.marks[(*frame.path, len(frame.value))] = Mark(self.shown, self.line)
            frame.value.append(value)
            return frame.ignored
        dropped = frame.skip_next or frame.ignored
        if not frame.skip_next and frame.key is not None:
            frame.value[frame.key] = value
        frame.key, frame.waits_for_key, frame.skip_next = None, True, False
        return dropped


_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SPECIAL: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
    **{sign + word: value for sign, value in (("", math.inf), ("+", math.inf), ("-", -math.inf))
       for word in (".inf", ".Inf", ".INF")},
}  # fmt: skip


def _plain_value(text: str) -> Any:
    """Resolve an unquoted scalar by the core schema of YAML 1.2, and plain dates."""
    if text in _SPECIAL:
        return _SPECIAL[text]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _DATE.fullmatch(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return text  # such as 2025-02-30: left for the model to refuse, with the field's name
    return text
