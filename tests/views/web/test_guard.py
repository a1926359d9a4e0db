"""Who may ask, how much and how slowly; and that nothing of the inside shows."""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from redan.views.web.guard import doorkeeper, slow
from redan.views.web.guard.rules import is_loopback, rules_for
from redan.vocabulary.errors import InputError
from tests.views.web.conftest import SCENARIO, TOKEN, Idle, Site, site


@pytest.mark.parametrize("name", ["localhost:8321", "127.0.0.1:8321", "[::1]:8321", "LOCALHOST"])
def test_the_server_answers_to_its_own_names(idle: Site, name: str) -> None:
    assert idle.ask("GET", "/api/health", headers={"host": name}).status_code == 200


@pytest.mark.parametrize(
    "name", ["evil.example", "127.0.0.1.evil.example", "", "[::2]", "localhost.evil:8321"]
)
def test_other_names_are_refused(idle: Site, name: str) -> None:
    """A page elsewhere whose name was made to lead to this machine (DNS rebinding)."""
    found = idle.ask("GET", "/api/health", headers={"host": name})
    assert found.status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_other_sites_may_not_ask_for_their_visitor(idle: Site, headers: dict[str, str]) -> None:
    assert idle.ask("DELETE", f"/api/runs/{idle.run}", headers=headers).status_code == 403


def test_our_own_page_may_ask(idle: Site) -> None:
    headers = {"origin": "http://127.0.0.1:8321", "sec-fetch-site": "same-origin"}
    assert idle.ask("GET", "/api/health", headers=headers).status_code == 200
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert idle.ask("GET", "/", headers=link).status_code == 200


def test_every_answer_forbids_what_is_not_ours(idle: Site) -> None:
    for path in ("/", "/api/health", "/api/nothing", "/api/docs"):
        headers = idle.ask("GET", path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "worker-src 'self'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert "server" not in headers


def test_a_base_map_is_the_only_other_place(tmp_path: Path) -> None:
    from redan.views.web.app import origin_of

    named = dict(doorkeeper.security_headers(origin_of("https://tiles.example/{z}/{x}/{y}.png")))
    policy = named[b"content-security-policy"].decode()
    assert "connect-src 'self' https://tiles.example;" in policy
    assert "script-src 'self';" in policy


def test_pages_load_nothing_from_elsewhere(idle: Site) -> None:
    for path in ("/", "/api/docs"):
        text = idle.ask("GET", path).text
        assert "<script" not in text or "src=" in text
        assert "//" not in text.replace("http://127.0.0.1", "")


def test_a_token_is_needed_beyond_this_machine() -> None:
    assert is_loopback("127.0.0.1")
    assert is_loopback("::1")
    assert not is_loopback("0.0.0.0")
    assert not is_loopback("example.org")
    with pytest.raises(InputError, match="a token is needed"):
        rules_for("0.0.0.0", None)
    for bad in ("short", "with a space in the middle of it", "ü" * 20, "x" * 300):
        with pytest.raises(InputError, match="letters and digits"):
            rules_for("0.0.0.0", bad)


def test_without_the_token_nothing_is_said(played: Path) -> None:
    with site(played, Idle(), host="0.0.0.0", token=TOKEN) as there:
        wrong: list[dict[str, Any]] = [
            {},
            {"authorization": "Bearer wrong"},
            {"authorization": f"Basic {TOKEN}"},
            {"authorization": f"Bearer {TOKEN}x"},
            {"cookie": "redan_token=wrong"},
            {"authorization": b"Bearer \xff"},
        ]
        for headers in wrong:
            for path in ("/", "/api/health", "/api/runs", "/api/openapi.json", "/api/nothing"):
                assert there.ask("GET", path, headers=headers).status_code == 401
        right = {"authorization": f"Bearer {TOKEN}", "host": "redan.example"}
        assert there.ask("GET", "/api/health", headers=right).status_code == 200
        cookie = {"cookie": f"other=1; redan_token={TOKEN}"}
        assert there.ask("GET", "/api/health", headers=cookie).status_code == 200


def test_the_token_goes_from_the_address_into_a_cookie(played: Path) -> None:
    with site(played, Idle(), token=TOKEN) as there:
        found = there.ask("GET", f"/?token={TOKEN}", headers={"x-forwarded-proto": "https"})
        assert (found.status_code, found.headers["location"]) == (303, "/")
        kept = found.headers["set-cookie"]
        assert "HttpOnly" in kept
        assert "SameSite=Strict" in kept
        assert "Secure" in kept
        assert there.ask("GET", f"/api/health?token={TOKEN}").status_code == 401, "only of the page itself"
        assert there.ask("GET", "/?token=wrong").status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        "/api/runs/..%2f..%2fetc/summary",
        "/api/runs/%2e%2e/summary",
        "/api/runs/....//summary",
        "/api/runs/.chunks",
        "/api/runs/a%00b/summary",
        "/api/scenarios/..%2f..%2fsecrets",
        "/api/scenarios/%2fetc",
        "/..%2f..%2fpyproject.toml",
        "/%2e%2e/%2e%2e/pyproject.toml",
        "/page/../../../pyproject.toml",
    ],
)
def test_no_path_leads_out(idle: Site, path: str) -> None:
    found = idle.ask("GET", path)
    assert found.status_code == 404
    assert "hatchling" not in found.text


