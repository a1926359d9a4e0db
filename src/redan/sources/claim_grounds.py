"""What a claim may be judged on, and the form of a finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from redan.sources.claims import Claim, Fact, Verdict


@dataclass(frozen=True)
class ParameterFact:
    """A parameter as a scenario resolves it: central value, 5 and 95 % points (or limits), unit, grade."""

    value: float
    low: float
    high: float
    unit: str
    grade: str


@dataclass(frozen=True)
class RunFacts:
    """What a forecast run says, in the ids of DESIGN 8.

    Attributes
    ----------
    p_by_day
        course -> event -> day -> probability that it had happened by then.
    day
        course -> event -> "p10", "p50", "p90" -> day, None past the horizon.
    comparison
        Rows of the document's `comparison`.
    """

    path: str
    replications: int
    horizon_days: int
    p_by_day: Mapping[str, Mapping[str, Mapping[int, float]]]
    day: Mapping[str, Mapping[str, Mapping[str, float | None]]]
    comparison: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Grounds:
    """Everything a claim may be judged on."""

    as_of: date
    scenario: str
    data: Path | None = None
    line: Sequence[tuple[float, float]] = ()
    line_date: date | None = None
    parameters: Mapping[str, ParameterFact] = field(default_factory=dict)
    run: RunFacts | None = None


@dataclass(frozen=True)
class Finding:
    """The answer to one claim.

    Attributes
    ----------
    says
        What independent data say, in one or two sentences.
    numbers
        The figures behind it.
    checked
        For each dataset, whether it was checked on this machine.
    """

    claim: Claim
    verdict: Verdict
    says: str
    numbers: dict[str, Fact | None]
    checked: tuple[str, ...] = ()


#: What a judge returns: verdict, sentence, further numbers.
Judged = tuple[Verdict, str, dict[str, Fact | None]]


def percent(share: float) -> str:
    """A share in per cent, with a digit more where it is small."""
    return f"{100 * share:.1f} %" if 0 < share < 0.1 else f"{100 * share:.0f} %"
