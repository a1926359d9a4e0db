"""The claims as a document and as text."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from redan.sources.claim_grounds import Finding
from redan.sources.claims import VERDICTS

STYLES = {"supported": "green", "contradicted": "red", "partly": "yellow", "draft": "magenta"}
FIRMNESS = {
    "flat": "as a fact",
    "hedged": "with a hedge",
    "conditional": "on a condition",
    "opinion": "as an opinion",
}


def document(scenario: str, as_of: date, findings: list[Finding]) -> dict[str, Any]:
    """Claims and what became of them, as plain data."""
    return {
        "scenario": scenario,
        "as_of": as_of.isoformat(),
        "verdicts": dict(Counter(f.verdict for f in findings)),
        "claims": [_row(finding) for finding in findings],
    }


def _row(finding: Finding) -> dict[str, Any]:
    claim = finding.claim
    return {
        "id": claim.id,
        "paragraph": claim.paragraph,
        "who": claim.who,
        "hedge": claim.hedge,
        "kind": claim.kind,
        "says": claim.says,
        "status": claim.status,
        "quote": claim.quote,
        "becomes": claim.becomes.model_dump(mode="json"),
        "verdict": finding.verdict,
        "independent": finding.says,
        "numbers": {k: v.isoformat() if isinstance(v, date) else v for k, v in finding.numbers.items()},
        "evidence": [evidence.model_dump(mode="json") for evidence in claim.evidence],
        "checked": list(finding.checked),
    }


def show(screen: Console, title: str, findings: list[Finding]) -> None:
    """Print every claim as a block: who says what, what it became, what independent data say."""
    screen.print(Text(title, style="bold"))
    for finding in findings:
        claim = finding.claim
        screen.print()
        verdict = finding.verdict.replace("_", " ")
        screen.print(Text.assemble((claim.id, "bold"), "  ", (verdict, STYLES.get(finding.verdict, "cyan"))))
        _item(
            screen,
            "claim",
            f"{claim.says} ({claim.who}, paragraph {claim.paragraph}, {FIRMNESS[claim.hedge]})",
        )
        if claim.quote:
            _item(screen, "words", f'"{claim.quote}"')
        _item(screen, "became", f"{claim.kind}: {claim.becomes.mechanism}")
        _item(screen, "shown by", claim.becomes.shown_by)
        _item(screen, "found", finding.says)
        for evidence in claim.evidence:
            _item(screen, "beside", f"{evidence.text} [{evidence.source}; grade {evidence.grade}]")
        for checked in finding.checked:
            _item(screen, "data", checked)
    screen.print()
    counts = Counter(f.verdict for f in findings)
    for verdict, meaning in VERDICTS.items():
        if counts[verdict]:
            screen.print(f"{counts[verdict]:>3} {verdict.replace('_', ' ')}: {meaning}")


def _item(screen: Console, label: str, text: str) -> None:
    """One labelled paragraph with a hanging indent."""
    from rich.table import Table

    row = Table.grid(padding=(0, 1, 0, 0))
    row.add_column(width=9, style="dim")
    row.add_column(overflow="fold")
    row.add_row(label, text)
    screen.print(Padding(row, (0, 0, 0, 2)))
