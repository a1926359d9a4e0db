"""Scenarios that ship with the package."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

MAIN_FILE: Final = "scenario.yaml"


def bundled_names() -> list[str]:
    """Names of the bundled scenarios, sorted."""
    folder = _folder()
    return sorted(entry.name for entry in folder.iterdir() if entry.joinpath(MAIN_FILE).is_file())


def bundled_folder(name: str) -> Traversable | None:
    """Folder of a bundled scenario, None where there is none of that name."""
    return _folder().joinpath(name) if name in bundled_names() else None


def _folder() -> Traversable:
    return resources.files("redan.bundled").joinpath("scenarios")
