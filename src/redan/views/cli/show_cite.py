"""What a run rests on, as a list of references."""

from __future__ import annotations

from typing import Any, Final

from rich.console import Console

from redan.views.cli.output import heading, table

GRADE_WORDS: Final = {"A": "primary sources read", "B": "second-hand", "C": "judgement"}


def show(screen: Console, told: dict[str, Any], *, is_full: bool) -> None:
    """Print the reference, the sources by grade and the terms of the data.

    Judgements are counted; `is_full` lists them too.
    """
    screen.print(reference(told))
    screen.print(f"Sources of the software: sha256 {told['software']['sources_sha256'][:16]}...")
    screen.print(f"Scenario as played: sha256 {told['scenario']['sha256'][:16]}...")
    for grade, words in GRADE_WORDS.items():
        rows = [row for row in told["sources"] if row["grade"] == grade]
        total = sum(row["parameters"] + row["statements"] for row in rows)
        heading(
            screen, f"Grade {grade}, {words}: {len(rows)} sources, under {total} parameters and statements"
        )
        if grade == "C" and not is_full:
            screen.print("listed with --full")
            continue
        _rows(screen, rows)
    heading(screen, "To acknowledge")
    for line in told["acknowledge"]:
        screen.print(line)
    heading(screen, "Outside data that facts were derived from or checked against (none is shipped)")
    for row in told["datasets"]:
        screen.print(f"{row['title']}: {row['address']} ({row['terms'].rstrip('.')})")


def reference(told: dict[str, Any]) -> str:
    """The reference, in one paragraph."""
    software, scenario = told["software"], told["scenario"]
    return (
        f"{software['authors']}. {software['title']}, version {software['version']}. Scenario"
        f' "{scenario["title"]}" ({scenario["name"]}), as of {scenario["as_of"]};'
        f" {scenario['replications']:,} replications of each course, {scenario['horizon_days']:,} days,"
        f" seed {scenario['seed']}."
    )


def _rows(screen: Console, rows: list[dict[str, Any]]) -> None:
    if not rows:
        screen.print("none")
        return
    shown = table("parameters", "statements", "source", right=(0, 1))
    for row in rows:
        shown.add_row(str(row["parameters"]), str(row["statements"]), row["source"])
    screen.print(shown)
