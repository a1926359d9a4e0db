"""The tables of the page on layers are found by their headings and filled, and nothing else is touched."""

from __future__ import annotations

from typing import Any

from tools.layers_table import COLUMNS, PAGE, page


def rows(course: str) -> list[dict[str, Any]]:
    return [
        {
            "course": course,
            "layer": "works",
            "measure": measure,
            "mean_difference": -627.4,
            "interval90": [-700, 1],
        }
        for measure in COLUMNS.values()
    ]


def test_every_table_of_the_page_is_filled() -> None:
    text = PAGE.read_text(encoding="utf-8")
    courses = ("storm", "bypass", "hybrid", "as_is")
    document = {kind: [row for course in courses for row in rows(course)] for kind in ("layers", "alone")}
    found = page(text, document)
    assert found.count("| `works` | -627 (-700 to +1.0) |") == text.count("| layer | days") == 5
    assert "`drone_zone` |" not in found
    assert found[found.index("## What to read") :] == text[text.index("## What to read") :]
