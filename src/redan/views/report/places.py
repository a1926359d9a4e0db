"""Figures on ground and people: the maps, housing destroyed, residents at home."""

from __future__ import annotations

from typing import Any, Final

from redan.views.report.drawing import bars, lines, maps
from redan.views.report.figures import Figure, Table, map_classes, markers_of, over_courses
from redan.views.report.numbers import between, calendar, month, percent, rounded, span, spread

#: Units of which there are no parts.
WHOLE: Final = ("men", "people")


def control(study: dict[str, Any]) -> Figure:
    """Probability of control by cell, a map for each course on each day."""
    ground = study["ground"]
    on = maps.base(ground)
    panels = []
    for number, days in enumerate(ground["days"]):
        for course in study["courses"]:
            heading = f"{course}, {calendar(study['as_of'], days, short=True)} (day {days:,})"
            about = f"Map by probability that the attacker holds each cell. {_of(ground, course, number)}"
            held = ground["n"][course][number]
            panels.append(maps.control(heading, about, on, ground["cells"], held, study["replications"]))
    last = len(ground["days"]) - 1
    says = [
        f"{town['name']} {between(town['p'][course][last] for course in study['courses'])}"
        for town in ground["towns"]
        if town["objective"]
    ]
    size = rounded(ground["area_km2"] / len(ground["cells"]), digits=2)
    return Figure(
        id="fig-map",
        title="Who is likely to hold what: probability that the attacker holds each cell",
        says=f"Probability that the attacker holds the cell of each objective on day {ground['days'][last]:,}"
        f"{over_courses(list(study['courses']))}: {'; '.join(says)}.",
        note=f"Share of {study['replications']:,} replications in which the attacker holds the cell at the"
        f" end of the week: not one campaign. Cells are about {size} km2; towns and the line of day 0 are"
        f" coarse, rounded to 0.01 degree.{_line(ground)}",
        panels=panels,
        tables=[_towns(study)],
        legend=map_classes(),
        layout=f"wide maps of-{len(study['courses'])}",
    )


def _of(ground: dict[str, Any], course: str, number: int) -> str:
    """What one map shows, in words."""
    gained = ground["gained_km2"][course][number]
    parts = [
        f"{town['name']} {percent(town['p'][course][number])}"
        for town in ground["towns"]
        if town["objective"]
    ]
    mean, likely = rounded(gained["mean"]), rounded(gained["likely"])
    return (
        f"On average {mean} km2 more than on day 0; {likely} km2 are taken in at least half of the"
        f" replications. At the objectives: {', '.join(parts)}."
    )


def _line(ground: dict[str, Any]) -> str:
    line = ground["line"]
    if line is None:
        return " The attacker begins at his supply sources: there is no line of day 0."
    return f" The line is that of {line['date']} (grade {line['grade']})."


def _towns(study: dict[str, Any]) -> Table:
    """Probability at every town, and the ground gained."""
    ground = study["ground"]
    days = [f"day {day:,}" for day in ground["days"]]
    rows = [
        [town["name"], course, *(percent(p) for p in town["p"][course])]
        for town in ground["towns"]
        for course in study["courses"]
    ]
    rows += [
        ["ground gained, mean, km2", course, *(rounded(row["mean"]) for row in ground["gained_km2"][course])]
        for course in study["courses"]
    ]
    return Table("Probability that the attacker holds the cell of a town", ["town", "course", *days], rows)


def over_time(study: dict[str, Any], measure: str, id_: str, title: str, note: str) -> Figure:
    """A measure of the whole theatre over time, a panel for each course."""
    found = study["over_time"]
    content = found["measures"][measure]
    whole = content["unit"] in WHOLE
    highest = max(max(levels["p90"]) for levels in content["courses"].values())
    panels, says = [], []
    for index, (course, levels) in enumerate(content["courses"].items()):
        told = f"{course} {spread({level: v[-1] for level, v in levels.items()}, whole=whole)}"
        says.append(told)
        about = f"{title}: from {rounded(levels['p50'][0], whole=whole)} on day 0 to {told} on the last day."
        panels.append(lines.bands(course, about, study["as_of"], found["days"], [(index, levels)], highest))
    return Figure(
        id=id_,
        title=title,
        says=f"On day {study['horizon_days']:,}, median and 10 to 90 % over replications: {'; '.join(says)}.",
        note=f"{note} Line and number: median; darker band: 25 to 75 %; lighter: 10 to 90 % of the"
        " replications. A band is not a campaign: the replication in the middle on one day need not be there"
        " on another.",
        panels=panels,
        tables=[_quantiles(study, [measure], title)],
        layout="wide",
    )


def by_objective(study: dict[str, Any], kind: str, id_: str, title: str, note: str) -> Figure:
    """A measure in the footprint of each objective on the chosen days, course beside course."""
    found = study["at_days"]
    groups = [(f"day {day:,}", month(study["as_of"], day)) for day in found["days"]]
    panels, says = [], []
    for objective, facts in study["objectives"].items():
        content = found["measures"][f"{kind}:{objective}"]
        how = {"share": content["unit"] == "-", "whole": content["unit"] in WHOLE}
        series = {
            course: [
                {level: values[i] for level, values in levels.items()} for i in range(len(found["days"]))
            ]
            for course, levels in content["courses"].items()
        }
        highest = max(row["p90"] for rows in series.values() for row in rows)
        told = "; ".join(f"{course} {spread(rows[-1], **how)}" for course, rows in series.items())
        first = span([rows[0]["p50"] for rows in series.values()], **how)
        about = f"{title} in {facts['name']}: {first} on day 0; on the last day {told}."
        panels.append(bars.spans(facts["name"], about, groups, series, highest, share=how["share"]))
        last = span([rows[-1]["p50"] for rows in series.values()], **how)
        says.append(f"{facts['name']} {first}, then {last}")
    return Figure(
        id=id_,
        title=title,
        says=f"Median on day 0 and on day {found['days'][-1]:,}{over_courses(list(study['courses']))}:"
        f" {'; '.join(says)}.",
        note=f"{note} Marker: median; bar: 25 to 75 %; line: 10 to 90 % of the replications.",
        panels=panels,
        tables=[_quantiles(study, [f"{kind}:{name}" for name in study["objectives"]], title)],
        legend=markers_of(list(study["courses"])),
    )


def _quantiles(study: dict[str, Any], measures: list[str], title: str) -> Table:
    """Median and 10 to 90 % on the chosen days."""
    found = study["at_days"]
    rows = []
    for measure in measures:
        about = measure.partition(":")[2]
        where = study["objectives"][about]["name"] if about in study["objectives"] else "whole theatre"
        content = found["measures"][measure]
        how = {"share": content["unit"] == "-", "whole": content["unit"] in WHOLE}
        for course, levels in content["courses"].items():
            cells = [
                spread({level: values[i] for level, values in levels.items()}, **how)
                for i in range(len(found["days"]))
            ]
            rows.append([where, course, *cells])
    head = ["where", "course", *(f"day {day:,}" for day in found["days"])]
    return Table(f"{title}: median (10 to 90 %)", head, rows)
