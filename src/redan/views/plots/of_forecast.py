"""A forecast as curves: the share of campaigns in which something has not yet come, or a measure by day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import polars as pl

from redan.analysis.censored import event_days, of_course
from redan.analysis.survival import shares_left
from redan.forecast.headline import title
from redan.forecast.result import Forecast
from redan.views.plots.picture import Picture, one_of, panels, style

KIND: Final = "taken"
CONFIDENCE: Final = 0.90
STEP_DAYS: Final = 7


def forecast(found: Forecast, what: str | None) -> Picture:
    """Survival curves of an event (`ended`) or of a kind of event (`taken`), or bands of a measure."""
    run, asked = found.run, what or KIND
    events = list(dict.fromkeys(event for course in run.courses for event in run.event_ids(course)))
    measures = {measure.name: measure for measure in run.measures}
    listed = [event for event in events if asked in (event, event.partition(":")[0])]
    if listed:
        return _curves(found, listed)
    kinds = dict.fromkeys(event.partition(":")[0] for event in events)
    one_of(asked, [*kinds, *events, *measures])
    return _bands(found, asked, measures[asked].unit)


def _curves(found: Forecast, events: Sequence[str]) -> Picture:
    run = found.run
    days = [*range(0, run.horizon_days, STEP_DAYS), run.horizon_days]
    picture, axes = panels(len(events))
    for at, event in zip(axes, events, strict=True):
        for number, course in enumerate(run.courses):
            if event not in run.event_ids(course):
                continue
            curve = shares_left(
                event_days(of_course(found.replications, course), event), days, confidence=CONFIDENCE
            )
            at.plot(days, curve.share, label=course, **style(number))
            at.fill_between(
                days, curve.low, curve.high, color=style(number)["color"], alpha=0.15, linewidth=0
            )
        at.set_title(_named(event), fontsize="medium")
        at.set_ylim(0, 1.02)
        at.grid(alpha=0.3)
    axes[0].legend(fontsize="small")
    picture.supxlabel(f"days from {run.as_of}", fontsize="medium")
    picture.supylabel(f"share of {run.done:,} campaigns\nin which it has not come", fontsize="medium")
    return picture


def _named(event: str) -> str:
    kind, _, place = event.partition(":")
    return f"{title(place)}: {kind.replace('_', ' ')}" if place else kind


def _bands(found: Forecast, measure: str, unit: str) -> Picture:
    run = found.run
    own = found.daily.filter(pl.col("measure").cast(pl.String) == measure)
    picture, axes = panels(len(run.courses))
    for number, (at, course) in enumerate(zip(axes, run.courses, strict=True)):
        rows = own.filter(pl.col("course") == course).sort("day")
        colour = style(number)["color"]
        for low, high, shade in (("p10", "p90", 0.18), ("p25", "p75", 0.35)):
            at.fill_between(rows["day"], rows[low], rows[high], color=colour, alpha=shade, linewidth=0)
        at.plot(rows["day"], rows["p50"], color=colour)
        at.set_title(course, fontsize="medium")
        at.grid(alpha=0.3)
    picture.supxlabel(
        f"days from {run.as_of}; line: median, bands: middle half and 10 to 90 %", fontsize="medium"
    )
    picture.supylabel(measure if unit == "-" else f"{measure}, {unit}", fontsize="medium")
    return picture


DRAWN: Final[dict[type, Callable[[Any, str | None], Picture]]] = {Forecast: forecast}
