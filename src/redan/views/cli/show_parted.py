"""What separated a group of campaigns from the others, in words that need no statistics."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from redan.forecast.headline import title
from redan.views.cli.output import heading, number, percent, table
from redan.vocabulary.codes import SIDES

#: Rows shown of each kind; all are in --json.
MOST: Final = 8
#: Standardised differences from which on a difference is called large, and middling.
LARGE, MIDDLING = 0.8, 0.5
#: Events in words, and when they came.
CAME: Final = {
    "contested": "was contested",
    "taken": "was taken",
    "cleared": "was cleared",
    "isolated": "was isolated",
    "withdrawn": "was left by its garrison",
    "ended": "every objective was taken or left",
}
BY: Final = {"<=": "by", "<": "before", ">": "after"}


def show(screen: Console, told: Mapping[str, Any]) -> None:
    """Print the whole answer."""
    n, members = told["replications"], told["members"]
    which = in_which(told["group"])
    head = f"{told['scenario']}, course {told['course']}: what set apart the campaigns in which {which}"
    screen.print(Text(head, style="bold"))
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
        _rows(screen, events, lambda value, unit: percent(value), _later)
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
    differ = "1 differs" if len(parameters) == 1 else f"{len(parameters)} differ"
    said = (
        f"Of {looked_at} uncertain parameters {differ} by more than chance."
        f" In the group, most of all: {first} (means)."
    )
    leaves = told["tree"]
    if len(leaves) > 1 and leaves[0]["low"] > leaves[-1]["high"]:
        best, worst = leaves[0], leaves[-1]
        said += (
            f" Where {_bounds(best)}, {percent(best['share'])} of the campaigns are in the group; where"
            f" {_bounds(worst)}, {percent(worst['share'])} are."
        )
    return f"{said} The rest is luck, and parameters too weak to show in so many campaigns."


def _way(one: Mapping[str, Any]) -> str:
    size = abs(one["standardised"])
    much = "much " if size >= LARGE else "" if size >= MIDDLING else "a little "
    way = "higher" if one["standardised"] > 0 else "lower"
    inside, outside = (number(one[side], unit=one["unit"]) for side in ("inside", "outside"))
    return f"is {much}{way}, {inside} against {outside}"


def _bounds(leaf: Mapping[str, Any]) -> str:
    """Each parameter once, however often the tree cut it."""
    limits: dict[str, dict[bool, float]] = {}
    for bound in leaf["bounds"]:
        own = limits.setdefault(bound["parameter"], {})
        tighter = min if bound["is_upper"] else max
        own[bound["is_upper"]] = tighter(bound["value"], own.get(bound["is_upper"], bound["value"]))
    return " and ".join(f"{name} is {_between(own)}" for name, own in limits.items())


def _between(limits: Mapping[bool, float]) -> str:
    if len(limits) == 2:
        return f"above {limits[False]:.3g}, at most {limits[True]:.3g}"
    return f"at most {limits[True]:.3g}" if True in limits else f"above {limits[False]:.3g}"


def in_which(group: str) -> str:
    """`taken:kramatorsk <= 365` as the end of a sentence: Kramatorsk was taken by day 365."""
    name, *bound = group.split()
    kind, _, place = name.partition(":")
    if bound and (kind not in CAME or bound[0] not in BY):
        return group
    if kind not in CAME:
        return group if bound else f"{name} came"
    when = f" {BY[bound[0]]} day {bound[1]}" if bound else ""
    return f"{title(place)} {CAME[kind]}{when}" if place else f"{CAME[kind]}{when}"


def _elsewhere(rows: Sequence[Mapping[str, Any]], group: str) -> list[Mapping[str, Any]]:
    """Leave out what is about the same place as the group: it is mostly the same thing told again."""
    place = group.split(maxsplit=1)[0].partition(":")[2]
    own = place and place not in SIDES
    return [one for one in rows if not (own and one["name"].partition(":")[2] == place)]


def _higher(size: float) -> str:
    return f"{size:+.2f} sd"


def _later(size: float) -> str:
    return f"{abs(size):.2f} sd {'later' if size > 0 else 'sooner'}"


def _rows(
    screen: Console, rows: Sequence[Mapping[str, Any]], word: Any, way: Callable[[float], str] = _higher
) -> None:
    shown = table("", "in the group", "others", "difference", "by luck", right=(1, 2, 3, 4))
    for one in rows[:MOST]:
        inside, outside = (word(one[side], unit=one["unit"]) for side in ("inside", "outside"))
        said = one["unit"] in ("share", "-") or one["name"].partition(":")[0].endswith(f"_{one['unit']}")
        unit = "" if said else f", {one['unit']}"
        shown.add_row(
            f"{one['name']}{unit}", inside, outside, way(one["standardised"]), percent(one["p_any"])
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
        " Difference: of the mean ranks, in standard deviations; of an event, later is also never. By luck:"
        " how often any of its kind would differ as much if the group had been picked blindly; only what lies"
        f" below {100 * told['level']:.0f} % is listed."
    )
    screen.print(
        "What each parameter is: docs/reference/parameters.md. Parameters were drawn before the campaign, so"
        " they can have brought the group about. Events and measures only went with it: some came before,"
        " some after, some are part of the same thing."
    )
