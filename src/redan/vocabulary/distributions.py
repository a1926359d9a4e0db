"""Distributions of parameters, as inverse functions of one uniform (DESIGN 6: no rejection sampling)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

F64 = NDArray[np.float64]

Z_95: Final = 1.6448536269514722  # [-] standard normal quantile of 0.95
GRADES: Final = ("A", "B", "C")
# What each kind must be given, in the order in which it is written.
KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "fixed": (),
    "triangular": ("low", "mode", "high"),
    "uniform": ("low", "high"),
    "normal": ("mean", "sd"),
    "lognormal": ("p05", "p95"),
    "beta": ("a", "b"),
}
#: What a fit left of a parameter: its quantiles at `LEVELS`, named `q0`, `q5` .. `q100`; none is written by
#: hand.
FITTED: Final = "fitted"
LEVELS: Final = np.linspace(0.0, 1.0, 21)


@dataclass(frozen=True)
class Distribution:
    """A kind and its numbers, in the parameter's unit.

    Attributes
    ----------
    kind
        One of `KINDS`, or `FITTED`. `fixed` has no numbers: the value stands. `lognormal` is given
        by its 5th and 95th percentiles, `beta` lies on 0..1.
    numbers
        The numbers by name.
    """

    kind: str
    numbers: Mapping[str, float] = field(default_factory=dict)

    def ppf(self, u: ArrayLike, value: float) -> F64:
        """Value at cumulative probability `u` (any shape, open interval 0..1); `value` where fixed."""
        return _PPF[self.kind](np.asarray(u, dtype=np.float64), self.numbers, value)

    def central(self) -> float:
        """Mode of a triangular, median of a lognormal, mean of the others; not defined for `fixed`."""
        n = self.numbers
        match self.kind:
            case "triangular":
                return n["mode"]
            case "uniform":
                return 0.5 * (n["low"] + n["high"])
            case "normal":
                return n["mean"]
            case "lognormal":
                return math.sqrt(n["p05"] * n["p95"])
            case "beta":
                return n["a"] / (n["a"] + n["b"])
            case "fitted":
                return n["q50"]
        raise ValueError(f"a {self.kind} distribution has no centre of its own")

    def fits(self, low: float, high: float) -> bool:
        """Whether what it can give overlaps the limits, and where it has ends of its own, lies within."""
        if self.kind in ("triangular", "uniform"):
            return low <= self.numbers["low"] and self.numbers["high"] <= high
        if self.kind == "fixed":
            return True
        return low <= self.central() <= high

    def reaches(self, value: float) -> bool:
        """Whether it can give `value`."""
        if self.kind in ("triangular", "uniform"):
            return self.numbers["low"] <= value <= self.numbers["high"]
        return True

    def problems(self) -> list[list[str]]:
        """What is wrong with the numbers: [name of the number, problem, remedy]."""
        wrong = [words for holds, *words in _CHECKS[self.kind] if not holds(self.numbers)]
        return [[str(word) for word in words] for words in wrong[:1]]


def _fixed(u: F64, n: Mapping[str, float], value: float) -> F64:
    return np.full_like(u, value)


def _triangular(u: F64, n: Mapping[str, float], value: float) -> F64:
    low, mode, high = n["low"], n["mode"], n["high"]
    at_mode = (mode - low) / (high - low)
    rising = low + np.sqrt(u * (high - low) * (mode - low))
    falling = high - np.sqrt((1.0 - u) * (high - low) * (high - mode))
    return np.where(u < at_mode, rising, falling)


def _uniform(u: F64, n: Mapping[str, float], value: float) -> F64:
    return n["low"] + u * (n["high"] - n["low"])


def _normal(u: F64, n: Mapping[str, float], value: float) -> F64:
    return n["mean"] + n["sd"] * np.asarray(special.ndtri(u))


def _lognormal(u: F64, n: Mapping[str, float], value: float) -> F64:
    low, high = math.log(n["p05"]), math.log(n["p95"])
    sigma = (high - low) / (2.0 * Z_95)
    return np.exp(0.5 * (low + high) + sigma * np.asarray(special.ndtri(u)))


def _beta(u: F64, n: Mapping[str, float], value: float) -> F64:
    return np.asarray(special.betaincinv(n["a"], n["b"], u), dtype=np.float64)


def _fitted(u: F64, n: Mapping[str, float], value: float) -> F64:
    return np.asarray(np.interp(u, LEVELS, list(n.values())), np.float64)


def fitted(draws: F64) -> Distribution:
    """The distribution of equally weighted draws [draw], by its quantiles."""
    found = np.quantile(draws, LEVELS)
    names = [f"q{100.0 * level:.0f}" for level in LEVELS]
    return Distribution(FITTED, {name: float(value) for name, value in zip(names, found, strict=True)})


_PPF: Final[Mapping[str, Callable[[F64, Mapping[str, float], float], F64]]] = {
    "fixed": _fixed,
    "triangular": _triangular,
    "uniform": _uniform,
    "normal": _normal,
    "lognormal": _lognormal,
    "beta": _beta,
    FITTED: _fitted,
}

_Check = tuple[Callable[[Mapping[str, float]], bool], str, str, str]
# For each kind: what must hold, the number to point at, the problem and the remedy.
_CHECKS: Final[Mapping[str, tuple[_Check, ...]]] = {
    "fixed": (),
    "triangular": (
        (
            lambda n: n["low"] <= n["mode"] <= n["high"],
            "mode",
            "the mode must lie between low and high",
            "give low <= mode <= high",
        ),
        (
            lambda n: n["low"] < n["high"],
            "high",
            "low and high are equal",
            "write {kind: fixed} and a value",
        ),
    ),
    "uniform": ((lambda n: n["low"] < n["high"], "low", "low must be below high", "swap them"),),
    "normal": (
        (lambda n: n["sd"] > 0, "sd", "the standard deviation must be above 0", "give a positive sd"),
    ),
    "lognormal": (
        (
            lambda n: 0 < n["p05"] < n["p95"],
            "p05",
            "the percentiles must be above 0 and rising",
            "give 0 < p05 < p95",
        ),
    ),
    "beta": ((lambda n: n["a"] > 0 and n["b"] > 0, "a", "a and b must be above 0", "give positive numbers"),),
}
