"""Run the operations of the past as of their own day: the cases from which the weight of the pool is learned.

python -m tools.pool_cases [--replications 500] [--horizon-days 730] [FOLDER ...]

Each FOLDER (default: every one under bundled/history that has an observed.yaml) is a scenario with the course
`as_is` and what was observed. It draws from the part of the shipped fit that was known on its day, or from
the priors; nothing observed of it reaches the simulator. Writes reference/pool_cases.json; run it again
whenever the engine or its parameters move. The page on the outside view follows.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from redan.analysis.censored import event_days, of_course
from redan.forecast.outside.cases import (
    TownCase,
    TownCases,
    bundled_cases,
    bundled_scores,
    learned_weight,
    load_cases,
)
from redan.forecast.outside.pool import edges_within
from redan.forecast.outside.settings import load_settings
from redan.forecast.outside.view import POOLED_COURSE, fronts_of
from redan.forecast.result import Forecast
from redan.forecast.run import run_forecast
from redan.scenario.load import load_scenario
from redan.scenario.posterior import DEFAULT, PRIORS, known_part, shipped
from redan.vocabulary.documents import read_document
from redan.vocabulary.outcomes import slug
from tools import reference_table

BUNDLED = Path(__file__).parents[1] / "src" / "redan" / "bundled"
OUT = BUNDLED / "reference" / "pool_cases.json"


def cases_of(found: Forecast, observed: Mapping[str, Any], command: str) -> list[TownCase]:
    """One case for each objective of a run of which it was observed whether and when it was taken.

    Parameters
    ----------
    found : a run with the course `as_is`
    observed : content of observed.yaml: `milestones` with `town`, `event`, `date` and `known` (the last day
        of which it is known, where the event has no date)
    """
    run = found.run
    resolved = run.manifest["resolved"]
    ids = {slug(place["name"]): place.get("geonameid") for place in resolved["places"]}
    seen = {slug(row["town"]): row for row in observed["milestones"] if row["event"] == "taken"}
    fronts = fronts_of(run.daily, POOLED_COURSE)
    own = of_course(run.replications, POOLED_COURSE)
    edges = edges_within(load_settings().interval_edges_days, run.horizon_days)
    cases = []
    for name in run.objectives:
        row = seen.get(name)
        if row is None or name not in fronts or _before(row, run.as_of):
            continue
        came = event_days(own, f"taken:{name}")
        known = (_day(row["known"]) - run.as_of).days
        taken = None if "date" not in row else (_day(row["date"]) - run.as_of).days
        cases.append(
            TownCase(
                operation=run.scenario,
                objective=name,
                geonameid=ids.get(name),
                as_of=run.as_of,
                front_km=round(fronts[name], 1),
                taken_day=taken,
                followed_days=known,
                replications=run.done,
                edges_days=tuple(edges),
                came_by=tuple(int(np.count_nonzero(came <= edge)) for edge in edges),
                command=command,
            )
        )
    return cases


def _before(row: Mapping[str, Any], as_of: dt.date) -> bool:
    """Whether it was taken on day 0 or before, or nothing is known of it after day 0."""
    return _day(row.get("date", row["known"])) <= as_of


def _day(value: Any) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--replications", type=int, default=500)
    parser.add_argument("--horizon-days", type=int, default=730)
    parser.add_argument("--out", type=Path, default=OUT)
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> None:
    """Run every operation and write the cases."""
    asked = _arguments(words)
    folders = asked.folders or sorted(path.parent for path in BUNDLED.glob("history/*/observed.yaml"))
    cases: list[TownCase] = []
    for folder in folders:
        with tempfile.TemporaryDirectory() as place:
            fit = known_part(shipped(), load_scenario(folder).as_of)
            found = run_forecast(
                folder,
                posterior=PRIORS if fit is None else DEFAULT,
                courses=[POOLED_COURSE],
                replications=asked.replications,
                horizon_days=asked.horizon_days,
                out=Path(place) / "run",
            )
            command = (
                f"python -m tools.pool_cases --replications {asked.replications} --horizon-days"
                f" {asked.horizon_days}"
            )
            observed: Any = read_document(folder / "observed.yaml", "observed.yaml").value
            cases += cases_of(found, observed, command)
        print(f"{folder.name}: {len(cases)} cases so far")
    whole = TownCases(cases=tuple(cases))
    asked.out.write_text(json.dumps(whole.model_dump(mode="json"), indent=1) + "\n")
    if asked.out == OUT:
        for kept in (load_cases, bundled_cases, learned_weight, bundled_scores):  # of the file before
            kept.cache_clear()
        reference_table.main()


if __name__ == "__main__":
    main()
