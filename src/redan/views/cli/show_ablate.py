"""What the layers of a defence are worth, as text: plain words, then each layer off in turn and alone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from redan.analysis.ablation import Ablation
from redan.analysis.compare import RESTRICTED
from redan.analysis.effect import Effect
from redan.views.cli.output import heading, table

END: Final = RESTRICTED + "ended"
#: Columns of the tables: measure -> heading.
SHOWN: Final = {
    END: "days to end",
    "area_gained_km2": "ground km2",
    "losses:attacker": "attacker men",
    "losses:defender": "defender men",
    "destroyed_km2": "housing km2",
    "residents_left": "residents",
}
#: What the words on top say of a difference: measure -> (sentence, word below 0, word above 0).
WORDS: Final = {
    END: ("the operation ends {n} days {way} (counted to day {horizon})", "sooner", "later"),
    "area_gained_km2": ("{n} km2 {way} ground is taken", "less", "more"),
    "losses:attacker": ("the attacker loses {n} {way} men", "fewer", "more"),
    "losses:defender": ("the defender loses {n} {way} men", "fewer", "more"),
    "destroyed_km2": ("{n} km2 {way} housing is destroyed", "less", "more"),
    "residents_left": ("{n} {way} residents are still at home", "fewer", "more"),
}
SUBJECTS: Final = {
    END: "days to the end",
    "area_gained_km2": "ground taken",
    "losses:attacker": "the attacker's losses",
    "losses:defender": "the defender's losses",
    "destroyed_km2": "housing",
    "residents_left": "residents at home",
}
IN_WORDS: Final = {
    "works": "works",
    "obstacles": "obstacles",
    "strongholds": "strongholds",
    "drone_zone": "the drone zone",
    "reserves": "reserves",
    "relief": "relief",
    "counter_attack": "counter-attacks",
    "outside_support": "outside support",
}
#: Room of the first column and of each further one; the ranges are at most 12 characters.
FIRST_WIDTH: Final = 17
COLUMN_WIDTH: Final = 14


def show(screen: Console, found: Ablation) -> None:
    """Print the whole answer."""
    screen.print(Text(f"{found.scenario}: what each layer is worth, as of {found.as_of}", style="bold"))
    size = f"{found.replications:,} pairs of campaigns of each course, {found.horizon_days:,} days"
    screen.print(f"{size}, seed {found.seed}")
    for course in found.courses:
        screen.print()
        screen.print(in_words(course, [e for e in found.off if e.course == course], found.horizon_days))
    for course in found.courses:
        heading(screen, f"{course}, each layer off in turn: all layers but this one, minus all layers")
        _table(screen, course, found.off, "all layers on", found.levels["all"][course])
        heading(screen, f"{course}, each layer alone: no layer at all, minus this one alone")
        _table(screen, course, found.alone, "no layer on", found.levels["none"][course])
    _notes(screen, found)


def in_words(course: str, effects: Sequence[Effect], horizon_days: int) -> str:
    """Say of one course which layer, taken away, changes each measure most, as far as it is clear.

    Where that is one layer in everything, what the next ones change is said as well.
    """
    said = _most(effects)
    if not said:
        return f"{course}: taking away one layer changes nothing by more than chance."
    largest = "Each is the largest mean change of any layer taken away."
    text = f"{course}: {_sentences(said, horizon_days)}. {largest}"
    if len(said) == 1:
        rest = _most([effect for effect in effects if effect.thing not in said])
        text += f" Next to it, {_sentences(rest, horizon_days)}." if rest else ""
    told = {effect.measure for listed in said.values() for effect in listed}
    unclear = [subject for measure, subject in SUBJECTS.items() if measure not in told]
    return f"{text} By no more than chance: {_listed(unclear)}." if unclear else text


def _most(effects: Sequence[Effect]) -> dict[str, list[Effect]]:
    """The clear effect that is largest for each measure, by layer."""
    found: dict[str, list[Effect]] = {}
    for measure in SHOWN:
        clear = [effect for effect in effects if effect.measure == measure and effect.is_clear]
        if clear:
            most = max(clear, key=lambda effect: abs(effect.mean_difference))
            found.setdefault(most.thing, []).append(most)
    return found


def _sentences(found: Mapping[str, Sequence[Effect]], horizon_days: int) -> str:
    return "; ".join(
        f"without {IN_WORDS[layer]} {_listed([_sentence(effect, horizon_days) for effect in effects])}"
        for layer, effects in found.items()
    )


def _sentence(effect: Effect, horizon_days: int) -> str:
    sentence, below, above = WORDS[effect.measure]
    number = _rounded(abs(effect.mean_difference))
    way = below if effect.mean_difference < 0 else above
    return sentence.format(n=number, way=way, horizon=f"{horizon_days:,}")


def _listed(parts: Sequence[str]) -> str:
    return " and ".join((", ".join(parts[:-1]), parts[-1]) if len(parts) > 1 else parts)


def _rounded(value: float) -> str:
    """A number in words: no digit that the interval would not bear."""
    if value < 10:
        return f"{value:.1f}"
    digits = max(0, math.floor(math.log10(value)) - 2)
    return f"{round(value, -digits):,.0f}"


def _table(
    screen: Console, course: str, effects: Sequence[Effect], base: str, levels: Mapping[str, float]
) -> None:
    """Print the layers of one course, in as many tables as the width asks for."""
    listed = {(e.thing, e.measure): e for e in effects if e.course == course}
    layers = list(dict.fromkeys(layer for layer, _ in listed))
    fit = max(1, (screen.width - FIRST_WIDTH + 2) // COLUMN_WIDTH)
    n_tables = math.ceil(len(SHOWN) / fit)
    size = math.ceil(len(SHOWN) / n_tables)
    for start in range(0, len(SHOWN), size):
        measures = list(SHOWN)[start : start + size]
        shown = table(
            "without" if base.startswith("all") else "alone",
            *(SHOWN[measure] for measure in measures),
            right=tuple(range(1, 1 + len(measures))),
        )
        shown.add_row(base, *(in_short(levels[measure]) for measure in measures))
        for layer in layers:
            shown.add_row(layer, *(shown_difference(listed[layer, measure]) for measure in measures))
        screen.print(shown)


def shown_difference(effect: Effect) -> Text:
    """The mean difference, marked where it is clear, and its interval below it."""
    mark = "*" if effect.is_clear else " "
    below = "" if effect.interval90 is None else "..".join(_signed(end) for end in effect.interval90)
    return Text(f"{_signed(effect.mean_difference)}{mark}\n{below}")


def _signed(value: float) -> str:
    shown = in_short(value)
    return f"+{shown}" if value > 0 and shown.strip("0.") else shown


def in_short(value: float) -> str:
    """A number in at most four characters and a sign."""
    if abs(value) >= 9_950:
        return f"{value / 1000:.0f}k"
    if abs(value) >= 1000:
        return f"{value / 1000:.1f}k"
    shown = f"{value:.0f}" if abs(value) >= 10 else f"{value:.1f}"
    return "0" if not shown.strip("-0.") else shown


def _notes(screen: Console, found: Ablation) -> None:
    """Say what the numbers are."""
    heading(screen, "How to read it")
    screen.print(
        f"Each number is a mean over {found.replications:,} pairs of campaigns with the same parameters and"
        " luck, without the layer minus with it. Below it its 90 % interval (Student's t over pairs); * the"
        " interval excludes 0. Where a layer is worth nothing, about one interval in ten does so by chance."
    )
    screen.print(
        "Days: until every objective is taken or left by its garrison, counted to day"
        f" {found.horizon_days:,} at most. Residents: at home on that day. Housing: built-up area destroyed."
    )
    screen.print(
        "Every layer counts as the defender's. The drone zone and relief act on both sides; off, they are off"
        " for both. Off in turn and alone differ where layers stand in for each other or need each other."
    )
    still = [
        f"{layer} {how} ({course})"
        for how, listed in (("off", found.off), ("alone", found.alone))
        for course in found.courses
        for layer in found.layers
        if all(_is_nothing(e) for e in listed if (e.course, e.thing) == (course, layer))
    ]
    if still:
        screen.print(f"No difference in any pair: {', '.join(still)}.")
    screen.print("Each objective, the exchange ratio and how often the defender is worse off: --json.")


def _is_nothing(effect: Effect) -> bool:
    return effect.mean_difference == 0.0 and effect.interval90 in (None, (0.0, 0.0))
