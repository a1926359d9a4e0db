"""Second stage of the fit: from a table and what was observed to a posterior, checked on the table first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from redan.calibration.grid.adjust import Guide, learn_guide, posterior_shares, sd_ratio
from redan.calibration.grid.drift import Drift
from redan.calibration.grid.front import Start
from redan.calibration.grid.play import numbers, observed
from redan.calibration.grid.record import UNTIL, Record
from redan.calibration.grid.settings import Settings
from redan.calibration.grid.summaries import of_starts, pooled
from redan.calibration.grid.table import Table
from redan.vocabulary.parameters import load_register

F64 = NDArray[np.float64]
DRAWS: Final = 400  # of a posterior
OPEN_SHARES: Final = (
    0.0,
    0.5,
    1.0,
)  # of the unknown ground that the attacker may hold: an interval, three points
TESTS: Final = 200  # rows taken for the truth
TEST_DRAWS: Final = 200
LEVELS: Final = (0.05, 0.5, 0.95)
WITHIN: Final = (0.05, 0.95)  # a front that lost ground is as slow as any; by how much no row tells


@dataclass(frozen=True)
class Fit:
    """A posterior of the free parameters.

    Attributes
    ----------
    shares
        [draw, parameter] posterior draws as shares of the priors.
    carried
        [draw, name] the first stage's draw that each belongs to.
    told
        [parameter] whether the summaries tell anything of it, on rows that the regression has not seen.
    kept
        Rows of the table that were moved.
    drift
        What varies, at each of the starts.
    coverage
        By level, [parameter] how often a central interval held a row taken for the truth.
    summaries
        For each summary: observed (all unknown ground the defender's), and quantiles of all rows.
    """

    shares: F64
    carried: F64
    told: NDArray[np.bool_]
    kept: int
    drift: Drift
    coverage: dict[str, F64]
    summaries: list[dict[str, Any]]

    def identified(self, settings: Settings) -> NDArray[np.bool_]:
        """[parameter] of which something is told, and whose posterior is narrower than its prior."""
        return np.asarray(self.told & (sd_ratio(self.shares) <= settings.unidentified_over), np.bool_)


def observed_values(record: Record, starts: Sequence[Start], settings: Settings, open_share: float) -> F64:
    """[1, start, number] what the data show, in the numbers of a table."""
    rows = []
    for start in starts:
        seen = observed(record, start, settings.residents, open_share=open_share)
        rows.append(list(numbers(seen, start.towns, settings.horizons).values()))
    return np.array(rows)[None]


def fit(
    table: Table,
    truth: Sequence[F64],
    settings: Settings,
    first_stage: F64,
    *,
    chosen: Sequence[int],
    seed: int,
    tests: int = TESTS,
) -> Fit:
    """Fit to some starts of a table.

    Parameters
    ----------
    truth
        Observed numbers [1, start, number] for each of `OPEN_SHARES`.
    first_stage
        [row, name] what is carried, from the first stage's posterior.
    chosen
        Starts that count.
    """
    part = of_starts(table, chosen)
    every, names = _pool(part.values, table.names, settings)
    all_targets = [_pool(one[:, list(chosen), :], table.names, settings)[0] for one in truth]
    fitted = [name not in settings.only_shown for name in names]
    summaries, targets = every[:, fitted], [target[:, fitted] for target in all_targets]
    guide = learn_guide(summaries, part.u)
    drift = drift_of(table, truth[0], settings, first_stage, chosen=chosen, seed=seed)
    rng = np.random.default_rng([seed, 1])
    carried = first_stage[rng.integers(0, len(first_stage), DRAWS)]
    parts = []
    for k, target in enumerate(targets):
        mine = carried[k :: len(targets)]
        goal = guide.condense(target)[0]
        parts.append(posterior_shares(part.u, part.carried, guide.rows, goal, mine, seed=seed + k))
    shares = np.concatenate([found for found, _ in parts])
    held = np.concatenate([carried[k :: len(targets)] for k in range(len(targets))])
    checked = coverage(part, summaries, first_stage, tests=tests, seed=seed) if tests else {}
    return Fit(
        shares,
        held,
        guide.told,
        parts[0][1],
        drift,
        checked,
        _shown(names, fitted, every, all_targets[0][0]),
    )


def drift_of(
    table: Table, truth: F64, settings: Settings, first_stage: F64, *, chosen: Sequence[int], seed: int
) -> Drift:
    """Fit what varies to each start by itself, within the range of the prior in which the table has rows."""
    k = settings.names.index(settings.varies)
    entry = load_register().at(UNTIL)[settings.varies]
    logs = []
    for start in chosen:
        part = of_starts(table, [start])
        summaries, _ = _pool(part.values, table.names, settings)
        target, _ = _pool(truth[:, [start], :], table.names, settings)
        guide = learn_guide(summaries, part.u)
        wanted = first_stage[np.arange(TEST_DRAWS) % len(first_stage)]
        goal = guide.condense(target)[0]
        shares, _ = posterior_shares(part.u, part.carried, guide.rows, goal, wanted, seed=seed)
        inside = np.clip(shares[:, k], *WITHIN)
        logs.append(np.log(settings.free[k].value(inside, entry)))
    return Drift(logs)


def _pool(values: F64, names: Sequence[str], settings: Settings) -> tuple[F64, tuple[str, ...]]:
    return pooled(values, names, settings.horizons, len(settings.residents))


def _shown(names: Sequence[str], fitted: Sequence[bool], summaries: F64, target: F64) -> list[dict[str, Any]]:
    levels = np.quantile(summaries, LEVELS, axis=0)
    return [
        {
            "summary": name,
            "fitted": fitted[k],
            "observed": float(target[k]),
            "p05": low,
            "p50": middle,
            "p95": high,
        }
        for k, name in enumerate(names)
        for low, middle, high in [levels[:, k].tolist()]
    ]


def coverage(table: Table, summaries: F64, first_stage: F64, *, tests: int, seed: int) -> dict[str, F64]:
    """Take held-out rows for the truth: how often 50 and 90 % intervals hold their parameters.

    Nothing is learned from the rows tested. A calibrated fit holds 50 and 90 %, within the error of `tests`.
    """
    rng = np.random.default_rng([seed, 2])
    rows = rng.choice(len(table.u), size=min(tests, len(table.u) // 4), replace=False)
    rest = table.without(rows)
    kept = np.delete(summaries, rows, axis=0)
    guide: Guide = learn_guide(kept, rest.u)
    inside = {"50": np.zeros(table.u.shape[1]), "90": np.zeros(table.u.shape[1])}
    for row in rows.tolist():
        wanted = first_stage[rng.integers(0, len(first_stage), TEST_DRAWS)]
        goal = guide.condense(summaries[row : row + 1])[0]
        shares, _ = posterior_shares(rest.u, rest.carried, guide.rows, goal, wanted, seed=row)
        for name, (low, high) in {"50": (0.25, 0.75), "90": (0.05, 0.95)}.items():
            ends = np.quantile(shares, (low, high), axis=0)
            inside[name] += (ends[0] <= table.u[row]) & (table.u[row] <= ends[1])
    return {name: held / len(rows) for name, held in inside.items()}


def parameter_rows(found: Fit, settings: Settings) -> list[dict[str, Any]]:
    """For each free parameter: prior, posterior, whether it was identified, and how often intervals held."""
    at_date = load_register().at(UNTIL)
    ratio, identified = sd_ratio(found.shares), found.identified(settings)
    rows = []
    for k, one in enumerate(settings.free):
        entry = at_date[one.name]
        prior = [float(one.value(np.array([level]), entry)[0]) for level in LEVELS]
        low, middle, high = (float(v) for v in np.quantile(one.value(found.shares[:, k], entry), LEVELS))
        rows.append(
            {
                "parameter": one.name,
                "meaning": one.meaning,
                "unit": entry.unit,
                "prior": dict(zip(("p05", "p50", "p95"), prior, strict=True)),
                "posterior": {"p05": low, "p50": middle, "p95": high},
                "sd_ratio": float(ratio[k]),
                "identified": bool(identified[k]),
                "held": {name: float(held[k]) for name, held in found.coverage.items()},
            }
        )
    return rows


def joint_draws(
    found: Fit, settings: Settings, carried: Sequence[str], *, seed: int
) -> tuple[list[str], list[list[float]]]:
    """Columns and rows of the posterior: what was identified, with what was carried.

    What varies from start to start is drawn for a season to come.
    """
    at_date = load_register().at(UNTIL)
    columns = {}
    for k, one in enumerate(settings.free):
        if found.identified(settings)[k]:
            values = one.value(found.shares[:, k], at_date[one.name])
            if one.name == settings.varies:
                entry, prior = at_date[one.name], partial(one.value, at_date=at_date[one.name])
                values = found.drift.draw_on(values, prior, entry, seed=seed)
            columns[one.name] = values
    table = np.column_stack([*columns.values(), found.carried])
    names = [*columns, *carried]
    return names, [[float(f"{value:.5g}") for value in row] for row in table]
