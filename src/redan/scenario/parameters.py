"""Parameters of a scenario: the register at its date, its forces, policy and overrides; and their draws."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from redan.scenario.models.quantities import NO_SOURCE, UNIT_OF_REGISTER, Quantity
from redan.vocabulary.codes import DECISION_PARAMETER, SIDES
from redan.vocabulary.distributions import Distribution
from redan.vocabulary.errors import Fault, InputError, quote, suggest
from redan.vocabulary.parameters import BY_POSTERIOR, BY_SCENARIO, BY_SET, Parameter, Register
from redan.vocabulary.plain import Document, FieldPath

if TYPE_CHECKING:
    from redan.scenario.scenario import Scenario

DAY_OF_ONCE: Final = 0  # draws made once per replication are keyed as day 0
POLICY: Final = "policy"


def resolve(scenario: Scenario) -> dict[str, Parameter]:
    """Parameters in force, by name in register order, each with the source and grade it ended with.

    Raises
    ------
    InputError
        A value is missing or refused; not after `load_scenario`, which checks the same.
    """
    builder = Builder(scenario.document, scenario.register, scenario.as_of)
    forces = {side: getattr(scenario.forces, side).quantities for side in SIDES}
    found = builder.build(forces, scenario.policy, scenario.parameters)
    if builder.faults:
        raise InputError(builder.faults)
    return found


def central(parameters: Mapping[str, Parameter]) -> np.void:
    """One row of parameters at their central values."""
    row = np.zeros(1, dtype=_row_type(parameters))
    for name, parameter in parameters.items():
        row[name] = parameter.value
    first: np.void = row[0]
    return first


def draw(parameters: Mapping[str, Parameter], seed: int, replications: Sequence[int]) -> NDArray[np.void]:
    """Parameters of some replications: structured array [replication].

    A value depends on (seed, replication, name of the parameter) only: not on which other replications
    or parameters are drawn, nor on the course of action. Parameters of one fit are drawn together, by a row
    of its table, so that what the fit says of them jointly is kept.
    """
    # numba comes with these: only where something is drawn
    from redan.numerics.draws import day_keys, name_entity, uniforms

    rows = np.zeros(len(replications), dtype=_row_type(parameters))
    keys = day_keys(seed, replications, DAY_OF_ONCE)
    for name, parameter in parameters.items():
        if parameter.distribution.kind == "fixed":
            rows[name] = parameter.value
            continue
        joint = parameter.joint
        entity = name_entity(name if joint is None else f"{BY_POSTERIOR} {joint.name}")
        u = uniforms(keys, DECISION_PARAMETER, entity)
        if joint is None:
            rows[name] = parameter.ppf(u)
        else:
            chosen = joint.draws[(u * len(joint.draws)).astype(np.int64)]
            rows[name] = np.clip(chosen, parameter.low, parameter.high)
    return rows


def _row_type(parameters: Mapping[str, Parameter]) -> np.dtype[np.void]:
    return np.dtype([(name, np.float64) for name in parameters])


class Builder:
    """Lays a scenario's quantities over the register and collects what is wrong with them."""

    def __init__(self, document: Document, register: Register, as_of: dt.date) -> None:
        self.document = document
        self.register = register
        self.as_of = as_of
        self.faults: list[Fault] = []

    def fault(self, path: FieldPath, problem: str, remedy: str) -> None:
        """Add a fault about a field of the scenario."""
        self.faults.append(self.document.fault(path, problem, remedy))

    def build(
        self,
        forces: Mapping[str, Mapping[str, Quantity]],
        policy: Mapping[str, Quantity],
        overrides: Mapping[str, Quantity],
    ) -> dict[str, Parameter]:
        """Parameters in register order; `forces` holds the quantities of each side."""
        given: dict[str, tuple[FieldPath, Quantity]] = {}
        for side, quantities in forces.items():
            given |= self._forces_of(side, quantities)
        for name, quantity in policy.items():
            if self._is_policy(name):
                given[name] = (("policy", name), quantity)
        for name, quantity in overrides.items():
            if self._may_override(name, policy):
                given[name] = (("parameters", name), quantity)
        return self._lay(given)

    def _forces_of(
        self, side: str, quantities: Mapping[str, Quantity]
    ) -> dict[str, tuple[FieldPath, Quantity]]:
        keys = self.register.given_keys(side)
        for key in quantities:
            if key not in keys:
                self.fault(("forces", side, key), "is not a known key", suggest(key, keys))
        written = _written(self.document.value, ("forces", side))
        for key in keys:
            entry = self.register.find(f"{side}_{key}")
            may_be_left_out = entry is not None and not math.isnan(entry.value)
            if key not in quantities and key not in written and not may_be_left_out:
                unit = f"unit {entry.unit}" if entry else ""
                self.fault(("forces", side, key), "is missing", f"add `{key}:` ({unit})")
        return {
            f"{side}_{key}": (("forces", side, key), quantity)
            for key, quantity in quantities.items()
            if key in keys
        }

    def _is_policy(self, name: str) -> bool:
        names = self.register.of_group(POLICY)
        if name not in names:
            self.fault(("policy", name), "is not a parameter of the policy", suggest(name, names))
        return name in names

    def _may_override(self, name: str, policy: Mapping[str, Quantity]) -> bool:
        path: FieldPath = ("parameters", name)
        entry = self.register.find(name)
        if entry is None:
            free = [entry.name for entry in self.register.entries if not entry.is_given]
            self.fault(path, "is not a parameter of the register", suggest(name, free))
        elif entry.is_given:
            side, _, key = name.partition("_")
            self.fault(path, "is given by the forces", f"write it as forces.{side}.{key}")
        elif name in policy and entry.group == POLICY:
            self.fault(path, "is given under policy too", "keep one of them")
        else:
            return True
        return False

    def _lay(self, given: Mapping[str, tuple[FieldPath, Quantity]]) -> dict[str, Parameter]:
        at_date = self.register.at(self.as_of)
        found: dict[str, Parameter] = {}
        for name in self.register.names:
            base = at_date.get(name) or self.register.find(name)
            assert base is not None  # names come from the entries
            if name in given:
                found[name] = self._over(base, *given[name])
            elif base.is_given:
                if not math.isnan(base.value):
                    found[name] = base  # a scenario may leave it out
                continue  # else missing from the forces: reported there
            elif name not in at_date:
                problem = f"the register has no {name} for {self.as_of}"
                self.fault(("as_of",), problem, f"give it under parameters: {name}")
            elif base.known is not None and base.known > self.as_of:
                problem = f"{name} of the register was known only on {base.known}, after as_of"
                self.fault(("as_of",), problem, f"give what was known under parameters: {name}")
            else:
                found[name] = base
        return found

    def _over(self, base: Parameter, path: FieldPath, quantity: Quantity) -> Parameter:
        """Put a quantity of the scenario in place of an entry."""
        if quantity.unit not in (base.unit, UNIT_OF_REGISTER):
            problem = f"the unit is {quote(quantity.unit)}, not {quote(base.unit)}"
            self.fault((*path, "unit"), problem, f"convert the numbers to {base.unit}")
            return base
        spread = Distribution("fixed")
        if quantity.distribution is not None:
            spread = quantity.distribution.to_distribution()
        value, is_register_value = quantity.value, False
        if value is None and spread.kind == "fixed":
            value, is_register_value = base.value, True
            if base.is_given:
                self.fault(path, "has no value to fix", "give a value")
                return base
        if value is None:
            value = spread.central()
        if not base.low <= value <= base.high:
            at = (*path, "value") if quantity.value is not None else path
            self.fault(at, f"{value:g} is outside {base.label}", "give a value in that range")
        elif not spread.reaches(value):
            self.fault((*path, "value"), f"{value:g} is outside its distribution", "mend one of them")
        elif not spread.fits(base.low, base.high):
            self.fault((*path, "distribution"), f"reaches outside {base.label}", "narrow it")
        keeps_source = is_register_value and quantity.source == NO_SOURCE
        return dataclasses.replace(
            base,
            value=float(value),
            distribution=spread,
            grade=base.grade if keeps_source else quantity.grade,
            source=base.source if keeps_source else quantity.source,
            note=quantity.note or (base.note if keeps_source else ""),
            known=base.known if keeps_source else quantity.known,
            origin=BY_SET if self._is_set(path, quantity) else BY_SCENARIO,
            mark=self.document.mark(path),
        )

    def _is_set(self, path: FieldPath, quantity: Quantity) -> bool:
        if quantity.source == f"set by {BY_SET}":
            return True
        parts = [path, *((*path, key) for key in ("value", "distribution", "unit", "source", "grade"))]
        inner = [(*path, "distribution", key) for key in ("kind", "low", "mode", "high", "p05", "p95")]
        inner += [(*path, "distribution", key) for key in ("mean", "sd", "a", "b")]
        marks = [self.document.marks[part] for part in [*parts, *inner] if part in self.document.marks]
        return any(mark.file == BY_SET for mark in marks)


def _written(value: Any, path: FieldPath) -> Mapping[str, Any]:
    """Keys that stand under `path`, whatever is wrong with their values."""
    for part in path:
        value = value.get(part) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}
