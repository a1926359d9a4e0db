"""What the columns of an export are: one line each, written beside the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from redan.runs.folder import RunFolder

SUFFIX: Final = ".README.md"


@dataclass(frozen=True)
class Column:
    """One column: its unit, `-` where it has none, and what it says."""

    unit: str
    meaning: str


def explained(run: RunFolder, file: str, what: str, columns: Mapping[str, Column]) -> str:
    """Return what goes beside a file: what it is, the run it comes from, every column.

    Parameters
    ----------
    file : name of the file that is explained
    what : sentences on what the table is
    """
    head = (
        f"Run {run.path.name} of the scenario {run.scenario}: day 0 is {run.as_of}, seed {run.seed},"
        f" {run.done:,} campaigns of each course, {run.horizon_days:,} days. Written by `redan export`."
    )
    rows = [f"| `{name}` | {column.unit} | {column.meaning} |" for name, column in columns.items()]
    table = "\n".join(["| column | unit | what it is |", "|---|---|---|", *rows])
    return f"# {file}\n\n{what}\n\n{head}\n\n{table}\n"
