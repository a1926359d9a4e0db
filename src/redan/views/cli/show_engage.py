"""Predictions of single battles as text: a row for each battle, in 100 columns."""

from __future__ import annotations

from typing import Any, Final

from rich.console import Console
from rich.text import Text

from redan.views.cli.output import number, percent, table

WIDTH: Final = 100
LONGEST_ID: Final = 20
MOST_SHOWN: Final = 40  # battles; the rest are in the file


def show(screen: Console, document: dict[str, Any], out: str | None) -> None:
    """Print the battles, and where the whole table is."""
    screen.width = min(screen.width, WIDTH)
    battles = document["battles"]
    title = f"{len(battles):,} battles ({document['replications']:,} replications, seed {document['seed']})"
    screen.print(Text(title, "bold"))
    made = table("battle", "won", "attacker loses", "defender loses", "km a day", right=(1, 2, 3, 4))
    for battle in battles[:MOST_SHOWN]:
        made.add_row(
            Text(battle["id"][:LONGEST_ID]),
            percent(battle["p_attacker_wins"]),
            _spread(battle, "attacker_loss", "men"),
            _spread(battle, "defender_loss", "men"),
            _spread(battle, "advance_km_per_day", ""),
        )
    screen.print(made)
    if len(battles) > MOST_SHOWN:
        screen.print(f"and {len(battles) - MOST_SHOWN:,} more")
    screen.print(
        "\nWon: chance that the attacker wins. Median, and the 10 and 90 % points;"
        " losses in men over the battle."
    )
    if out is not None:
        screen.print(f"written to {out}")


def _spread(battle: dict[str, Any], measure: str, unit: str) -> str:
    low, middle, high = (number(battle[f"{measure}_p{q}"], unit=unit) for q in (10, 50, 90))
    return f"{middle} ({low} to {high})"
