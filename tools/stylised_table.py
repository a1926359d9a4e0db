"""Write the numbers of `redan validate --stylised --json` into docs/background/stylised-facts.md.

redan validate --stylised --json > facts.json
python tools/stylised_table.py facts.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from redan.views.cli.show_stylised import band

PAGE = Path(__file__).parents[1] / "docs" / "background" / "stylised-facts.md"
BEGIN, END = "<!-- numbers: begin -->", "<!-- numbers: end -->"


def table(document: dict[str, Any]) -> str:
    """A Markdown table, a row for each statistic."""
    rows = [
        f"{document['replications']:,} replications, seed {document['seed']}.",
        "",
        "| fact | statistic | found | 90 % interval | band | holds |",
        "|---|---|---|---|---|---|",
    ]
    for fact in document["facts"]:
        rows += [f"| {fact['id']} | {row(part)} |" for part in fact["parts"]]
        rows += [f"| | *or:* {row(variant)} |" for variant in fact["variants"]]
    return "\n".join(rows)


def row(part: dict[str, Any]) -> str:
    """The cells of one statistic after the fact's name."""
    verdict = {"holds": "yes", "fails": "**no**", "undecided": "open"}[part["verdict"]]
    if part["statistic"] is None:
        return f"{part['statistic_name']} | nothing to measure | | {band(part['band'])} | {verdict}"
    low, high = part["interval90"]
    found = f"{part['statistic']:.3g} | {low:.3g} to {high:.3g}"
    return f"{part['statistic_name']} | {found} | {band(part['band'])} | {verdict}"


def main() -> None:
    """Replace what stands between the two marks."""
    document = json.loads(Path(sys.argv[1]).read_text())
    page = PAGE.read_text()
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    PAGE.write_text(f"{before}{BEGIN}\n{table(document)}\n{END}{after}")
    print(f"{PAGE.name}: {len(document['facts'])} facts")


if __name__ == "__main__":
    main()
