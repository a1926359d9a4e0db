"""Write the pages of the analyst's study on the bundled scenario, each from a run and nothing else.

Run from the repository root: `python -m tools.publish_study PAGE`, PAGE being `spread`, `pairing` or `more`:
it writes docs/background/spread.md, pairing.md or more-of-it.md. Each says the command that rebuilds it.
"""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from redan.analysis.augment.run import augment
from redan.analysis.sensitivity.factors import CHANCE, REST
from redan.analysis.sensitivity.run import Budget, sensitivity
from redan.analysis.sensitivity.store import read
from redan.analysis.versus.compare import compare
from redan.analysis.versus.played import Size
from redan.runs.assemble import MANIFEST
from redan.runs.manifest import sources_hash
from redan.scenario.load import load_scenario
from redan.views.cli.progress import progress
from redan.views.cli.show_ablate import SHOWN
from redan.views.cli.show_sensitivity import VAGUE, name_of
from tools.derive_ground import ROOT
from tools.publish_region import filled

SCENARIO: Final = "slavyansk-kramatorsk"
PAGES: Final = ROOT / "docs" / "background"
#: A day at which the gain of pairing was promised to be shown.
PAIRING_DAYS: Final = 180
GAINS: Final = {
    "parameters": "parameters",
    "chance": "chance",
    "chance_on_top": "chance on top",
    "both": "both",
}
#: Ways of pairing that are to gain: as a forecast pairs, and what each part adds to it.
PROMISED: Final = ("parameters", "chance_on_top", "both")


@dataclass(frozen=True)
class Asked:
    """Size of what is played, and what rebuilds the page."""

    courses: tuple[str, ...]
    replications: int
    samples: int
    horizon_days: int
    seed: int
    command: str
    studies: tuple[Path, ...] = ()

    @property
    def origin(self) -> str:
        """First line of a page."""
        made = {json.loads((s / MANIFEST).read_bytes())["versions"]["redan_sources"] for s in self.studies}
        sources = ", ".join(sorted(f"`{one[:12]}`" for one in made or {sources_hash()}))
        return f"Written by `{self.command}` from the sources {sources}; not to be edited by hand."


def spread(asked: Asked) -> str:
    """The page on where the spread comes from."""
    parts = ["# Where the spread of the bundled forecast comes from", filled(asked.origin), SPREAD]
    for study in asked.studies:
        parts += of_course(read(study))
    for course in () if asked.studies else asked.courses:
        with progress() as (report, _):
            found = sensitivity(
                load_scenario(SCENARIO),
                course=course,
                budget=Budget(samples=asked.samples),
                horizon_days=asked.horizon_days,
                seed=asked.seed,
                progress=report,
            )
        parts += of_course(found.document())
    return "\n\n".join(parts) + "\n"


def of_course(told: Mapping[str, Any]) -> list[str]:
    """What the page on the spread says of one course."""
    measures = [one for one in told["measures"] if one["split"] is not None]
    names = [name_of(one["measure"]) for one in measures]
    split = [
        [words, *(share(one["split"][part]) for one in measures)]
        for words, part in (
            ("chance alone", "chance"),
            ("parameters alone", "parameters"),
            ("both together", "together"),
        )
    ]
    split += [
        [f"{grade['factor']}, with others", *(share(one["grades"][i]["total"]) for one in measures)]
        for i, grade in enumerate(measures[0]["grades"])
    ]
    groups = []
    for i, factor in enumerate(measures[0]["factors"]):
        name = factor["factor"]
        both = [(one["factors"][i]["alone"], one["factors"][i]["total"]) for one in measures]
        shown = name if name in (CHANCE, REST) else f"`{name}`"
        groups.append([shown, *(f"{share(alone)}; {share(total)}" for alone, total in both)])
    size = f"{told['campaigns']:,} campaigns over {told['horizon_days']:,} days, {told['samples']:,} points."
    if any(
        high - low > VAGUE for low, high in (one["split"]["parameters"]["interval90"] for one in measures)
    ):
        size += " Some intervals are very wide: so few points tell little."
    return [
        f"## Course `{told['course']}`",
        filled(size),
        table(["share of the variance", *names], split),
        filled("By group of the register: on its own; with all it does with others."),
        table(["group", *names], groups),
        filled("Single parameters that go with it by more than chance (rank correlation):"),
        "\n".join(filled(single(one), bullet="- ") for one in measures),
    ]


def single(measure: Mapping[str, Any]) -> str:
    """The single parameters that go with a measure."""
    found = ", ".join(f"`{p['parameter']}` {p['correlation']:+.2f}" for p in measure["strongest"])
    return f"{name_of(measure['measure'])}: {found or 'none'}."


SPREAD: Final = filled(
    "The share of the variance of each headline measure, with its 90 % interval: from chance, from the groups"
    " of the register's uncertain parameters, and from each grade. Method and reading: [where the spread of a"
    " forecast comes from](../how-to/where-the-spread-comes-from.md). A day that did not come counts as the"
    " horizon. Estimates below 0 or above 100 % are shown as 0 and 100."
)


