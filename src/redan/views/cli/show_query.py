"""The answer to a query, as a document and as text."""

from __future__ import annotations

from typing import Any, Final

import polars as pl
from rich.console import Console

from redan.runs.manifest import plain
from redan.views.cli.output import table

#: Rows printed; `--json` has them all.
MOST_ROWS: Final = 200


def document(found: pl.DataFrame) -> list[dict[str, Any]]:
    """Every row as a mapping from column to value; what JSON cannot hold is null, dates are text."""
    return [plain(row) for row in found.iter_rows(named=True)]


def show(screen: Console, found: pl.DataFrame) -> None:
    """Print rows as a table, numbers to the right."""
    numeric = tuple(i for i, kind in enumerate(found.dtypes) if kind.is_numeric())
    shown = table(*found.columns, right=numeric)
    for row in found.head(MOST_ROWS).iter_rows():
        shown.add_row(*(_cell(value) for value in row))
    screen.print(shown)
    if len(found) > MOST_ROWS:
        screen.print(f"{len(found) - MOST_ROWS:,} rows more: use LIMIT, or --json for all")


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.6g}"
    return "" if value is None else str(value)
