"""The front as text: forecasts of area on held-out time, then statistics of observed and simulated fronts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from redan.views.cli.output import heading, number, percent, table

WIDTH: Final = 100
SCORES: Final = ("RMSE", "bias", "CRPS", "CRPS 90 %", "80 % holds", "PIT by fifths")
NOTES: Final = (
    "RMSE and bias of medians, CRPS of the whole forecast, in km2; lower is better. PIT: how many truths fell"
    " into each fifth of the forecasts; even is calibrated. Origins of a horizon do not overlap.",
    "Persistence goes on with the last 30 days, with the errors that made before the day held out from;"
    " climatology repeats what was gained before it.",
)


def show(screen: Console, document: Mapping[str, Any]) -> None:
    """Print the scores and statistics, or why there are none."""
    screen.width = min(screen.width, WIDTH)
    if document["skipped"] is not None:
        screen.print(f"grid: skipped ({document['skipped']})")
        return
    title = f"Area gained after {document['held_out_from']}, fitted before it"
    screen.print(
        Text(f"{title} ({document['replications']:,} replications, seed {document['seed']})", "bold")
    )
    if document["posterior"] is None:
        screen.print("No fit: priors only.")
    for days, found in document["scores"].items():
        heading(screen, f"{days} days, {found['origins']} origins")
        made = table("forecast", *SCORES, right=tuple(range(1, len(SCORES) + 1)))
        for name, cells in score_rows(found):
            made.add_row(name, *cells)
        screen.print(made)
    heading(screen, "Persistence recomputed, origins on every day")
    made = table(*PERSISTENCE, right=(1, 2, 3, 4))
    for cells in persistence_rows(document):
        made.add_row(*cells)
    screen.print(made)
    heading(screen, "Statistics of the front")
    names, rows = statistics_rows(document)
    made = table("statistic", *names, right=tuple(range(1, len(names) + 1)))
    for name, cells in rows:
        made.add_row(name, *cells)
    screen.print(made)
    screen.print()
    for note in NOTES:
        screen.print(note)


PERSISTENCE: Final = ("from", "days", "origins", "RMSE km2", "spread of the truth km2")


def persistence_rows(document: Mapping[str, Any]) -> list[list[str]]:
    """How far going on as before errs."""
    return [
        [
            row["from"],
            str(row["days"]),
            f"{row['origins']:,}",
            number(row["rmse_km2"], unit="km2"),
            number(row["sd_of_truth_km2"], unit="km2"),
        ]
        for row in document["persistence"]
    ]


def score_rows(found: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """A row of scores for each forecast."""
    rows = []
    for name, scores in found["models"].items():
        ends = scores["crps_interval90"]
        rows.append(
            (
                name,
                [
                    number(scores["rmse_km2"], unit="km2"),
                    number(scores["bias_km2"], unit="km2"),
                    number(scores["crps_km2"], unit="km2"),
                    "-" if ends is None else " to ".join(number(end, unit="km2") for end in ends),
                    percent(scores["cover80"]),
                    " ".join(str(count) for count in scores["pit"]),
                ],
            )
        )
    return rows


def statistics_rows(document: Mapping[str, Any]) -> tuple[Sequence[str], list[tuple[str, list[str]]]]:
    """Names of the fronts, and a row for each statistic."""
    found = document["statistics"]
    names = list(found)
    rows = [
        (f"falls within 28 days, {n} of 8 neighbours", [percent(found[name]["falls"][n]) for name in names])
        for n in range(7)
    ]
    rows += [
        ("dwell at 5 to 10 km from a town, days", [number(found[name]["dwell_days"]) for name in names]),
        ("weekly autocorrelation of gains", [number(found[name]["week_correlation"]) for name in names]),
        ("days without a change", [percent(found[name]["quiet_share"]) for name in names]),
    ]
    return names, rows
