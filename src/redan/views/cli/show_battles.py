"""Scores of predicted battles as text: a table for the winner, one for losses, one for advances."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from redan.views.cli.output import heading, table

WIDTH: Final = 100
PARTS: Final = {"with_days": "length of the battle given", "without_days": "length of the battle not given"}
Column = tuple[str, str, bool]  # heading, score, with its interval
#: Tables of scores.
TABLES: Final[Mapping[str, tuple[Column, ...]]] = {
    "who wins": (("AUC", "auc", True), ("Brier", "brier", False), ("skill", "brier_skill", True)),
    "losses of the attacker": (
        ("within 2", "lost_attacker_within_2", True),
        ("80 % holds", "lost_attacker_cover80", True),
        ("CRPS", "lost_attacker_crps", False),
        ("log score", "lost_attacker_log_score", False),
    ),
    "losses of the defender": (
        ("within 2", "lost_defender_within_2", True),
        ("80 % holds", "lost_defender_cover80", True),
        ("CRPS", "lost_defender_crps", False),
        ("log score", "lost_defender_log_score", False),
    ),
    "advance": (
        ("within 2", "advance_km_within_2", True),
        ("80 % holds", "advance_km_cover80", True),
        ("CRPS", "advance_km_crps", False),
        ("log score", "advance_km_log_score", False),
    ),
}
NOTES: Final = (
    "Each model but the first is fitted to the other wars. 90 % intervals from resampling whole wars.",
    "Skill: Brier score against the share won in the other wars. Within 2: medians within a factor of two.",
    "CRPS and log score: of logarithms; lower is better.",
)


def show(screen: Console, document: dict[str, Any]) -> None:
    """Print the scores, or why there are none."""
    screen.width = min(screen.width, WIDTH)
    if document["skipped"] is not None:
        screen.print(f"battles: skipped ({document['skipped']})")
        return
    folds = ", ".join(f"{name} {n}" for name, n in document["folds"].items())
    title = (
        f"{document['battles']} battles ({document['replications']:,} replications, seed {document['seed']})"
    )
    screen.print(Text(title, "bold"))
    screen.print(f"folds: {folds}")
    for part, words in PARTS.items():
        heading(screen, words)
        for name, columns in TABLES.items():
            made = table(name, *(column[0] for column in columns), right=tuple(range(1, len(columns) + 1)))
            for model, scores in document[part].items():
                if columns[0][1] in scores:
                    made.add_row(model, *(cell(scores[key], wide) for _, key, wide in columns))
            screen.print(made)
            screen.print()
    for note in (*NOTES, *([f"No learners: {document['learners']}."] if document["learners"] else [])):
        screen.print(note)


def cell(score: Mapping[str, Any], wide: bool) -> str:
    """A score, with its interval where it is wanted."""
    value = score["value"]
    if value is None:
        return "-"
    low, high = score["interval90"]
    return f"{value:.2f} [{low:.2f}, {high:.2f}]" if wide and low is not None else f"{value:.3f}"
