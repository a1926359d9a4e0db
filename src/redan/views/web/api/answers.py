"""How answers and faults leave the server."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from redan.runs.faults import RunError
from redan.views.web.jobs.desk import MOST_WAITING, QueueFull
from redan.views.web.runs import NotFinished, UnknownRun
from redan.views.web.scenarios import UnknownScenario
from redan.vocabulary.errors import Fault, InputError, one_line, quote

#: Said of every address in its documentation.
FAULTS: Final[dict[int | str, dict[str, Any]]] = {
    404: {"description": "There is no such scenario, run or address."},
    409: {"description": "The run has no results yet."},
    413: {"description": "The request is too large."},
    422: {"description": "The input is at fault: `faults` says where, what, and how to mend it."},
    429: {"description": "As many runs wait as may."},
}


def encode(document: Any) -> bytes:
    """Write a document as strict JSON; NaN and infinity are refused."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def answer(document: Any, status: int = 200, *, keep: bool = False) -> Response:
    """Answer with a document, or with one that is encoded already.

    Parameters
    ----------
    keep
        It stays the same as long as its address does: the browser may keep it for a while.
    """
    body = document if isinstance(document, bytes) else encode(document)
    control = "private, max-age=60" if keep else "no-store"
    return Response(body, status, {"cache-control": control}, media_type="application/json")


def refusal(status: int, faults: Sequence[Fault]) -> Response:
    """Answer with faults."""
    return answer({"faults": [dataclasses.asdict(fault) for fault in faults]}, status)


def fault(field: str, problem: str, remedy: str) -> Fault:
    """A fault of the request itself."""
    return Fault("request", 0, field, one_line(problem), remedy)


def handle_faults(app: FastAPI) -> None:
    """Turn everything that can go wrong into faults."""
    app.add_exception_handler(InputError, _input_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _defect)
    for kind, make in _KNOWN.items():
        app.add_exception_handler(kind, lambda request, error, make=make: refusal(*make(error)))


def _input_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, InputError)
    return refusal(422, error.faults)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = []
    for detail in error.errors():
        place = [str(part) for part in detail["loc"]]
        field = ".".join(place[1:] if len(place) > 1 else place)
        problem = str(detail["msg"]).removeprefix("Value error, ")
        found.append(fault(one_line(field[:200]), problem[:200], "see /api/docs for what is taken here"))
    return refusal(422, found)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    said = fault(quote(request.url.path), str(error.detail).lower(), "see /api/docs for the addresses")
    made = refusal(error.status_code, [said])
    made.headers.update(error.headers or {})
    return made


def _defect(request: Request, error: Exception) -> Response:
    """Say nothing of what it is: that stands in the terminal of the server."""
    return refusal(500, [fault("server", "something went wrong in the server", "see its terminal")])


def _unknown(what: str, where: str) -> Any:
    def words(error: Exception) -> tuple[int, list[Fault]]:
        return 404, [fault(what, f"there is no {what} {quote(str(error))}", f"see {where}")]

    return words


_KNOWN: Final[dict[type[Exception], Any]] = {
    UnknownScenario: _unknown("scenario", "/api/scenarios"),
    UnknownRun: _unknown("run", "/api/runs"),
    NotFinished: lambda error: (
        409,
        [fault("run", f"has no results yet: it is {error}", "wait for it, or ask for it again")],
    ),
    QueueFull: lambda error: (
        429,
        [fault("run", f"{MOST_WAITING} runs wait already", "wait for one to end, or cancel one")],
    ),
    RunError: lambda error: (507, [fault("run", str(error), "mend that and try again")]),
}
