"""A table of battles of the user's own: as `history`, with every fault of the outcomes told with its line."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from redan.calibration.battles.fit import Posterior
from redan.calibration.battles.history import OTHER, WON, History
from redan.calibration.engage.posterior import Fitted
from redan.calibration.engage.table import parse_battles, read_text
from redan.calibration.grid.carried import carried_rows
from redan.vocabulary.errors import Fault, InputError, quote, suggest
from redan.vocabulary.parameters import load_register

F64 = NDArray[np.float64]
WINNER: Final = "winner"
#: Columns of outcomes, with the most that is possible.
OUTCOMES: Final[Mapping[str, float]] = {
    "attacker_loss_men": 5_000_000.0,
    "defender_loss_men": 5_000_000.0,
    "advance_km": 1_000.0,
}
LEAST_BATTLES: Final = (
    20  # of which each outcome is known: the fit compares with regressions on seven features
)
MOST_FAULTS: Final = 20
IDENTIFIED: Final = 0.8  # ratio of standard deviations, posterior over prior, at which a prior is kept
#: What a forecast can take from battles, by the free parameter that must have been told. Spreads between
#: battles, trends and the speed of a battle are no such thing (`grid/settings.yaml`).
CARRIED: Final[Mapping[str, tuple[str, ...]]] = {
    "success_even_ratio": ("success_even_ratio", "success_slope"),
    "loss_defender": ("loss_defender_lost", "loss_defender_held"),
}


def read_own(path: Path) -> History:
    """Read a table of `redan engage` that also says how each battle ended (`WINNER` and `OUTCOMES`).

    Raises
    ------
    InputError
        Whatever is wrong with it, with lines; or too few battles with a known outcome.
    """
    shown = str(path)
    text = read_text(path, shown)
    rows = parse_battles(text, shown)
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [name.strip() for name in next(reader)]
    faults = [
        Fault(shown, 1, name, "the column is missing", "add it: a fit needs how each battle ended")
        for name in (WINNER, *OUTCOMES)
        if name not in header
    ]
    if faults:
        raise InputError(faults)
    columns: dict[str, list[float]] = {name: [] for name in (WINNER, *OUTCOMES)}
    for record in reader:
        if any(cell.strip() for cell in record):
            cells = dict(zip(header, record, strict=True))
            for name, known in columns.items():
                value, fault = _outcome(name, cells[name].strip(), shown, reader.line_num)
                known.append(value)
                faults += fault
    faults = faults[:MOST_FAULTS] or _too_few(columns, shown)
    if all(row.year is None for row in rows):
        faults.append(Fault(shown, 1, "year", "is blank throughout", "say when the battles were"))
    if faults:
        raise InputError(faults)
    known_of = {name: np.array(values) for name, values in columns.items()}
    return History(
        rows=tuple(rows),
        war=(OTHER,) * len(rows),
        fold=(OTHER,) * len(rows),
        won=known_of[WINNER],
        lost_attacker=known_of["attacker_loss_men"],
        lost_defender=known_of["defender_loss_men"],
        advance_km=known_of["advance_km"],
    )


def _outcome(name: str, text: str, shown: str, line: int) -> tuple[float, list[Fault]]:
    """An outcome, NaN where it is blank or at fault."""
    if not text:
        return math.nan, []
    if name == WINNER:
        found = WON.get(text.lower(), math.nan)
        wrong = math.isnan(found)
        remedy = suggest(text.lower(), list(WON))
    else:
        try:
            found = float(text)
        except ValueError:
            found = math.nan
        wrong = not 0.0 <= found <= OUTCOMES[name]
        remedy = f"give 0 to {OUTCOMES[name]:,.10g}, or leave it blank"
    problem = f"{quote(text)} is not {'a winner' if name == WINNER else 'a number in range'}"
    return (math.nan, [Fault(shown, line, name, problem, remedy)]) if wrong else (found, [])


def _too_few(columns: Mapping[str, Sequence[float]], shown: str) -> list[Fault]:
    known = {name: int(np.isfinite(values).sum()) for name, values in columns.items()}
    return [
        Fault(shown, 1, name, f"is known of {n} battles", f"give at least {LEAST_BATTLES}")
        for name, n in known.items()
        if n < LEAST_BATTLES
    ]


def for_forecasts(posterior: Posterior, history: History, *, name: str) -> dict[str, Any]:
    """What a forecast can draw from it (`scenario.posterior`), for the time of the last battle's year.

    `known` is the last day of that year, and `until` the last day on which the register still has the values
    of that time: what it dates apart is not the same thing before and after.
    """
    year = max(row.year for row in history.rows if row.year is not None)
    told = {row["parameter"]: row["sd_ratio"] for row in posterior.table()}
    names = [name for free, names in CARRIED.items() if told[free] <= IDENTIFIED for name in names]
    known = dt.date(year, 12, 31)
    then = load_register().at(known)
    ends = [entry.valid_to for name in names if (entry := then[name]).valid_to is not None]
    rows = carried_rows(Fitted(posterior.values, {}), names, year)
    return {
        "name": name,
        "known": known.isoformat(),
        "until": min(ends).isoformat() if ends else None,
        "columns": names,
        "rows": [[float(f"{value:.5g}") for value in row] for row in rows],
    }
