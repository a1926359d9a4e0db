"""What a run needs of a scenario, loaded and compiled: the least that a caller must bring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from redan.vocabulary.arrays import Plan, Theatre


class ScenarioLike(Protocol):
    """What a run needs of a loaded scenario."""

    @property
    def name(self) -> str:
        """Name of the scenario."""

    @property
    def as_of(self) -> date:
        """Day 0."""

    def resolved(self) -> dict[str, Any]:
        """Everything the scenario says, and the text of its files, as plain data."""

    def file_hashes(self) -> dict[str, str]:
        """The sha256 of each file that the scenario names."""


class CompiledLike(Protocol):
    """What a run needs of a compiled scenario."""

    @property
    def theatre(self) -> Theatre:
        """Ground, works and forces as arrays."""

    @property
    def plans(self) -> Mapping[str, Plan]:
        """Every course, compiled."""

    @property
    def objectives(self) -> Sequence[str]:
        """Slugs of the objectives."""

    @property
    def axes(self) -> Mapping[str, Sequence[str]]:
        """Course -> slugs of its axes."""

    @property
    def sites(self) -> Sequence[str]:
        """Names of the strongholds."""

    @property
    def belts(self) -> Sequence[str]:
        """Names of the belts."""
