"""What the spread is shared out to: groups of uncertain parameters, single ones if asked for, and chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from redan.vocabulary.errors import InputError, suggest
from redan.vocabulary.parameters import Parameter

CHANCE: Final = "chance"
REST: Final = "the rest"
#: Name of all parameters of a grade.
GRADE: Final = "grade {grade}"
GRADES: Final = ("A", "B", "C")
#: Name of the parameters that one fit gives, which are drawn together and so are one factor.
FITTED: Final = "fitted ({name})"


@dataclass(frozen=True)
class Factor:
    """A block of inputs that are changed together.

    Attributes
    ----------
    columns
        Positions of its parameters in a row of parameters; none for chance.
    parameters
        Their names.
    is_joint
        Drawn together by a row of a fit: they cannot be changed one by one.
    """

    name: str
    columns: tuple[int, ...]
    parameters: tuple[str, ...]
    is_joint: bool = False

    @property
    def is_chance(self) -> bool:
        """Whether this is the luck of the replication and no parameter."""
        return self.name == CHANCE


LUCK: Final = Factor(CHANCE, (), ())


def factor(
    name: str, chosen: Sequence[str], parameters: Mapping[str, Parameter], *, is_joint: bool = False
) -> Factor:
    """Make a factor of some parameters."""
    order = {parameter: position for position, parameter in enumerate(parameters)}
    return Factor(name, tuple(order[one] for one in chosen), tuple(chosen), is_joint)


def fitted(parameters: Mapping[str, Parameter]) -> list[Factor]:
    """Return the parameters of each fit: blocks that only other rows of the fit can change."""
    fits: dict[str, list[str]] = {}
    for name, one in parameters.items():
        if one.joint is not None:
            fits.setdefault(one.joint.name, []).append(name)
    return [factor(FITTED.format(name=fit), names, parameters, is_joint=True) for fit, names in fits.items()]


def uncertain(parameters: Mapping[str, Parameter]) -> list[str]:
    """Names of the parameters that vary."""
    return [name for name, one in parameters.items() if one.distribution.kind != "fixed"]


def _apart(parameters: Mapping[str, Parameter]) -> list[str]:
    """Names of those that vary and are drawn one by one."""
    return [name for name in uncertain(parameters) if parameters[name].joint is None]


def by_group(parameters: Mapping[str, Parameter], split: Sequence[str] = ()) -> list[Factor]:
    """Return the groups of the register whose parameters vary; those in `split` parameter by parameter.

    The parameters of a fit are drawn together, across groups: they are one factor of their own.

    Raises
    ------
    InputError : a group that has no uncertain parameter
    """
    groups: dict[str, list[str]] = {}
    for name in _apart(parameters):
        groups.setdefault(parameters[name].group, []).append(name)
    for wanted in split:
        if wanted not in groups:
            problem = "is no group with uncertain parameters"
            raise InputError.of("--split", 0, wanted, problem, suggest(wanted, list(groups)))
    found = []
    for group, names in groups.items():
        if group in split:
            found += [factor(name, [name], parameters) for name in names]
        else:
            found.append(factor(group, names, parameters))
    return [*found, *fitted(parameters)]


def by_grade(parameters: Mapping[str, Parameter]) -> list[Factor]:
    """Return the uncertain parameters of each grade that has any, and those of each fit."""
    names = _apart(parameters)
    graded = {grade: [name for name in names if parameters[name].grade == grade] for grade in GRADES}
    found = [
        factor(GRADE.format(grade=grade), chosen, parameters) for grade, chosen in graded.items() if chosen
    ]
    return [*found, *fitted(parameters)]


def pooled(
    factors: Sequence[Factor], kept: Sequence[str], parameters: Mapping[str, Parameter]
) -> list[Factor]:
    """Return the factors kept, and all others as one."""
    left = [one for one in factors if one.name in kept]
    others = [name for one in factors if one.name not in kept for name in one.parameters]
    return [*left, factor(REST, others, parameters)] if others else left
