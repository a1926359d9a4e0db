"""The whole front of the control grid on any day: control read at run time, forces by the common rule."""

from __future__ import annotations

import copy
import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from scipy.interpolate import RegularGridInterpolator
from scipy.ndimage import distance_transform_edt

from redan.calibration.operations.gains import effort_shares, row_of
from redan.calibration.operations.policy import course_for, forces_on
from redan.scenario.load import from_resolved, load_scenario
from redan.scenario.scenario import Scenario
from redan.sources.control_maps import ControlGrid
from redan.sources.gazetteer import settlement
from redan.theatre.cells import Cells, build_cells
from redan.theatre.compile import Compiled, compile_theatre
from redan.theatre.control import Control, control_from_shares

F64 = NDArray[np.float64]
NAME: Final = "history/front"
GOAL_PEOPLE: Final = 8_000  # axes lead to towns of this size, as in every operation
GOAL_RIM_KM: Final = 8.0  # and nothing scored lies within 5 km of the rim, its footprint of 2 km included
LEAST_PIECE_KM: Final = 10.0  # shorter pieces of the front are islands of a cell or two
COARSE_KM: Final = 2.5  # the line is no finer than the grid, nor our own vertices


@dataclass(frozen=True)
class Start:
    """The front on a day, ready to run.

    Attributes
    ----------
    scenario
        `history/front` as of that day: forces, course, belts and objectives of the day.
    compiled
        Its theatre with the control of the day.
    front_km
        Length of the line of contact by which the forces were laid out.
    """

    scenario: Scenario
    compiled: Compiled
    front_km: float


def start_front(grid: ControlGrid, day: dt.date) -> Start:
    """Start the whole front on a day.

    Parameters
    ----------
    grid
        The control grid, which must hold maps of `day` and of the 90 days before it.
    day
        Day 0. Nothing later than it enters but the frame, the ground and the belts begun by then.

    Raises
    ------
    ValueError
        The grid begins later than 90 days before, or the policy knows nothing by that day.
    """
    cells = front_cells()
    control = control_from_shares(cells, occupied_shares(grid, day, cells))
    length = coarse_length_km(control)
    goals = towns_ahead(cells, control)
    shares = effort_shares(grid, day, goals)
    written = _as_of(copy.deepcopy(_base()), day)
    ahead = {p.name for p in load_scenario(NAME).places if not control.is_attackers(cells, [_at(p.name)])[0]}
    written |= {
        "strongholds": [site for site in written["strongholds"] if site["place"] in ahead],
        "objectives": list(goals),
        "forces": forces_on(day, length),
        "courses": course_for(list(goals), shares),
    }
    scenario = from_resolved(written)
    return Start(scenario, compile_theatre(scenario, control_of=lambda _: control), length)


@cache
def front_cells() -> Cells:
    """The cells of the theatre, alike on every day."""
    place = load_scenario(NAME).place
    points = [(float(at[0]), float(at[1])) for at in place.around if not isinstance(at, str)]
    return build_cells(points, buffer_km=place.buffer_km, resolution=place.resolution)


@cache
def _base() -> dict[str, Any]:
    """The scenario that ships, as plain data."""
    return load_scenario(NAME).resolved()


def _as_of(written: dict[str, Any], day: dt.date) -> dict[str, Any]:
    """Move a scenario to a day: its dates, and the belts begun by then."""
    text = day.isoformat()
    written["as_of"] = text
    written["control"] |= {"date": text, "known": text}
    written["belts"] = [belt for belt in written["belts"] if f"{belt['begun']}-01" <= text]
    return written


def occupied_shares(grid: ControlGrid, day: dt.date, cells: Cells) -> F64:
    """[c] share of each cell that the map of a day shows occupied, 0..1.

    Bilinear between cell centres of the grid, averaged over the cell's centre and six points half way to its
    corners. Beyond the box the nearest value inside it goes on. Unknown ground is left with the defender.
    """
    share = np.array(grid.occupied[row_of(grid, day)], np.float64)
    away = distance_transform_edt(~np.isfinite(share), return_distances=False, return_indices=True)
    whole = share[tuple(away)]
    look = RegularGridInterpolator((grid.y_m, grid.x_m), whole, bounds_error=False, fill_value=None)
    x, y = _utm(*cells.plane.to_lonlat(*_sample_points(cells)))
    points = np.stack([y.clip(grid.y_m.min(), grid.y_m.max()), x.clip(grid.x_m.min(), grid.x_m.max())], -1)
    return np.asarray(look(points).mean(axis=1).clip(0.0, 1.0), np.float64)


def _sample_points(cells: Cells) -> tuple[F64, F64]:
    """[c, 7] km in the plane: the centre of every cell and points half way to six corners."""
    corners = np.array([shapely.get_coordinates(outline)[:6] for outline in cells.polygon])
    centre = np.column_stack([cells.x_km, cells.y_km])[:, None, :]
    points = np.concatenate([centre, 0.5 * (centre + corners)], axis=1)
    return points[..., 0], points[..., 1]


def _utm(lon: F64, lat: F64) -> tuple[F64, F64]:
    """Degrees to UTM zone 37 north, m."""
    x, y = Transformer.from_crs(4326, 32637, always_xy=True).transform(lon, lat)
    return np.asarray(x, np.float64), np.asarray(y, np.float64)


def _at(place: str) -> tuple[float, float]:
    """Position of a declared place."""
    return load_scenario(NAME).lonlat(place)


def coarse_length_km(control: Control) -> float:
    """Length of the line of contact at the coarseness of the grid, small islands left out."""
    parts = shapely.get_parts(control.front)
    kept = [part.simplify(COARSE_KM).length for part in parts if part.length >= LEAST_PIECE_KM]
    return float(sum(kept))


def towns_ahead(cells: Cells, control: Control) -> dict[str, tuple[float, float]]:
    """Declared towns on the defender's ground and off the rim, with their positions, in declared order."""
    scenario = load_scenario(NAME)
    found = {}
    for place in scenario.places:
        town = settlement(place.geonameid) if place.geonameid else None
        at = scenario.lonlat(place.name)
        if town is None or town.population < GOAL_PEOPLE or control.is_attackers(cells, [at])[0]:
            continue
        if float(cells.geodesic_km(at)[cells.on_rim].min()) >= GOAL_RIM_KM:
            found[place.name] = at
    return found
