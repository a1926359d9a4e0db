"""Held-out time: a fit to windows that ended before a day, scored on windows after it, beside baselines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from redan.calibration.grid.baselines import Area, area_of, climatology, errors, persistence, rmse
from redan.calibration.grid.describe import Parts, observed_statistics, parts_of, together
from redan.calibration.grid.front import Builder, Start, history_starts
from redan.calibration.grid.observe import Reports
from redan.calibration.grid.play import Seen, play_start
from redan.calibration.grid.record import FIRST, UNTIL, Record, daily, find_grid, read_record
from redan.calibration.grid.settings import Settings, load_settings
from redan.calibration.grid.statistics import quiet_share
from redan.calibration.grid.updating import BEFORE_DAYS, change_sd, pace_weights, resampled
from redan.forecast.scores import crps
from redan.runs.executor import default_threads, each, stop_on_interrupt
from redan.runs.world import allocate
from redan.scenario.posterior import DEFAULT, PRIORS, Posterior, find_posterior, known_part
from redan.vocabulary.errors import InputError, out_of_range

F64 = NDArray[np.float64]
Progress = Callable[[int, int, str], None]
DEFAULT_REPLICATIONS: Final = 100
LEAST_REPLICATIONS: Final = 10
MOST_REPLICATIONS: Final = 10_000
MOST_SEED: Final = 2**32 - 1
ORIGIN_DAYS: Final = 30
INTERVAL: Final = (0.10, 0.90)
PIT_BINS: Final = 5
RESAMPLES: Final = 1000
LEAST_RESAMPLED: Final = 4  # origins without which an interval would only pretend
FITTED, BY_PRIORS = "redan, fitted", "redan, priors"
UPDATED: Final = "redan, fitted, updated"  # by the pace of the last months
BASELINES_QUOTED: Final = dt.date(2024, 1, 1)  # origins from here on err by what the notes on the data say


def run_grid(
    *,
    replications: int = DEFAULT_REPLICATIONS,
    seed: int = 1,
    threads: int | None = None,
    data: Path | None = None,
    posterior: str | Path | None = None,
    progress: Progress = lambda done, total, phase: None,
) -> dict[str, Any]:
    """Describe the front by its statistics and score forecasts of area on held-out time.

    Parameters
    ----------
    posterior
        A fit that `redan calibrate` wrote, with its held-out part; None: the one that ships.

    Returns
    -------
    `{"seed", "replications", "skipped": None, "statistics", "persistence", "origins", "scores"}`; where the
    data are absent `skipped` says why, and there is nothing else.

    Raises
    ------
    InputError
        A number is out of range, or the fit cannot be read.
    KeyboardInterrupt
        Ctrl-C.
    """
    _check(replications, seed)
    document: dict[str, Any] = {"seed": seed, "replications": replications, "skipped": None}
    path, words = find_grid(data)
    if path is None:
        return document | {"skipped": words}
    settings, record = load_settings(), read_record(path)
    models = {FITTED: _held_out(posterior, settings), BY_PRIORS: None}
    models = {name: model for name, model in models.items() if name == BY_PRIORS or model is not None}
    quiet = quiet_share(record.on(daily(FIRST, UNTIL)).area_km2())
    reports = Reports(settings.reports.lag_days, quiet)
    build = history_starts(path, record, days=max(settings.scored_days), seed=seed)
    played = Played(record, settings, reports, replications, models)
    played.play_all(build, threads or default_threads(), progress)
    area = area_of(record)
    if FITTED in models:
        played.update(area)
    return document | {
        "held_out_from": settings.held_out_from.isoformat(),
        "posterior": None if models.get(FITTED) is None else (str(posterior) if posterior else DEFAULT),
        "statistics": {"observed": observed_statistics(record), **played.statistics()},
        "persistence": _persistence(area, settings),
        "origins": [day.isoformat() for day in played.origins],
        "scores": {str(days): _scores(played, area, settings, days) for days in settings.scored_days},
    }


def _check(replications: int, seed: int) -> None:
    faults = out_of_range(
        ("--replications", replications, LEAST_REPLICATIONS, MOST_REPLICATIONS),
        ("--seed", seed, 0, MOST_SEED),
    )
    if faults:
        raise InputError(faults)


def _held_out(asked: str | Path | None, settings: Settings) -> Posterior | None:
    """The part of a fit that has not seen the time held out."""
    found = None if str(asked) == PRIORS else find_posterior(asked, UNTIL)
    return None if found is None else known_part(found, settings.held_out_from)


class Played:
    """Campaigns from every origin by every model, on the grid.

    Attributes
    ----------
    origins
        Days held out from which campaigns start, `ORIGIN_DAYS` apart.
    before
        The same, earlier: the fit plays from them what `updating` compares with the last months.
    seen
        By model and origin: what each replication showed.
    """

    def __init__(
        self,
        record: Record,
        settings: Settings,
        reports: Reports,
        replications: int,
        models: Mapping[str, Posterior | None],
    ) -> None:
        self.record, self.settings, self.reports = record, settings, reports
        self.replications, self.models = replications, models
        last = UNTIL - dt.timedelta(days=min(settings.scored_days))
        span = (last - settings.held_out_from).days
        self.origins = [
            settings.held_out_from + dt.timedelta(days=k) for k in range(0, span + 1, ORIGIN_DAYS)
        ]
        lead = range(BEFORE_DAYS, 0, -ORIGIN_DAYS) if FITTED in models else ()
        self.before = [settings.held_out_from - dt.timedelta(days=k) for k in lead]
        self.gained: dict[tuple[str, dt.date], F64] = {}  # [replication, day]
        self.parts: dict[str, list[Parts]] = {name: [] for name in models}

    def play_all(self, build: Builder, threads: int, progress: Progress) -> None:
        """Play every origin; a theatre is held only while it is played."""
        asked = [(day, [FITTED]) for day in self.before] + [(day, list(self.models)) for day in self.origins]
        total = sum(len(names) for _, names in asked) * self.replications
        done = 0
        progress(0, total, "compile")
        for day, names in asked:
            start = build(day)
            for name in names:
                found = self._play(start, self.models[name], threads)
                self.gained[name, day] = np.array([one.area_km2 for one in found])
                if day in self.origins:
                    self.parts[name] += [parts_of(one, start) for one in found]
                done += len(found)
                progress(done, total, "campaigns")

    def update(self, area: Area) -> None:
        """Add the fit told of the last months: its campaigns, drawn by how their draws did in them."""
        for day in self.origins:
            window = day - dt.timedelta(days=BEFORE_DAYS)
            seen, truth = self.gained[FITTED, window][:, BEFORE_DAYS], area.gain(day, -BEFORE_DAYS)
            weights = pace_weights(seen, truth, change_sd(area, self.settings.baselines_from, day))
            self.gained[UPDATED, day] = self.gained[FITTED, day][resampled(weights)]

    @property
    def names(self) -> list[str]:
        """Models of which there are forecasts, the updated one after the fit it is made of."""
        return [name for name in (FITTED, UPDATED, BY_PRIORS) if (name, self.origins[0]) in self.gained]

    def _play(self, start: Start, model: Posterior | None, threads: int) -> list[Seen]:
        rows = start.world.draw(range(self.replications))
        if model is not None:
            chosen = np.arange(self.replications) % len(model.rows)
            for k, name in enumerate(model.columns):
                rows[name] = model.rows[chosen, k]
        found: dict[int, Seen] = {}
        memory = [allocate(start.world, start.course) for _ in range(threads)]
        parts = [range(k, self.replications, threads) for k in range(threads)]

        def work(part: range) -> list[Seen]:
            own = memory[part.start]
            return [play_start(start, rows[r], r, self.reports, own) for r in part]

        def take(part: range, seen: list[Seen]) -> None:
            found.update(zip(part, seen, strict=True))

        with stop_on_interrupt() as stop:
            each(work, [part for part in parts if len(part)], threads, stop, take)
            if stop.is_set():
                raise KeyboardInterrupt
        return [found[r] for r in range(self.replications)]

    def statistics(self) -> dict[str, Any]:
        """The statistics of simulated fronts, by model."""
        return {name: together(parts) for name, parts in self.parts.items()}


def _persistence(area: Area, settings: Settings) -> list[dict[str, Any]]:
    """How far going on as before errs, over daily origins: all since 2024, and those held out."""
    rows = []
    for days in settings.scored_days:
        for first in (BASELINES_QUOTED, settings.held_out_from):
            off = errors(area, days, first, UNTIL)
            gained = area.gains(days, first, UNTIL)[1]
            rows.append(
                {
                    "from": first.isoformat(),
                    "days": days,
                    "origins": len(off),
                    "rmse_km2": rmse(off),
                    "sd_of_truth_km2": float(gained.std()),
                }
            )
    return rows


def _scores(played: Played, area: Area, settings: Settings, days: int) -> dict[str, Any]:
    """Scores of one horizon on origins at least as far apart, so that windows do not overlap."""
    step = max(1, days // ORIGIN_DAYS)
    origins = [day for day in played.origins[::step] if day + dt.timedelta(days=days) <= UNTIL]
    truth = np.array([area.gain(day, days) for day in origins])
    span = (settings.baselines_from, settings.held_out_from)
    samples = {name: [played.gained[name, day][:, days] for day in origins] for name in played.names}
    samples["persistence"] = [persistence(area, day, days, *span) for day in origins]
    samples["climatology"] = [climatology(area, days, *span) for _ in origins]
    return {
        "origins": len(origins),
        "truth_km2": [round(float(value)) for value in truth],
        "models": {name: scores_of(np.array(rows), truth) for name, rows in samples.items()},
    }


def scores_of(sample: F64, truth: F64) -> dict[str, Any]:
    """Scores of forecasts [origin, member] of what was gained [origin], km2."""
    each_crps = crps(sample, truth)
    middle = np.median(sample, axis=1)
    low, high = (np.quantile(sample, level, axis=1) for level in INTERVAL)
    rank = (sample < truth[:, None]).mean(axis=1)
    return {
        "rmse_km2": rmse(middle - truth),
        "bias_km2": float((middle - truth).mean()),
        "crps_km2": float(each_crps.mean()),
        "crps_interval90": _resampled(each_crps),
        "cover80": float(((low <= truth) & (truth <= high)).mean()),
        "pit": np.histogram(rank, bins=PIT_BINS, range=(0.0, 1.0))[0].tolist(),
        "median_km2": [round(float(value)) for value in middle],
    }


def _resampled(values: F64) -> list[float] | None:
    """90 % interval of the mean, from resampling origins; None where they are too few."""
    if len(values) < LEAST_RESAMPLED:
        return None
    rng = np.random.default_rng(len(values))
    means = values[rng.integers(0, len(values), (RESAMPLES, len(values)))].mean(axis=1)
    return [float(end) for end in np.quantile(means, (0.05, 0.95))]
