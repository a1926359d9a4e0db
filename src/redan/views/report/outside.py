"""The figure of the outside view: past battles, the simulator and both pooled, for each objective."""

from __future__ import annotations

from typing import Any, Final

from redan.views.report.drawing import bars, svg
from redan.views.report.drawing.bars import Row
from redan.views.report.figures import Figure, Table
from redan.views.report.numbers import day, percent

#: Views in the order in which they are shown: name, and words for its row.
VIEWS: Final = {"reference_class": "past battles", "simulator": "simulator", "pooled": "pooled"}
#: Styles of the markers of the views.
STYLES: Final = {"reference_class": 1, "simulator": 0, "pooled": 2}


def three_views(study: dict[str, Any]) -> Figure | None:
    """Day on which each objective is taken, on every view; None where no clock of the class runs."""
    outside = study["forecast"]["outside_view"]
    shown = {name: said for name, said in outside["objectives"].items() if said["why"] is None}
    if not shown:
        return None
    horizon = study["horizon_days"]
    ticks = [(float(tick), f"{tick:,}") for tick in svg.day_ticks(horizon)]
    if ticks[-1][0] < horizon:
        ticks.append((float(horizon), ""))
    within = sorted({c["within_days"] for c in outside["claimed"] if c["within_days"] < horizon})
    marks = [(float(days), f"claimed: {days:,}") for days in within]
    panels = []
    for name, said in shown.items():
        rows = []
        for view, found in _views(said):
            days, came = found["day"], percent(found["p_by_day"][str(horizon)])
            rows.append(Row(VIEWS[view], days["p10"], days["p50"], days["p90"], came, STYLES[view]))
        about = "; ".join(f"{row.label} median day {day(row.middle)}, {row.words} by the end" for row in rows)
        heading = f"{_named(study, name)} taken"
        panels.append(bars.points(heading, f"{about}.", rows, ticks, lines=marks, left=86.0, right=52.0))
    return Figure(
        id="fig-outside",
        title="When each objective is taken: what past battles say, what the simulator says, and both pooled",
        says=_says(study, outside, shown),
        note=_note(study, outside),
        panels=panels,
        tables=[
            _chances(study, shown),
            _clocks(study, outside),
            _selections(study, outside, shown),
            _endings(outside),
        ],
    )


def past_battles(study: dict[str, Any]) -> str:
    """What past battles say beside the two other views, in words, or why they say nothing."""
    outside = study["forecast"]["outside_view"]
    shown = {name: said for name, said in outside["objectives"].items() if said["why"] is None}
    if not shown:
        reasons = sorted({str(said["why"]) for said in outside["objectives"].values()})
        why = "; ".join(reasons)
        return (
            f"Past battles say nothing of these objectives: {why}. Nothing on this page is pooled with them."
        )
    facts = outside["reference_class"]
    said = (
        f"{facts['battles']} fights for towns and fortified places in {facts['wars']} wars, each counted on"
        " the clock that the town stands on."
    )
    course = outside["course"]
    pooled = "" if course is None else f" The simulator's course {course} is pooled with them."
    return f"{said}{pooled} {_says(study, outside, shown)}"


def _views(said: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(view, said["views"][view]) for view in VIEWS if view in said["views"]]


def _named(study: dict[str, Any], objective: str) -> str:
    return str(study["objectives"][objective]["name"])


def _says(study: dict[str, Any], outside: dict[str, Any], shown: dict[str, Any]) -> str:
    """What sources claim beside the three views; without a claim, the medians."""
    parts = []
    for claim in outside["claimed"]:
        key = str(claim["within_days"])
        for event in claim["events"]:
            said = shown.get(event.removeprefix("taken:"))
            told = [
                f"{VIEWS[view]} {percent(found['p_by_day'][key])}"
                for view, found in (_views(said) if said else [])
                if key in found["p_by_day"]
            ]
            if told:
                name = _named(study, event.removeprefix("taken:"))
                days, who = claim["within_days"], claim["who"]
                parts.append(f"{name} within the {days:,} days of the {who}: {', '.join(told)}")
    if not parts:
        for name, said in shown.items():
            told = [f"{VIEWS[view]} {day(found['day']['p50'])}" for view, found in _views(said)]
            parts.append(f"median day for {_named(study, name)}: {', '.join(told)}")
    return f"{'. '.join(parts)}."


