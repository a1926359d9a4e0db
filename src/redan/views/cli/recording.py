"""`redan record` and `redan validate --log`: put a forecast down, and score what was put down."""

from __future__ import annotations

import datetime
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from rich.console import Console

from redan.forecast.log import record
from redan.forecast.outcomes import read_outcomes, score_log
from redan.runs.folder import RunFolder
from redan.views.cli import output
from redan.views.cli.output import heading, number, percent, table
from redan.vocabulary.errors import InputError

#: Where forecasts are put down and looked for, below the current folder.
FORECASTS: Final = Path("forecasts")


def put_down(run: Path, *, folder: Path | None, json: bool) -> None:
    """Add a run's forecast to the log and say where it is."""
    into = folder or FORECASTS
    entry = record(RunFolder(run), into, recorded=datetime.date.today())
    if json:
        output.print_json({"log": str(into), **asdict(entry)})
        return
    screen = output.console()
    screen.print(f"{into / entry.file}", soft_wrap=True)
    screen.print(
        f"{entry.rows:,} statements of {entry.scenario} as of {entry.origin_date}, put down on"
        f" {entry.recorded}; sha256 {entry.sha256}"
    )
    screen.print("Score it when outcomes are known: redan validate --log OUTCOMES.csv")


def score(outcomes: Path, *, folder: Path | None, json: bool) -> None:
    """Score the log against a table of outcomes and show it."""
    where = folder or FORECASTS
    if not (where / "index.csv").is_file():
        problem = "there is no forecast log (no index.csv)"
        raise InputError.of(str(where), 1, "log", problem, "make one with: redan record RUN")
    document = score_log(where, read_outcomes(outcomes))
    if json:
        output.print_json(document)
    else:
        show(output.console(), document)


def show(screen: Console, document: dict[str, Any]) -> None:
    """Print the scores: events, measures, means by model."""
    heading(screen, f"Forecast log: {document['forecasts']} forecasts; scores are better the lower")
    events = [row for row in document["scores"] if "brier" in row]
    measures = [row for row in document["scores"] if "inside80" in row]
    if events:
        made = table("event", "model", "by day", "forecast", "came", "Brier", "CRPS days", right=(2, 3, 5, 6))
        for row in events:
            came = "yes" if row["came"] else "no"
            cells = [percent(row["p"]), came, f"{row['brier']:.3f}", number(row["crps"])]
            made.add_row(row["target"], row["model"], f"{row['decided_by_day']}", *cells)
        screen.print(made)
    if measures:
        made = table("measure", "model", "observed", "median", "in 80 %", "CRPS", right=(2, 3, 5))
        for row in measures:
            inside = "yes" if row["inside80"] else "no"
            cells = [number(row["value"]), number(row["median"]), inside, number(row["crps"])]
            made.add_row(row["target"], row["model"], *cells)
        screen.print(made)
    for model, mean in document["means"].items():
        screen.print(
            f"{model}: mean over {mean['events']:.0f} events: Brier {mean['brier']:.3f},"
            f" CRPS {mean['crps']:.1f} days"
        )
    if not document["scores"]:
        screen.print("No forecast in the log speaks of these outcomes by the days that are decided.")
    if document["unanswered"]:
        screen.print(f"No forecast speaks of: {', '.join(document['unanswered'])}.")
