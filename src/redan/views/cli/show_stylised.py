"""The stylised facts as text: a table of statistics, and a line for each that does not hold."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any, Final, Literal

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from redan.views.cli.output import heading

WIDTH: Final = 100
STYLES: Final = {"holds": "green", "fails": "red", "undecided": "yellow"}
SHOWN: Final = {"holds": "yes", "fails": "no", "undecided": "open"}
NARROWEST: Final = 80
#: Width and alignment of what was found, band, holds and source; the statistic has the rest.
COLUMNS: Final[tuple[tuple[int, Literal["left", "right"]], ...]] = (
    (23, "right"),
    (13, "right"),
    (5, "left"),
    (15, "left"),
)
TAKEN: Final = sum(width + 2 for width, _ in COLUMNS)


def show(screen: Console, document: dict[str, Any]) -> None:
    """Print the facts, a row for each statistic."""
    if screen.is_terminal:
        screen.width = max(NARROWEST, min(screen.width, WIDTH))
    else:
        screen.width = WIDTH
    facts = document["facts"]
    counts = Counter(fact["verdict"] for fact in facts)
    title = f"stylised facts: {counts['holds']} of {len(facts)} hold"
    screen.print(
        Text(f"{title} ({document['replications']:,} replications, seed {document['seed']})", "bold")
    )
    _row(screen, "statistic", "found [90 %]", "band", "holds", "source", style="bold")
    for fact in facts:
        screen.print()
        screen.print(Text.assemble((fact["id"], "bold"), f"  {fact['title']}: ", _verdict(fact)))
        for part in fact["parts"]:
            _show_part(screen, part["statistic_name"], part, f"{part['cite']} ({part['grade']})")
        for variant in fact["variants"]:
            _show_part(screen, f"or: {variant['statistic_name']}", variant, "")
    _show_failures(screen, facts)
    screen.print(
        "\nA statistic holds when its whole interval lies in the band and fails when it lies wholly outside;"
        " open: it straddles an end, or nothing could be measured. or: another reading of a statistic, which"
        " counts for nothing. Sources in full: --json."
    )


def _show_part(screen: Console, name: str, part: dict[str, Any], cited: str) -> None:
    """A row of one statistic."""
    label = Padding(name, (0, 0, 0, 2))
    _row(screen, label, _found(part), band(part["band"]), _verdict(part), cited)


def _row(screen: Console, *cells: RenderableType, style: str = "") -> None:
    """One row of the table, whose columns are as wide for every fact."""
    row = Table.grid(padding=(0, 2, 0, 0))
    row.add_column(width=screen.width - TAKEN, overflow="fold")
    for width, justify in COLUMNS:
        row.add_column(width=width, justify=justify, overflow="fold")
    row.add_row(*cells, style=style)
    screen.print(row)


def _show_failures(screen: Console, facts: list[dict[str, Any]]) -> None:
    """A line for each fact that does not hold, with its theatre."""
    failing = [fact for fact in facts if not fact["holds"]]
    if failing:
        heading(screen, "what does not hold")
    for fact in failing:
        parts = "; ".join(said(part) for part in fact["parts"] if not part["holds"])
        screen.print(f"{fact['id']}: {parts}. On: {fact['theatre']}.")


def said(part: dict[str, Any]) -> str:
    """What was found, in words."""
    if part["statistic"] is None:
        return f"{part['statistic_name']}: no campaign from which it could be measured"
    low, high = (math.copysign(math.inf, k - 0.5) if e is None else e for k, e in enumerate(part["band"]))
    value = part["statistic"]
    where = f"below {low:g}" if value < low else f"above {high:g}" if value > high else "within, not surely"
    return f"{part['statistic_name']} is {value:.4g}, {where}"


def band(ends: list[float | None]) -> str:
    """A band: `1 to 5`, `below 0`, `10 or more`."""
    low, high = ends
    if low is None:
        return f"below {high:g}"
    if high is None:
        return f"above {low:g}"
    return f"{low:g} to {high:g}"


def _found(part: dict[str, Any]) -> str:
    if part["statistic"] is None:
        return "-"
    low, high = part["interval90"]
    return f"{part['statistic']:.3g} [{low:.3g}, {high:.3g}]"


def _verdict(item: dict[str, Any]) -> Text:
    return Text(SHOWN[item["verdict"]], STYLES[item["verdict"]])
