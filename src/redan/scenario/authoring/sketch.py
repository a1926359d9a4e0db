"""What a scenario is drawn from: its towns, its middle and its size. Everything else is laid out from it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from redan.scenario.geometry import LonLat
from redan.vocabulary.outcomes import slug

LEAST_RADIUS_KM: Final = 10.0  # nothing scored may lie within 8 km of the rim, and a front needs room
LARGEST_RADIUS_KM: Final = 150.0
FINE_RADIUS_KM: Final = 75.0  # [km] up to here cells of resolution 7, of which there are then 3,500 at most
DIRECTIONS: Final = (
    "north",
    "north-east",
    "east",
    "south-east",
    "south",
    "south-west",
    "west",
    "north-west",
)


@dataclass(frozen=True)
class Town:
    """A settlement of the scenario.

    Attributes
    ----------
    name
        As the scenario calls it; fit to be a name there.
    at
        Degrees.
    people
        Residents, which also decide how large it is drawn.
    geonameid
        None where it is invented.
    official
        The name at GeoNames where `name` is another one.
    weight
        How much it matters that it is an objective; 0: only if it is large.
    """

    name: str
    at: LonLat
    people: float
    geonameid: int | None = None
    official: str | None = None
    weight: float = 0.0


@dataclass(frozen=True)
class Sketch:
    """A theatre before anything is laid out in it: a disc about a point, and the towns in it.

    Attributes
    ----------
    name, title, summary
        Of the scenario.
    as_of
        Day 0.
    middle, middle_name
        Of the disc, degrees; the name of the town there, None where there is none.
    radius_km
        Of the disc.
    towns
        The towns that are named, those that matter most first.
    kind
        `around`: a real town; `island`: invented; `text`: places of a text.
    attacker_from
        Direction in which the attacker stands; None: chosen by where towns lie.
    hills
        Whether a table of invented ground is written.
    """

    name: str
    title: str
    summary: str
    as_of: dt.date
    middle: LonLat
    radius_km: float
    towns: tuple[Town, ...]
    kind: Literal["around", "island", "text"]
    middle_name: str | None = None
    attacker_from: str | None = None
    hills: bool = False

    @property
    def is_real(self) -> bool:
        """Whether its places exist."""
        return self.kind != "island"


def fit_name(name: str, taken: Iterable[str]) -> str:
    """`name` with what a scenario's names may hold, and unlike those taken."""
    plain = re.sub(r"[^\w '’/-]|_", " ", name)
    plain = " ".join(plain.split()).strip(" '’/-")[:50].rstrip() or "Town"
    known = {slug(other) for other in taken}
    fit, number = plain, 2
    while slug(fit) in known:
        fit, number = f"{plain} {number}", number + 1
    return fit
