"""What separated a group of campaigns from the others, in words that need no statistics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from redan.views.cli.output import heading, number, percent, table
from redan.vocabulary.codes import SIDES

#: Rows shown of each kind; all are in --json.
MOST: Final = 8
#: Standardised differences from which on a difference is called large, and middling.
LARGE, MIDDLING = 0.8, 0.5


def show(screen: Console, told: Mapping[str, Any]) -> None:
    """Print the whole answer."""
    n, members = told["replications"], told["members"]
    title = f"{told['scenario']}, course {told['course']}: what separated the campaigns with {told['group']}"
    screen.print(Text(title, style="bold"))
    screen.print(
        f"{members:,} of {n:,} campaigns ({percent(members / n)}) over {told['horizon_days']:,} days; the"
        f" other {n - members:,} are what they are compared with."
    )
    screen.print()
    screen.print(in_words(told))
    if told["parameters"]:
        heading(screen, "What was drawn: parameters that differ by more than chance")
        _rows(screen, told["parameters"], number)
    _tree(screen, told)
    events, measures = (_elsewhere(told[kind], told["group"]) for kind in ("events", "measures"))
    if events:
        heading(screen, "What went with it: in what share of the campaigns it came")
        _rows(screen, events, lambda value, unit: percent(value))
    if measures:
        heading(screen, "What went with it: measures at the horizon")
        _rows(screen, measures, number)
    _notes(screen, told)


def in_words(told: Mapping[str, Any]) -> str:
    """The answer in a few sentences."""
    parameters, looked_at = told["parameters"], told["looked_at"]["parameters"]
    if not parameters:
        return f"None of the {looked_at} uncertain parameters differs by more than chance: luck decided."
    first = ", ".join(f"{one['name']} {_way(one)}" for one in parameters[:3])
    said = (
        f"Of {looked_at} uncertain parameters {len(parameters)} differ by more than chance."
        f" In the group, most of all: {first}."
    )
    leaves = told["tree"]
    if len(leaves) > 1 and leaves[0]["low"] > leaves[-1]["high"]:
        best, worst = leaves[0], leaves[-1]
        said += (
            f" Where {_bounds(best)}, {percent(best['share'])} of the campaigns belong to it; where"
            f" {_bounds(worst)}, {percent(worst['share'])}."
        )
    return f"{said} The rest is luck, and parameters too weak to show in so many campaigns."


def _way(one: Mapping[str, Any]) -> str:
    size = abs(one["standardised"])
    much = "much " if size >= LARGE else "" if size >= MIDDLING else "a little "
    return f"is {much}{'higher' if one['standardised'] > 0 else 'lower'}"


def _bounds(leaf: Mapping[str, Any]) -> str:
    return " and ".join(
        f"{bound['parameter']} is {'at most' if bound['is_upper'] else 'above'} {bound['value']:.4g}"
        for bound in leaf["bounds"]
    )


def _elsewhere(rows: Sequence[Mapping[str, Any]], group: str) -> list[Mapping[str, Any]]:
    """Leave out what is about the same place as the group: it is mostly the same thing told again."""
    place = group.split(maxsplit=1)[0].partition(":")[2]
    own = place and place not in SIDES
    return [one for one in rows if not (own and one["name"].partition(":")[2] == place)]


def _rows(screen: Console, rows: Sequence[Mapping[str, Any]], word: Any) -> None:
    shown = table("", "in the group", "others", "difference", "by luck", right=(1, 2, 3, 4))
    for one in rows[:MOST]:
        inside, outside = (word(one[side], unit=one["unit"]) for side in ("inside", "outside"))
        shown.add_row(
            one["name"], inside, outside, f"{one['standardised']:+.2f} sd", f"{percent(one['p_any'])}"
        )
    screen.print(shown)
    if len(rows) > MOST:
        screen.print(f"and {len(rows) - MOST} more (--json)")


def _tree(screen: Console, told: Mapping[str, Any]) -> None:
    leaves = told["tree"]
    if len(leaves) < 2:
        return
    heading(screen, "A small tree: grown on every second campaign, counted on the others")
    shown = table("where", "campaigns", "in the group (90 %)", right=(1, 2))
    for leaf in leaves:
        share = f"{percent(leaf['share'])} ({percent(leaf['low'])} to {percent(leaf['high'])})"
        shown.add_row(_bounds(leaf), f"{leaf['replications']:,}", share)
    screen.print(shown)


def _notes(screen: Console, told: Mapping[str, Any]) -> None:
    heading(screen, "How to read it")
    looked_at = told["looked_at"]
    screen.print(
        f"Looked at: {looked_at['parameters']} parameters, {looked_at['events']} events and"
        f" {looked_at['measures']} measures (those of the group's own place are only in --json)."
        " Difference: of the mean ranks, in standard deviations; of an event, + is later or never. By luck:"
        " how often any of its kind would differ as much if the group had been picked blindly; only what lies"
        f" below {percent(told['level'])} is listed."
    )
    screen.print(
        "Parameters were drawn before the campaign, so they can have brought the group about. Events and"
        " measures only went with it: some came before, some after, some are part of the same thing."
    )
