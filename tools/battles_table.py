"""Write the scores of predicted battles into docs/validation.md.

redan validate --battles --json > battles.json
python tools/fit_battles.py FOLDER
python tools/battles_table.py battles.json [FOLDER/posterior.json]

The second file adds the fitted model's rows and the posterior. Rows of a table are models, columns scores;
nothing is left out because it looks bad.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from redan.views.cli.show_battles import PARTS, TABLES, cell

PAGE = Path(__file__).parents[1] / "docs" / "validation.md"
BEGIN, END = "<!-- battles: begin -->", "<!-- battles: end -->"


def section(document: dict[str, Any], fitted: dict[str, Any] | None) -> str:
    """The numbers as Markdown."""
    folds = ", ".join(f"{name} {n}" for name, n in document["folds"].items())
    lines = [
        f"{document['battles']} battles ({folds}); {document['replications']} campaigns of each, seed"
        f" {document['seed']}. 90 % intervals from resampling whole wars.",
        "",
    ]
    for part, words in PARTS.items():
        scores = document[part]
        if fitted is not None:
            extra = {name: one for name, one in fitted["scores"][part].items() if name.startswith("redan")}
            scores = {**extra, **scores}
        lines += [f"### {words[0].upper()}{words[1:]}", ""]
        for name, columns in TABLES.items():
            lines += [
                f"| {name} | {' | '.join(column[0] for column in columns)} |",
                "|---" * (len(columns) + 1) + "|",
            ]
            for model, found in scores.items():
                if columns[0][1] in found:
                    cells = " | ".join(cell(found[key], wide) for _, key, wide in columns)
                    lines.append(f"| {model} | {cells} |")
            lines.append("")
    return "\n".join([*lines, *(posterior(fitted) if fitted is not None else [])]).rstrip()


def posterior(fitted: dict[str, Any]) -> list[str]:
    """The posterior from all battles, and how the wars left out move its medians."""
    names = list(fitted["without_fold"])
    lines = [
        "### Posterior of the first stage",
        "",
        f"{fitted['draws']} draws of the priors, seed {fitted['seed']}. Ratio: deviation of the posterior"
        " over the prior's; over .8 the battles do not tell. Held: how often a 90 % interval held a draw"
        " of the table taken for the truth. Right: medians without each war.",
        "",
        f"| parameter | prior | 5 % | median | 95 % | ratio | held | {' | '.join(names)} |",
        "|---" * (7 + len(names)) + "|",
    ]
    for k, row in enumerate(fitted["posterior"]):
        low, high = row["prior"]
        without = " | ".join(f"{fitted['without_fold'][name][k]['p50']:.3g}" for name in names)
        held = fitted["coverage90"][row["parameter"]]
        lines.append(
            f"| `{row['parameter']}` | {low:g} to {high:g} | {row['p05']:.3g} | {row['p50']:.3g}"
            f" | {row['p95']:.3g} | {row['sd_ratio']:.2f} | {held:.2f} | {without} |"
        )
    return lines


def main() -> None:
    """Replace what stands between the two marks."""
    document, *rest = (json.loads(Path(name).read_text()) for name in sys.argv[1:])
    page = PAGE.read_text()
    before, other = page.split(BEGIN)
    _, after = other.split(END)
    numbers = section(document, rest[0] if rest else None)
    PAGE.write_text(f"{before}{BEGIN}\n{numbers}\n{END}{after}")
    print(f"{PAGE.name}: {document['battles']} battles")


if __name__ == "__main__":
    main()
