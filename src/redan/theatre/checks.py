"""What can be wrong with a scenario that only shows on the ground: faults that stop, remarks that do not."""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from redan.scenario.scenario import Scenario
from redan.theatre.cells import Cells
from redan.theatre.control import Control
from redan.theatre.inputs import read_belts, read_roads, read_sites
from redan.theatre.lines import length_inside_km
from redan.theatre.rim import rim_distance_km
from redan.vocabulary.arrays import Theatre
from redan.vocabulary.codes import ATTACKER, SIDES
from redan.vocabulary.errors import Fault, InputError

NEAR_RIM_KM: Final = 5.0  # DESIGN 5: nothing scored lies this near the rim
OUTSIDE: Final = "lies outside the theatre"
WIDEN: Final = "widen place.buffer_km, add it to place.around, or move it"


def both_sides_stand(scenario: Scenario, control: Control) -> None:
    """Fault a theatre in which one side holds nothing.

    Raises
    ------
    InputError
        A side holds no cell on day 0.
    """
    for code, side in enumerate(SIDES):
        if not (control.side == code).any():
            given = scenario.control is not None
            path = "control" if given else "supply_sources"
            remedy = (
                "check control.line and control.attacker_side"
                if given
                else "give control.line, or a supply source of the attacker on the rim"
            )
            raise InputError([scenario.fault(path, f"the {side} holds no cell on day 0", remedy)])


def sources_enter(scenario: Scenario, cells: Cells, control: Control) -> None:
    """Fault sources of a side that holds nothing of the rim.

    Raises
    ------
    InputError
        Supply is to enter for a side that no way reaches from outside.
    """
    faults = []
    for k, source in enumerate(scenario.supply_sources):
        if not (cells.on_rim & (control.side == SIDES.index(source.side))).any():
            problem = f"the {source.side} holds no cell on the rim, so nothing can enter for him"
            remedy = "remove the source (with place.closed_rim a side may have none), or check control.line"
            faults.append(scenario.fault(f"supply_sources[{k}]", problem, remedy))
    if faults:
        raise InputError(faults)


def places(scenario: Scenario, cells: Cells) -> None:
    """Fault what must lie inside and does not, all of it at once.

    Raises
    ------
    InputError
        An objective, a stronghold or the goal of an axis is outside, a side has no source although the rim is
        not closed, or a closed rim has open flanks.
    """
    faults: list[Fault] = []
    for k, name in enumerate(scenario.objectives):
        if cells.find(scenario.lonlat(name)) < 0:
            faults.append(scenario.fault(f"objectives[{k}]", f"{name} {OUTSIDE}", WIDEN))
    for k, site in enumerate(read_sites(scenario, cells)):
        if cells.find(site.at) < 0:
            faults.append(scenario.fault(f"strongholds[{k}]", f"{site.name} {OUTSIDE}", WIDEN))
    for course_name, course in scenario.courses.items():
        for k, axis in enumerate(course.axes):
            if cells.find(scenario.lonlat(axis.toward)) < 0:
                path = f"courses.{course_name}.axes[{k}].toward"
                faults.append(scenario.fault(path, f"the goal of {axis.name} {OUTSIDE}", WIDEN))
    for side in SIDES:
        if not _has_source(scenario, side) and not scenario.place.closed_rim:
            problem, remedy = f"the {side} has no source of supply", "add one where his roads enter the rim"
            faults.append(scenario.fault("supply_sources", problem, remedy))
    if scenario.place.closed_rim and scenario.rim.open_flanks:
        problem = "a closed rim has no open flanks"
        faults.append(scenario.fault("rim.open_flanks", problem, "remove them, or place.closed_rim"))
    if faults:
        raise InputError(faults)


def supply_paths(scenario: Scenario, theatre: Theatre) -> list[str]:
    """Check that supply reaches the front over a side's own ground; remark on cells that it does not reach.

    Behind a closed rim a side may have no source (an island, a siege): it lives on its stocks.

    Raises
    ------
    InputError
        None of a side's formations can be supplied.
    """
    warnings: list[str] = []
    for code, side in enumerate(SIDES):
        if not _has_source(scenario, side):
            warnings.append(f"the {side} has no source of supply and lives on his stocks")
            continue
        reached = _reached(theatre, code)
        stands = np.unique(theatre.formation_cell0[theatre.formation_side == code])
        cut = int((~reached[stands]).sum())
        if cut == len(stands):
            problem = f"no way leads from the {side}'s sources to his formations over ground he holds"
            remedy = "move a source to the side of the line that he holds"
            raise InputError([scenario.fault("supply_sources", problem, remedy)])
        if cut:
            warnings.append(f"{cut} of {len(stands)} cells in which the {side} stands are cut off on day 0")
    return warnings


def remarks(scenario: Scenario, cells: Cells, control: Control, theatre: Theatre) -> list[str]:
    """What a reader should know before trusting the result."""
    said: list[str] = []
    for name in scenario.objectives:
        at = scenario.lonlat(name)
        if rim_distance_km(cells, at) < NEAR_RIM_KM and not scenario.place.closed_rim:
            said.append(f"{name} lies within {NEAR_RIM_KM:g} km of the rim: what is beyond decides its fate")
        if control.is_attackers(cells, [at])[0]:
            said.append(f"{name} lies on the attacker's ground on day 0")
    said += [
        f"stronghold {site.name} lies on the attacker's ground on day 0"
        for site in read_sites(scenario, cells)
        if control.side[cells.find(site.at)] == ATTACKER
    ]
    covered = set(theatre.cell_belt.tolist())
    said += [
        f"belt {belt.name} covers no cell: it lies outside, or under stronger belts"
        for k, belt in enumerate(read_belts(scenario))
        if k not in covered
    ]
    said += [
        f"{road.name} lies outside the theatre"
        for road in read_roads(scenario)
        if length_inside_km(cells, road.points) == 0.0
    ]
    if not scenario.real_place and any(place.geonameid for place in scenario.places):
        said.append("places are real and real_place is false: the line of contact must be an invented one")
    table = scenario.ground()
    if table is None:
        said.append("no ground file: the theatre is flat and bare")
    return said


def _has_source(scenario: Scenario, side: str) -> bool:
    """Whether supply enters for a side."""
    return any(source.side == side for source in scenario.supply_sources)


def _reached(theatre: Theatre, side: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """[c] cells of a side that its sources reach over its own ground and edges that carry something."""
    held = theatre.cell_control0 == side
    a, slot = np.nonzero((theatre.cell_neighbour >= 0) & (theatre.edge_road_t_per_day > 0.0))
    b = theatre.cell_neighbour[a, slot]
    own = held[a] & held[b]
    n = len(held)
    graph = csr_array((np.ones(int(own.sum())), (a[own], b[own])), shape=(n, n))
    _, part = connected_components(graph, directed=False)
    sources = held & (theatre.cell_source_t_per_day[side] > 0.0)
    return np.asarray(held & np.isin(part, part[sources]), np.bool_)
