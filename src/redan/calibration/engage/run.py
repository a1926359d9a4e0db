"""Run a table of battles: play each, say who wins, what it costs and how fast it goes, as quantiles."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from redan.calibration.engage.play import Played, Setting, play_battle
from redan.calibration.engage.table import Row, read_battles
from redan.calibration.engage.verdict import SHIPPED, Verdict
from redan.runs.executor import default_threads, each, stop_on_interrupt
from redan.vocabulary.errors import Fault, InputError

DEFAULT_REPLICATIONS: Final = 400
LEAST_REPLICATIONS: Final = 10
MOST_REPLICATIONS: Final = 100_000
MOST_SEED: Final = 2**64 - 1
QUANTILES: Final = (10, 50, 90)
MEASURES: Final = ("attacker_loss", "defender_loss", "advance_km_per_day")
RESULT_COLUMNS: Final = (
    "id",
    "p_attacker_wins",
    *(f"{measure}_p{q}" for measure in MEASURES for q in QUANTILES),
)
Progress = Callable[[int, int, str], None]


def no_progress(done: int, total: int, phase: str) -> None:
    """Say nothing."""


def play_battles(
    rows: Sequence[Row],
    *,
    seed: int,
    replications: int,
    threads: int | None = None,
    setting: Setting | None = None,
    progress: Progress = no_progress,
) -> list[Played]:
    """Play every battle, in the order of the rows; the result does not depend on the threads.

    Raises
    ------
    KeyboardInterrupt
        Ctrl-C, once the threads have come to rest.
    """

    def work(at: int) -> Played:
        return play_battle(rows[at], seed=seed, replications=replications, setting=setting)

    found: dict[int, Played] = {}

    def take(at: int, played: Played) -> None:
        found[at] = played
        progress(len(found), len(rows), "battles")

    progress(0, len(rows), "compile")
    take(0, work(0))  # the campaign is compiled once, and before threads start
    with stop_on_interrupt() as stop:
        each(work, range(1, len(rows)), threads or default_threads(), stop, take)
        if stop.is_set():
            raise KeyboardInterrupt
    return [found[at] for at in range(len(rows))]


def summarise(played: Played, verdict: Verdict = SHIPPED) -> dict[str, Any]:
    """One row of the result."""
    advance = verdict.advance_km(played.depth_km, played.front_km, played.ambition)
    row: dict[str, Any] = {
        "id": played.id,
        "p_attacker_wins": float(verdict.share_won(advance, played.days, played.front_km).mean()),
    }
    values = (played.lost_attacker, played.lost_defender, advance / played.days)
    for measure, sample in zip(MEASURES, values, strict=True):
        for q, value in zip(QUANTILES, np.quantile(sample, np.array(QUANTILES) / 100.0), strict=True):
            row[f"{measure}_p{q}"] = float(value)
    return row


def run_engage(
    battles: str | Path | Sequence[Row],
    *,
    replications: int = DEFAULT_REPLICATIONS,
    seed: int = 1,
    threads: int | None = None,
    out: str | Path | None = None,
    progress: Progress = no_progress,
) -> dict[str, Any]:
    """Predict battles: read a table, play it, and write the result where `out` says.

    Returns
    -------
    `{"seed", "replications", "battles": [...]}`, a row for each battle in the order of the table.

    Raises
    ------
    InputError
        Something is wrong with the table, a number or the place to write to.
    """
    _check(replications, seed, out)
    rows = read_battles(battles) if isinstance(battles, str | Path) else list(battles)
    played = play_battles(rows, seed=seed, replications=replications, threads=threads, progress=progress)
    found = [_rounded(summarise(one)) for one in played]
    if out is not None:
        write_table(found, Path(out))
    return {"seed": seed, "replications": replications, "battles": found}


def _check(replications: int, seed: int, out: str | Path | None) -> None:
    faults = [
        Fault(option, 0, str(value), "is out of range", f"give a number from {least} to {most}")
        for option, value, least, most in (
            ("--replications", replications, LEAST_REPLICATIONS, MOST_REPLICATIONS),
            ("--seed", seed, 0, MOST_SEED),
        )
        if not least <= value <= most
    ]
    if out is not None and (Path(out).is_dir() or not Path(out).absolute().parent.is_dir()):
        faults.append(Fault("--out", 0, str(out), "cannot be written", "give a file in a folder that exists"))
    if faults:
        raise InputError(faults)


def _rounded(row: Mapping[str, Any]) -> dict[str, Any]:
    """No more digits than the numbers deserve; losses in whole men."""
    return {name: value if name == "id" else _digits(name, value) for name, value in row.items()}


def _digits(name: str, value: float) -> float | int:
    return round(value) if "loss" in name else round(value, 4)


def write_table(rows: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Write the result as CSV, whole or not at all."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, RESULT_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        draft.write_text(text.getvalue(), encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        reason = (error.strerror or "cannot be written").lower()
        raise InputError.of("--out", 0, str(path), reason, "give a file that can be written") from None
