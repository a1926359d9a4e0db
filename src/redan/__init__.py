"""Redan: simulate and forecast an operation against a defence in depth.

>>> import redan
>>> case = redan.load("slavyansk-kramatorsk")  # doctest: +SKIP
>>> case.forecast(replications=1000)  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from redan.views.case import Case

__all__ = ["engage", "load"]


def load(name_or_path: str | Path, *, sets: Sequence[str] = ()) -> Case:
    """Load a scenario: a bundled name, or the path of a scenario folder.

    Parameters
    ----------
    name_or_path
        `slavyansk-kramatorsk`, or a folder with a `scenario.yaml`.
    sets
        Changes in the form of the command line's `--set`: `forces.attacker.men=150000`.

    Returns
    -------
    A `Case`, which says the same words as the command line: `describe()`, `claims()`, `forecast()`,
    `ablate()`.

    Raises
    ------
    redan.vocabulary.errors.InputError
        With every fault found in the scenario.
    """
    from redan.views.case import Case

    return Case.load(name_or_path, sets=sets)


def engage(
    battles: str | Path,
    *,
    replications: int = 400,
    seed: int = 1,
    threads: int | None = None,
    out: str | Path | None = None,
) -> dict[str, Any]:
    """Predict single battles from a table, by the rules of the campaign.

    Parameters
    ----------
    battles
        A CSV file with the columns of `redan engage`; blanks are allowed.
    replications, seed, threads
        Campaigns of each battle; the same seed gives the same result on any number of threads.
    out
        Where to write the predictions as CSV; None: nowhere.

    Returns
    -------
    `{"seed", "replications", "battles": [{"id", "p_attacker_wins", "attacker_loss_p10", ...}]}`.

    Raises
    ------
    redan.vocabulary.errors.InputError
        With every fault found in the table.
    """
    from redan.calibration.engage.run import run_engage

    return run_engage(battles, replications=replications, seed=seed, threads=threads, out=out)
