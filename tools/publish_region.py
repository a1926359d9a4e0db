"""Write docs/background/storm-or-bypass.md: where storming does better than bypassing, or none found.

Run from the repository root: `python -m tools.publish_region`. Plays both courses of the bundled scenario on
the same luck, searches the uncertain parameters in one half of the pairs and confirms in the other
(`redan.analysis.region`). The page says the command and the seed that rebuild it.
"""

from __future__ import annotations

import argparse
import math
import sys
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from scipy import stats

from redan.analysis.boxes import LEAST_SHARE, STRONGEST, Bound
from redan.analysis.region import BOX, EVERYWHERE, LEVEL, NONE, Region, Regions, Share
from redan.forecast.headline import title
from redan.runs.manifest import sources_hash
from redan.views.case import Case
from redan.views.cli.progress import progress
from redan.vocabulary.errors import InputError
from tools.derive_ground import ROOT

SCENARIO: Final = "slavyansk-kramatorsk"
A: Final = "storm"
B: Final = "bypass"
PAGE: Final = ROOT / "docs" / "background" / "storm-or-bypass.md"
WIDTH: Final = 118
#: What better means, by measure.
WORDS: Final = {
    "ended": "all objectives fall sooner",
    "losses:attacker": "the attacker loses fewer men",
    "destroyed_km2": "less housing is destroyed",
    "residents_left": "more residents are still at home",
}
#: Parameters listed for each measure.
SHOWN: Final = 4
#: Chance of being confirmed for which the page says what a region must be like.
POWER: Final = 0.8


def page(found: Regions, *, units: Mapping[str, str], as_of: str, command: str, sources: str) -> str:
    """The whole page.

    Parameters
    ----------
    units : of every parameter
    command : what rebuilds the page
    sources : hash of the sources that played
    """
    parts = [
        f"# Storm or bypass: where does {A} do better?",
        filled(f"Written by `{command}` from the sources `{sources[:12]}`; not to be edited by hand."),
        "## Question",
        filled(
            f"`{A}` clears every site; `{B}` takes the supply routes and the flanks. Over all that is not"
            f" known of forces, weapons and behaviour as of {as_of}, does `{A}` do better? And if not over"
            " all, is there a region of the uncertain parameters in which it does?"
        ),
        "## Answer",
        filled(answer(found)),
        "## Method",
        *map(filled, method(found)),
        "## By measure",
        measures_table(found),
        "## Regions",
        *map(filled, regions(found, units)),
        "## What the outcome turns on",
        *influences(found, units),
        "## Limits",
        "\n".join(filled(point, bullet="- ") for point in limits(found)),
    ]
    return "\n\n".join(parts) + "\n"


def answer(found: Regions) -> str:
    """The answer in a few sentences."""

    def with_verdict(verdict: str) -> str:
        return listed([meaning(r.measure) for r in found.regions if r.verdict == verdict])

    said = []
    if better := with_verdict(EVERYWHERE):
        said.append(f"Over all, `{A}` does better than `{B}` more often than not in this: {better}.")
    if somewhere := with_verdict(BOX):
        said.append(f"In a region that was confirmed, and not over all, it does so in this: {somewhere}.")
    if nowhere := with_verdict(NONE):
        said.append(f"No region was found for this: {nowhere}.")
    return " ".join(said)


def method(found: Regions) -> list[str]:
    """How it was done."""
    return [
        f"{found.replications:,} pairs of campaigns over {found.horizon_days:,} days. The two campaigns of"
        " a pair share all luck and every drawn parameter; only the course differs. A pair in which both"
        " are equal, such as a town that neither course takes by the horizon, counts half.",
        f"The search is over the {found.n_parameters} parameters that nobody knows exactly and that both"
        " courses share, each cut at its quartiles. It is never over what a course decides: both plans"
        " stay as the scenario declares them. Every second pair is for searching: all boxes of one"
        f" parameter, and of two of the {STRONGEST} strongest, that hold at least {percent(LEAST_SHARE)} of"
        " the pairs are judged by the lower end of their interval, and the best is kept. The other pairs"
        " had no part in that choice; the box is confirmed if the lower end of its interval among them is"
        " above one half.",
        "Intervals are Wilson's, with continuity correction, among the pairs that differ, at"
        f" {100 * found.confidence:.4g} %. They are so wide that if `{A}` were better nowhere, anything at"
        " all would be found, over all or in a box, for any measure, with a chance of at most"
        f" {percent(LEVEL)}.",
    ]


def measures_table(found: Regions) -> str:
    """Overall shares by measure, and what the confirming half said of the best box of the other."""
    rows = [
        f"| {meaning(r.measure)} | {interval(r.overall)} | {percent(r.ties)} | {verdict(r)} | {in_box(r)} |"
        for r in found.regions
    ]
    head = f"| better means | `{A}` better, all pairs | equal | region found | best box, confirming half |"
    return "\n".join([head, "|---|---|---|---|---|", *rows])


def in_box(region: Region) -> str:
    """Share in the best box of the search among pairs that had no part in it; a dash where none is needed."""
    if region.verdict == EVERYWHERE:
        return "-"
    return f"{interval(region.confirmed)} of {region.confirmed.pairs:,}"


def verdict(region: Region) -> str:
    """What was found, in words."""
    if region.verdict == EVERYWHERE:
        return "the whole range"
    if region.verdict == BOX:
        return "a box, below"
    return f"none; `{B}` is better over all" if region.overall.high < 0.5 else "none"


