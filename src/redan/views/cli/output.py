"""How results leave the command line: one JSON document, or text that fits the terminal."""

from __future__ import annotations

import json
import re
import sys
from typing import Any, Final, TextIO, cast

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

#: Lines longer than this are hard to read, whatever the terminal allows.
WIDEST: Final = 140


def print_json(document: Any) -> None:
    """Write exactly one JSON document to stdout. NaN and infinity are refused: they are not JSON."""
    utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    typer.echo(json.dumps(document, indent=1, ensure_ascii=not utf8, allow_nan=False))


def console() -> Console:
    """A console on stdout: plain text unless stdout is a terminal."""
    if hasattr(sys.stdout, "reconfigure"):
        # A terminal without UTF-8 shows an escape where a name has Cyrillic letters, not a traceback.
        sys.stdout.reconfigure(errors="backslashreplace")
    screen = Console(file=cast(TextIO, _Trimmed(sys.stdout)), highlight=False, markup=False, emoji=False)
    screen.width = min(screen.width, WIDEST)
    return screen


class _Trimmed:
    """Stdout without the spaces with which tables are filled up to the right edge."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(re.sub(r" +(?=\n)", "", text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def heading(screen: Console, text: str) -> None:
    """A heading with a free line above it."""
    screen.print()
    screen.print(Text(text, style="bold"))


def table(*columns: str, right: tuple[int, ...] = ()) -> Table:
    """A table without lines, whose columns numbered in `right` are numbers."""
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_edge=False)
    for number, column in enumerate(columns):
        if number in right:
            made.add_column(column, justify="right", no_wrap=True)
        else:
            made.add_column(column, overflow="fold")
    return made


def number(value: float | None, *, unit: str = "") -> str:
    """A number as a person writes it: thousands apart, no more digits than it deserves."""
    if value is None:
        return "-"
    if unit in ("km2", "men", "people", "count") or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def percent(share: float | None) -> str:
    """A probability or share in per cent; one digit where it is small or nearly sure."""
    if share is None:
        return "-"
    if 0 < share < 0.001:
        return "<0.1 %"
    near_edge = 0 < share < 0.1 or 0.9 < share < 1
    return f"{100 * share:.1f} %" if near_edge else f"{100 * share:.0f} %"
