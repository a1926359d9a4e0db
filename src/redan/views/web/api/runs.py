"""Addresses of runs: asked for, followed, cancelled, and what came out of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any, Final

import anyio
from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from redan.forecast.atlas import campaigns, results
from redan.forecast.atlas.compared import compared
from redan.forecast.result import Forecast
from redan.runs.prepare import prepare
from redan.theatre.compile import compile_theatre
from redan.views.web.api.answers import FAULTS, answer, encode
from redan.views.web.api.models import LONGEST_NAME, RunRequest
from redan.views.web.jobs.desk import DONE, OVER
from redan.views.web.runs import Runs
from redan.views.web.scenarios import Scenarios

#: [s] between two looks at a run that is followed, and between two signs of life on a quiet line.
LOOK_S: Final = 0.2
BEAT_S: Final = 10.0
Run = Annotated[str, Query(max_length=LONGEST_NAME)]
Course = Annotated[str | None, Query(max_length=LONGEST_NAME, description="Default: the run's first.")]


def run_addresses(scenarios: Scenarios, runs: Runs) -> APIRouter:
    """Return the addresses under `/api/runs`."""
    router = APIRouter(prefix="/api/runs", tags=["runs"], responses=FAULTS)

    @router.get("")
    def listed() -> Response:
        """How each run stands, the newest first."""
        return answer(runs.listed())

    @router.post("", status_code=202)
    def asked(request: RunRequest) -> Response:
        """Ask for a run. The same request gives the same run; one that is finished is not played again."""
        composed = scenarios.compose(request.scenario, request.to_changes())
        job = prepare(
            composed.scenario,
            compile_theatre(composed.scenario, layers_off=request.layers_off),
            courses=request.courses or None,
            replications=request.replications,
            horizon_days=request.horizon_days,
            seed=request.seed,
            layers_off=request.layers_off,
        )
        told = runs.ask(job)
        return answer(told, 200 if told["state"] == DONE else 202)

    @router.get("/compare")
    def compare(a: Run, b: Run, course_a: Course = None, course_b: Course = None) -> Response:
        """Compare two courses, of one run or of two, replication by replication on the same luck."""
        other = runs.forecast(b)

        def made(found: Forecast) -> bytes:
            return encode(compared(found, other, course_a=course_a, course_b=course_b))

        return answer(runs.document(a, "compare", made, course_a, other.path, other.run.done, course_b))

    @router.get("/{run_id}")
    def told(run_id: str) -> Response:
        """How a run stands."""
        return answer(runs.told(run_id))

    @router.delete("/{run_id}")
    def cancelled(run_id: str) -> Response:
        """Cancel a run that waits or is being played; what it had finished stays, and can be gone on with."""
        runs.desk.cancel(run_id)
        return answer(runs.told(run_id))

    @router.get("/{run_id}/progress")
    async def progress(run_id: str) -> StreamingResponse:
        """Follow a run: server-sent events, each the document of the run, until it is over."""
        first = await run_in_threadpool(runs.told, run_id)
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        return StreamingResponse(_followed(runs, run_id, first), 200, headers, "text/event-stream")

    _add_results(router, runs)
    return router


async def _followed(runs: Runs, run_id: str, told: dict[str, Any]) -> AsyncIterator[bytes]:
    """Events of a run: one at once, one after each change, and a sign of life when nothing changes."""
    yield b"data: " + encode(told) + b"\n\n"
    quiet_s = 0.0
    while told["state"] not in OVER:
        await anyio.sleep(LOOK_S)
        now = runs.told(run_id)  # from memory while it is under way: nothing to wait for
        quiet_s += LOOK_S
        if now != told:
            yield b"data: " + encode(now) + b"\n\n"
            quiet_s = 0.0
        elif quiet_s >= BEAT_S:
            yield b": still there\n\n"
            quiet_s = 0.0
        told = now


def _add_results(router: APIRouter, runs: Runs) -> None:
    """Add the addresses of what came out of a run."""

    def shelved(run_id: str, kind: str, make: Callable[[Forecast], Any], *asked: Any) -> Response:
        return answer(runs.document(run_id, kind, lambda found: encode(make(found)), *asked), keep=True)

    @router.get("/{run_id}/theatre")
    def theatre(run_id: str) -> Response:
        """The theatre of the run's own scenario, as GeoJSON."""
        return shelved(run_id, "theatre", results.run_theatre)

    @router.get("/{run_id}/summary")
    def summary(run_id: str) -> Response:
        """The document of `redan forecast --json`, with the headline and what the measures are."""
        return shelved(run_id, "summary", results.summary)

    @router.get("/{run_id}/survival")
    def survival(run_id: str) -> Response:
        """Share of replications in which an event has not come, by day, with its interval."""
        return shelved(run_id, "survival", results.survival_curves)

    @router.get("/{run_id}/daily")
    def daily(run_id: str, measure: Annotated[list[str] | None, Query(max_length=100)] = None) -> Response:
        """Quantiles of measures by week over the replications."""
        wanted = tuple(measure or ())
        return shelved(run_id, "daily", lambda found: results.daily(found, wanted), wanted)

    @router.get("/{run_id}/control")
    def control(run_id: str, course: Course = None) -> Response:
        """Probability that the attacker holds each cell, by week."""
        return shelved(run_id, "control", lambda found: results.control(found, course), course)

    @router.get("/{run_id}/replications")
    def replications(run_id: str, course: Course = None) -> Response:
        """Which replication is the median of a course, the luckiest and the unluckiest for the attacker."""
        return shelved(run_id, "choices", lambda found: campaigns.choices(found, course), course)

    @router.get("/{run_id}/replications/{replication}")
    def campaign(run_id: str, replication: int, course: Course = None) -> Response:
        """One campaign: who held what by week, its events, every measure by day."""

        def made(found: Forecast) -> dict[str, Any]:
            with runs.replaying:
                return campaigns.campaign(found, replication, course)

        return shelved(run_id, "campaign", made, replication, course)

    @router.get("/{run_id}/replications/{replication}/trace")
    def trace(run_id: str, replication: int, course: Course = None) -> Response:
        """The story of one campaign, with the place of each entry."""

        def made(found: Forecast) -> dict[str, Any]:
            with runs.replaying:
                return campaigns.story(found, replication, course)

        return shelved(run_id, "trace", made, replication, course)
