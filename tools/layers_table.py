"""Write the numbers of `redan ablate --json` into the tables of docs/background/layers.md.

redan ablate slavyansk-kramatorsk --json > layers.json
python -m tools.layers_table layers.json

A table of the page is found by its heading, `Off in turn: course NAME` or `Alone: course NAME`; what stands
between the tables is written by hand and has to be read again.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "background" / "layers.md"
COLUMNS: Final[Mapping[str, str]] = {
    "days to the end": "restricted_mean_days:ended",
    "ground, km2": "area_gained_km2",
    "attacker's losses": "losses:attacker",
    "defender's losses": "losses:defender",
    "housing, km2": "destroyed_km2",
    "residents at home": "residents_left",
}
TABLE: Final = re.compile(r"(## (Off in turn|Alone): course `([\w-]+)`\n\n)\|.*?(?=\n\n)", re.DOTALL)


def page(text: str, document: Mapping[str, Any]) -> str:
    """The page with every table filled from the document."""

    def filled(match: re.Match[str]) -> str:
        rows = document["layers" if match.group(2) == "Off in turn" else "alone"]
        return match.group(1) + table([row for row in rows if row["course"] == match.group(3)])

    return TABLE.sub(filled, text)


def table(rows: list[Mapping[str, Any]]) -> str:
    """A Markdown table, a row for each layer."""
    found = {(row["layer"], row["measure"]): row for row in rows}
    lines = [f"| layer | {' | '.join(COLUMNS)} |", "|---|" + "---|" * len(COLUMNS)]
    for layer in dict.fromkeys(row["layer"] for row in rows):
        cells = [cell(found[layer, measure]) for measure in COLUMNS.values()]
        lines.append(f"| `{layer}` | {' | '.join(cells)} |")
    return "\n".join(lines)


def cell(row: Mapping[str, Any]) -> str:
    """Mean and interval, bold where the interval excludes 0."""
    mean, interval = row["mean_difference"], row["interval90"]
    if interval is None:
        return number(mean)
    text = f"{number(mean)} ({number(interval[0])} to {number(interval[1])})"
    return f"**{text}**" if interval[0] > 0 or interval[1] < 0 else text


def number(value: float) -> str:
    """With its sign, and no more digits than it deserves."""
    if abs(value) >= 10_000:
        return f"{value / 1000:+,.1f}k"
    return f"{value:+,.0f}" if abs(value) >= 20 else f"{value:+.1f}"


if __name__ == "__main__":
    document = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), document), encoding="utf-8")
