"""First stage of the fit: regression-adjusted approximate Bayesian computation on a table of prior draws.

The table holds, for every draw of the free parameters, one campaign of every battle. A draw is compared
with history by statistics of the whole set (levels, slopes and spreads of losses, advances and
verdicts), computed from simulated and recorded outcomes by the same function. The statistics are first
condensed to the directions that tell of the parameters (Fearnhead and Prangle 2012). The nearest draws
are kept, and each is moved along the regression of the parameters on those to where the recorded ones
lie (Beaumont, Zhang and Balding 2002).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from redan.calibration.battles.baselines import features_of
from redan.calibration.battles.history import History
from redan.calibration.engage.free import FREE, Free, from_range, to_range
from redan.calibration.engage.play import OUTCOMES, Played, play_battle
from redan.calibration.engage.posterior import LEAST_KM, LEAST_MEN, setting_of
from redan.calibration.engage.run import Progress, each_battle, no_progress
from redan.calibration.engage.table import Row
from redan.calibration.engage.verdict import SHIPPED, Verdict

F64 = NDArray[np.float64]
Bool = NDArray[np.bool_]
KEPT_SHARE: Final = 0.2  # of a small table's draws
KEPT_LEAST: Final = 1000  # a large one keeps no more than it needs: the nearer, the truer is the regression
RIDGE: Final = 1e-2  # of the regression, on standardised statistics
#: Features that losses, advances and verdicts are regressed on.
LOSS_ON: Final = ("days", "attacker", "year", "density", "ratio", "fortified", "hasty")
ADVANCE_ON: Final = ("days", "front", "year", "density", "ratio", "fortified", "hasty")
WIN_ON: Final = ("days", "front", "year", "density", "ratio", "air_attacker", "air_defender")


@dataclass(frozen=True)
class Table:
    """Prior draws and what each made of every battle.

    Attributes
    ----------
    free
        The parameters.
    values
        [draw, parameter].
    depth_km, ambition, lost_attacker, lost_defender
        [battle, draw].
    """

    free: tuple[Free, ...]
    values: F64
    depth_km: F64
    ambition: F64
    lost_attacker: F64
    lost_defender: F64


@dataclass(frozen=True)
class Posterior:
    """Draws of the fitted parameters, equally weighted: [draw, parameter]."""

    free: tuple[Free, ...]
    values: F64

    def table(self) -> list[dict[str, Any]]:
        """Quantiles of each parameter, its prior's, and how much narrower it became."""
        prior_sd = np.sqrt(1.0 / 12.0)
        rows = []
        for k, one in enumerate(self.free):
            low, middle, high = np.quantile(self.values[:, k], [0.05, 0.5, 0.95])
            u = 1.0 / (1.0 + np.exp(-to_range(self.values, self.free)[:, k]))
            rows.append(
                {
                    "parameter": one.name,
                    "prior": [one.low, one.high],
                    "p05": float(low),
                    "p50": float(middle),
                    "p95": float(high),
                    "sd_ratio": float(u.std() / prior_sd),  # over .8: not identified
                }
            )
        return rows


def play_draws(
    rows: Sequence[Row],
    values_of: Callable[[int], F64],
    free: Sequence[Free],
    *,
    seed: int,
    verdict_of: Callable[[int], Verdict] = lambda k: SHIPPED,
    folder: Path | None = None,
    threads: int | None = None,
    progress: Progress = no_progress,
) -> list[Played]:
    """Play every battle once for each draw.

    Parameters
    ----------
    values_of
        The draws of battle k, [draw, parameter].
    verdict_of
        How deep its objectives lie.
    folder
        Where each battle's outcomes are kept as soon as they are there; those found there are not played.
    """

    def work(k: int) -> Played:
        kept = folder / f"{k:04}.npz" if folder is not None else None
        if kept is not None and kept.is_file():
            with np.load(kept) as held:
                return Played(rows[k].id, **{name: held[name] for name in OUTCOMES})
        values = values_of(k)
        setting = setting_of(rows[k], values, free, seed)
        made = play_battle(
            rows[k], seed=seed, replications=len(values), setting=setting, verdict=verdict_of(k)
        )
        if kept is not None:
            draft = kept.with_suffix(".part.npz")
            np.savez(draft, **{name: getattr(made, name) for name in OUTCOMES})
            draft.replace(kept)
        return made

    return each_battle(work, len(rows), threads=threads, progress=progress)


def make_table(
    history: History,
    n: int,
    *,
    seed: int,
    free: tuple[Free, ...] = FREE,
    folder: Path | None = None,
    threads: int | None = None,
    progress: Progress = no_progress,
) -> Table:
    """Draw the free parameters from their priors (a Sobol sequence) and play every battle with each draw.

    With a folder the table is resumable: a battle found there is not played again.
    """
    u = qmc.Sobol(len(free), seed=seed).random_base2(max(1, (n - 1).bit_length()))[:n]
    values = np.column_stack([one.value(u[:, k]) for k, one in enumerate(free)])
    played = play_draws(
        history.rows,
        lambda k: values,
        free,
        seed=seed,
        folder=folder,
        threads=threads,
        progress=progress,
    )
    return Table(
        free,
        values,
        depth_km=np.array([one.depth_km for one in played]),
        ambition=np.array([one.ambition for one in played]),
        lost_attacker=np.array([one.lost_attacker for one in played]),
        lost_defender=np.array([one.lost_defender for one in played]),
    )


