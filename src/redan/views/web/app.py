"""The application: the addresses, what they share, and the page."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response

from redan.runs.run import RUNS
from redan.views.web.api.answers import answer, handle_faults
from redan.views.web.api.runs import run_addresses
from redan.views.web.api.scenarios import scenario_addresses
from redan.views.web.guard.doorkeeper import Doorkeeper
from redan.views.web.guard.rules import Rules
from redan.views.web.jobs.desk import Desk
from redan.views.web.pages import add_page
from redan.views.web.runs import Runs
from redan.views.web.scenarios import Scenarios
from redan.views.web.shelf import Shelf

ABOUT: Final = (
    "The addresses that the page asks. Everything is JSON; errors are {faults: [{file, line, field, problem,"
    " remedy}]}. Operational level and public sources only; a course is a plan, not a forecast."
)
#: Smaller answers are not worth packing; a higher level saves little and takes longer.
LEAST_PACKED: Final = 1_000
PACKING: Final = 5


def build(
    scenarios: Scenarios,
    rules: Rules,
    *,
    desk: Desk,
    root: Path | None = None,
    basemap: str | None = None,
) -> Doorkeeper:
    """Put the server together.

    Parameters
    ----------
    scenarios
        Those that can be asked for.
    rules
        Who may ask.
    desk
        Where runs are asked for; closed when the server ends.
    root
        Folder of the run folders; by default the command line's, `redan-runs` in the current folder.
    basemap
        Address of map tiles with {z}, {x} and {y} that the user named; None: no base map, nothing online.
    """
    runs = Runs(Path(RUNS) if root is None else root, desk, scenarios)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        desk.worker.start()  # so that it has read its libraries when the first run is asked for
        threading.Thread(target=scenarios.load_all, name="redan-loading", daemon=True).start()
        yield
        desk.close()

    version = metadata.version("redan")
    app = FastAPI(
        title="Redan", version=version, description=ABOUT, lifespan=lifespan,
        docs_url=None, redoc_url=None, openapi_url="/api/openapi.json",
    )  # fmt: skip
    app.add_middleware(GZipMiddleware, minimum_size=LEAST_PACKED, compresslevel=PACKING)
    handle_faults(app)

    @app.get("/api/health", tags=["server"])
    def health() -> Response:
        """Whether the server answers, which version it is, and what it was started with."""
        said: dict[str, Any] = {"ok": True, "version": version}
        return answer({**said, "scenario": scenarios.given, "basemap": basemap})

    app.include_router(scenario_addresses(scenarios, Shelf()))
    app.include_router(run_addresses(scenarios, runs))
    add_page(app)
    return Doorkeeper(app, rules=rules, basemap=None if basemap is None else origin_of(basemap))


def origin_of(address: str) -> str:
    """`https://tiles.example.org/{z}/{x}/{y}.png` -> `https://tiles.example.org`."""
    scheme, _, rest = address.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"
