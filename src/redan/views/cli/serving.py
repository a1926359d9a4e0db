"""`redan serve`: check what was asked for, and hand it to the server."""

from __future__ import annotations

from typing import Final

from redan.vocabulary.errors import InputError, MissingExtra

PURPOSE: Final = "redan serve"


def serve(
    scenario: str | None, *, host: str, port: int, token: str | None, threads: int | None, browser: bool,
    basemap: str | None,
) -> None:  # fmt: skip
    """Serve until Ctrl-C.

    Raises
    ------
    InputError
        The scenario or an option is at fault, or an optional package is missing.
    RunError
        The address cannot be listened at.
    """
    for package in ("fastapi", "uvicorn"):
        try:
            __import__(package)
        except ImportError:
            raise MissingExtra("web", package, PURPOSE) from None
    from redan.views.web.app import build
    from redan.views.web.guard.rules import rules_for
    from redan.views.web.jobs.desk import Desk
    from redan.views.web.scenarios import Scenarios
    from redan.views.web.serving import announce
    from redan.views.web.serving import serve as listen

    if basemap is not None and not basemap.startswith(("https://", "http://")):
        problem, remedy = "is no address of map tiles", "write https://.../{z}/{x}/{y}.png"
        raise InputError.of("--basemap", 0, basemap, problem, remedy)
    rules = rules_for(host, token)
    known = Scenarios(scenario)
    app = build(known, rules, desk=Desk(threads=threads), basemap=basemap)
    listen(app, host=host, port=port, said=lambda at, on: announce(at, on, token=token, browser=browser))
