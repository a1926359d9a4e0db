"""Redan: simulate and forecast an operation against a defence in depth.

>>> import redan
>>> case = redan.load("slavyansk-kramatorsk")  # doctest: +SKIP
>>> case.forecast(replications=1000)  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from redan.analysis.versus.result import Versus
    from redan.runs.world import Engine
    from redan.views.case import Case
    from redan.views.plots.picture import Picture

__all__ = ["build_campaign", "compare", "engage", "load", "plot"]


def load(
    name_or_path: str | Path,
    *,
    overlays: Sequence[Path] = (),
    sets: Sequence[str] = (),
    posterior: str | Path | None = None,
) -> Case:
    """Load a scenario: a bundled name, or the path of a scenario folder.

    Parameters
    ----------
    name_or_path
        `slavyansk-kramatorsk`, or a folder with a `scenario.yaml`.
    overlays
        YAML files laid over the scenario, in order.
    sets
        Changes in the form of the command line's `--set`: `forces.attacker.men=150000`.
    posterior
        What parameters are drawn from: `priors`, a bundled fit or a file; None: the fit that ships.

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

    return Case.load(name_or_path, overlays=overlays, sets=sets, posterior=posterior)


def compare(
    *alternatives: str,
    measures: Sequence[str] | None = None,
    replications: int = 400,
    horizon_days: int = 1095,
    seed: int = 1,
    gain: bool = True,
    posterior: str | Path | None = None,
    threads: int | None = None,
) -> Versus:
    """Compare courses, variants, scenarios and runs in pairs, on the same luck.

    Parameters
    ----------
    alternatives
        As `redan compare` takes them: `two-belts:storm`, `:bypass`, `+forces.attacker.men=150000`, or a run.
    measures
        Ids of events and measures; None: the headline ones and each objective taken.
    replications, horizon_days, seed, threads
        As for a forecast.
    gain
        Also measure what pairing gains, which takes as many campaigns again.
    posterior
        What parameters are drawn from, as for `load`.

    Returns
    -------
    A `Versus`: `table()` and `levels()` are polars frames, `document()` that of `redan compare --json`.

    Raises
    ------
    redan.vocabulary.errors.InputError
        With every fault found in the alternatives.
    """
    from redan.analysis.versus.compare import compare as ask
    from redan.analysis.versus.played import Size

    size = Size(replications, horizon_days, seed, is_crossed=gain, posterior=posterior)
    return ask(alternatives, measures=measures, size=size, threads=threads)


def engage(
    battles: str | Path,
    *,
    replications: int = 400,
    seed: int = 1,
    threads: int | None = None,
    out: str | Path | None = None,
    posterior: str | Path | None = None,
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
    posterior
        A fit that `tools/fit_battles.py` wrote; None: the one that ships; "priors": the register's priors.

    Returns
    -------
    `{"seed", "replications", "battles": [{"id", "p_attacker_wins", "attacker_loss_p10", ...}]}`.

    Raises
    ------
    redan.vocabulary.errors.InputError
        With every fault found in the table.
    """
    from redan.calibration.engage.run import run_engage

    return run_engage(
        battles, replications=replications, seed=seed, threads=threads, out=out, posterior=posterior
    )


def build_campaign(**rules: Callable[..., Any]) -> Engine:
    """Put laws of your own in the place of bundled ones: `redan.build_campaign(edge_loss=my_rule)`.

    Parameters
    ----------
    rules
        By the name of the bundled rule: a plain function of the same arguments.

    Returns
    -------
    An engine for `load(...).forecast(engine=...)`; compiled once per process, never kept on disk.

    Raises
    ------
    redan.vocabulary.errors.InputError
        No rule has that name, or its arguments are others.
    """
    from redan.runs.own_rules import build_campaign as build

    return build(**rules)


def plot(result: Any, what: str | None = None) -> Picture:
    """Draw a result: `redan.plot(forecast)`, `redan.plot(forecast, "losses:attacker")` (extra `plot`).

    Parameters
    ----------
    result
        A forecast, comparison, ablation, augmentation, sensitivity study or separation of a group.
    what
        Of a forecast an event (`taken:kramatorsk`), a kind of event or a measure, by default `taken`; of a
        study one of its measures.

    Returns
    -------
    A matplotlib figure that shows itself in a notebook; `savefig("name.svg")` writes it.

    Raises
    ------
    redan.vocabulary.errors.InputError
        Nothing can be drawn of it, it has no such event or measure, or matplotlib is not installed.
    """
    from redan.views.plots.plot import plot as draw

    return draw(result, what)
