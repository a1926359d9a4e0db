"""Studies as markers with intervals: what a layer or change is worth, who is better, whence the spread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from redan.analysis.ablation import Ablation
from redan.analysis.augment.run import Augmented
from redan.analysis.compare import RESTRICTED
from redan.analysis.effect import Effect
from redan.analysis.parted.separate import Separation
from redan.analysis.sensitivity.result import Sensitivity
from redan.analysis.versus.result import Versus
from redan.views.plots.picture import COLOURS, MARKERS, Picture, one_of, panels

END: Final = RESTRICTED + "ended"
#: Parameters of a group that are drawn.
MOST: Final = 20


@dataclass(frozen=True)
class Mark:
    """A value with its interval, if it has one; an empty marker where it is not told from nothing."""

    label: str
    value: float
    interval: tuple[float, float] | None
    is_clear: bool


def effects(listed: Sequence[Effect], what: str | None, says: str) -> Picture:
    """The difference that each thing makes to one measure, a panel per course."""
    measure = what or END
    one_of(measure, list(dict.fromkeys(one.measure for one in listed)))
    own = [one for one in listed if one.measure == measure]
    parts: dict[str, list[Mark]] = {}
    for one in own:
        mark = Mark(one.thing.replace("_", " "), one.mean_difference, one.interval90, one.is_clear)
        parts.setdefault(one.course, []).append(mark)
    name = "days to the end" if measure == END else f"{measure}, {own[0].unit}"
    return _marked(parts, f"{name}:\n{says} (90 % interval)", zero=0.0)


def ablation(found: Ablation, what: str | None) -> Picture:
    """Each layer off in turn."""
    return effects(found.off, what, "without the layer minus with it")


def augmented(found: Augmented, what: str | None) -> Picture:
    """Each change."""
    return effects(found.additions, what, "with the change minus as it is")


def versus(found: Versus, what: str | None) -> Picture:
    """In which share of the pairs the first alternative is better, a panel per pair."""
    names = [measure.name for measure in found.measures]
    if what is not None:
        one_of(what, names)
    parts: dict[str, list[Mark]] = {}
    for one in found.pairs:
        if what in (None, one.measure):
            ends = (one.better.low, one.better.high)
            clear = not ends[0] <= 0.5 <= ends[1]
            mark = Mark(one.measure.removeprefix(RESTRICTED), one.better.p_better, ends, clear)
            parts.setdefault(f"{one.a}\nbetter than {one.b}", []).append(mark)
    return _marked(
        parts, "share of pairs in which\nthe first is better (90 % interval)", zero=0.5, limits=(0, 1)
    )


def sensitivity(found: Sensitivity, what: str | None) -> Picture:
    """Share of the variance that goes with each factor, with all it does with others, a panel per measure."""
    table = found.table().filter((pl.col("kind") == "group") & (pl.col("index") == "total"))
    names = table["measure"].unique(maintain_order=True).to_list()
    if what is not None:
        one_of(what, names)
    parts = {
        name.removeprefix(RESTRICTED): [
            Mark(row["factor"], row["share"], (row["low"], row["high"]), row["low"] > 0.0)
            for row in table.filter(pl.col("measure") == name).iter_rows(named=True)
        ]
        for name in names
        if what in (None, name)
    }
    return _marked(parts, "share of the variance,\nwith others (90 % interval)", zero=0.0)


def separation(found: Separation, what: str | None) -> Picture:
    """By how much what was drawn differs between the group and the others."""
    if what is not None:
        one_of(what, ())
    marks = [Mark(one.name, one.standardised, None, True) for one in found.parameters[:MOST]]
    head = f"{found.group}: {found.members:,} of {found.replications:,} campaigns"
    return _marked({head: marks}, "in the group minus the others,\nstandard deviations of ranks", zero=0.0)


def _marked(
    parts: Mapping[str, Sequence[Mark]], says: str, *, zero: float, limits: tuple[float, float] | None = None
) -> Picture:
    """Markers with intervals, a panel per part; a line where nothing differs."""
    most = max(len(marks) for marks in parts.values())
    picture, axes = panels(len(parts), across=2, height=0.24 * most + 0.9, width=4.2)
    for number, (at, (head, marks)) in enumerate(zip(axes, parts.items(), strict=True)):
        colour, marker = COLOURS[number % len(COLOURS)], MARKERS[number % len(MARKERS)]
        at.axvline(zero, color="0.4", linewidth=0.8)
        for place, mark in enumerate(marks):
            if mark.interval is not None:
                at.plot(mark.interval, (place, place), color=colour, linewidth=1.2)
            face = colour if mark.is_clear else "white"
            at.plot(mark.value, place, marker=marker, markerfacecolor=face, markeredgecolor=colour)
        at.set_yticks(range(len(marks)), [mark.label for mark in marks], fontsize="small")
        at.set_ylim(len(marks) - 0.5, -0.5)
        at.set_title(head, fontsize="medium")
        at.grid(axis="x", alpha=0.3)
        if limits is not None:
            at.set_xlim(*limits)
    picture.supxlabel(says, fontsize="medium")
    return picture


DRAWN: Final[dict[type, Callable[[Any, str | None], Picture]]] = {
    Ablation: ablation,
    Augmented: augmented,
    Versus: versus,
    Sensitivity: sensitivity,
    Separation: separation,
}
