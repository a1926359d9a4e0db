"""From the name of a scenario to its forecast: what the command line and `redan.load` both call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from redan.forecast.document import provisional
from redan.forecast.result import Forecast
from redan.forecast.tables import forecast_table
from redan.forecast.until import MOST, goals_of, read_goals, stopping
from redan.runs import stepwise
from redan.runs.collect import Progress
from redan.runs.elsewhere import Elsewhere
from redan.runs.folder import RunFolder
from redan.runs.prepare import DEFAULT_HORIZON_DAYS, DEFAULT_REPLICATIONS, DEFAULT_SEED, prepare
from redan.runs.run import Job, no_progress, request_of, run
from redan.runs.stepwise import Stopping
from redan.runs.tables import Tables
from redan.runs.world import Engine
from redan.scenario.load import from_resolved, load_scenario
from redan.scenario.posterior import PRIORS, from_document
from redan.scenario.scenario import Scenario
from redan.theatre.compile import Compiled, compile_theatre
from redan.vocabulary.errors import InputError
from redan.vocabulary.outcomes import slug

DERIVED: Final = {"forecast": forecast_table}
Preview = Callable[[dict[str, Any]], None]


def run_forecast(  # noqa: PLR0913  each is an option of the command line
    scenario: str | Path | Scenario,
    *,
    courses: Sequence[str] | None = None,
    replications: int | None = None,
    horizon_days: int = DEFAULT_HORIZON_DAYS,
    seed: int = DEFAULT_SEED,
    out: str | Path | None = None,
    threads: int | None = None,
    engine: Engine | None = None,
    posterior: str | Path | None = None,
    progress: Progress = no_progress,
    preview: Preview | None = None,
    until_width: Sequence[str] = (),
    elsewhere: Elsewhere | None = None,
) -> Forecast:
    """Play the courses of a scenario and say what comes of them.

    Parameters
    ----------
    scenario : a bundled name, the path of a scenario, or one already loaded
    courses : names, by default every course
    replications : of each course, by default 1,000; with `until_width` the most, by default 10,000
    out : run folder, by default `redan-runs/NAME-SEED-HASH`; the same run found there is gone on with, or
        returned if it is finished
    threads : by default every core; the results do not depend on it
    engine : what plays the campaigns, as `build_campaign` makes it; by default the bundled rules
    posterior : what parameters are drawn from: by default the fit that ships, where it was known at the
        scenario's date; `priors`; or a file
    progress : called with (done, in all, phase), phase `compile`, `campaigns` or `tables`
    preview : called once with a provisional document, after 100 replications of each course
    until_width : go on until intervals are as narrow as this, `taken:kramatorsk=0.05` (`forecast.until`)
    elsewhere : where campaigns are played, as `redan.runs.cluster.connected` or `redan.runs.gpu.card` gives
        it; by default here

    Returns
    -------
    The forecast; after Ctrl-C over the replications that all courses have, `complete` being false.

    Raises
    ------
    InputError : the scenario, an argument or the folder is at fault
    RunError : the disk is full or fails
    KeyboardInterrupt : Ctrl-C before anything was finished
    """
    loaded = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
    goals = read_goals(until_width, [slug(name) for name in loaded.objectives])
    most = MOST if goals else DEFAULT_REPLICATIONS
    job = prepare(
        loaded,
        compile_theatre(loaded),
        courses=courses,
        replications=most if replications is None else replications,
        horizon_days=horizon_days,
        seed=seed,
        engine=engine,
        posterior=None if posterior is None else str(posterior),
    )
    rule = stopping(goals) if goals else None
    if out is not None:
        folder = Path(out)
    else:
        folder = job.default_folder() if rule is None else stepwise.default_folder(job, rule.rule)
    return play(
        job, folder, threads=threads, progress=progress, preview=preview, rule=rule, elsewhere=elsewhere
    )


def resume_forecast(
    path: str | Path,
    *,
    threads: int | None = None,
    progress: Progress = no_progress,
    preview: Preview | None = None,
    elsewhere: Elsewhere | None = None,
) -> Forecast:
    """Finish a run that was cut off, from what its own folder says.

    It ends with the bytes of an undisturbed run; one that is finished already is returned as it is.

    Raises
    ------
    InputError : the folder holds no run, or one begun with another version of Redan or on another processor
    RunError, KeyboardInterrupt : as `run_forecast`
    """
    folder = Path(path)
    _, _, job = rebuilt(request_of(folder))
    until = stepwise.rule_of(folder)
    # One that has stopped by its rule is a run like any other, and finished.
    rule = None if until is None or "looks" in until else stopping(goals_of(until["rule"]))
    return play(
        job, folder, threads=threads, progress=progress, preview=preview, rule=rule, elsewhere=elsewhere
    )


def rebuilt(request: Mapping[str, Any]) -> tuple[Scenario, Compiled, Job]:
    """Build a run's scenario, theatre and job again from what its folder says.

    Raises
    ------
    InputError : its campaigns were played by rules that are not bundled
    """
    if request["engine"] != Engine.label:
        problem, remedy = f"was played with {request['engine']}", "use what its tables hold, or run it again"
        raise InputError.of("run", 0, request["scenario"], problem, remedy)
    scenario = from_resolved(request["resolved"])
    compiled = compile_theatre(scenario, layers_off=request["layers_off"])
    kept = request.get("posterior")  # a run from before there was a fit has none
    job = prepare(
        scenario,
        compiled,
        courses=[course["name"] for course in request["courses"]],
        replications=request["replications"],
        horizon_days=request["horizon_days"],
        seed=request["seed"],
        layers_off=request["layers_off"],
        posterior=PRIORS if kept is None else from_document(kept["content"], "manifest.json"),
    )
    return scenario, compiled, job


def play(
    job: Job,
    folder: Path,
    *,
    threads: int | None = None,
    progress: Progress = no_progress,
    preview: Preview | None = None,
    rule: Stopping | None = None,
    elsewhere: Elsewhere | None = None,
) -> Forecast:
    """Play a job into a folder with the table of the forecast beside the others.

    Parameters
    ----------
    rule : when to stop before all replications of the job are played; None: play them all

    Raises
    ------
    As `run_forecast`.
    """

    def show(tables: Tables) -> None:
        if preview is not None:
            preview(provisional(tables, str(folder)))

    shown = None if preview is None else show
    settings: dict[str, Any] = {"threads": threads, "progress": progress, "derive": DERIVED}
    settings |= {"preview": shown, "elsewhere": elsewhere}
    if rule is not None:
        found = stepwise.run_until(job, rule, out=folder, **settings)
    else:
        found = run(job, out=folder, **settings)
    return Forecast(found)


def open_forecast(path: str | Path, *, partial: bool = False) -> Forecast:
    """Read a forecast back from its run folder.

    Raises
    ------
    InputError : not a run folder, of another schema version, or not finished (unless `partial`)
    """
    return Forecast(RunFolder(path, partial=partial))
