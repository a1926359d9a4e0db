"""Run a table of battles: play each, say who wins, what it costs and how fast it goes, as quantiles."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np

from redan.calibration.engage.play import Played, play_battle, seed_of
from redan.calibration.engage.posterior import QUANTITIES, Fitted, read_fitted
from redan.calibration.engage.table import Row, read_battles
from redan.calibration.engage.verdict import SHIPPED, Verdict
from redan.runs.executor import default_threads, each, stop_on_interrupt
from redan.vocabulary.errors import Fault, InputError, out_of_range

DEFAULT_REPLICATIONS: Final = 400
LEAST_REPLICATIONS: Final = 10
MOST_REPLICATIONS: Final = 100_000
MOST_SEED: Final = 2**64 - 1
QUANTILES: Final = (10, 50, 90)
PRIORS: Final = "priors"
SHIPPED_FIT: Final = Path(str(resources.files("redan.bundled"))) / "posterior" / "battles.json"
MEASURES: Final = ("attacker_loss", "defender_loss", "advance_km_per_day")
RESULT_COLUMNS: Final = (
    "id",
    "p_attacker_wins",
    *(f"{measure}_p{q}" for measure in MEASURES for q in QUANTILES),
)
Progress = Callable[[int, int, str], None]
T = TypeVar("T")


def no_progress(done: int, total: int, phase: str) -> None:
    """Say nothing."""


def play_battles(
    rows: Sequence[Row],
    *,
    seed: int,
    replications: int,
    verdicts: Sequence[Verdict] | None = None,
    threads: int | None = None,
    progress: Progress = no_progress,
) -> list[Played]:
    """Play every battle, in the order of the rows; the result does not depend on the threads.

    `verdicts` says for each battle how deep objectives lie; None: as shipped.

    Raises
    ------
    KeyboardInterrupt
        Ctrl-C, once the threads have come to rest.
    """
    return each_battle(
        lambda at: play_battle(
            rows[at],
            seed=seed,
            replications=replications,
            verdict=SHIPPED if verdicts is None else verdicts[at],
        ),
        len(rows),
        threads=threads,
        progress=progress,
    )


def each_battle(
    work: Callable[[int], T], n: int, *, threads: int | None = None, progress: Progress = no_progress
) -> list[T]:
    """What `work` makes of battles 0 to n - 1, on some threads."""
    found: dict[int, T] = {}

    def take(at: int, result: T) -> None:
        found[at] = result
        progress(len(found), n, "battles")

    progress(0, n, "compile")
    take(0, work(0))  # the campaign is compiled once, and before threads start
    with stop_on_interrupt() as stop:
        each(work, range(1, n), threads or default_threads(), stop, take)
        if stop.is_set():
            raise KeyboardInterrupt
    return [found[at] for at in range(n)]


def summarise(
    played: Played, *, seed: int = 0, fitted: Fitted | None = None, verdict: Verdict = SHIPPED
) -> dict[str, Any]:
    """One row of the result; with a fit, widened by what its model leaves out."""
    advance = verdict.advance_km(played.depth_km, played.front_km, played.ambition)
    row: dict[str, Any] = {
        "id": played.id,
        "p_attacker_wins": float(verdict.share_won(advance, played.days, played.front_km).mean()),
    }
    values = [played.lost_attacker, played.lost_defender, advance]
    if fitted is not None:
        own = seed_of(seed, played.id)
        values = [
            fitted.discrepancy[name].apply(value, least, seed=own)
            for value, (name, least) in zip(values, QUANTITIES.items(), strict=True)
        ]
    values[2] = values[2] / played.days
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
    posterior: str | Path | None = None,
    progress: Progress = no_progress,
) -> dict[str, Any]:
    """Predict battles: read a table, play it, and write the result where `out` says.

    Parameters
    ----------
    posterior
        A fit (`engage.posterior`) to draw its parameters from; None: the one that ships; "priors": none, the
        register's priors.

    Returns
    -------
    `{"seed", "replications", "battles": [...]}`, a row for each battle in the order of the table.

    Raises
    ------
    InputError
        Something is wrong with the table, a number or the place to write to.
    """
    _check(replications, seed, out)
    fitted = (
        None if posterior == PRIORS else read_fitted(SHIPPED_FIT if posterior is None else Path(posterior))
    )
    rows = read_battles(battles) if isinstance(battles, str | Path) else list(battles)

    def predict(at: int) -> dict[str, Any]:  # a battle's campaigns are let go once they are summed up
        row = rows[at]
        setting = None if fitted is None else fitted.setting(row, seed, replications)
        played = play_battle(row, seed=seed, replications=replications, setting=setting)
        return _rounded(summarise(played, seed=seed, fitted=fitted))

    found = each_battle(predict, len(rows), threads=threads, progress=progress)
    if out is not None:
        write_table(found, Path(out))
    return {"seed": seed, "replications": replications, "battles": found}


def _check(replications: int, seed: int, out: str | Path | None) -> None:
    faults = out_of_range(
        ("--replications", replications, LEAST_REPLICATIONS, MOST_REPLICATIONS),
        ("--seed", seed, 0, MOST_SEED),
    )
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