def pairing(asked: Asked) -> str:
    """The page on what pairing gains."""
    measures = ["area_gained_km2", "losses:attacker", "losses:defender", "residents_left", "destroyed_km2"]
    size = Size(asked.replications, asked.horizon_days, asked.seed)
    first, second = asked.courses[:2]
    with progress() as (report, _):
        found = compare([f"{SCENARIO}:{first}", f":{second}"], measures=measures, size=size, progress=report)
    rows, above = [], []
    for pair in found.document()["comparison"]:
        for key, before in (("gain", ""), ("gain_log", "log ")):
            if pair[key]:
                gains = [pair[key][name] for name in GAINS]
                rows.append([before + name_of(pair["measure"]), *map(interval, gains)])
                if all(pair[key][name]["interval90"][0] > 1.0 for name in PROMISED):
                    above.append(rows[-1][0])
    return "\n\n".join(
        [
            "# What pairing gains",
            filled(asked.origin),
            filled(
                f"`{first}` and `{second}` of the bundled scenario, {found.replications:,} pairs over"
                f" {found.horizon_days:,} days. The gain is the variance of the difference had the two been"
                " played apart, over its variance as paired: as if so many times the pairs had been played;"
                " with its 90 % interval (bootstrap over couples of replications)."
            ),
            table(["measure", *GAINS.values()], rows),
            filled(
                "*Parameters* and *chance*: that alone shared, the other drawn apart. *Chance on top*: chance"
                " shared as well, over parameters shared alone. *Both*: as a forecast pairs its courses."
            ),
            filled(
                "Sharing parameters, sharing chance on top of them, and both gain more than 1 beyond the"
                f" interval's doubt for: {', '.join(above) or 'nothing'}."
            ),
            filled(
                "Where most of the variance is that of the parameters, sharing chance alone can gain little:"
                " it has to be read on top of them."
            ),
        ]
    ) + "\n"  # fmt: skip


def more(asked: Asked) -> str:
    """The page on what more of it would do."""
    with progress() as (report, _):
        found = augment(
            load_scenario(SCENARIO),
            courses=asked.courses,
            replications=asked.replications,
            horizon_days=asked.horizon_days,
            seed=asked.seed,
            progress=report,
        )
    listed = {(one.course, one.thing, one.measure): one for one in found.additions}
    parts = [
        "# What more of it would do",
        filled(asked.origin),
        filled(
            "More drones for either side, and belts begun two years earlier or later, each on the luck and"
            f" the drawn parameters of the scenario as it is: {found.replications:,} pairs of campaigns of"
            f" each course over {found.horizon_days:,} days. With the change minus as it is, and the 90 %"
            " interval of that mean; **bold** where it excludes 0. How it is asked: [what more of it would"
            " do](../how-to/ask-what-more-would-do.md)."
        ),
    ]
    for course in found.courses:
        rows = [["as it is", *(f"{found.levels[course][m]:,.0f}" for m in SHOWN)]]
        for change in found.changes:
            cells = [listed[course, change.name, m] for m in SHOWN]
            rows.append([change.words, *(difference(one.mean_difference, one.interval90) for one in cells)])
        parts += [f"## Course `{course}`", table(["", *SHOWN.values()], rows)]
    return "\n\n".join(parts) + "\n"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of the page."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def share(found: Mapping[str, Any]) -> str:
    """A share with its interval, inside 0 to 100 %."""
    value, low, high = (100 * min(1.0, max(0.0, x)) for x in (found["share"], *found["interval90"]))
    return f"{value:.0f} % ({low:.0f}-{high:.0f})"


def interval(gain: Mapping[str, Any]) -> str:
    """A gain with its interval."""
    low, high = gain["interval90"]
    digits = 1 if low >= 10.0 else 2 if low >= 2.0 else 3
    return f"{gain['gain']:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def difference(mean: float, ends: tuple[float, float] | None) -> str:
    """A difference with its interval, bold where that excludes 0."""
    if ends is None:
        return f"{mean:+,.0f}"
    said = f"{mean:+,.0f} ({ends[0]:+,.0f} to {ends[1]:+,.0f})"
    return said if ends[0] <= 0.0 <= ends[1] else f"**{said}**"


#: Page -> what writes it, its file, and the sizes it has where nobody says.
WRITERS: Final[Mapping[str, tuple[Callable[[Asked], str], str, int, int]]] = {
    "spread": (spread, "spread.md", 512, 1095),
    "pairing": (pairing, "pairing.md", 1000, PAIRING_DAYS),
    "more": (more, "more-of-it.md", 200, 1095),
}


def main(arguments: Sequence[str]) -> None:
    """Write one page."""
    parser = argparse.ArgumentParser(prog="python -m tools.publish_study", description=__doc__)
    parser.add_argument("page", choices=list(WRITERS))
    parser.add_argument("--course", action="append")
    parser.add_argument("--replications", type=int)
    parser.add_argument("--samples", type=int)
    parser.add_argument("--horizon-days", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--study", type=Path, action="append", help="a folder of redan sensitivity: spread")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args(arguments)
    write, name, size, days = WRITERS[given.page]
    asked = Asked(
        courses=tuple(given.course or ("storm", "bypass")),
        replications=given.replications or size,
        samples=given.samples or size,
        horizon_days=given.horizon_days or days,
        seed=given.seed,
        studies=tuple(given.study or ()),
        command=shlex.join(["python", "-m", "tools.publish_study", *arguments]),
    )
    (given.out or PAGES / name).write_text(write(asked), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
