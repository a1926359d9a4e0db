"""The page itself, where it has been built; a plain one that says so where it has not; the API's own page."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles

FOLDER: Final = Path(__file__).resolve().parent / "page"
INDEX: Final = "index.html"
PLAIN: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Redan</title></head>
<body><h1>Redan</h1>
<p>The page has not been built into this copy of Redan. The server works: see
<a href="/api/docs">its addresses</a>, <a href="/api/scenarios">the scenarios</a> and
<a href="/api/runs">the runs</a>.</p></body></html>
"""


def add_page(app: FastAPI) -> None:
    """Add the addresses of the page and of the documentation of the others."""

    @app.get("/api/docs", include_in_schema=False)
    def docs() -> Response:
        """Every address in plain HTML, without anything from elsewhere."""
        return HTMLResponse(_docs(app.openapi()))

    if (FOLDER / INDEX).is_file():
        app.mount("/", StaticFiles(directory=FOLDER, html=True), name="page")
    else:

        @app.get("/", include_in_schema=False)
        def plain() -> Response:
            """Say that the page is not there."""
            return HTMLResponse(PLAIN)


def _docs(schema: dict[str, Any]) -> str:
    """The OpenAPI document as a list of addresses."""
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Redan: addresses</title></head>',
        "<body>",
        f"<h1>Redan {html.escape(schema['info']['version'])}: addresses</h1>",
        f"<p>{html.escape(schema['info']['description'])}</p>",
        '<p>For programs: <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI).</p><dl>',
    ]
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            takes = ", ".join(parameter["name"] for parameter in told.get("parameters", ()))
            model = _model_of(told.get("requestBody", {}))
            said = told.get("description", "") + (f" Takes: {takes}." if takes else "")
            said += f" Body: {model}." if model else ""
            parts.append(
                f"<dt><code>{method.upper()} {html.escape(path)}</code></dt><dd>{html.escape(said)}</dd>"
            )
    parts.append("</dl><h2>Bodies</h2>")
    for name, model in schema.get("components", {}).get("schemas", {}).items():
        keys = "".join(
            f"<li><code>{html.escape(key)}</code>: {html.escape(str(said.get('description', '')))}</li>"
            for key, said in model.get("properties", {}).items()
        )
        parts.append(f"<h3>{html.escape(name)}</h3><ul>{keys}</ul>")
    return "".join([*parts, "</body></html>"])


def _model_of(body: dict[str, Any]) -> str:
    """Name of the model that a body follows, empty where there is none."""
    schema = body.get("content", {}).get("application/json", {}).get("schema", {})
    return str(schema.get("$ref", "")).rpartition("/")[2]
