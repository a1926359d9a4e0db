"""Settings of every test: reproducible properties, nothing of the caller's terminal, slow files first."""

from __future__ import annotations

import functools
import os
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, settings

from redan.vocabulary import documents
from redan.vocabulary.plain import Document

# Property tests draw the same examples every time, so that a red build is red for everyone;
# HYPOTHESIS_PROFILE=search looks for new ones.
settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,  # the first example may compile a kernel
    max_examples=60,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("search", deadline=None, max_examples=2000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

ROOT: Final = Path(__file__).resolve().parents[1]
#: The files that take longest, in the order in which workers take them up: at the end none waits for another.
#: The first compiles the campaign; the next ones need none, or another, so that it is not compiled twice.
SLOW_FIRST: Final = (
    *("docs/test_every_block.py", "scenario/test_hostile.py", "rules/test_monotone.py", "test_wheel.py"),
    *("rules/test_uncompiled.py", "views/cli/test_main.py", "engine/test_uncompiled.py"),
    *("calibration/test_stylised.py", "views/cli/test_authoring.py", "views/report/test_computed.py"),
    *("views/web/test_jobs.py", "vocabulary/test_documents.py"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow files first; with `--no-loadscope-reorder` workers keep this order."""
    place = {ROOT / "tests" / name: at for at, name in enumerate(SLOW_FIRST)}
    items.sort(key=lambda item: place.get(item.path, len(place)))


@functools.lru_cache(maxsize=256)
def _read(text: str, shown: str, parse: Any = documents.parse_document) -> bytes:
    return pickle.dumps(parse(text, shown))


def _parsed(text: str, shown: str) -> Document:
    found: Document = pickle.loads(_read(text, shown))
    return found


@pytest.fixture(scope="session", autouse=True)
def documents_are_read_once() -> Iterator[None]:
    """A file that many tests read, as commands do in processes of their own, is parsed once, and copied."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(documents, "parse_document", _parsed)
        yield


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make what the commands print depend on the code alone."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "200")
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "PY_COLORS"):
        monkeypatch.delenv(name, raising=False)
