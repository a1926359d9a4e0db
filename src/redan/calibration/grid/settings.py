"""What the second stage frees, carries over and simulates: `settings.yaml`, checked."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from importlib import resources
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, model_validator
from ruamel.yaml import YAML

from redan.vocabulary.distributions import Distribution
from redan.vocabulary.parameters import Parameter, load_register

F64 = NDArray[np.float64]
FILE: Final = "settings.yaml"
MOST_FREE: Final = 8


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Prior(_Closed):
    """A prior that is not the register's: 5 and 95 per cent points."""

    kind: Literal["lognormal"]
    p05: float = Field(gt=0)
    p95: float


class Free(_Closed):
    """A free parameter of the register."""

    name: str
    meaning: str
    prior: Prior | None = None
    grade: str = ""
    source: str = ""

    def value(self, u: F64, at_date: Parameter) -> F64:
        """Value at a share of its prior; `at_date` is the register's entry that holds on the day."""
        if self.prior is None:
            return at_date.ppf(u)
        spread = Distribution(self.prior.kind, {"p05": self.prior.p05, "p95": self.prior.p95})
        return np.clip(spread.ppf(u, at_date.value), at_date.low, at_date.high)


class Count(_Closed):
    """Residents counted on a day."""

    date: dt.date
    people: float = Field(gt=0)


class Residents(_Closed):
    """Two counts of a town's residents within one start."""

    town: str
    start: dt.date
    first: Count
    second: Count
    known: dt.date
    grade: str
    source: str

    @property
    def log_ratio(self) -> float:
        """Logarithm of the second count over the first."""
        return float(np.log(self.second.people / self.first.people))


class ReportRule(_Closed):
    """How late reports are."""

    lag_days: int = Field(ge=0)
    grade: str
    source: str


class NotFitted(_Closed):
    """A summary that is only shown."""

    name: str
    reason: str


class Settings(_Closed):
    """The whole file."""

    free: tuple[Free, ...] = Field(min_length=1, max_length=MOST_FREE)
    unidentified_over: float
    carried: tuple[str, ...]
    battles_until: dt.date
    starts: tuple[dt.date, ...]
    days: int
    horizons: tuple[int, ...]
    varies: str
    scored_days: tuple[int, ...]
    held_out_from: dt.date
    baselines_from: dt.date
    not_fitted: tuple[NotFitted, ...]
    reports: ReportRule
    residents: tuple[Residents, ...]

    @model_validator(mode="after")
    def _known(self) -> Settings:
        register = load_register()
        for name in (*(one.name for one in self.free), *self.carried):
            if register.find(name) is None:
                raise ValueError(f"{name} is not a parameter of the register")
        if set(self.carried) & {one.name for one in self.free}:
            raise ValueError("a parameter is carried or free, not both")
        if self.varies not in {one.name for one in self.free}:
            raise ValueError(f"{self.varies} varies, and is not free")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the free parameters."""
        return tuple(one.name for one in self.free)

    @property
    def only_shown(self) -> tuple[str, ...]:
        """Names of the summaries that are not fitted."""
        return tuple(one.name for one in self.not_fitted)

    def values(self, u: F64, parameters: Mapping[str, Parameter]) -> dict[str, F64]:
        """Columns of the free parameters at shares [draw, parameter] of their priors at a date."""
        return {one.name: one.value(u[:, k], parameters[one.name]) for k, one in enumerate(self.free)}


@functools.cache
def load_settings() -> Settings:
    """Read the file that ships."""
    text = resources.files("redan.calibration.grid").joinpath(FILE).read_text(encoding="utf-8")
    content: Any = YAML(typ="safe", pure=True).load(text)
    return Settings.model_validate(content)
