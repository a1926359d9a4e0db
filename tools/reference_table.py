"""Write the numbers of the reference class into docs/background/outside-view.md.

python -m tools.reference_table
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from redan.analysis.survival import aalen_johansen, kaplan_meier
from redan.forecast.outside.base_rate import (
    OTHER,
    WANTED,
    approach_cases,
    ended_how,
    fight_cases,
    fight_share,
)
from redan.forecast.outside.cases import bundled_scores, learned_weight, load_cases, pool_case
from redan.forecast.outside.settings import load_settings
from redan.sources.reference import LAST_DAY, TAKEN, Battle, load_reference_class

PAGE = Path(__file__).parents[1] / "docs" / "background" / "outside-view.md"
DAYS = (30, 90, 180, 365, 730)


def selections() -> str:
    """Share taken by so many days since the fight began, for each selection, by Aalen and Johansen."""
    known = load_reference_class().known_on(LAST_DAY)
    rows = [
        f"| counted | battles | wars | {' | '.join(f'by day {day}' for day in DAYS)} | held in the end |",
        f"|---|{'---|' * (len(DAYS) + 3)}",
    ]
    for selection in load_settings().selections:
        chosen = [battle for battle in known.battles if selection.takes(battle)]
        wars = len({battle.war for battle in chosen})
        shares = " | ".join(f"{100 * share:.0f} %" for share in _taken(chosen, selection.one_vote))
        held = np.average(
            [battle.end_state == "held" for battle in chosen],
            weights=[count for _, _, count in fight_cases(chosen, one_vote=selection.one_vote)],
        )
        rows.append(f"| {selection.words} | {len(chosen)} | {wars} | {shares} | {100 * held:.0f} % |")
    return "\n".join(rows)


def _taken(battles: Sequence[Battle], one_vote: bool) -> list[float]:
    """Shares by the days: without an assumption of form where every battle counts one, else by the laws."""
    cases = fight_cases(battles, one_vote=one_vote)
    if one_vote:
        law = fight_share(cases, DAYS[-1])
        return [float(law[day]) for day in DAYS]
    steps, share = aalen_johansen([days for days, _, _ in cases], [cause for _, cause, _ in cases], 2)
    return [float(share[WANTED][np.searchsorted(steps, day, side="right") - 1]) for day in DAYS]


def endings() -> str:
    """How the fights ended, and how long they took."""
    battles = load_reference_class().battles
    shares = ended_how(battles, DAYS)
    by_day = " | ".join(f"by day {day}" for day in DAYS)
    rows = [f"| end | battles | days: 25 %, median, 75 % | {by_day} |", f"|---|{'---|' * (len(DAYS) + 2)}"]
    for state in ("stormed", "withdrawn", "surrendered", "starved", "held", "censored"):
        days = [battle.days for battle in battles if battle.end_state == state]
        spread = ", ".join(f"{value:.0f}" for value in np.quantile(days, (0.25, 0.5, 0.75)))
        ended = " | ".join(f"{100 * share:.0f} %" for share in shares[state]) if state in shares else ""
        rows.append(f"| {state} | {len(days)} | {spread} | {ended or ' | '.join([''] * len(DAYS))} |")
    cases = fight_cases(battles)
    curve = kaplan_meier([days for days, _, _ in cases], [cause in (WANTED, OTHER) for _, cause, _ in cases])
    law = fight_share(cases, DAYS[-1])
    own = _taken(battles, False)
    apart = max(abs(float(law[day]) - share) for day, share in zip(DAYS, own, strict=True))
    rows += [
        "",
        f"Still going on after {DAYS[1]} days: {100 * curve.at(DAYS[1]):.0f} %; after {DAYS[3]}:"
        f" {100 * curve.at(DAYS[3]):.0f} % (Kaplan-Meier). The laws that the forecast uses differ from the"
        f" curve of the share taken by at most {100 * apart:.0f} percentage points at the days above.",
    ]
    return "\n".join(rows)


def approaches() -> str:
    """How long from each clock until the fight began."""
    known = load_reference_class()
    rows = ["| clock | approaches | fight begun | median days to it (Kaplan-Meier) |", "|---|---|---|---|"]
    for km in sorted(load_settings().clocks_km, reverse=True):
        cases = approach_cases(known, "within_20km" if km == 20 else "within_10km")
        curve = kaplan_meier([days for days, _, _ in cases], [cause == WANTED for _, cause, _ in cases])
        median = curve.day[np.argmax(curve.share <= 0.5)] if (curve.share <= 0.5).any() else float("nan")
        begun = sum(cause == WANTED for _, cause, _ in cases)
        rows.append(f"| front within {km} km | {len(cases)} | {begun} | {median:.0f} |")
    return "\n".join(rows)


def verified() -> str:
    """How many rows were read."""
    battles = load_reference_class().battles
    read = sum(battle.is_read for battle in battles)
    taken = sum(battle.end_state in TAKEN for battle in battles)
    return (
        f"{len(battles)} battles in {len({battle.war for battle in battles})} wars, {taken} of them ending"
        f" with the place taken. For {read} a text was read; {len(battles) - read} are remembered."
    )


def cases() -> str:
    """Past cases of the pool: what came of each town, and what was given to it."""
    listed = [(case, found) for case in load_cases() if (found := pool_case(case)) is not None]
    if not listed:
        return "No case yet: the prior stands."
    weight, scores = learned_weight(), bundled_scores()
    rows = ["| operation | town | from | what came | past battles | simulator |", "|---|---|---|---|---|---|"]
    for case, found in listed:
        came = f"taken on day {case.taken_day}" if case.taken_day else f"not by day {case.followed_days}"
        given = " | ".join(
            f"{100 * part[found.first : found.last + 1].sum():.1f} %"
            for part in (found.base, found.simulator)
        )
        rows.append(f"| {case.operation} | {case.objective} | {case.as_of} | {came} | {given} |")
    assert scores is not None
    return "\n".join(
        [
            f"Probability that each gave to the interval of days in which it came (or to all later ones):"
            f" {len(listed)} cases, {listed[0][0].replications} replications each, `{listed[0][0].command}`.",
            "",
            *rows,
            "",
            f"Mean log score (lower is better; a town in several operations counts once): past battles"
            f" {scores.base:.2f}, simulator {scores.simulator:.2f}, pooled {scores.pooled:.2f}, each case by"
            f" a weight learned from the others. Weight of the simulator {weight.value:.2f} (90 %:"
            f" {weight.low:.2f} to {weight.high:.2f}), {weight.kind} pool.",
        ]
    )


PARTS = {
    "verified": verified,
    "selections": selections,
    "endings": endings,
    "approaches": approaches,
    "cases": cases,
}


def built(page: str) -> str:
    """The page with every part between its marks made anew."""
    for name, part in PARTS.items():
        marked = re.compile(rf"(<!-- {name}: begin -->\n).*?(<!-- {name}: end -->)", re.DOTALL)
        text = part()
        page = marked.sub(lambda found, text=text: f"{found[1]}{text}\n{found[2]}", page)  # type: ignore[misc]
    return page


def main() -> None:
    """Rewrite the page."""
    PAGE.write_text(built(PAGE.read_text()))
    print(PAGE.name)


if __name__ == "__main__":
    main()