def test_a_link_in_the_folder_of_runs_is_not_followed(idle: Site, tmp_path: Path) -> None:
    link = idle.root / "elsewhere"
    link.symlink_to(tmp_path)
    try:
        assert idle.ask("GET", "/api/runs/elsewhere").status_code == 404
    finally:
        link.unlink()


def test_an_overlay_cannot_name_a_file_elsewhere(idle: Site) -> None:
    for name in ("../../pyproject.toml", "/etc/hostname", "~/x"):
        overlay = f"control: {{line: '{name}'}}\n"
        found = idle.ask("POST", "/api/scenarios/check", json={"scenario": SCENARIO, "overlay_yaml": overlay})
        assert "leads out of the scenario's folder" in found.json()["faults"][0]["problem"]


def test_a_body_that_is_too_large_is_refused(idle: Site) -> None:
    large = b" " * (doorkeeper.LARGEST_BODY + 1)
    assert idle.ask("POST", "/api/scenarios/check", content=large).status_code == 413

    async def pieces() -> Any:
        for _ in range(doorkeeper.LARGEST_BODY // 2**20 + 1):
            yield b" " * 2**20

    assert idle.ask("POST", "/api/scenarios/check", content=pieces()).status_code == 413


DEEP = json.loads("[" * 60 + "]" * 60)
BOMB = "a: [" + ", ".join(["x"] * 150_000) + "]\n"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"x"',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"scenario": NaN}',
        b'{"scenario": "two-belts", "changes": [{"path": "place.buffer_km", "value": '
        + b"9" * 5_000
        + b"}]}",
        b'{"scenario": "two-belts", "changes": [{"path": "place.buffer_km", "value": NaN}]}',
        b'{"scenario": "two-belts", "changes": [{"path": "place.buffer_km", "value": 1e999}]}',
        b'{"scenario": "two-belts", "files": {"line.geojson": "[[["}}',
        json.dumps({"scenario": SCENARIO, "changes": [{"path": "as_of", "value": DEEP}]}).encode(),
        json.dumps({"scenario": SCENARIO, "changes": [{"path": "as_of." * 30, "value": 1}]}).encode(),
        json.dumps({"scenario": SCENARIO, "overlay_yaml": BOMB}).encode(),
        json.dumps({"scenario": SCENARIO, "overlay_yaml": "a: " + "[" * 5_000}).encode(),
        json.dumps({"scenario": SCENARIO, "edits": [{"kind": "belt", "geometry": {"type": "x"}}]}).encode(),
        json.dumps({"scenario": "two\x00belts"}).encode(),
        gzip.compress(b"{}", mtime=0),
    ],
)
def test_a_malformed_body_is_answered_with_faults(idle: Site, body: bytes) -> None:
    found = idle.ask(
        "POST", "/api/scenarios/check", content=body, headers={"content-type": "application/json"}
    )
    assert found.status_code in (200, 400, 404, 422)
    assert found.json()["faults"]
    assert "Traceback" not in found.text


def test_a_defect_shows_nothing_of_the_inside(
    idle: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(path: Any) -> Any:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("redan.views.web.runs.Runs.listed", broken)
    found = idle.ask("GET", "/api/runs")
    assert found.status_code == 500
    assert "secret" not in found.text
    assert "ZeroDivisionError" not in found.text
    assert found.json()["faults"][0]["remedy"] == "see its terminal"
    assert "ZeroDivisionError: secret detail" in capsys.readouterr().err


def _connection(address: str) -> socket.socket:
    host, port = address.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=10)


@contextmanager
def slow_clients(
    address: str, heads: int, bodies: int
) -> Iterator[tuple[list[socket.socket], list[socket.socket]]]:
    """Connections that begin to say something, or nothing, and go no further."""
    with ExitStack() as opened:
        slow_heads = [opened.enter_context(_connection(address)) for _ in range(heads)]
        slow_bodies = [opened.enter_context(_connection(address)) for _ in range(bodies)]
        for one in slow_heads[heads // 3 :]:
            one.sendall(b"GET /api/health HTTP/1.1\r\nHost: 127.0")
        for one in slow_bodies:
            one.sendall(
                b"POST /api/scenarios/check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{"
            )
        yield slow_heads, slow_bodies


def test_slow_clients_hold_nobody_up(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits for them would wait longer than the time given."""
    monkeypatch.setattr(slow, "HEAD_S", 120.0)
    monkeypatch.setattr(doorkeeper, "BODY_S", 120.0)
    with slow_clients(address, 30, 10):
        assert httpx.get(f"{address}/api/health", timeout=60).status_code == 200


def test_slow_clients_are_let_go(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slow, "HEAD_S", 0.6)
    monkeypatch.setattr(doorkeeper, "BODY_S", 0.6)
    with slow_clients(address, 30, 10) as (heads, bodies):
        for one in heads:
            assert one.recv(100) == b"", "closed without a word"
        for one in bodies:
            assert b"408" in one.recv(100)


def test_a_head_without_end_is_refused(address: str) -> None:
    with _connection(address) as one:
        one.sendall(b"GET /api/health HTTP/1.1\r\nX: " + b"a" * 70_000)
        assert b"400" in one.recv(200)
