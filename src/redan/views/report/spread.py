"""Figure on where the spread comes from: shares of the variance, from a sensitivity study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from redan.analysis.sensitivity.factors import CHANCE
from redan.views.cli.show_sensitivity import in_words, name_of
from redan.views.report.drawing import bars, svg
from redan.views.report.drawing.bars import Row
from redan.views.report.figures import Figure, Table
from redan.views.report.numbers import percent

PERCENTS: Final = ((0.0, "0"), (0.25, "25"), (0.5, "50"), (0.75, "75"), (1.0, "100 %"))
#: Words for the parts of the variance that add up to all of it.
PARTS: Final = {
    "chance": "chance alone",
    "parameters": "parameters alone",
    "together": "only both together",
}


def shares(study: Mapping[str, Any]) -> Figure | None:
    """Shares of the variance by measure; None where no measure varies."""
    measures = [one for one in study["measures"] if one["split"] is not None]
    if not measures:
        return None
    return Figure(
        id="fig-spread",
        title=f"Where the spread comes from, course {study['course']}: shares of the variance",
        says="Shares with their 90 % intervals:",
        points=[in_words(one) for one in measures],
        note=f"From a sensitivity study of {study['campaigns']:,} campaigns over"
        f" {study['horizon_days']:,} days with seed {study['seed']}. The share that would stay if all but"
        " this were known, with all it does together with others, so that shares may add up to more than"
        " 100 %; line: 90 % interval, open marker: it holds 0. The groups are those of the register.",
        panels=[_panel(one) for one in measures],
        tables=[_table(measures)],
    )


def _panel(measure: Mapping[str, Any]) -> svg.Panel:
    listed = sorted(measure["factors"], key=lambda one: (one["factor"] == CHANCE, -one["total"]["share"]))
    judged = [grade for grade in measure["grades"] if grade["factor"] == "grade C"]
    rows = []
    for one in [*listed, *judged]:
        low, high = one["total"]["interval90"]
        value = min(1.0, max(0.0, one["total"]["share"]))
        label = "judgement (C)" if one["factor"] == "grade C" else one["factor"]
        rows.append(Row(label, max(0.0, low), value, min(1.0, high), percent(value), is_clear=low > 0.0))
    name = name_of(measure["measure"])
    about = f"{name}: {'; '.join(f'{row.label} {row.words}' for row in rows)}."
    return bars.points(name, about, rows, PERCENTS, left=112.0, right=50.0)


def _table(measures: Sequence[Mapping[str, Any]]) -> Table:
    rows = []
    for one in measures:
        name = name_of(one["measure"])
        rows += [[name, words, _cell(one["split"][part]), ""] for part, words in PARTS.items()]
        rows += [
            [name, factor["factor"], _cell(factor["alone"]), _cell(factor["total"])]
            for factor in [*one["factors"], *one["grades"]]
        ]
    caption = (
        "Share of the variance (90 % interval): of a factor on its own, and with all it does with others"
    )
    return Table(caption, ["measure", "factor", "on its own", "with others"], rows)


def _cell(share: Mapping[str, Any]) -> str:
    value, low, high = (min(1.0, max(0.0, end)) for end in (share["share"], *share["interval90"]))
    return f"{percent(value)} ({percent(low)} to {percent(high)})"
