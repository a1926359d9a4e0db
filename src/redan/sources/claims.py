"""Claims: what a source says, who says it, what it becomes in Redan, and how it can be checked.

A claim is a claim until something independent supports it. Each is paraphrased, never quoted, and carries the
specification of its check; `claim_checks` runs the check and returns the verdict. A draft (`redan read`) also
carries the few words it rests on, until a person has confirmed it.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Verdict = Literal[
    "supported", "partly", "contradicted", "not_testable", "open", "answered", "unchecked", "draft"
]

#: What each verdict means, in the words of the table.
VERDICTS: dict[Verdict, str] = {
    "supported": "independent data agree",
    "partly": "independent data agree in part, or for one reading",
    "contradicted": "independent data disagree",
    "not_testable": "no public data can settle it",
    "open": "a question about the future: a forecast answers it",
    "answered": "answered by the forecast named",
    "unchecked": "nobody has said yet how it can be checked",
    "draft": "drafted by a program; a person has yet to confirm it",
}

Fact = float | date | str

#: A short quotation has no more characters than this: the text itself is not copied.
LONGEST_QUOTE = 200


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Evidence(_Closed):
    """One independent statement beside the claim: what it says, whose it is, how good, from when."""

    text: str
    source: str
    grade: Literal["A", "B", "C"]
    date: date


class Becomes(_Closed):
    """Where the claim lives in Redan: mechanism, parameters, outputs, and the command that shows it."""

    mechanism: str
    parameters: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    shown_by: str


class _Check(_Closed):
    def settlements(self) -> tuple[int, ...]:
        """GeoNames ids the check looks up."""
        return ()


class Shipped(_Check):
    """Facts we derived from a dataset, shipped so that the check also prints where the data are absent."""

    dataset: str
    facts: dict[str, Fact]

    def needs(self) -> tuple[str, ...]:
        """Names of the facts without which the check cannot be judged."""
        return ()


class DistanceCheck(_Check):
    """Geodesic between two GeoNames points against a stated distance."""

    kind: Literal["distance"]
    origin: int = Field(alias="from")
    to: int
    says_km: float = Field(gt=0)
    within_km: float = Field(gt=0)

    def settlements(self) -> tuple[int, ...]:
        """GeoNames ids the check looks up."""
        return (self.origin, self.to)


class FrontDistanceCheck(Shipped):
    """Line of contact to a town, to its point and to the edge of its built-up area."""

    kind: Literal["front_distance"]
    place: int
    town: str
    says_km: float = Field(gt=0)
    within_km: float = Field(gt=0)
    at_most: bool = False
    residents_per_km2: float = Field(gt=0, description="turns residents into the radius of the built-up area")

    def settlements(self) -> tuple[int, ...]:
        """GeoNames ids the check looks up."""
        return (self.place,)

    def needs(self) -> tuple[str, ...]:
        """Names of the facts without which the check cannot be judged."""
        return ("to_centre_km", "data_date")


class ResidentsCheck(_Check):
    """Residents of one group of towns against those of another."""

    kind: Literal["residents"]
    group: tuple[int, ...] = Field(min_length=1)
    other: tuple[int, ...] = Field(min_length=1)
    ratio_within: float = Field(gt=1, description="called comparable up to this ratio")

    def settlements(self) -> tuple[int, ...]:
        """GeoNames ids the check looks up."""
        return (*self.group, *self.other)


class DurationCheck(Shipped):
    """Days that an operation has lasted, on each clock, against a stated duration."""

    kind: Literal["duration"]
    towns: dict[str, str] = Field(min_length=1, description="name in the article -> column of the data")
    says_days: float = Field(gt=0)
    within_share: float = Field(gt=0, lt=1)

    def needs(self) -> tuple[str, ...]:
        """Names of the facts without which the check cannot be judged."""
        return tuple(f"{column.lower()}_within_20km" for column in self.towns.values())


class StatusCheck(Shipped):
    """Whether a town was taken on the as_of date."""

    kind: Literal["status"]
    town: str
    taken_share: float = Field(gt=0, le=1)

    def needs(self) -> tuple[str, ...]:
        """Names of the facts without which the check cannot be judged."""
        return ("occupied", "unknown", "data_date")


class TrendCheck(Shipped):
    """Whether the attacker's gains and approach grew over the four quarters before the as_of date."""

    kind: Literal["trend"]
    towns: dict[str, str] = Field(min_length=1)
    noticeable_km: float = Field(gt=0)

    def needs(self) -> tuple[str, ...]:
        """Names of the facts without which the check cannot be judged."""
        rates = tuple(f"km2_per_day_q{quarter}" for quarter in range(1, 5))
        return (*rates, *(f"{column.lower()}_nearer_km" for column in self.towns.values()))


class ApproachCheck(Shipped):
    """How often a front came 10 km nearer to any tracked town within 30 days."""

    kind: Literal["approach"]
    since: date

    def needs(self) -> tuple[str, ...]:
        """Names of the facts without which the check cannot be judged."""
        return ("fastest_km", "windows_of_10km", "windows")


