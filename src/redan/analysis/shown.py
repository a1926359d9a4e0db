"""How results show themselves in a notebook: sentences, and tables with captions and headers, as HTML."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl

from redan.analysis.compare import RESTRICTED

NOTHING: Final[Mapping[str, str]] = {}
#: Rows of a table that are shown; the frame has them all.
MOST_ROWS: Final = 60


def shown(
    sentences: Sequence[str],
    tables: Sequence[tuple[str, pl.DataFrame]] = (),
    headings: Mapping[str, str] = NOTHING,
) -> str:
    """Return HTML that a notebook shows; every text is escaped.

    Parameters
    ----------
    tables : (caption, frame)
    headings : column -> heading; by default the column's name with blanks
    """
    said = "".join(f"<li>{html.escape(sentence)}</li>" for sentence in sentences)
    listed = f"<ul>{said}</ul>" if said else ""
    return f"<div>{listed}{''.join(_table(*one, headings) for one in tables)}</div>"


def _table(caption: str, frame: pl.DataFrame, headings: Mapping[str, str]) -> str:
    if frame.height > MOST_ROWS:
        caption = f"{caption} The first {MOST_ROWS} of {frame.height:,} rows."
    names = [headings.get(name, _word(name).replace("_", " ")) for name in frame.columns]
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in names)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(_cell(value))}</td>" for value in row) + "</tr>"
        for row in frame.head(MOST_ROWS).iter_rows()
    )
    return f"<table><caption>{html.escape(caption)}</caption><tr>{head}</tr>{body}</table>"


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    return in_digits(value) if isinstance(value, float) else _word(str(value))


def _word(name: str) -> str:
    """A measure as a reader says it: `restricted_mean_days:ended` is the days to it."""
    return name.replace(RESTRICTED, "days to ")


def in_digits(value: float) -> str:
    """A number in three digits, from a hundred on as a whole one with thousands apart."""
    return f"{value:,.0f}" if abs(value) >= 99.5 else f"{value:.3g}"
