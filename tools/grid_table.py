"""Write the fit of the front and its scores on held-out time into docs/validation.md.

redan validate --grid --json > grid.json
python tools/grid_table.py grid.json

The fit is read from the posterior that ships. Nothing is left out because it looks bad.
"""

from __future__ import annotations

import json
import sys
from importlib import resources
from pathlib import Path
from typing import Any

from redan.scenario.posterior import DEFAULT
from redan.views.cli.show_grid import PERSISTENCE, SCORES, persistence_rows, score_rows, statistics_rows

PAGE = Path(__file__).parents[1] / "docs" / "validation.md"
BEGIN, END = "<!-- grid: begin -->", "<!-- grid: end -->"


def section(document: dict[str, Any], fit: dict[str, Any]) -> str:
    """The numbers as Markdown."""
    lines = [*check(fit), *posterior(fit), *summaries(fit), *scores(document), *statistics(document)]
    return "\n".join(lines).rstrip()


def rule(*headings: str) -> list[str]:
    """Head of a table."""
    return [f"| {' | '.join(headings)} |", "|---" * len(headings) + "|"]


def check(fit: dict[str, Any]) -> list[str]:
    """What the table says of the fit itself: first, because the rest rests on it."""
    rows = [
        f"| `{row['parameter']}` | {row['held']['50']:.0%} | {row['held']['90']:.0%} |"
        for row in fit["parameters"]
    ]
    return [
        "### Check on the table",
        "",
        f"{fit['draws']:,} draws of the priors ({fit['wanted_draws']:,} are the aim; `redan calibrate"
        f" --resume FOLDER --draws {fit['wanted_draws']}` goes on), {fit['kept']:,} kept, seed {fit['seed']};"
        f" starts of {fit['days']} days on {', '.join(fit['starts'])}. Held-out rows taken for the truth:"
        " how often their parameters lay in the interval.",
        "",
        *rule("parameter", "of 50 %", "of 90 %"),
        *rows,
        "",
    ]


def posterior(fit: dict[str, Any]) -> list[str]:
    """Prior and posterior of each parameter, with the fit that has not seen the time held out."""
    lines = [
        "### Posterior of the second stage",
        "",
        "Ratio: deviation of the posterior over the prior's, as shares of the prior; over .8 the front does"
        " not tell, and the prior stands. Right: the fit to the starts that ended before"
        f" {fit['held_out']['until']}.",
        "",
        *rule("parameter", "prior 5-50-95 %", "posterior 5-50-95 %", "ratio", "", "before", "ratio"),
    ]
    for row, before in zip(fit["parameters"], fit["held_out"]["parameters"], strict=True):
        words = "fitted" if row["identified"] else "keeps its prior"
        lines.append(
            f"| `{row['parameter']}` | {levels(row['prior'])} | {levels(row['posterior'])}"
            f" | {row['sd_ratio']:.2f} | {words} | {levels(before['posterior'])} | {before['sd_ratio']:.2f} |"
        )
    varies = fit["varies"]
    seasons = "; ".join(f"{row['start']} {levels(row)}" for row in varies["starts"])
    lines += [
        "",
        f"`{varies['parameter']}` fitted to each start by itself (5-50-95 %): {seasons}. It drifts, so that"
        " forecasts draw a season to come: that of the last start, moved on by a step of a log-sd of"
        f" {varies['step_log_sd']:.2f}"
        + (f" ({levels(varies['forecast'])})." if varies["forecast"] else "."),
    ]
    return [*lines, ""]


def levels(found: dict[str, float]) -> str:
    """5, 50 and 95 per cent points."""
    return " ".join(f"{found[name]:.3g}" for name in ("p05", "p50", "p95"))


def summaries(fit: dict[str, Any]) -> list[str]:
    """What was observed beside what prior draws gave."""
    lines = [
        "### Summaries",
        "",
        "Area and towns on a logarithm, falls on a logit. An observed value outside the range of the draws is"
        " a discrepancy: hardly any draw of the parameters reproduces it.",
        "",
        *rule("summary", "observed", "5 %", "median", "95 %", ""),
    ]
    for row in fit["summaries"]:
        outside = not row["p05"] <= row["observed"] <= row["p95"]
        words = ", ".join(
            word for word, is_so in (("outside", outside), ("not fitted", not row["fitted"])) if is_so
        )
        values = " | ".join(f"{row[name]:.2f}" for name in ("observed", "p05", "p50", "p95"))
        lines.append(f"| {row['summary']} | {values} | {words} |")
    return [*lines, ""]


def scores(document: dict[str, Any]) -> list[str]:
    """Forecasts of area on held-out time."""
    lines = [
        "### Area gained on held-out time",
        "",
        f"Fitted to what ended before {document['held_out_from']}, scored after it;"
        f" {document['replications']} replications, seed {document['seed']}. Origins of a horizon do not"
        " overlap.",
        "",
    ]
    for days, found in document["scores"].items():
        truths = ", ".join(f"{value:,}" for value in found["truth_km2"])
        lines += [*rule(f"{days} days, {found['origins']} origins", *SCORES)]
        lines += [f"| {name} | {' | '.join(cells)} |" for name, cells in score_rows(found)]
        lines += ["", f"What was gained, km2: {truths}.", ""]
    lines += ["Persistence over origins on every day:", "", *rule(*PERSISTENCE)]
    return [*lines, *(f"| {' | '.join(cells)} |" for cells in persistence_rows(document)), ""]


def statistics(document: dict[str, Any]) -> list[str]:
    """Statistics of observed and simulated fronts, and the observed gains by quarter."""
    names, rows = statistics_rows(document)
    quarters = document["statistics"]["observed"]["gains_by_quarter"]
    return [
        "### Statistics of the front",
        "",
        *rule("statistic", *names),
        *(f"| {name} | {' | '.join(cells)} |" for name, cells in rows),
        "",
        "Observed gain by quarter, km2 a day: "
        + ", ".join(f"{name} {value:.1f}" for name, value in quarters.items())
        + ".",
    ]


def main() -> None:
    """Replace what stands between the two marks."""
    document = json.loads(Path(sys.argv[1]).read_text())
    shipped = resources.files("redan.bundled").joinpath("posterior", f"{DEFAULT}.json")
    fit = json.loads(shipped.read_text(encoding="utf-8"))["fit"]
    page = PAGE.read_text()
    before, other = page.split(BEGIN)
    _, after = other.split(END)
    PAGE.write_text(f"{before}{BEGIN}\n{section(document, fit)}\n{END}{after}")
    print(f"{PAGE.name}: {fit['draws']} draws, {len(document['origins'])} origins")


if __name__ == "__main__":
    main()
