"""What is drawn where a battle's table is blank: `conditionals.yaml`, read, and the draws."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final

from scipy import special

from redan.calibration.engage.table import NUMBERS, Row
from redan.vocabulary.codes import DECISION_PARAMETER, SIDES
from redan.vocabulary.documents import read_document

CONDITIONALS_FILE: Final = "conditionals.yaml"
#: Blanks that change the strip: they are drawn for some layouts, not for every replication.
LAYOUT: Final = (
    "year", "attacker_men", "defender_men", "front_km", "posture", "terrain", "cover", "urban", "days",
)  # fmt: skip
#: Blanks that are numbers of the forces only, by kind: drawn for every replication.
COUNTS: Final[Mapping[str, str]] = {
    "guns": "guns_per_1000",
    "tanks": "tanks_per_1000",
    "sorties": "sorties_per_1000_day",
}
Uniform = Callable[[str], float]


@dataclass(frozen=True)
class Filled:
    """A battle without blanks but for counts, which `fill_count` draws."""

    row: Row
    year: int
    attacker_men: float
    defender_men: float
    front_km: float
    posture: str
    terrain: str
    cover: str
    urban: bool
    days: int


@functools.cache
def load_conditionals() -> Mapping[str, Any]:
    """The shipped conditionals."""
    source = resources.files("redan.calibration.engage").joinpath(CONDITIONALS_FILE)
    found: Mapping[str, Any] = read_document(source, CONDITIONALS_FILE).value
    return found


def uniform_of(seed: int, number: int) -> Uniform:
    """A uniform for each name, by seed and number: not by what else is drawn."""
    import numpy as np

    from redan.numerics.draws import day_key, name_entity, replication_key, uniform

    key = np.uint64(day_key(np.uint64(replication_key(np.uint64(seed), number)), 0))
    return lambda name: float(uniform(key, DECISION_PARAMETER, name_entity(f"battle.{name}")))


def has_layout_blanks(row: Row) -> bool:
    """Whether replications of this battle need strips of their own."""
    return any(getattr(row, name) is None for name in LAYOUT)


def fill(row: Row, u: Uniform) -> Filled:
    """Draw what is blank from what is known; what is known stands."""
    table = load_conditionals()
    year = row.year if row.year is not None else _year(table["eras"], u("year"))
    era = era_of(year)
    attacker, defender = _men(row, table, era, u)
    mean_ln = 0.5 * (math.log(attacker) + math.log(defender))
    front = row.front_km
    if front is None:
        law = table["front"]
        centre = law["constant"][era] + law["slope"] * mean_ln
        front = _within("front_km", _log_normal(centre, law["sd"], u("front_km")))
    days = row.days
    if days is None:
        law = table["days"]
        centre = law["constant"] + law["front"] * math.log(front) + law["men"] * mean_ln
        days = max(1, round(min(200.0, _log_normal(centre, law["sd"], u("days")))))
    words = {
        name: given if (given := getattr(row, name)) is not None else _word(table[name], era, u(name))
        for name in ("posture", "terrain", "cover")
    }
    urban = bool(row.urban) if row.urban is not None else u("urban") < table["urban"][era]
    return Filled(row, year, attacker, defender, front, urban=urban, days=days, **words)


def era_of(year: int) -> int:
    """Index of the era a year belongs to."""
    eras = load_conditionals()["eras"]
    return next(k for k, era in enumerate(eras) if year <= era["until"])


def fill_count(filled: Filled, side: int, kind: str, u: Uniform) -> float:
    """Guns, tanks or sorties (over the battle) of a side, as given or drawn."""
    name = f"{SIDES[side]}_{kind}"
    given = getattr(filled.row, name)
    if given is not None:
        return float(given)
    share, median, sd = load_conditionals()[COUNTS[kind]][SIDES[side]][era_of(filled.year)]
    if u(f"{name}.any") >= share:
        return 0.0
    men = filled.attacker_men if side == 0 else filled.defender_men
    number = _log_normal(math.log(median), sd, u(name)) * men / 1000.0
    return _within(name, number * filled.days if kind == "sorties" else number)


def _men(row: Row, table: Mapping[str, Any], era: int, u: Uniform) -> tuple[float, float]:
    attacker, defender = row.attacker_men, row.defender_men
    ratio = _log_normal(table["ratio"]["mean"], table["ratio"]["sd"], u("ratio"))
    if attacker is None and defender is None:
        if row.front_km is None:
            centre, sd = table["men"]["mean"], table["men"]["sd"]
        else:
            law = table["men_from_front"]
            centre, sd = law["constant"][era] + law["slope"] * math.log(row.front_km), law["sd"]
        defender = _log_normal(centre, sd, u("men"))
    if defender is None:
        assert attacker is not None
        defender = attacker / ratio
    if attacker is None:
        attacker = defender * ratio
    return _within("attacker_men", attacker), _within("defender_men", defender)


def _within(name: str, value: float) -> float:
    low, high = NUMBERS[name]
    return min(high, max(low, value))


def _log_normal(centre: float, sd: float, u: float) -> float:
    return math.exp(centre + sd * float(special.ndtri(u)))


def _year(eras: Sequence[Mapping[str, Any]], u: float) -> int:
    for era in eras:
        if u < era["share"]:
            first, last = era["years"]
            return int(first + (last - first + 1) * u / era["share"])
        u -= era["share"]
    return int(eras[-1]["years"][1])


def _word(shares: Mapping[str, Sequence[float]], era: int, u: float) -> str:
    total = sum(share[era] for share in shares.values())
    left = u * total
    for word, share in shares.items():
        left -= share[era]
        if left < 0.0:
            return word
    return [word for word, share in shares.items() if share[era] > 0.0][-1]  # by a rounding error