def regions(found: Regions, units: Mapping[str, str]) -> list[str]:
    """Every box that was confirmed where the course is not better over all."""
    said = []
    for region in found.regions:
        if region.verdict == BOX:
            bounds = " and ".join(bound_words(bound, units) for bound in region.box)
            part = percent(2.0 * region.confirmed.pairs / found.replications)
            said.append(
                f"**{meaning(region.measure)}**: where {bounds}. The box holds {part} of the"
                f" confirming pairs, and `{A}` is better in {interval(region.confirmed)} of them."
            )
    return said or [
        f"None: there is no box in which `{A}` is confirmed to do better without doing so over all."
    ]


def bound_words(bound: Bound, units: Mapping[str, str]) -> str:
    """`attacker_men` is above 120,000 men (the upper 25 % of its draws)."""
    number = f"{bound.value:,.0f}" if abs(bound.value) >= 1000 else f"{bound.value:.3g}"
    unit = units.get(bound.parameter, "-")
    way, end = ("at most", "lower") if bound.is_upper else ("above", "upper")
    said = number if unit in ("-", "ratio", "share") else f"{number} {unit}"
    return f"`{bound.parameter}` is {way} {said} (the {end} {percent(bound.part)} of its draws)"


def influences(found: Regions, units: Mapping[str, str]) -> list[str]:
    """The parameters that go with the outcome by more than chance."""
    rows = [
        f"| {meaning(region.measure)} | `{one.parameter}` ({units.get(one.parameter, '-')}) |"
        f" {one.correlation:+.2f} | {percent(one.p_low)} | {percent(one.p_high)} |"
        for region in found.regions
        for one in region.influences[:SHOWN]
        if one.p_any <= LEVEL
    ]
    asked = filled(
        f"Rank correlation of each parameter with the outcome, in all pairs. Listed are at most {SHOWN} for"
        " each measure, and only where the strongest of all parameters would be as strong by chance in at"
        f" most {percent(LEVEL)} of permutations of that measure."
    )
    if not rows:
        return [asked, "There is none."]
    head = f"| better means | parameter | correlation | `{A}` better in its lower half | in its upper half |"
    return [asked, "\n".join([head, "|---|---|---|---|---|", *rows])]


def limits(found: Regions) -> list[str]:
    """What the page does not say."""
    return [
        f"It counts pairs, not sizes: a pair in which `{A}` is a day sooner counts as one in which it is a"
        " year sooner.",
        "None found is not none there. Even where the search picks the right box, and it holds a quarter"
        f" of the draws and no ties, `{A}` must be better in about {percent(detectable(found, 0.25))} of"
        f" its pairs to be confirmed with probability {POWER:g}.",
        "Regions are boxes of one or two parameters cut at quartiles. One that needs three, or lies in the"
        " middle of a range, is not looked for.",
        "What is not known is drawn as a forecast draws it: a few parameters from the fit to the front where"
        " one ships, the others from priors, most of them judgement. A region says on which unknowns the"
        " comparison turns in this model; it is no advice and no forecast.",
        "The plans are the scenario's own, as they stand. Another way of storming or bypassing is another"
        " question.",
    ]


def detectable(found: Regions, part: float) -> float:
    """Share better that a region of this part of the draws needs, to be confirmed with probability POWER."""
    pairs = part * found.replications / 2.0
    z = float(stats.norm.ppf(0.5 + found.confidence / 2.0) + stats.norm.ppf(POWER))
    return min(1.0, 0.5 + 0.5 * z / math.sqrt(pairs))


def meaning(measure: str) -> str:
    """What better means."""
    kind, _, about = measure.partition(":")
    return f"{title(about)} is taken sooner" if kind == "taken" else WORDS.get(measure, measure)


def interval(share: Share) -> str:
    """A share with its interval."""
    return f"{percent(share.p_better)} ({percent(share.low)} to {percent(share.high)})"


def percent(share: float) -> str:
    """In per cent, without digits that the pairs would not bear."""
    return f"{100 * share:.0f} %"


def listed(parts: Sequence[str]) -> str:
    """One; two; and three."""
    return "; ".join(parts)


def filled(text: str, bullet: str = "") -> str:
    """A paragraph in lines of the usual length."""
    return textwrap.fill(
        bullet + text,
        WIDTH,
        subsequent_indent=" " * len(bullet),
        break_on_hyphens=False,
        break_long_words=False,
    )


def main() -> int:
    """Play, search and write the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--replications", type=int, default=1000)
    parser.add_argument("--horizon-days", type=int, default=1095)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--out", type=Path, default=PAGE)
    asked = parser.parse_args()
    try:
        case = Case.load(SCENARIO)
        with progress() as (report, _):
            found = case.where_better(
                A,
                B,
                replications=asked.replications,
                horizon_days=asked.horizon_days,
                seed=asked.seed,
                threads=asked.threads,
                progress=report,
            )
    except InputError as error:
        sys.stderr.write("".join(f"{fault}\n" for fault in error.faults))
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        return 1
    command = (
        f"python -m tools.publish_region --replications {asked.replications}"
        f" --horizon-days {asked.horizon_days} --seed {asked.seed}"
    )
    text = page(
        found,
        units={name: parameter.unit for name, parameter in case.parameters.items()},
        as_of=case.scenario.as_of.isoformat(),
        command=command,
        sources=sources_hash(),
    )
    asked.out.write_text(text, encoding="utf-8")
    print(f"{asked.out}: {found!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
