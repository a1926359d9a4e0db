"""Write plain data as YAML that a person can read: an item a paragraph, lines of bounded length."""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from typing import Any, Final

WIDTH: Final = 116
PLAIN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*( [A-Za-z][A-Za-z0-9_-]*){0,3}")
GLUE: Final = "\0"  # a blank inside a plain word: a key must stand on one line
WORDS: Final = {"true", "false", "null", "yes", "no", "on", "off"}


def section(name: str, value: Any, indent: int = 0) -> list[str]:
    """A key with its value: nested mappings on lines of their own, lists one item after another."""
    pad = " " * indent
    one_line = f"{pad}{name}: {flow(value)}"
    if not isinstance(value, dict | list) or (len(one_line) <= WIDTH and _is_flat(value)):
        return _wrapped(one_line, indent + 4)
    lines = [f"{pad}{name}:"]
    if isinstance(value, dict):
        for key, inner in value.items():
            lines += section(str(key), inner, indent + 2)
        return lines
    for item in value:
        lines += _wrapped(f"{pad}  - {flow(item)}", indent + 6)
    return lines


def flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(str(key))}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    return _scalar(value)


def _is_flat(value: Any) -> bool:
    inner = value.values() if isinstance(value, dict) else value
    return not any(isinstance(item, dict) for item in inner)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int | float):
        return format(value, ".10g")
    text = str(value)
    if re.fullmatch(r"\d{4}-\d{2}", text) or (PLAIN.fullmatch(text) and text.lower() not in WORDS):
        return text.replace(" ", GLUE)
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _wrapped(line: str, indent: int) -> list[str]:
    """Break at blanks: in flow style, and within double quotes, YAML reads a line break as a blank."""
    lines = textwrap.wrap(
        line, WIDTH, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False
    )
    return [part.replace(GLUE, " ") for part in lines]
