"""A sensitivity study as text: plain words first, then shares of the variance by group."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from redan.analysis.sensitivity.factors import CHANCE, REST
from redan.views.cli.output import heading, number, table

#: Room of the first column and of each further one.
FIRST_WIDTH: Final = 20
COLUMN_WIDTH: Final = 16
#: An interval of the parameters' share this wide is said to tell little.
VAGUE: Final = 0.4
WORDS: Final = {
    "losses:attacker": "attacker losses",
    "losses:defender": "defender losses",
    "area_gained_km2": "ground gained",
    "residents_left": "residents left",
    "destroyed_km2": "housing destroyed",
}
RESTRICTED: Final = "restricted_mean_days:"


def show(screen: Console, told: Mapping[str, Any], folder: str) -> None:
    """Print the whole answer."""
    title = f"{told['scenario']}: where the spread comes from, as of {told['as_of']}"
    screen.print(Text(title, style="bold"))
    graded = ", ".join(f"{n} {grade}" for grade, n in told["uncertain_by_grade"].items())
    count = sum(told["uncertain_by_grade"].values())
    screen.print(
        f"course {told['course']}, {told['horizon_days']:,} days, seed {told['seed']}: {count} uncertain"
        f" parameters ({graded}) in {len(told['groups'])} groups; {told['campaigns']:,} campaigns"
    )
    screen.print()
    for measure in told["measures"]:
        screen.print(in_words(measure))
    varying = [measure for measure in told["measures"] if measure["split"] is not None]
    if varying:
        heading(screen, "Share of the variance: chance, parameters, judgement")
        _splits(screen, varying)
        heading(screen, "By group of parameters: on its own, and below it with all it does with others")
        _groups(screen, varying)
        _parameters(screen, varying)
    _screening(screen, told)
    _notes(screen, told)
    screen.print(f"Written to {folder}")


def name_of(measure: str) -> str:
    """A measure in two or three words."""
    if measure.startswith(RESTRICTED):
        event = measure.removeprefix(RESTRICTED)
        return "days to the end" if event == "ended" else f"days to {event}"
    return WORDS.get(measure, measure)


def in_words(measure: Mapping[str, Any]) -> str:
    """One sentence on one measure."""
    name, split = name_of(measure["measure"]), measure["split"]
    if split is None:
        return f"{name}: the same in every campaign; there is no spread to explain."
    judged = next((one for one in measure["grades"] if one["factor"] == "grade C"), None)
    groups = [one for one in measure["factors"] if one["factor"] not in (CHANCE, REST)]
    most = max(groups, key=lambda one: one["total"]["share"])
    said = (
        f"{name}: {_percent(split['chance'])} of the variance is chance alone,"
        f" {_percent(split['parameters'])} parameters alone, {_percent(split['together'])} both together"
    )
    if judged is not None:
        said += f"; judgement (grade C) has part in {_percent(judged['total'])}"
    said += f". The group with most part in it: {most['factor']}, {_percent(most['total'])}"
    low, high = split["parameters"]["interval90"]
    return (
        f"{said}. So few points tell little; more samples would tell more."
        if high - low > VAGUE
        else f"{said}."
    )


def _splits(screen: Console, measures: Sequence[Mapping[str, Any]]) -> None:
    def of_one(one: Mapping[str, Any]) -> list[str]:
        spread = f"{number(one['mean'], unit=one['unit'])} ({number(one['sd'], unit=one['unit'])})"
        split = [_cell(one["split"][part]) for part in ("chance", "parameters", "together")]
        grades = [_cell(grade[index]) for grade in one["grades"] for index in ("alone", "total")]
        return [spread, *split, *grades]

    rows = ["mean (sd)", "chance alone", "parameters alone", "both together"]
    for grade in measures[0]["grades"]:
        rows += [grade["factor"], "  with others"]
    _by_measure(screen, measures, rows, of_one)


def _groups(screen: Console, measures: Sequence[Mapping[str, Any]]) -> None:
    def of_one(one: Mapping[str, Any]) -> list[str]:
        return [_cell(factor[index]) for factor in one["factors"] for index in ("alone", "total")]

    rows = [text for factor in measures[0]["factors"] for text in (factor["factor"], "  with others")]
    _by_measure(screen, measures, rows, of_one)


def _by_measure(
    screen: Console,
    measures: Sequence[Mapping[str, Any]],
    rows: Sequence[str],
    of_one: Callable[[Mapping[str, Any]], Sequence[str]],
) -> None:
    """Print a column for each measure, in as many tables as the width asks for."""
    fit = max(1, (screen.width - FIRST_WIDTH) // COLUMN_WIDTH)
    n_tables = math.ceil(len(measures) / fit)
    size = math.ceil(len(measures) / n_tables)
    for start in range(0, len(measures), size):
        listed = measures[start : start + size]
        names = [name_of(one["measure"]) for one in listed]
        shown = table("", *names, right=tuple(range(1, 1 + len(names))))
        for row, *cells in zip(rows, *(of_one(one) for one in listed), strict=True):
            shown.add_row(row, *cells)
        screen.print(shown)


def _parameters(screen: Console, measures: Sequence[Mapping[str, Any]]) -> None:
    """Single parameters that go with a measure by more than chance."""
    heading(screen, "Single parameters that go with it by more than chance (rank correlation)")
    for one in measures:
        listed = ", ".join(f"{p['parameter']} {p['correlation']:+.2f}" for p in one["strongest"])
        screen.print(f"{name_of(one['measure'])}: {listed or 'none'}")


def _screening(screen: Console, told: Mapping[str, Any]) -> None:
    moved: dict[str, dict[str, float]] = {}
    for move in told["screening"]:
        moved.setdefault(move["measure"], {})[move["factor"]] = move["mu_star"]
    heading(screen, "Screening: how far each group moves a measure, against the group that moves it most")
    varying = {m: by for m, by in moved.items() if max(by.values()) > 0.0}
    if not varying:
        screen.print("No group moves any measure.")
        return
    order = [group["group"] for group in told["groups"]]
    order.sort(key=lambda group: told["kept"].index(group) if group in told["kept"] else len(order))
    rows = [group + ("" if group in told["kept"] else " (rest)") for group in order]

    def of_one(one: Mapping[str, Any]) -> list[str]:
        by = varying[one["measure"]]
        largest = max(v for g, v in by.items() if g != CHANCE)
        return [f"{by[group] / largest:.2f}" if largest else "-" for group in [*order, CHANCE]]

    _by_measure(screen, [{"measure": name} for name in varying], [*rows, CHANCE], of_one)


def _notes(screen: Console, told: Mapping[str, Any]) -> None:
    heading(screen, "How to read it")
    screen.print(
        "Each share is of the variance of a measure over campaigns, with its 90 % interval (bootstrap over"
        f" {told['samples']:,} points). Chance is a factor like the groups: the same parameters played on"
        " other luck. On its own: what would go if this alone were known. With others: what would stay if all"
        " but this were known; shares of that kind may add up to more than 100 %. Estimates below 0 or above"
        " 100 % are shown as 0 and 100; --json has them as they are."
    )
    screen.print(
        "Groups are those of the register. The screening moves each group alone, on one luck, between 5 and"
        " 95 % of its parameters; what it leaves out stays uncertain and is counted as the rest."
    )


def _cell(share: Mapping[str, Any]) -> str:
    value, low, high = _inside(share)
    return f"{value:.0f} % ({low:.0f}-{high:.0f})"


def _percent(share: Mapping[str, Any]) -> str:
    value, low, high = _inside(share)
    return f"{value:.0f} % ({low:.0f} to {high:.0f} %)"


def _inside(share: Mapping[str, Any]) -> list[float]:
    """Per cent of a share and of the ends of its interval, none below 0 or above 100."""
    return [100.0 * min(1.0, max(0.0, end)) for end in (share["share"], *share["interval90"])]
