"""The answer in plain words, every number taken from the document."""

from __future__ import annotations

from typing import Any, Final

from redan.forecast.headline import headline
from redan.views.report.numbers import between, calendar, came_by, listed, percent, rounded, span

#: The day beside the horizon on which the answer says how far it is: the one nearest to this.
ABOUT_A_YEAR: Final = 365
SAME_LUCK: Final = "On the same luck"
SIDES: Final = ("attacker", "defender")


def question(document: dict[str, Any]) -> str:
    """What is asked."""
    n = len(document["courses"])
    which = "an operation by this course" if n == 1 else f"an operation by each of these {n} courses"
    return (
        f"How long would {which} against this defence take, what would it cost both sides, and what would it"
        " do to the towns and people in between?"
    )


def answer(document: dict[str, Any]) -> str:
    """The answer in one paragraph."""
    sentences = (
        _played(document),
        _ended(document),
        _taken(document),
        _losses(document),
        _people(document),
        next((sentence for sentence in details(document) if sentence.startswith(SAME_LUCK)), ""),
        _footing(document),
    )
    return " ".join(sentence for sentence in sentences if sentence)


def details(document: dict[str, Any]) -> list[str]:
    """The headline of the forecast, sentence by sentence."""
    return headline(document["forecast"])


def _played(document: dict[str, Any]) -> str:
    n, days = len(document["courses"]), document["horizon_days"]
    courses = "" if n == 1 else f" of each of {n} courses, all on the same luck"
    start, end = calendar(document["as_of"], 0), calendar(document["as_of"], days)
    return (
        f"Redan played {document['replications']:,} campaigns{courses}, from {start} for {days:,}"
        f" days, to {end}."
    )


def _ended(document: dict[str, Any]) -> str:
    found = document["survival"]
    curves = found["events"]["ended"].values()
    before = [row["day"] for row in document["days"] if row["day"] < document["horizon_days"]]
    days = min(before, key=lambda day: abs(day - ABOUT_A_YEAR), default=None)
    first = ""
    if days is not None:
        at = found["days"].index(days)
        early = between(came_by(curve["share"][at]) for curve in curves)
        first = f"within {days:,} days in {early} of them, and "
    over = ", depending on the course" if len(document["courses"]) > 1 else ""
    last = between(came_by(curve["share"][-1]) for curve in curves)
    return (
        f"Every objective is taken or left by its garrison {first}within {document['horizon_days']:,} days in"
        f" {last}{'' if first else ' of them'}{over}."
    )


def _taken(document: dict[str, Any]) -> str:
    """The objective that falls most often and the one that falls least often."""
    if len(document["objectives"]) < 2:
        return ""
    found, n = document["survival"]["events"], document["replications"]
    chances = {
        facts["name"]: [curve["came"] / n for curve in found[f"taken:{name}"].values()]
        for name, facts in document["objectives"].items()
    }
    ordered = sorted(chances, key=lambda name: sum(chances[name]))
    rarest, likeliest = ordered[0], ordered[-1]
    return (
        f"By then {likeliest} is taken most often ({between(chances[likeliest])}) and {rarest} least often"
        f" ({between(chances[rarest])})."
    )


def _losses(document: dict[str, Any]) -> str:
    told = []
    for side in SIDES:
        rows = [content["measures"][f"losses:{side}"] for content in document["forecast"]["courses"].values()]
        low, high = min(row["p10"] for row in rows), max(row["p90"] for row in rows)
        ends = f"{rounded(low, whole=True)} to {rounded(high, whole=True)}"
        told.append((side, span((row["p50"] for row in rows), whole=True), ends))
    (first, middle, ends), (second, other, others) = told
    return (
        f"In the median the {first} loses {middle} men (10 to 90 %: {ends}) and the {second} {other}"
        f" ({others}), killed, wounded out or captured."
    )


def _people(document: dict[str, Any]) -> str:
    """Residents at home and housing, from day 0 to the last day shown."""
    found = document["at_days"]["measures"]
    home = list(found["residents_left"]["courses"].values())
    housing = list(found["destroyed_km2"]["courses"].values())
    stay = span((levels["p50"][-1] for levels in home), whole=True)
    lost = span(levels["p50"][-1] for levels in housing)
    return (
        f"Of {rounded(home[0]['p50'][0], whole=True)} residents at home on the defender's side on day 0,"
        f" {stay} are still there in the median, and {lost} km2 of built-up area have been destroyed since."
    )


def _footing(document: dict[str, Any]) -> str:
    grades = document["parameters"]["by_grade"]
    return (
        f"Of the {document['parameters']['total']:,} numbers this rests on, {grades['C']:,} are judgement,"
        f" {grades['B']:,} second-hand and {grades['A']:,} read in a primary source: look at ranges, and at"
        " differences between courses, before any single number."
    )


def facts(document: dict[str, Any]) -> list[tuple[str, str]]:
    """The run at a glance."""
    days = document["horizon_days"]
    courses = document["forecast"]["courses"].values()
    error = max(row["se"] for content in courses for row in content["events"].values())
    return [
        ("Day 0", f"{calendar(document['as_of'], 0)}; nothing known later went in"),
        ("Horizon", f"{days:,} days, to {calendar(document['as_of'], days)}"),
        ("Courses", listed(list(document["courses"]))),
        ("Replications", f"{document['replications']:,} of each course, seed {document['seed']}"),
        ("Standard error", f"{percent(error)} at most, of a probability over so many replications"),
    ]


def fitted(study: dict[str, Any]) -> str:
    """Which parameters were fitted to what happened, and which were not."""
    fit, total = study["posterior"], study["parameters"]["total"]
    if fit is None:
        return (
            f"The {total:,} parameters are set from sources and judgement as listed above, and have not been"
            " fitted to past operations."
        )
    names = listed([name.replace("_", " ") for name in fit["columns"]])
    return (
        f"{len(fit['columns'])} of the {total:,} parameters ({names}) are drawn together from the fit"
        f" '{fit['name']}' to what was known by {fit['known']}; the others are set from sources and judgement"
        " as listed above."
    )
