"""Plain data that a person wrote, with the file and line of every key and list item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from redan.vocabulary.errors import Fault

FieldPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Mark:
    """Where something was written.

    Attributes
    ----------
    file
        File as shown to the user, or an option of the command line.
    line
        Line, from 1.
    label
        How the user addressed it on the command line; empty: by its path.
    """

    file: str
    line: int
    label: str = ""


@dataclass
class Document:
    """Plain data with the place of every key and list item.

    Attributes
    ----------
    value
        The data.
    marks
        Place of each key (for mappings) or item (for lists), by path from the root `()`.
    """

    value: Any
    marks: dict[FieldPath, Mark] = field(default_factory=dict)

    def mark(self, path: FieldPath) -> Mark:
        """Place of `path`, or of its nearest ancestor that was written."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.marks:
                return self.marks[path[:length]]
        return Mark("", 1)

    def fault(self, path: FieldPath, problem: str, remedy: str) -> Fault:
        """Build a fault about the field at `path`, written or missing."""
        mark = self.mark(path)
        name = field_name(path)
        for length in range(len(path), 0, -1):  # as the user addressed it, where it was by --set
            label = self.marks.get(path[:length], mark).label
            if label:
                rest = field_name(path[length:]) if path[length:] else ""
                name = label + ("" if not rest or rest.startswith("[") else ".") + rest
                break
        return Fault(mark.file, mark.line, name, problem, remedy)


def field_name(path: FieldPath) -> str:
    """Write a path for people: `courses.storm.phases[0].effort`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text or "document"


def walk(value: Any, path: FieldPath = ()) -> Iterator[tuple[FieldPath, Any]]:
    """Yield every value of plain data with its path, parents first."""
    stack: list[tuple[FieldPath, Any]] = [(path, value)]
    while stack:
        at, item = stack.pop()
        yield at, item
        if isinstance(item, dict):
            stack.extend(((*at, key), child) for key, child in item.items())
        elif isinstance(item, list):
            stack.extend(((*at, number), child) for number, child in enumerate(item))


def value_at(root: Any, path: FieldPath) -> Any:
    """Value under `path` in nested mappings and lists, None where there is none."""
    value = root
    for part in path:
        if isinstance(value, Mapping):
            value = value.get(part)
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        else:
            return None
    return value
