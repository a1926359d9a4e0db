"""Figures on differences: courses in pairs on the same luck, and what each layer of the defence is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from redan.analysis.ablation import Ablation
from redan.analysis.compare import RESTRICTED
from redan.analysis.effect import Effect
from redan.views.cli.show_ablate import END, IN_WORDS, SHOWN, in_words
from redan.views.report.drawing import bars, svg
from redan.views.report.drawing.bars import Row
from redan.views.report.figures import Figure, Table
from redan.views.report.numbers import DASH, percent, rounded, signed

#: What is shown of a pair: measure -> words for the first doing better, unit of the difference.
PAIRED: Final = {
    "ended": ("ends sooner", "days"),
    "area_gained_km2": ("more ground", "km2"),
    "losses:attacker": ("attacker loses fewer", "men"),
    "losses:defender": ("defender loses fewer", "men"),
    "destroyed_km2": ("less housing lost", "km2"),
    "residents_left": ("more residents at home", "people"),
}
#: Measures of an ablation that are drawn; the table has all that the command shows.
DRAWN: Final = {
    END: "days until the end",
    "losses:attacker": "attacker's losses, men",
    "destroyed_km2": "housing destroyed, km2",
}
PERCENTS: Final = ((0.0, "0"), (0.25, "25"), (0.5, "50"), (0.75, "75"), (1.0, "100 %"))
Found = Mapping[tuple[str, str, str], dict[str, Any]]


def pairs(study: dict[str, Any]) -> Figure | None:
    """How often one course is better than another on the same luck; None with a single course."""
    found = {(row["a"], row["b"], row["measure"]): row for row in study["comparison"]}
    both = list(dict.fromkeys((row["a"], row["b"]) for row in study["comparison"]))
    if not both:
        return None
    caption = (
        "A against B: how often A is better; A minus B, median over pairs (5 to 95 %); gain from pairing"
    )
    return Figure(
        id="fig-pairs",
        title="Courses in pairs on the same luck: how often the first does better",
        says="The clearest pair for each measure:",
        points=_clearest(found, both),
        note=f"{study['replications']:,} pairs of campaigns with the same parameters and luck. Right of the"
        " middle line the first course does better more often; ties count half, and an event that came in"
        " neither is a tie. Line: 90 % interval; open marker: the interval holds 50 %. Sooner and more ground"
        " are better for the attacker; for each side, fewer losses of its own; for civilians, less harm.",
        panels=[_pair_panel(found, a, b) for a, b in both],
        tables=[
            Table(
                caption,
                ["A", "B", "measure", "A better", "90 % interval", "A minus B", "gain"],
                [_pair(found, a, b, measure) for a, b in both for measure in PAIRED],
                n_labels=3,
            )
        ],
    )


def _pair_panel(found: Found, a: str, b: str) -> svg.Panel:
    rows = []
    for measure, (words, _) in PAIRED.items():
        row = found[a, b, measure]
        low, high = row["p_interval90"]
        p, is_clear = row["p_a_better"], not low <= 0.5 <= high
        rows.append(Row(words, low, p, high, percent(p), is_clear=is_clear))
    about = f"How often {a} does better than {b}: {'; '.join(f'{row.label} {row.words}' for row in rows)}."
    return bars.points(f"{a} against {b}", about, rows, PERCENTS, lines=[(0.5, "")], left=146.0, right=46.0)


def _pair(found: Found, a: str, b: str, measure: str) -> list[str]:
    """One row of the table; of the end, the difference in days each counted to the horizon."""
    words, unit = PAIRED[measure]
    row = found[a, b, measure]
    counted = found[a, b, f"{RESTRICTED}{measure}"] if measure == "ended" else row
    low, high = row["p_interval90"]
    interval, middle = counted["interval90"], counted["median_difference"]
    ends = "" if interval is None else f" ({signed(interval[0])} to {signed(interval[1])})"
    difference = "not identified" if middle is None else f"{signed(middle)}{ends} {unit}"
    gain = DASH if counted["gain"] is None else rounded(counted["gain"], digits=2)
    return [a, b, words, percent(row["p_a_better"]), f"{percent(low)} to {percent(high)}", difference, gain]


def _clearest(found: Found, both: Sequence[tuple[str, str]]) -> list[str]:
    """For each measure the pair in which one course is better most often."""
    parts = []
    for measure, (words, _) in PAIRED.items():
        a, b = max(both, key=lambda pair: abs(found[*pair, measure]["p_a_better"] - 0.5))
        p = found[a, b, measure]["p_a_better"]
        first, second, share = (a, b, p) if p >= 0.5 else (b, a, 1.0 - p)
        parts.append(f"{words}: {first} against {second}, in {percent(share)} of the pairs")
    return parts


def layers(found: Ablation) -> Figure:
    """What each layer of the defence is worth, off in turn and alone."""
    return Figure(
        id="fig-layers",
        title="What each layer of the defence is worth: the same campaigns without it",
        says=f"Each layer off in turn, mean over {found.replications:,} pairs of campaigns:",
        points=[
            in_words(course, [e for e in found.off if e.course == course], found.horizon_days)
            for course in found.courses
        ],
        note="The value without the layer minus with it, all other layers on, from an ablation of"
        f" {found.replications:,} replications with seed {found.seed} over {found.horizon_days:,} days; line:"
        " 90 % interval of the mean. Left of the middle line: fewer days, men or km2 without the layer. Open"
        " marker: the interval holds 0.",
        panels=[
            _layers_panel(
                f"{course}: {words}",
                [e for e in found.off if (e.course, e.measure) == (course, measure)],
                _reach(found.off, measure),
            )
            for course in found.courses
            for measure, words in DRAWN.items()
        ],
        tables=[_layers_table(found)],
    )


def _reach(effects: Sequence[Effect], measure: str) -> float:
    """How far an axis must reach for every course."""
    ends = [
        abs(end)
        for e in effects
        if e.measure == measure
        for end in (*(e.interval90 or ()), e.mean_difference)
    ]
    return svg.nice_top(max(ends, default=0.0))


def _layers_panel(heading: str, effects: Sequence[Effect], reach: float) -> svg.Panel:
    ticks = [(-reach, f"−{svg.short(reach)}"), (0.0, "0"), (reach, f"+{svg.short(reach)}")]
    rows = []
    for effect in effects:
        low, high = effect.interval90 or (effect.mean_difference, effect.mean_difference)
        words = signed(effect.mean_difference)
        label = IN_WORDS[effect.thing]
        rows.append(Row(label, low, effect.mean_difference, high, words, is_clear=effect.is_clear))
    about = "; ".join(f"without {row.label} {row.words}" for row in rows)
    return bars.points(heading, f"{about}.", rows, ticks, lines=[(0.0, "")], left=112.0, right=62.0)


def _layers_table(found: Ablation) -> Table:
    rows = []
    for how, listed in (("off", found.off), ("alone", found.alone)):
        by = {(e.course, e.thing, e.measure): e for e in listed}
        for course in found.courses:
            for layer in found.layers:
                cells = [_effect(by[course, layer, measure]) for measure in SHOWN]
                rows.append([course, IN_WORDS[layer], how, *cells])
    caption = (
        "Without the layer minus with it, mean over pairs (90 % interval). Off: all layers but this one,"
        " against all. Alone: no layer, against this one alone"
    )
    return Table(caption, ["course", "layer", "how", *SHOWN.values()], rows, n_labels=3)


def _effect(effect: Effect) -> str:
    if effect.interval90 is None:
        return signed(effect.mean_difference)
    low, high = effect.interval90
    return f"{signed(effect.mean_difference)} ({signed(low)} to {signed(high)})"
