"""How the reference class is used: clocks, grid, intervals and selections, from one bundled file."""

from __future__ import annotations

import datetime
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

from redan.sources.reference import FOLDER, Battle, Isolated

_CLOSED = ConfigDict(extra="forbid", frozen=True)


class Selection(BaseModel):
    """Which battles count, and how; the file says in `words` what a reader is told."""

    model_config = _CLOSED

    name: str
    words: str
    since: datetime.date | None = None
    population: tuple[int, int] | None = None
    isolated: tuple[Isolated, ...] | None = None
    wars: tuple[str, ...] | None = None
    one_vote: bool = False

    def takes(self, battle: Battle) -> bool:
        """Whether a battle counts; one whose population is not known is in no selection by size."""
        people = battle.town_population
        return (
            (self.since is None or battle.start >= self.since)
            and (self.isolated is None or battle.isolated in self.isolated)
            and (self.wars is None or battle.war in self.wars)
            and (
                self.population is None
                or (people is not None and self.population[0] <= people <= self.population[1])
            )
        )


class Settings(BaseModel):
    """`bundled/reference/settings.yaml`; the remarks there say what each field means and why."""

    model_config = _CLOSED

    clocks_km: tuple[int, int]
    fight_km: int
    farthest_km: int
    farthest_why: str
    fewest_rows: int
    median_days: tuple[float, float]
    spread: tuple[float, float]
    grid_points: tuple[int, int]
    grid_why: str
    interval_edges_days: tuple[int, ...]
    edges_why: str
    weight_prior_mean: float
    weight_prior_cases: float
    weight_why: str
    selections: tuple[Selection, ...]

    def selection(self, name: str) -> Selection:
        """Return a selection by name."""
        return next(selection for selection in self.selections if selection.name == name)


@cache
def load_settings() -> Settings:
    """Read the bundled settings."""
    path = resources.files("redan.bundled").joinpath(FOLDER, "settings.yaml")
    return Settings.model_validate(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")))
