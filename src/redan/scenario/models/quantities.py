"""Quantities with spread, unit, source and grade: forces, policy, overrides of the register; schedules."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import (
    Field,
    GetJsonSchemaHandler,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from redan.scenario.models.base import Closed, Name, NonNegative, Num, Sourced, Text, faulty
from redan.vocabulary import distributions

UNIT_OF_REGISTER: Final = "(as in the register)"
NO_SOURCE: Final = "no source given"
FIXED_WORD: Final = "fixed"
DEFAULT_FORMATION_MEN: Final = 450.0  # [men] about a battalion at the strength of 2024-2025; layout only


class _Spread(Closed):
    """A distribution of one kind."""

    kind: str

    @model_validator(mode="after")
    def _check(self) -> _Spread:
        for _, problem, remedy in self.to_distribution().problems():
            raise faulty(problem, remedy)
        return self

    def to_distribution(self) -> distributions.Distribution:
        """Return the distribution with its inverse."""
        numbers = {name: float(getattr(self, name)) for name in distributions.KINDS[self.kind]}
        return distributions.Distribution(self.kind, numbers)


class Fixed(_Spread):
    """No spread: the value stands."""

    kind: Literal["fixed"] = Field(description="Kind of distribution.")


class Triangular(_Spread):
    """Rises from low to mode, falls to high."""

    kind: Literal["triangular"] = Field(description="Kind of distribution.")
    low: Num = Field(description="Lowest value, in the unit of the quantity.")
    mode: Num = Field(description="Most likely value.")
    high: Num = Field(description="Highest value, in the unit of the quantity.")


class Uniform(_Spread):
    """All values between low and high alike."""

    kind: Literal["uniform"] = Field(description="Kind of distribution.")
    low: Num = Field(description="Lowest value, in the unit of the quantity.")
    high: Num = Field(description="Highest value, in the unit of the quantity.")


class Normal(_Spread):
    """Normal distribution, clipped to the parameter's range."""

    kind: Literal["normal"] = Field(description="Kind of distribution.")
    mean: Num = Field(description="Mean.")
    sd: Num = Field(description="Standard deviation.")


class Lognormal(_Spread):
    """Lognormal distribution by its 5th and 95th percentiles."""

    kind: Literal["lognormal"] = Field(description="Kind of distribution.")
    p05: Num = Field(description="5 % lie below.")
    p95: Num = Field(description="95 % lie below.")


class Beta(_Spread):
    """Beta distribution on 0..1."""

    kind: Literal["beta"] = Field(description="Kind of distribution.")
    a: Num = Field(description="First shape.")
    b: Num = Field(description="Second shape.")


Spread = Annotated[Fixed | Triangular | Uniform | Normal | Lognormal | Beta, Field(discriminator="kind")]


class Quantity(Sourced):
    """A number for a parameter of the register.

    Or, instead of the mapping: a plain number (fixed, the register's unit, grade C, no source given), or
    the word `fixed` (the register's central value without its spread).
    """

    value: Num | None = Field(None, description="Central value; alone, it is fixed.")
    distribution: Spread | None = Field(None, description="Spread; alone, its centre is the value.")
    unit: Text = Field(description="Unit; must be that of the register.")

    @model_validator(mode="before")
    @classmethod
    def _shorthand(cls, given: Any) -> Any:
        short = {"unit": UNIT_OF_REGISTER, "source": NO_SOURCE, "grade": "C"}
        if isinstance(given, int | float) and not isinstance(given, bool):
            return {"value": given, **short}
        if given == FIXED_WORD:
            return {"distribution": {"kind": "fixed"}, **short}
        return given

    @model_validator(mode="after")
    def _has_value(self) -> Quantity:
        if self.value is None and self.distribution is None:
            raise faulty("has neither value nor distribution", "give one of them, or both")
        return self

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Let editors accept the short forms too."""
        return {"anyOf": [handler(core_schema), {"type": "number"}, {"const": FIXED_WORD}]}


class SideForces(Closed):
    """Forces of one side: every quantity that the register leaves to the scenario."""

    formation_men: Annotated[float, Field(strict=True, ge=50, le=20_000)] = Field(
        DEFAULT_FORMATION_MEN, description="Nominal men of a formation; sets how many are laid out."
    )
    quantities: dict[str, Quantity] = Field(
        default_factory=dict, description="Filled from the other keys of the section."
    )

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        others = {key: value for key, value in given.items() if key != "formation_men"}
        layout = {key: value for key, value in given.items() if key == "formation_men"}
        return {**layout, "quantities": others}

    @model_serializer(mode="wrap")
    def _spread_out(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Write the section as it is read, without the inner level."""
        written: dict[str, Any] = handler(self)
        return {**written.pop("quantities"), **written}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the section as it is written, without the inner level."""
        schema = handler.resolve_ref_schema(handler(core_schema))
        quantities = schema["properties"].pop("quantities")
        schema["additionalProperties"] = quantities["additionalProperties"]
        return schema


class Forces(Closed):
    """Forces of both sides on day 0 and their flows."""

    attacker: SideForces
    defender: SideForces


Multipliers = Annotated[tuple[NonNegative, ...], Field(min_length=1, max_length=120)]


class SideSchedules(Closed):
    """Multipliers of one side per 30-day period from day 0; the last goes on; absent: 1."""

    men: Multipliers = Field((1.0,), description="Of reinforcement.")
    drones: Multipliers = Field((1.0,), description="Of drone deliveries.")
    jamming: Multipliers = Field((1.0,), description="Of jamming.")
    guns: Multipliers = Field((1.0,), description="Of guns and their shells.")
    effort: Multipliers = Field((1.0,), description="Of assault effort.")
    works: Multipliers = Field((1.0,), description="Of digging.")
    armour: Multipliers = Field((1.0,), description="Of deliveries of armour.")


class Schedules(Closed):
    """How flows change over time."""

    attacker: SideSchedules = Field(default_factory=lambda: SideSchedules.model_validate({}))
    defender: SideSchedules = Field(default_factory=lambda: SideSchedules.model_validate({}))


Overrides = dict[Name, Quantity]