def _note(study: dict[str, Any], outside: dict[str, Any]) -> str:
    facts, weight = outside["reference_class"], outside["weight"]
    pooled = f"Not pooled: {outside['why_not_pooled']}."
    if outside["course"] is not None:
        low, high = weight["interval90"]
        pooled = (
            f"Simulator: course {outside['course']}, the only one that is a forecast of what will be done."
            f" Pooled: {weight['pool']} pool, weight of the simulator {weight['simulator']:.2f} (90 %:"
            f" {low:.2f} to {high:.2f}, from {weight['cases']} past cases and a prior of"
            f" {weight['prior_mean']:g}).{_past(weight['past_log_score'])}"
        )
    return (
        f"Past battles: {facts['battles']} fights for towns and fortified places in {facts['wars']} wars"
        f" since 1914, of which {facts['taken']} ended with the place taken, {facts['held']} with it held,"
        f" and {facts['censored']} had not ended by {facts['as_of']}; {facts['approaches']} approaches of"
        f" one war say how long the front takes to come near. {facts['read']} of the rows were checked"
        " against a text, the rest are remembered. It is no random sample: famous fights are"
        f" over-represented. Taken includes a garrison that left or gave up. {pooled} A marker stands on"
        " the median day, its line runs from the 10 % to the 90 % day, an arrow: past the horizon; at the"
        f" right: taken by day {study['horizon_days']:,}."
    )


def _past(scores: dict[str, float] | None) -> str:
    if scores is None:
        return ""
    return (
        f" Mean log score on those cases, lower is better: past battles {scores['base']:.2f}, simulator"
        f" {scores['simulator']:.2f}, pooled by the other cases' weight {scores['pooled']:.2f}."
    )


def _chances(study: dict[str, Any], shown: dict[str, Any]) -> Table:
    days = list(next(iter(shown.values()))["views"]["reference_class"]["p_by_day"])
    rows = []
    for name, said in shown.items():
        for view, found in _views(said):
            quantiles = [day(value) for value in found["day"].values()]
            chances = [percent(found["p_by_day"][at]) for at in days]
            rows.append([_named(study, name), VIEWS[view], *chances, " / ".join(quantiles)])
    head = ["taken", "view", *(f"by day {int(at):,}" for at in days), "10 / 50 / 90 % day"]
    return Table("Probability that it is taken, and its day (a dash: past the horizon)", head, rows)


def _clocks(study: dict[str, Any], outside: dict[str, Any]) -> Table:
    """The clock on which each objective stands on day 0, or why there is none."""
    rows = []
    for name, said in outside["objectives"].items():
        front = "" if said["front_km"] is None else f"{said['front_km']:.1f}"
        if said["why"] is None:
            since = said["since"] if said["elapsed_days"] else "day 0"
            cells = [said["clock_words"], since, f"{said['elapsed_days']:,}", said["note"]]
        else:
            cells = ["none", "", "", said["why"]]
        rows.append([_named(study, name), *cells, front])
    head = ["objective", "clock", "since", "days on it", "note", "front on day 0, km"]
    return Table("Clock of the base rate, to the town's point", head, rows, n_labels=5)


def _endings(outside: dict[str, Any]) -> Table:
    """How past fights had ended by so many days since they began."""
    ended = outside["reference_class"]["ended_by_day"]
    days = list(next(iter(ended.values())))
    rows = [[end, *(percent(shares[at]) for at in days)] for end, shares in ended.items()]
    caption = "How past fights had ended, by days since the fight began (competing ends)"
    return Table(caption, ["end", *(f"by day {int(at):,}" for at in days)], rows, n_labels=1)


def _selections(study: dict[str, Any], outside: dict[str, Any], shown: dict[str, Any]) -> Table:
    """How much the base rate rests on which battles are counted."""
    words = outside["reference_class"]["selections"]
    days = list(next(iter(shown.values()))["views"]["reference_class"]["p_by_day"])
    at = days[min(len(days) - 1, 3)]
    rows = [
        [
            _named(study, name),
            *(
                percent(said["selections"][one]["p_by_day"][at]) if one in said["selections"] else "-"
                for one in words
            ),
        ]
        for name, said in shown.items()
    ]
    caption = f"Base rate by day {int(at):,} if other battles are counted (-: too few)"
    return Table(caption, ["taken", *words.values()], rows)