class ReliefCheck(Shipped):
    """Relief around the towns against what would be called rolling and rugged."""

    kind: Literal["relief"]
    around: tuple[int, ...] = Field(min_length=1)
    radius_km: float = Field(gt=0)
    rolling_m: float = Field(gt=0)
    rugged_m: float = Field(gt=0)

    def settlements(self) -> tuple[int, ...]:
        """GeoNames ids the check looks up."""
        return self.around

    def needs(self) -> tuple[str, ...]:
        """Names of the facts without which the check cannot be judged."""
        return ("relief_median_m", "elevation_low_m", "elevation_high_m")


class IndustryCheck(Shipped):
    """Share of the larger towns that have a works or a mine."""

    kind: Literal["industry"]
    towns: dict[str, int] = Field(min_length=1, description="name in the data -> GeoNames id")
    enough_share: float = Field(gt=0, le=1)

    def settlements(self) -> tuple[int, ...]:
        """GeoNames ids the check looks up."""
        return tuple(self.towns.values())

    def needs(self) -> tuple[str, ...]:
        """Names of the facts without which the check cannot be judged."""
        return ("towns_with_site",)


class DamageCheck(Shipped):
    """Share of buildings damaged in communities whose towns were stormed."""

    kind: Literal["damage"]
    communities: tuple[str, ...] = Field(min_length=1)
    heavy_per_cent: float = Field(gt=0)

    def needs(self) -> tuple[str, ...]:
        """Names of the facts without which the check cannot be judged."""
        return tuple(name.lower() for name in self.communities)


class ParameterCheck(_Check):
    """A stated value against an independent range, beside the range Redan draws it from."""

    kind: Literal["parameter"]
    name: str
    meaning: str = Field(description="what the parameter of that name measures")
    unit: str
    says: float
    independent: tuple[float, float]
    source: str
    stretch: float = Field(gt=1, description="beyond the range by up to this factor is 'partly'")


class ForecastCheck(_Check):
    """Probability of events within a stated time, from a forecast run."""

    kind: Literal["forecast"]
    events: tuple[str, ...] = Field(min_length=1)
    courses: tuple[str, ...] = Field((), description="only these; empty: every course of the run")
    within_days: int = Field(gt=0)


class ComparisonCheck(_Check):
    """Two courses of action on the same luck, from a forecast run."""

    kind: Literal["comparison"]
    a: str
    b: str
    measures: tuple[str, ...] = Field(min_length=1)


class StatedCheck(_Check):
    """No calculation: the verdict is ours, with the reason."""

    kind: Literal["stated"]
    verdict: Verdict
    because: str


Check = Annotated[
    DistanceCheck
    | FrontDistanceCheck
    | ResidentsCheck
    | DurationCheck
    | StatusCheck
    | TrendCheck
    | ApproachCheck
    | ReliefCheck
    | IndustryCheck
    | DamageCheck
    | ParameterCheck
    | ForecastCheck
    | ComparisonCheck
    | StatedCheck,
    Field(discriminator="kind"),
]

#: Every kind of check, for readers that list them.
CHECKS: tuple[type[_Check], ...] = (
    DistanceCheck,
    FrontDistanceCheck,
    ResidentsCheck,
    DurationCheck,
    StatusCheck,
    TrendCheck,
    ApproachCheck,
    ReliefCheck,
    IndustryCheck,
    DamageCheck,
    ParameterCheck,
    ForecastCheck,
    ComparisonCheck,
    StatedCheck,
)


class Claim(_Closed):
    """One claim of the source.

    Attributes
    ----------
    paragraph
        0 is headline and standfirst, 1 the first paragraph below them.
    hedge
        How firmly it is put: `flat` as a fact, `hedged` with "about" or "may", `conditional` on something,
        `opinion` as a judgement of whoever says it.
    kind
        What it is to Redan: a `parameter`, a `mechanism`, a `check` against data, or a `question`.
    status
        `draft` until a person has read the source and confirmed it; then `confirmed`.
    quote
        The few words of the source that a draft rests on.
    """

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    paragraph: int = Field(ge=0)
    who: str
    says: str
    hedge: Literal["flat", "hedged", "conditional", "opinion"]
    kind: Literal["parameter", "mechanism", "check", "question"]
    becomes: Becomes
    check: Check
    evidence: tuple[Evidence, ...] = ()
    status: Literal["draft", "confirmed"] = "confirmed"
    quote: Annotated[str, Field(max_length=LONGEST_QUOTE)] | None = None


class ClaimSource(_Closed):
    """Where the claims come from, described in our words."""

    title: str
    date: date
    note: str


class Claims(_Closed):
    """A claims file."""

    format: Literal[1]
    source: ClaimSource
    claims: tuple[Claim, ...] = Field(min_length=1)
