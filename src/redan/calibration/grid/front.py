"""The starts on which the second stage is simulated: the whole box on some days, as an operator sees it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer

from redan.calibration.grid.observe import DEGREES, UTM, Operator, build_operator
from redan.calibration.grid.record import Record
from redan.runs.world import World
from redan.scenario.parameters import draw, resolve
from redan.scenario.scenario import Scenario
from redan.sources.control_maps import read_control_grid
from redan.theatre.compile import Compiled
from redan.vocabulary.parameters import Parameter

Towns = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Start:
    """A front on a day, ready to be played and seen.

    Attributes
    ----------
    towns
        Declared places of the theatre that lie on the grid, with their points in the plane of the data, m.
    world
        Plays its one course; draws the register's priors and the forces of the day.
    """

    day: dt.date
    parameters: Mapping[str, Parameter]
    world: World
    operator: Operator
    towns: Towns

    @property
    def course(self) -> str:
        """The course played."""
        return self.world.courses[0]


def make_start(scenario: Scenario, compiled: Compiled, record: Record, *, days: int, seed: int) -> Start:
    """Make a compiled scenario of one course ready for the grid of a record."""
    parameters = resolve(scenario)
    course = next(iter(compiled.plans))
    world = World(
        theatre=compiled.theatre,
        plans={course: compiled.plans[course]},
        objectives=tuple(compiled.objectives),
        axes={course: tuple(compiled.axes[course])},
        draw=lambda wanted: draw(parameters, seed, wanted),
        seed=seed,
        horizon_days=days,
    )
    plane = compiled.cells.plane
    outlines = shapely.transform(
        np.asarray(compiled.cells.polygon), lambda xy: np.column_stack(plane.to_lonlat(xy[:, 0], xy[:, 1]))
    )
    operator = build_operator(list(outlines), record)
    return Start(scenario.as_of, parameters, world, operator, _towns_on(scenario, operator))


def _towns_on(scenario: Scenario, operator: Operator) -> Towns:
    """Places whose cell of the grid the operator covers."""
    to_plane = Transformer.from_crs(DEGREES, UTM, always_xy=True)
    found = {}
    for place in scenario.places:
        x, y = to_plane.transform(*scenario.lonlat(place.name))
        column, row = (
            int(np.argmin(np.abs(axis - at))) for axis, at in ((operator.x_m, x), (operator.y_m, y))
        )
        if operator.inside[row, column]:
            found[place.name] = (float(x), float(y))
    return found


Builder = Callable[[dt.date], Start]


def history_starts(grid: Path, record: Record, *, days: int, seed: int) -> Builder:
    """How to start the whole box on a day, from the control grid at a path."""
    from redan.calibration.operations.front import start_front

    content = read_control_grid(grid, until=record.days[-1].astype(dt.date))

    def build(day: dt.date) -> Start:
        found: Any = start_front(content, day)
        return make_start(found.scenario, found.compiled, record, days=days, seed=seed)

    return build


def build_all(build: Builder, days: Sequence[dt.date]) -> list[Start]:
    """Starts on some days."""
    return [build(day) for day in days]
