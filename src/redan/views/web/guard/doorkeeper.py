"""The first to see a request and the last to see its answer: who asks, how large, and what may be said."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any, Final

import anyio
from starlette.datastructures import QueryParams
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from redan.views.web.guard.rules import Rules
from redan.vocabulary.errors import one_line

LARGEST_BODY: Final = 4 * 1024 * 1024
#: [s] in which the whole body of a request must have come.
BODY_S: Final = 20.0
COOKIE: Final = "redan_token"
TAKES_BODY: Final = ("POST", "PUT", "PATCH", "DELETE")
Headers = list[tuple[bytes, bytes]]


def security_headers(basemap: str | None) -> Headers:
    """Headers of every answer: nothing from elsewhere, no inline code, no eval, in no frame.

    Parameters
    ----------
    basemap
        Origin of the base map that the user named, the only other place a page may ask for pictures.
    """
    also = f" {basemap}" if basemap else ""
    policy = (
        "default-src 'self'; script-src 'self'; worker-src 'self'; style-src 'self'; font-src 'self';"
        f" img-src 'self' data: blob:{also}; connect-src 'self'{also}; object-src 'none'; base-uri 'none';"
        " form-action 'self'; frame-ancestors 'none'"
    )
    said = {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "geolocation=(), camera=(), microphone=()",
    }
    return [(name.encode(), value.encode()) for name, value in said.items()]


class Doorkeeper:
    """Wraps the application.

    Parameters
    ----------
    app
        What answers.
    rules
        Who may ask.
    basemap
        Origin of the base map, None where there is none.
    """

    def __init__(self, app: ASGIApp, *, rules: Rules, basemap: str | None = None) -> None:
        self._app = app
        self._rules = rules
        self._headers = security_headers(basemap)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or have it answered."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        started = False

        async def say(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message = {**message, "headers": self._with_ours(message.get("headers", ()))}
            await send(message)

        try:
            await self._admit(scope, receive, say)
        except Exception as error:  # whatever it is, nobody outside sees more than one line
            _note(scope, error)
            if not started:
                await refuse(say, 500, "server", "something went wrong in the server", "see its terminal")

    async def _admit(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _headers_of(scope)
        if not self._rules.answers_to(headers.get("host", "")):
            await refuse(send, 400, "Host", "is not a name of this server", "open the address it printed")
            return
        if not _is_own(headers):
            await refuse(send, 403, "Origin", "is another site", "ask from the page of this server")
            return
        given = _given_token(scope, headers)
        if not self._rules.admits(given):
            remedy = "open the address with ?token=..., or send Authorization: Bearer ..."
            await refuse(send, 401, "token", "is missing or wrong", remedy)
            return
        if self._rules.token is not None and _query_token(scope) is not None:
            await _keep_token(scope, send, str(given), is_secure=_is_secure(scope, headers))
            return
        if scope["method"] in TAKES_BODY:
            read = await _body(headers, receive, send)
            if read is None:
                return
            receive = _replayed(read, receive)
        await self._app(scope, receive, send)

    def _with_ours(self, headers: Iterable[tuple[bytes, bytes]]) -> Headers:
        ours = {name for name, _ in self._headers}
        return [*((name, value) for name, value in headers if name.lower() not in ours), *self._headers]


async def refuse(send: Send, status: int, field: str, problem: str, remedy: str) -> None:
    """Answer with one fault."""
    fault = {"file": "request", "line": 0, "field": field, "problem": problem, "remedy": remedy}
    body = json.dumps({"faults": [fault]}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    if status in (408, 413):
        headers.append((b"connection", b"close"))  # what is still to come is not read
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _body(headers: dict[str, str], receive: Receive, send: Send) -> bytes | None:
    """The whole body; None where it is too large, too slow or broken off, which is then answered."""
    too_large = "is larger than this server takes", f"send at most {LARGEST_BODY // 2**20} MiB"
    stated = headers.get("content-length", "0")
    if not stated.isdecimal() or int(stated[:15]) > LARGEST_BODY:
        await refuse(send, 413, "body", *too_large)
        return None
    parts: list[bytes] = []
    size = 0
    with anyio.move_on_after(BODY_S):
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > LARGEST_BODY:
                await refuse(send, 413, "body", *too_large)
                return None
            if not message.get("more_body", False):
                return b"".join(parts)
    await refuse(send, 408, "body", f"did not come within {BODY_S:g} s", "send it faster")
    return None


def _replayed(body: bytes, receive: Receive) -> Receive:
    """The body once more, and then what else comes."""
    is_given = False

    async def again() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _headers_of(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


def _is_own(headers: dict[str, str]) -> bool:
    """Whether a request comes from our own page, or from no page: another site may not ask for its user."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return headers.get("sec-fetch-mode") == "navigate"  # a link that leads here
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2] == headers.get("host")


def _given_token(scope: Scope, headers: dict[str, str]) -> str | None:
    asked = _query_token(scope)
    if asked is not None:
        return asked
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    for pair in headers.get("cookie", "").split(";"):
        name, _, value = pair.strip().partition("=")
        if name == COOKIE:
            return value
    return None


def _query_token(scope: Scope) -> str | None:
    """The token in the address: only of the page itself, from where it goes into a cookie."""
    if scope["method"] != "GET" or scope["path"] != "/":
        return None
    return QueryParams(scope["query_string"]).get("token")


def _is_secure(scope: Scope, headers: dict[str, str]) -> bool:
    return scope.get("scheme") == "https" or headers.get("x-forwarded-proto") == "https"


async def _keep_token(scope: Scope, send: Send, token: str, *, is_secure: bool) -> None:
    """Put the token into a cookie and lead on to the page without it, so that no history holds it."""
    cookie = f"{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict" + ("; Secure" if is_secure else "")
    headers = [(b"location", b"/"), (b"set-cookie", cookie.encode()), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _note(scope: Scope, error: Exception) -> None:
    """One line for whoever runs the server."""
    detail: Any = (str(error).strip().splitlines() or ["no detail"])[0]
    said = f"redan: {scope['method']} {scope['path']}: {type(error).__name__}: {detail}"
    sys.stderr.write(one_line(said) + "\n")
