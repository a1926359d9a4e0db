"""Run the operations under history/, and write what they say beside what happened.

Each is run by the part of the fit that was known on its day 0, where there is one, and by the priors.

    python -m tools.validate_operations RUNS             # runs into the folder RUNS, then writes the page
    python -m tools.validate_operations RUNS --only-page # writes the page from the runs that are there

Everything between the two marks of the page is written here; nothing is left out because it looks bad.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import Final

import redan
from redan.calibration.operations.compare import Row, compare, observed_of, summarise
from redan.runs.folder import RunFolder
from redan.scenario.load import load_scenario
from redan.scenario.posterior import DEFAULT, PRIORS, known_part, shipped

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "validation-operations.md"
BEGIN, END = "<!-- operations: begin -->", "<!-- operations: end -->"
OPERATIONS: Final = ("pokrovsk-mirnograd", "bakhmut", "toretsk", "selydove")
REPLICATIONS: Final = 200
SEED: Final = 1
MOST_DAYS: Final = 560  # beyond the longest of them, and beyond the end of the record for Pokrovsk
TITLES: Final = {
    "milestone": "Milestones, day from day 0",
    "distance": "Distance of the front to the town's point, km",
    "area": "Ground gained in the theatre, km2 (observed: to as much more as is shown as unknown)",
    "residents": "Residents, share of day 0",
}


def run(name: str, folder: Path, posterior: str | None) -> RunFolder:
    """Forecast one operation, to the end of the record or `MOST_DAYS`."""
    scenario = load_scenario(f"history/{name}")
    days = min(MOST_DAYS, (observed_of(scenario).until - scenario.as_of).days)
    case = redan.load(f"history/{name}", posterior=posterior)
    return case.forecast(replications=REPLICATIONS, horizon_days=days, seed=SEED, out=folder).run


def runs_of(name: str, folder: Path, *, only_read: bool) -> dict[str, RunFolder]:
    """Runs of one operation by what they draw from: the fit of its day, where there is one, and priors."""
    fit = known_part(shipped(), load_scenario(f"history/{name}").as_of)
    asked = {PRIORS: PRIORS} if fit is None else {fit.name: DEFAULT, PRIORS: PRIORS}
    places = {label: folder / f"{name}-{label.replace(' ', '-')}" for label in asked}
    return {
        label: RunFolder(places[label]) if only_read else run(name, places[label], posterior)
        for label, posterior in asked.items()
    }


def number(value: float, unit: str) -> str:
    """A number for the page."""
    if math.isinf(value):
        return "later"
    return f"{value:.2f}" if unit == "share" else f"{value:,.1f}" if unit == "km" else f"{value:,.0f}"


def line(row: Row) -> str:
    """One row of a table."""
    low, best, high = (number(x, row.unit) for x in (row.observed_low, row.observed, row.observed_high))
    seen = best if low == best == high else f"{best} ({low} to {high})"
    if row.kind == "milestone" and math.isinf(row.observed_high):
        seen = f"not by day {best}"
    run_says = f"{number(row.p50, row.unit)} ({number(row.p10, row.unit)} to {number(row.p90, row.unit)})"
    said = f"| {row.what} | {seen} | {run_says} | {row.below:.2f} | {'yes' if row.holds else 'no'} |"
    return said if row.persistence is None else f"{said} {number(row.persistence, row.unit)} |"


def section(name: str, label: str, found: RunFolder) -> list[str]:
    """One operation as Markdown, by one of its runs."""
    scenario = load_scenario(f"history/{name}")
    rows = compare(scenario, found)
    lines = [
        f"## {scenario.title}",
        "",
        f"`redan forecast history/{name} --replications {found.done} --horizon-days {found.horizon_days}"
        f" --seed {found.seed}`; day 0 is {scenario.as_of}; drawn from: {label}.",
        "",
    ]
    for kind, words in TITLES.items():
        of_kind = [row for row in rows if row.kind == kind]
        if of_kind:
            more = of_kind[0].persistence is not None
            head = "| | observed | simulated: median (10 to 90 %) | below | holds |"
            lines += [f"**{words}**", "", head + (" persistence |" if more else "")]
            lines += ["|---" * (5 + more) + "|", *(line(row) for row in of_kind), ""]
    return lines


def overview(runs: dict[str, dict[str, RunFolder]]) -> list[str]:
    """How many facts lie inside, by operation, by what was drawn from, and by kind."""
    columns = "operation", "drawn from", "kind", "facts", "inside 80 %", "mean of `below`"
    lines = [f"| {' | '.join(columns)} | mean error, and of persistence |", "|---" * 7 + "|"]
    for name, by in runs.items():
        for label, found in by.items():
            for kind, numbers in summarise(compare(load_scenario(f"history/{name}"), found)).items():
                counts = f"{numbers['facts']} | {numbers['inside']} | {numbers['mean_below']:.2f}"
                errors = [
                    f"{numbers[key]:,.0f} km2" for key in ("error", "error_of_persistence") if key in numbers
                ]
                lines.append(f"| {name} | {label} | {kind} | {counts} | {', '.join(errors)} |")
    return [*lines, ""]


def main() -> None:
    """Run what is asked and replace what stands between the marks."""
    folder = Path(sys.argv[1])
    only_read = "--only-page" in sys.argv[2:]
    runs = {name: runs_of(name, folder, only_read=only_read) for name in OPERATIONS}
    parts = overview(runs)
    for name, by in runs.items():
        label, found = next(iter(by.items()))
        parts += section(name, label, found)
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    text = "\n".join(parts).rstrip()
    PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
