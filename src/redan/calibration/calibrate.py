"""`redan calibrate`: two stages with a cut. Battles first, then the front, holding what the battles said."""

from __future__ import annotations

import datetime as dt
import json
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from redan.calibration.engage.posterior import read_fitted
from redan.calibration.engage.run import SHIPPED_FIT
from redan.calibration.first_stage import FITTED, LEAST_DRAWS, fit_first_stage
from redan.calibration.grid.adjust import require_learning
from redan.calibration.grid.carried import carried_rows, shared
from redan.calibration.grid.drift import LEVELS
from redan.calibration.grid.fit import OPEN_SHARES, Fit, fit, joint_draws, observed_values, parameter_rows
from redan.calibration.grid.front import Builder, Start, build_all, history_starts
from redan.calibration.grid.observe import Reports
from redan.calibration.grid.record import FIRST, UNTIL, Record, daily, find_grid, read_record
from redan.calibration.grid.settings import FILE, Settings, load_settings
from redan.calibration.grid.statistics import quiet_share
from redan.calibration.grid.table import Design, Table, make_table
from redan.runs.files import write_whole
from redan.runs.manifest import canonical, file_hash, versions
from redan.sources.ledger import load_ledger
from redan.vocabulary.errors import Fault, InputError, out_of_range, suggest

CASES: Final = ("battles", "front")
DEFAULT_DRAWS: Final = 20_000
DEFAULT_SEED: Final = 1
MOST_DRAWS: Final = 1_000_000
MOST_SEED: Final = 2**32 - 1
NAME: Final = "front"
POSTERIOR: Final = "posterior.json"
REQUEST: Final = "calibrate.json"
Progress = Callable[[int, int, str], None]


def no_progress(done: int, total: int, phase: str) -> None:
    """Show nothing."""


def run_calibration(
    cases: Sequence[str] = (),
    *,
    draws: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
    out: Path,
    csv: Path | None = None,
    data: Path | None = None,
    threads: int | None = None,
    progress: Progress = no_progress,
) -> dict[str, Any]:
    """Fit the free parameters; go on where an earlier attempt in the same folder was cut off.

    Parameters
    ----------
    cases
        Of `CASES`; empty: both. `front` alone holds the first stage that the folder has, or that ships.
    draws
        Rows of the table of each stage.
    out
        Folder: tables, the first stage's `battles/fitted.json`, and `posterior.json`.
    csv
        Battles of the user's own in the place of the training battles: the first stage alone, whose
        `posterior.json` both `engage` and `forecast` take.

    Returns
    -------
    `{"out", "seed", "stages": {case: ...}}`.

    Raises
    ------
    InputError
        A number is out of range, data or packages are missing, or the folder holds another fit.
    KeyboardInterrupt
        Ctrl-C: what is finished stays.
    """
    chosen = _check(cases, draws, seed, csv)
    stages: dict[str, Any] = {}
    own_table = {"csv": str(csv)} if csv is not None else {}
    _keep_request(out, {"cases": list(cases), "draws": draws, "seed": seed, **own_table})
    if "front" in chosen:
        require_learning()
    if "battles" in chosen:
        stages["battles"] = fit_first_stage(
            out / "battles",
            draws=draws,
            seed=seed,
            data=data,
            own=csv,
            threads=threads,
            progress=progress,
        )
        if csv is not None:
            fitted = (out / "battles" / FITTED).read_bytes()
            write_whole(out / POSTERIOR, lambda file: file.writelines((fitted,)))
    if "front" in chosen:
        own = out / "battles" / FITTED
        first = Path(str(SHIPPED_FIT)) if not own.is_file() else own
        stages["front"] = fit_second_stage(
            out, first, draws=draws, seed=seed, data=data, threads=threads, progress=progress
        )
    return {"out": str(out), "seed": seed, "stages": stages}


def _check(cases: Sequence[str], draws: int, seed: int, csv: Path | None) -> Sequence[str]:
    faults = [
        Fault("calibrate", 0, case, "is not something to fit", suggest(case, CASES))
        for case in cases
        if case not in CASES
    ]
    if csv is not None and "front" in cases:
        faults.append(Fault("--csv", 0, str(csv), "is of battles, not of the front", "leave out front"))
    faults += out_of_range(("--draws", draws, LEAST_DRAWS, MOST_DRAWS), ("--seed", seed, 0, MOST_SEED))
    if faults:
        raise InputError(faults)
    return cases or (CASES if csv is None else ("battles",))


def fit_second_stage(
    out: Path,
    first: Path,
    *,
    draws: int,
    seed: int,
    data: Path | None,
    threads: int | None,
    progress: Progress,
) -> dict[str, Any]:
    """Play the table of the front, fit, and write the posterior; returns what its file says of the fit.

    Raises
    ------
    InputError
        The control grid is not here, or the folder holds another table.
    """
    path, words = find_grid(data)
    if path is None:
        raise InputError.of("calibrate", 0, "front", words, "give the folder of the data with --data")
    settings, record = load_settings(), read_record(path)
    names = shared(settings.carried, settings.battles_until, UNTIL)
    carried = carried_rows(read_fitted(first), names, UNTIL.year) if names else np.zeros((1, 0))
    quiet = quiet_share(record.on(daily(FIRST, UNTIL)).area_km2())
    design = Design(settings, names, carried, Reports(settings.reports.lag_days, quiet), seed)
    build: Builder = history_starts(path, record, days=settings.days, seed=seed)
    progress(0, draws, "compile")
    starts = build_all(build, settings.starts)
    request = request_of(settings, names, first, path, seed)
    table = make_table(out / NAME, request, design, starts, draws, threads=threads, progress=progress)
    document = posterior_document(table, record, starts, design, request)
    text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    write_whole(out / POSTERIOR, lambda file: file.writelines((text.encode(),)))
    told: dict[str, Any] = dict(document["fit"])
    told["held_out"] = {name: part for name, part in told["held_out"].items() if name != "rows"}
    return told


