"""How long, three ways: past battles, the simulator and both pooled, with what the sources say beside."""

from __future__ import annotations

from typing import Any, Final

from rich.console import Console

from redan.forecast.headline import title
from redan.views.cli.output import heading, percent, table

#: Views in the order in which they are shown, and their names in the table.
VIEWS: Final = {"reference_class": "past battles", "simulator": "simulator", "pooled": "pooled"}
SHOWN_DAYS: Final = (180, 365, 730)


def show(screen: Console, outside: dict[str, Any], horizon_days: int) -> None:
    """Print the outside view: a row for each objective and view, then clocks, claims and footing."""
    shown = {name: said for name, said in outside["objectives"].items() if said["why"] is None}
    reasons = {name: said["why"] for name, said in outside["objectives"].items() if said["why"]}
    ways = "Taken, three ways: probability within so many days; days to it (10, 50, 90 %)"
    heading(screen, ways if shown else "Past battles beside it")
    if shown:
        days = [*(day for day in SHOWN_DAYS if day < horizon_days), horizon_days]
        _rows(screen, shown, days)
        _clocks(screen, shown)
    for why in dict.fromkeys(reasons.values()):
        names = ", ".join(title(name) for name, reason in reasons.items() if reason == why)
        screen.print(f"No base rate for {names}: {why}.")
    if shown:
        _claims(screen, outside, shown)
        _selections(screen, outside, shown, days[min(1, len(days) - 1)])
        _footing(screen, outside)


def _rows(screen: Console, shown: dict[str, Any], days: list[int]) -> None:
    made = table(
        "taken", "view", *(f"{day}" for day in days), "10-50-90 %", right=tuple(range(2, 3 + len(days)))
    )  # fmt: skip
    for name, said in shown.items():
        for index, (view, words) in enumerate((v, w) for v, w in VIEWS.items() if v in said["views"]):
            found = said["views"][view]
            chances = [percent(found["p_by_day"][str(day)]) for day in days]
            quantiles = ("-" if day is None else f"{day:.0f}" for day in found["day"].values())
            made.add_row(name if index == 0 else "", words, *chances, " ".join(quantiles))
    screen.print(made)


def _clocks(screen: Console, shown: dict[str, Any]) -> None:
    """On which clock each objective stands: a base rate says nothing without it."""
    screen.print("Clocks of the base rate (front to the town's point):")
    for name, said in shown.items():
        since = (
            f"since {said['since']} ({said['elapsed_days']} days)" if said["elapsed_days"] else "from day 0"
        )
        note = f"; {said['note']}" if said["note"] else ""
        screen.print(f"  {title(name)}: {said['clock_words']} {since}{note}")


def _claims(screen: Console, outside: dict[str, Any], shown: dict[str, Any]) -> None:
    """What a source says of the time, with the probability each view gives it."""
    for claim in outside["claimed"]:
        parts = []
        for event in claim["events"]:
            said = shown.get(event.removeprefix("taken:"))
            chances = {
                words: said["views"][view]["p_by_day"].get(str(claim["within_days"]))
                for view, words in VIEWS.items()
                if said and view in said["views"]
            }
            told = [f"{words} {percent(p)}" for words, p in chances.items() if p is not None]
            if told:
                parts.append(f"{title(event.removeprefix('taken:'))} {', '.join(told)}")
        if parts:
            screen.print(
                f'The {claim["who"]}: "{claim["says"]}" Taken within {claim["within_days"]} days:'
                f" {'; '.join(parts)}."
            )


def _selections(screen: Console, outside: dict[str, Any], shown: dict[str, Any], day: int) -> None:
    """How much the base rate rests on which battles are in the class."""
    told = []
    for name, said in shown.items():
        chances = [found["p_by_day"][str(day)] for found in said["selections"].values()]
        told.append(f"{title(name)} {percent(min(chances))} to {percent(max(chances))}")
    words = ", ".join([*outside["reference_class"]["selections"].values()])
    screen.print(f"Past battles chosen otherwise ({words}), within {day} days: {', '.join(told)}.")


def _footing(screen: Console, outside: dict[str, Any]) -> None:
    facts, weight = outside["reference_class"], outside["weight"]
    screen.print(
        f"Past battles: {facts['battles']} fights for towns and fortified places in {facts['wars']} wars"
        f" since 1914 ({facts['taken']} taken, {facts['held']} held, {facts['censored']} not ended;"
        f" {facts['read']} rows read, the rest remembered) and {facts['approaches']} approaches of one war."
        " No random sample: famous fights are over-represented."
    )
    if outside["course"] is None:
        screen.print(f"Not pooled: {outside['why_not_pooled']}.")
        return
    low, high = weight["interval90"]
    screen.print(
        f"Pooled: simulator of course {outside['course']} with weight {weight['simulator']:.2f}"
        f" (90 %: {low:.2f} to {high:.2f}; {weight['cases']} past cases, prior"
        f" {weight['prior_mean']:g}), {weight['pool']} pool."
    )
    past = weight["past_log_score"]
    if past is not None:
        screen.print(
            f"Mean log score on those cases, lower is better: past battles {past['base']:.2f}, simulator"
            f" {past['simulator']:.2f}, pooled by the other cases' weight {past['pooled']:.2f}."
        )
