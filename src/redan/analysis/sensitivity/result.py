"""What a sensitivity study says: screening, shares of the variance, the strongest single parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from redan.analysis.influence import Influence
from redan.analysis.sensitivity.factors import Factor
from redan.analysis.sensitivity.indices import CONFIDENCE, Index, Share, Split
from redan.analysis.sensitivity.screening import Move
from redan.analysis.shown import shown
from redan.vocabulary.outcomes import Measure

#: Chance, all measures looked at apart, that any parameter listed is listed by luck.
LISTED_LEVEL: Final = 0.05
METHOD: Final = (
    "Morris screening of groups on common luck; Sobol indices by pick-freeze, luck being one of the factors"
)


@dataclass(frozen=True)
class Shares:
    """Where the variance of one measure comes from.

    Attributes
    ----------
    split
        Chance alone, parameters alone, only both together: they sum to 1.
    groups
        Each factor left by the screening, those screened out as one, and chance.
    grades
        All uncertain parameters of each grade.
    strongest
        Single parameters that go with the measure by more than chance, the strongest first.
    """

    measure: str
    unit: str
    mean: float
    sd: float
    split: Split | None
    groups: tuple[Index, ...]
    grades: tuple[Index, ...]
    strongest: tuple[Influence, ...]


@dataclass(frozen=True, repr=False)
class Sensitivity:
    """A sensitivity study of one course; `posterior`: name and sha256 of the fit that was drawn from."""

    scenario: str
    as_of: date
    course: str
    seed: int
    horizon_days: int
    n_trajectories: int
    samples: int
    campaigns: int
    posterior: Mapping[str, str] | None
    measures: tuple[Measure, ...]
    factors: tuple[Factor, ...]
    kept: tuple[str, ...]
    grades: Mapping[str, int]
    screening: tuple[Move, ...]
    shares: tuple[Shares, ...]

    def document(self) -> dict[str, Any]:
        """Return the document of `redan sensitivity --json`."""
        return {
            "scenario": self.scenario,
            "as_of": self.as_of.isoformat(),
            "course": self.course,
            "seed": self.seed,
            "horizon_days": self.horizon_days,
            "method": METHOD,
            "posterior": None if self.posterior is None else dict(self.posterior),
            "trajectories": self.n_trajectories,
            "samples": self.samples,
            "campaigns": self.campaigns,
            "confidence": CONFIDENCE,
            "groups": [{"group": one.name, "parameters": list(one.parameters)} for one in self.factors],
            "kept": list(self.kept),
            "uncertain_by_grade": dict(self.grades),
            "screening": [asdict(move) for move in self.screening],
            "measures": [_described(shares) for shares in self.shares],
        }

    def table(self) -> pl.DataFrame:
        """Return every share as a row: `measure`, `kind`, `factor`, `index`, `share`, `low`, `high`."""
        rows = [row for shares in self.shares for row in _rows(shares)]
        words, numbers = ("measure", "kind", "factor", "index"), ("share", "low", "high")
        schema = dict.fromkeys(words, pl.String) | dict.fromkeys(numbers, pl.Float64)
        return pl.DataFrame(rows, schema=schema, orient="row")

    def screening_table(self) -> pl.DataFrame:
        """Return every move of the screening as a row."""
        rows = [(one.factor, one.measure, one.mu_star, one.reach) for one in self.screening]
        schema = {"factor": pl.String, "measure": pl.String, "mu_star": pl.Float64, "reach": pl.Float64}
        return pl.DataFrame(rows, schema=schema, orient="row")

    def _repr_html_(self) -> str:
        """Show where the spread of each measure comes from in a notebook."""
        caption = (
            f"{self.scenario}, course {self.course}, day 0 is {self.as_of}: share of the variance from"
            f" chance, groups of parameters and grades (Sobol indices, {round(100 * CONFIDENCE)} % intervals,"
            f" {self.campaigns:,} campaigns of {self.horizon_days:,} days). Total: also with others."
        )
        return shown((), [(caption, self.table().filter(pl.col("index") != "alone"))])

    def __repr__(self) -> str:
        said = f"{len(self.factors)} groups, {len(self.kept)} kept, {self.campaigns:,} campaigns"
        return f"Sensitivity({self.scenario!r}, {self.course!r}, {said})"


def _described(shares: Shares) -> dict[str, Any]:
    return {
        "measure": shares.measure,
        "unit": shares.unit,
        "mean": shares.mean,
        "sd": shares.sd,
        "split": None
        if shares.split is None
        else {name: _share(getattr(shares.split, name)) for name in ("chance", "parameters", "together")},
        "factors": [_index(one) for one in shares.groups],
        "grades": [_index(one) for one in shares.grades],
        "strongest": [asdict(one) for one in shares.strongest],
    }


def _index(index: Index) -> dict[str, Any]:
    return {"factor": index.factor, "alone": _share(index.alone), "total": _share(index.total)}


def _share(share: Share) -> dict[str, Any]:
    return {"share": share.value, "interval90": [share.low, share.high]}


def _rows(shares: Shares) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []

    def add(kind: str, factor: str, index: str, share: Share) -> None:
        found.append((shares.measure, kind, factor, index, share.value, share.low, share.high))

    if shares.split is not None:
        for name in ("chance", "parameters", "together"):
            add("split", name, "share", getattr(shares.split, name))
    for kind, listed in (("group", shares.groups), ("grade", shares.grades)):
        for one in listed:
            add(kind, one.factor, "alone", one.alone)
            add(kind, one.factor, "total", one.total)
    return found


def by_name(listed: Sequence[Index], name: str) -> Index | None:
    """Return the index of one factor."""
    return next((one for one in listed if one.factor == name), None)