def statistics_of(
    history: History, advance_km: F64, lost_attacker: F64, lost_defender: F64, won: F64, chosen: Bool
) -> F64:
    """[draw, statistic] of outcomes [battle, draw] over the chosen battles: coefficients and spreads.

    Outcomes are masked where history does not know them, so that simulated and recorded ones say the same.
    """
    features = features_of(history)
    logs = {
        "attacker": (np.log(lost_attacker + LEAST_MEN), history.lost_attacker, LOSS_ON),
        "defender": (np.log(lost_defender + LEAST_MEN), history.lost_defender, LOSS_ON),
        "advance": (np.log(advance_km + LEAST_KM), history.advance_km, ADVANCE_ON),
        "won": (won, history.won, WIN_ON),
    }
    found, off = [], {}
    for name, (values, truth, on) in logs.items():
        known = chosen & np.isfinite(truth)
        columns = _standard(features.of(on)[known])
        solved, *_ = np.linalg.lstsq(columns, values[known], rcond=None)
        off[name] = np.full(values.shape, np.nan)
        off[name][known] = values[known] - columns @ solved
        found.append(solved)
        if name != "won":  # a simulated verdict is a chance, a recorded one is not: their spreads differ
            found.append(off[name][known].std(axis=0)[None, :])
    both = np.isfinite(off["attacker"]).all(axis=1) & np.isfinite(off["defender"]).all(axis=1)
    a, d = off["attacker"][both], off["defender"][both]
    found.append(((a * d).mean(axis=0) / np.maximum(1e-9, a.std(axis=0) * d.std(axis=0)))[None, :])
    return np.asarray(np.concatenate(found).T, np.float64)


def _standard(columns: F64) -> F64:
    """Columns of mean 0 and deviation 1 but for the first, which is of ones."""
    found = columns - columns.mean(axis=0)
    found /= np.maximum(1e-9, found.std(axis=0))
    found[:, 0] = 1.0
    return np.asarray(found, np.float64)


def simulated_statistics(table: Table, history: History, verdict: Verdict, chosen: Bool) -> F64:
    """[draw, statistic] of a table."""
    days, front = (np.exp(features_of(history).columns[name])[:, None] for name in ("days", "front"))
    advance = verdict.advance_km(table.depth_km, front, table.ambition)
    won = verdict.share_won(advance, days, front)
    return statistics_of(history, advance, table.lost_attacker, table.lost_defender, won, chosen)


def recorded_statistics(history: History, chosen: Bool) -> F64:
    """[statistic] of history."""
    known = (history.advance_km, history.lost_attacker, history.lost_defender, history.won)
    advance, attacker, defender, won = (np.nan_to_num(column)[:, None] for column in known)
    return np.asarray(statistics_of(history, advance, attacker, defender, won, chosen)[0], np.float64)


def adjust(values: F64, free: Sequence[Free], simulated: F64, recorded: F64) -> F64:
    """Posterior draws: the nearest in statistics, moved along the regression to the recorded statistics.

    Distances are in deviations of the condensed statistics over the table. The regression is weighted by an
    Epanechnikov kernel, and parameters are adjusted as logits of their range.
    """
    centre, spread = np.median(simulated, axis=0), np.maximum(1e-9, simulated.std(axis=0))
    s = (simulated - centre) / spread
    target = (recorded - centre) / spread
    y = to_range(values, free)
    # first all draws, to find the directions of the statistics that tell about the parameters ...
    whole = np.column_stack([np.ones(len(s)), s])
    penalty = RIDGE * len(s) * np.eye(whole.shape[1])
    penalty[0, 0] = 0.0
    guide = np.linalg.solve(whole.T @ whole + penalty, whole.T @ y)
    summary, wanted = s @ guide[1:], target @ guide[1:]
    scale = np.maximum(1e-9, summary.std(axis=0))
    away = np.sqrt((((summary - wanted) / scale) ** 2).sum(axis=1))
    # ... then the nearest in those directions, and the regression on them (semi-automatic summaries)
    reach = np.quantile(away, min(KEPT_SHARE, KEPT_LEAST / len(values)))
    near = away <= reach
    weight = 1.0 - (away[near] / reach) ** 2
    x = np.column_stack([np.ones(near.sum()), (summary[near] - wanted) / scale])
    penalty = RIDGE * weight.sum() * np.eye(x.shape[1])
    penalty[0, 0] = 0.0
    slope = np.linalg.solve(x.T @ (x * weight[:, None]) + penalty, x.T @ (y[near] * weight[:, None]))
    moved = y[near] - x[:, 1:] @ slope[1:]
    order = np.random.default_rng(len(s)).choice(len(moved), size=len(moved), p=weight / weight.sum())
    return from_range(moved[order], free)


def fit(table: Table, history: History, verdict: Verdict, chosen: Bool) -> Posterior:
    """The posterior from some battles."""
    simulated = simulated_statistics(table, history, verdict, chosen)
    recorded = recorded_statistics(history, chosen)
    return Posterior(table.free, adjust(table.values, table.free, simulated, recorded))


def coverage(table: Table, history: History, verdict: Verdict, *, tests: int, seed: int) -> F64:
    """[parameter] share of tests in which a draw taken for the truth lies in its own 90 % interval."""
    simulated = simulated_statistics(table, history, verdict, np.ones(len(history.rows), dtype=np.bool_))
    chosen = np.random.default_rng(seed).choice(len(table.values), size=tests, replace=False)
    inside = np.zeros(table.values.shape[1])
    for k in chosen:
        left = np.arange(len(table.values)) != k
        found = adjust(table.values[left], table.free, simulated[left], simulated[k])
        low, high = np.quantile(found, [0.05, 0.95], axis=0)
        inside += (low <= table.values[k]) & (table.values[k] <= high)
    return inside / tests
