"""A fit as text: the check on the table first, then what each parameter became, then the summaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from redan.views.cli.output import heading, table

TITLES: Final = {"battles": "First stage: single battles", "front": "Second stage: the front"}
NOTHING: Final = "nothing, because the register dates apart what both have"
NOTE: Final = (
    "Ratio: standard deviation of the posterior over the prior's, as shares of the prior; over 0.8 nothing"
    " was learned, and the prior stands in every forecast. Held: how often a 90 % interval held a row of the"
    " table taken for the truth."
)


def show(screen: Console, document: Mapping[str, Any]) -> None:
    """Print every stage that was fitted."""
    for case, stage in document["stages"].items():
        heading(screen, TITLES[case])
        if case == "front":
            _show_front(screen, stage)
        else:
            screen.print(f"{stage['draws']:,} draws, {stage['battles']} battles, seed {stage['seed']}")
            _show_first(screen, stage["parameters"])
            if "forecasts" in stage:
                _show_forecasts(screen, stage["forecasts"])
    screen.print()
    screen.print(NOTE)
    screen.print(f"Written to {document['out']}", soft_wrap=True)


def _show_front(screen: Console, stage: Mapping[str, Any]) -> None:
    screen.print(
        f"{stage['draws']:,} draws of {stage['wanted_draws']:,} wanted, {stage['kept']:,} kept; starts of"
        f" {stage['days']} days on {', '.join(stage['starts'])}; seed {stage['seed']}"
    )
    screen.print(f"held from the first stage: {', '.join(stage['carried']) or NOTHING}")
    screen.print(Text("Check on the table itself: intervals that held the truth", "bold"))
    made = table("parameter", "of 50 %", "of 90 %", right=(1, 2))
    for row in stage["parameters"]:
        made.add_row(row["parameter"], f"{row['held']['50']:.0%}", f"{row['held']['90']:.0%}")
    screen.print(made)
    screen.print(Text("Posterior", "bold"))
    screen.print(parameters_table(stage["parameters"]))
    varies = stage["varies"]
    screen.print(
        Text(f"From season to season: {varies['parameter']}, fitted to each start by itself", "bold")
    )
    made = table("start", "5 %", "median", "95 %", right=(1, 2, 3))
    coming = [{"start": "a season to come", **varies["forecast"]}] if varies["forecast"] else []
    for row in [*varies["starts"], *coming]:
        made.add_row(row["start"], *(f"{row[name]:.3g}" for name in ("p05", "p50", "p95")))
    screen.print(made)
    screen.print(Text("Summaries: what was observed, and what prior draws gave", "bold"))
    made = table("summary", "observed", "5 %", "median", "95 %", right=(1, 2, 3, 4))
    for row in stage["summaries"]:
        name = row["summary"] if row["fitted"] else f"{row['summary']} (not fitted)"
        made.add_row(name, *(f"{row[name]:.2f}" for name in ("observed", "p05", "p50", "p95")))
    screen.print(made)


def parameters_table(rows: Sequence[Mapping[str, Any]]) -> Any:
    """Prior and posterior of each parameter, and whether it was identified."""
    made = table("parameter", "prior 5-50-95 %", "posterior 5-50-95 %", "ratio", "", right=(1, 2, 3))
    for row in rows:
        words = "" if row["identified"] else "keeps its prior"
        made.add_row(
            row["parameter"],
            _levels(row["prior"]),
            _levels(row["posterior"]),
            f"{row['sd_ratio']:.2f}",
            words,
        )
    return made


def _show_forecasts(screen: Console, found: Mapping[str, Any]) -> None:
    """What a forecast takes from battles of the user's own, and of which dates it may be."""
    names = ", ".join(found["columns"]) or "nothing: none of what a forecast could take was identified"
    until = f" up to {found['until']}" if found["until"] else ""
    screen.print(f"For forecasts of scenarios after {found['known']}{until}: {names}")


def _levels(found: Mapping[str, float]) -> str:
    return " ".join(f"{found[name]:.3g}" for name in ("p05", "p50", "p95"))


def _show_first(screen: Console, rows: Sequence[Mapping[str, Any]]) -> None:
    made = table("parameter", "prior", "5 %", "median", "95 %", "ratio", "held", right=(2, 3, 4, 5, 6))
    for row in rows:
        low, high = row["prior"]
        levels = (f"{row[name]:.3g}" for name in ("p05", "p50", "p95"))
        held = f"{row['held']['90']:.0%}"
        made.add_row(row["parameter"], f"{low:g} to {high:g}", *levels, f"{row['sd_ratio']:.2f}", held)
    screen.print(made)
