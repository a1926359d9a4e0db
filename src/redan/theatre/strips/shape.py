"""What a strip is made of: size, ground, works, towns, and where each side's men stand.

Columns run from west (0) to east, rows from south (0) to north; odd rows lie half a cell farther east. The
attacker holds the columns west of `front_column`. Nothing here is a real place.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

from redan.vocabulary.codes import LINE, RESERVE, SIDES

LEAST_ROWS: Final = 3  # a strip of fewer rows is all edge
ROW_OVER_SPACING: Final = math.sqrt(3.0) / 2.0  # distance between rows over that between centres


@dataclass(frozen=True)
class Ground:
    """Ground of a cell; the values of `Ground()` are open rolling country."""

    elevation_m: float = 100.0
    relief_m: float = 40.0
    cover: float = 0.1  # 0..1 under trees
    built: float = 0.0  # 0..1 built-up


@dataclass(frozen=True)
class Patch:
    """Other ground on a rectangle of cells; ends are not included."""

    columns: tuple[int, int]
    ground: Ground
    rows: tuple[int, int] | None = None  # None: every row


@dataclass(frozen=True)
class Belt:
    """Works along whole columns, from one rim to the other."""

    column: int
    columns: int = 1
    share: float = 1.0  # 0..1 of each cell's width
    months: float = 60.0  # of digging up to day 0
    effort_h_per_km_month: float = 60.0
    support: float = 0.0
    mine_depth_m: float = 150.0  # over the whole belt, as the next two
    ditch_m: float = 0.0
    teeth_rows: float = 0.0


@dataclass(frozen=True)
class Town:
    """A town about a cell; each is an objective, in the order given."""

    column: int
    row: int
    name: str = "town"
    radius_km: float = 0.0  # cells whose centres lie within it, the middle one always
    built: float = 0.5
    residents: float = 20_000.0


@dataclass(frozen=True)
class Stronghold:
    """A stronghold in the middle of a town."""

    town: int  # index
    floor_area_m2: float
    tunnel_km: float = 0.0
    shelter_men: float = 500.0
    stock_days: float = 20.0


@dataclass(frozen=True)
class Group:
    """Formations of one side in one column: one for each entry of `rows`."""

    column: int
    rows: tuple[int, ...]
    duty: int = LINE
    weight: float = 1.0  # men of each, against the other formations of its side


@dataclass(frozen=True)
class Strip:
    """A strip; lengths in km, supply in tonnes a day."""

    rows: int
    columns: int
    front_column: int
    attacker: tuple[Group, ...]
    defender: tuple[Group, ...]
    spacing_km: float = 2.4
    ground: Ground = field(default_factory=Ground)
    patches: tuple[Patch, ...] = ()
    rivers: tuple[tuple[int, float], ...] = ()  # (column entered, weight 0..1)
    belts: tuple[Belt, ...] = ()
    towns: tuple[Town, ...] = ()
    strongholds: tuple[Stronghold, ...] = ()
    road_rows: tuple[int, ...] = ()
    road_t_per_day: float = 3000.0
    track_t_per_day: float = 100.0
    source_t_per_day: tuple[float, float] = (5000.0, 5000.0)  # by side, into each cell of its rim
    day_of_year: int = 346
    latitude_deg: float = 48.7
    periods: int = 40  # of 30 days in the schedules

    def __post_init__(self) -> None:
        """Refuse what could not be played.

        Raises
        ------
        ValueError
            A column or row outside the strip, or a side with no ground or no formation.
        """
        if not 0 < self.front_column < self.columns or self.rows < 1 or self.spacing_km <= 0.0:
            raise ValueError("each side needs a column, and the strip a row and a spacing")
        for side, groups in zip(SIDES, (self.attacker, self.defender), strict=True):
            if not sum(len(group.rows) for group in groups):
                raise ValueError(f"the {side} has no formation")
            for group in groups:
                if not 0 <= group.column < self.columns:
                    raise ValueError(f"column {group.column} of the {side} lies outside the strip")
                if any(not 0 <= row < self.rows for row in group.rows):
                    raise ValueError(f"a row of the {side} lies outside the strip")
        for town in self.towns:
            if not (0 <= town.column < self.columns and 0 <= town.row < self.rows):
                raise ValueError(f"{town.name} lies outside the strip")

    @property
    def front_km(self) -> float:
        """Length of the line of contact on day 0, as the engine counts it: half a spacing for each edge."""
        return (self.rows - 0.5) * self.spacing_km

    @property
    def width_km(self) -> float:
        """From the southern rim to the northern; ground gained over it is a depth."""
        return self.rows * self.spacing_km * ROW_OVER_SPACING


def size_rows(front_km: float, spacing_km: float) -> tuple[int, float]:
    """Rows, and the spacing nearest to the one wished, of a strip whose line is exactly `front_km` long.

    A line across the rows has two edges a row but for one at the rim, each counted as half a spacing.
    """
    if front_km <= 0.0 or spacing_km <= 0.0:
        raise ValueError("a front and a spacing are longer than nothing")
    rows = max(LEAST_ROWS, round(front_km / spacing_km + 0.5))
    return rows, front_km / (rows - 0.5)


def spread_rows(n: int, rows: tuple[int, int]) -> tuple[int, ...]:
    """Rows of `n` formations evenly over the rows from the first to before the second."""
    first, end = rows
    if end <= first:
        raise ValueError("no row to stand in")
    return tuple(first + int((i + 0.5) * (end - first) / n) for i in range(n))


def stand(
    n: int, column: int, rows: tuple[int, int], *, duty: int = LINE, weight: float = 1.0
) -> tuple[Group, ...]:
    """`n` formations evenly over some rows of a column; none where `n` is 0."""
    return (Group(column, spread_rows(n, rows), duty, weight),) if n > 0 else ()


def stand_in_depth(
    n: int, reserve_share: float, *, line_column: int, reserve_column: int, rows: tuple[int, int]
) -> tuple[Group, ...]:
    """`n` equal formations of one side: a share of them in reserve, at least one in the line."""
    n_reserve = min(n - 1, round(n * reserve_share))
    line = stand(n - n_reserve, line_column, rows)
    return line + stand(n_reserve, reserve_column, rows, duty=RESERVE)