def request_of(
    settings: Settings, carried: Sequence[str], first: Path, grid: Path, seed: int
) -> dict[str, Any]:
    """What a table is of: seed, settings, data and versions."""
    return {
        "seed": seed,
        "settings": settings.model_dump(mode="json"),
        "carried": list(carried),
        "first_stage": file_hash(first) if carried else None,  # of which nothing else is used
        "data": {"control-grid": file_hash(grid)},
        "versions": versions(),
    }


def posterior_document(
    table: Table, record: Record, starts: Sequence[Start], design: Design, request: dict[str, Any]
) -> dict[str, Any]:
    """The posterior's file: draws, how they were made, and what the check on the table said."""
    settings, seed = design.settings, design.seed
    truth = [observed_values(record, starts, settings, share) for share in OPEN_SHARES]
    every = range(len(starts))
    whole = fit(table, truth, settings, design.carried, chosen=every, seed=seed)
    before = [k for k, start in enumerate(starts) if _ends_before(start, settings)]
    part = fit(table, truth, settings, design.carried, chosen=before, seed=seed, tests=0)
    columns, rows = joint_draws(whole, settings, design.names, seed=seed)
    held_columns, held_rows = joint_draws(part, settings, design.names, seed=seed)
    draws = len(table.u)
    return {
        "name": NAME,
        "known": UNTIL.isoformat(),
        "columns": columns,
        "rows": rows,
        "fit": {
            "command": f"redan calibrate front --draws {draws} --seed {seed}",
            "draws": draws,
            "wanted_draws": DEFAULT_DRAWS,
            "seed": seed,
            "kept": whole.kept,
            "starts": [start.day.isoformat() for start in starts],
            "days": settings.days,
            "settings": FILE,
            "carried": list(design.names),
            "reports": {"lag_days": design.reports.lag_days, "quiet_share": design.reports.quiet_share},
            "parameters": parameter_rows(whole, settings),
            "varies": _varies(whole, settings, [start.day.isoformat() for start in starts], columns, rows),
            "summaries": whole.summaries,
            "data": request["data"] | {"first_stage": request["first_stage"]},
            "terms": load_ledger()["control-grid"].terms,
            "versions": request["versions"],
            "held_out": {
                "until": settings.held_out_from.isoformat(),
                "known": max(starts[k].day + dt.timedelta(days=settings.days) for k in before).isoformat(),
                "starts": [starts[k].day.isoformat() for k in before],
                "columns": held_columns,
                "rows": held_rows,
                "parameters": parameter_rows(part, settings),
            },
        },
    }


def _varies(
    found: Fit,
    settings: Settings,
    starts: Sequence[str],
    columns: Sequence[str],
    rows: Sequence[Sequence[float]],
) -> dict[str, Any]:
    """What moves from season to season: at each start, a step, and what forecasts draw."""
    name = settings.varies
    drawn = [row[columns.index(name)] for row in rows] if name in columns else []
    return {
        "parameter": name,
        "starts": found.drift.told(starts),
        "step_log_sd": found.drift.step_sd,
        "forecast": {level: float(np.quantile(drawn, q)) for level, q in LEVELS.items()} if drawn else None,
    }


def _ends_before(start: Start, settings: Settings) -> bool:
    last = np.datetime64(start.day) + settings.days
    return bool(last <= np.datetime64(settings.held_out_from))


def resume_calibration(
    folder: Path,
    *,
    draws: int | None = None,
    data: Path | None = None,
    threads: int | None = None,
    progress: Progress = no_progress,
) -> dict[str, Any]:
    """Go on with the fit of a folder; `draws` lengthens its table.

    Raises
    ------
    InputError, KeyboardInterrupt
        As `run_calibration`; or the folder holds no fit.
    """
    try:
        asked = json.loads((folder / REQUEST).read_bytes())
        cases, there, seed = asked["cases"], int(asked["draws"]), int(asked["seed"])
        csv = Path(asked["csv"]) if "csv" in asked else None
    except (OSError, ValueError, KeyError, TypeError):
        problem = "holds no fit that was begun"
        raise InputError.of("--resume", 0, str(folder), problem, "give a folder of redan calibrate") from None
    return run_calibration(
        cases,
        draws=draws or there,
        seed=seed,
        out=folder,
        csv=csv,
        data=data,
        threads=threads,
        progress=progress,
    )


def _keep_request(out: Path, request: dict[str, Any]) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or "cannot be made").lower()
        raise InputError.of("--out", 0, str(out), reason, "give a folder that can be made") from None
    write_whole(out / REQUEST, lambda file: file.writelines((canonical(request),)))


def go_on_with(folder: Path) -> str:
    """The command that finishes a fit."""
    return f"redan calibrate --resume {shlex.quote(str(folder))}"
