"""What more of something would do, as text: a table of differences for each course."""

from __future__ import annotations

import math
from typing import Final

from rich.console import Console
from rich.text import Text

from redan.analysis.augment.run import Augmented
from redan.analysis.effect import Effect
from redan.views.cli.output import heading, table
from redan.views.cli.show_ablate import SHOWN, in_short, shown_difference

#: Room of the first column and of each further one.
FIRST_WIDTH: Final = 24
COLUMN_WIDTH: Final = 14


def show(screen: Console, found: Augmented) -> None:
    """Print the whole answer."""
    title = f"{found.scenario}: what more of it would do, as of {found.as_of}"
    screen.print(Text(title, style="bold"))
    size = f"{found.replications:,} pairs of campaigns of each course, {found.horizon_days:,} days"
    screen.print(f"{size}, seed {found.seed}")
    for course in found.courses:
        heading(screen, f"{course}: with the change, minus as it is")
        _table(screen, course, found)
    heading(screen, "How to read it")
    screen.print(
        f"Each number is a mean over {found.replications:,} pairs of campaigns with the same parameters and"
        " luck, with the change minus as it is. Below it its 90 % interval (Student's t over pairs); * the"
        " interval excludes 0. Where a change does nothing, about one interval in ten says otherwise by luck."
    )
    screen.print(
        f"Days: until every objective is taken or left, counted to day {found.horizon_days:,} at most. More"
        " drones: each replication's own number, multiplied. Two years of digging: every belt begun so much"
        " earlier, or later but not after day 0; all else stays, also the front and the mines and ditches"
        " declared. Every objective and how often the owner is better off: --json."
    )


def _table(screen: Console, course: str, found: Augmented) -> None:
    listed: dict[tuple[str, str], Effect] = {
        (one.thing, one.measure): one for one in found.additions if one.course == course
    }
    fit = max(1, (screen.width - FIRST_WIDTH + 2) // COLUMN_WIDTH)
    size = math.ceil(len(SHOWN) / math.ceil(len(SHOWN) / fit))
    for start in range(0, len(SHOWN), size):
        measures = list(SHOWN)[start : start + size]
        shown = table("", *(SHOWN[m] for m in measures), right=tuple(range(1, 1 + len(measures))))
        shown.add_row("as it is", *(in_short(found.levels[course][m]) for m in measures))
        for change in found.changes:
            cells = [listed[change.name, m] for m in measures]
            shown.add_row(change.words, *(shown_difference(cell) for cell in cells))
        screen.print(shown)
