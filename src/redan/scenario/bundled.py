"""Scenarios that ship with the package: those to forecast, and operations of the past under `history/`."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

MAIN_FILE: Final = "scenario.yaml"
HISTORY: Final = "history"


def bundled_names() -> list[str]:
    """Names of the bundled scenarios, sorted; operations of the past are not among them."""
    return _names_in(_folder("scenarios"))


def history_names() -> list[str]:
    """Names of the operations of the past, as `history/bakhmut`, sorted."""
    return [f"{HISTORY}/{name}" for name in _names_in(_folder(HISTORY))]


def bundled_folder(name: str) -> Traversable | None:
    """Folder of a bundled scenario or operation of the past, None where there is none of that name.

    A run names its scenario without the folder, so `bakhmut` is found as well as `history/bakhmut`.
    """
    if name in bundled_names():
        return _folder("scenarios").joinpath(name)
    short = name.removeprefix(f"{HISTORY}/")
    return _folder(HISTORY).joinpath(short) if f"{HISTORY}/{short}" in history_names() else None


def _names_in(folder: Traversable) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir() if entry.joinpath(MAIN_FILE).is_file())


def _folder(part: str) -> Traversable:
    return resources.files("redan.bundled").joinpath(part)
