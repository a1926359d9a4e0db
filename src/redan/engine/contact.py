"""Keep the line of contact, its depth and its manning up to date (bookkeeping before the phases of a day)."""

from __future__ import annotations

from typing import Any

from redan.numerics.compile import kernel
from redan.numerics.graph import UNREACHED, ring_search, spread_rings
from redan.rules.contact import line_density, list_contact
from redan.vocabulary.codes import ATTACKER, DEFENDER, LINE


@kernel
def recount_edges(c: int, neighbour: Any, control: Any, contact_edges: Any) -> None:
    """Enemy neighbours of one cell."""
    touching = 0
    for n in range(neighbour.shape[1]):
        b = neighbour[c, n]
        if b < 0:
            break
        if control[b] != control[c]:
            touching += 1
    contact_edges[c] = touching


@kernel
def refresh_contact(
    whole: bool, neighbour: Any, patch: Any, ruler: float, spacing_km: float, depth_limit_km: float,
    world: Any, control: Any,
    contact_edges: Any, contact_cells: Any, ring: Any, toward: Any,
    nearest: Any, band: Any, band_cells: Any, queue: Any, counts: Any, lost_day: Any, balance: Any,
) -> None:
    """Rebuild edges, contact cells and depth after ground changed hands; depth only when `whole`.

    Between whole searches depth is right at the line, and one ring deep where the line has moved away.
    """
    since = counts[3]
    for c in range(control.shape[0]):
        if whole:
            recount_edges(c, neighbour, control, contact_edges)
        elif lost_day[c] >= since:
            recount_edges(c, neighbour, control, contact_edges)
            for n in range(neighbour.shape[1]):
                if neighbour[c, n] >= 0:
                    recount_edges(neighbour[c, n], neighbour, control, contact_edges)
    list_contact(control, contact_edges, contact_cells, counts)
    world[0].n_edges = counts[0]
    world[0].n_contact = counts[1]
    world[0].front_km = counts[0] * 0.5 * spacing_km
    weigh_patches(ruler < 1.0, patch, control, balance)
    if ruler < 1.0:
        crossings = count_crossings(neighbour, patch, balance)
        world[0].front_km = min(world[0].front_km, crossings * 0.5 * spacing_km * ruler)
    world[0].edge_km = world[0].front_km / max(1.0, float(counts[0]))
    mended = not whole and mend_rings(
        neighbour, control, contact_edges, contact_cells, counts[1], lost_day, since, ring, toward, nearest
    )
    if not mended:
        for i in range(counts[1]):
            c = contact_cells[i]
            queue[i] = c
            nearest[c] = c
        limit = int(depth_limit_km / spacing_km) + 1
        ring_search(neighbour, control, queue, counts[1], limit, ring, toward, nearest)
    list_band(neighbour, control, contact_cells, counts, band, band_cells)
    world[0].ground_changed = 0
    world[0].manning_stale = 1


@kernel
def weigh_patches(several: bool, patch: Any, control: Any, balance: Any) -> None:
    """How many cells of each patch are the attacker's, less the defender's; `several` if it can have more."""
    if not several:
        for c in range(control.shape[0]):
            balance[c] = 1 if control[c] == ATTACKER else -1
        return
    balance.fill(0)
    for c in range(control.shape[0]):
        balance[patch[c]] += 1 if control[c] == ATTACKER else -1


@kernel
def count_crossings(neighbour: Any, patch: Any, balance: Any) -> float:
    """Cell edges between patches held in the main by different sides.

    A line drawn cell by cell is the longer the smaller the cells (a coast and its ruler); men, guns and
    drones are spread over its length at the scale of a patch.
    """
    crossings = 0.0
    for c in range(patch.shape[0]):
        if balance[patch[c]] <= 0:
            continue
        for n in range(neighbour.shape[1]):
            b = neighbour[c, n]
            if b < 0:
                break
            if balance[patch[b]] <= 0:
                crossings += 1.0
    return crossings


@kernel
def mend_rings(
    neighbour: Any, control: Any, contact_edges: Any, contact_cells: Any, n_contact: int, lost_day: Any,
    since: int, ring: Any, toward: Any, nearest: Any,
) -> bool:
    """Depth where the line moved: 0 on the line, 1 where it has just moved away from.

    False where the line moved so far that a cell it left touches it no more: then all is searched anew.
    """
    for i in range(n_contact):
        c = contact_cells[i]
        ring[c] = 0
        toward[c] = c
        nearest[c] = c
    for c in range(ring.shape[0]):
        if contact_edges[c] > 0 or (ring[c] > 0 and lost_day[c] < since):
            continue
        found = False
        for n in range(neighbour.shape[1]):
            b = neighbour[c, n]
            if b < 0:
                break
            if control[b] == control[c] and contact_edges[b] > 0:
                ring[c] = 1
                toward[c] = b
                nearest[c] = b
                found = True
                break
        if not found:
            return False
    return True


@kernel
def list_band(
    neighbour: Any, control: Any, contact_cells: Any, counts: Any, band: Any, band_cells: Any
) -> None:
    """Contact cells and their neighbours of the same side: where a stack can stand and man the line."""
    band.fill(9)
    count = 0
    for i in range(counts[1]):
        c = contact_cells[i]
        band[c] = control[c]
        band_cells[count] = c
        count += 1
    for i in range(counts[1]):
        c = contact_cells[i]
        for n in range(neighbour.shape[1]):
            b = neighbour[c, n]
            if b < 0:
                break
            if control[b] == control[c] and band[b] == 9:
                band[b] = control[b]
                band_cells[count] = b
                count += 1
    counts[2] = count


@kernel
def muster(world: Any, formations: Any, cells: Any, sides: Any, stacks: Any, expected_loss: Any) -> None:
    """Sum line formations into stacks: men, and men weighted by cohesion and supply; clear yesterday's."""
    for i in range(world[0].n_stacks):
        stack = cells[stacks[i]]
        stack.stack_men = 0.0
        stack.stack_power = 0.0
        stack.stack_attack_edges = 0.0
    count = 0
    men_a, men_d, power_a, power_d = 0.0, 0.0, 0.0, 0.0
    for f in range(formations.shape[0]):
        unit = formations[f]
        men = unit.men
        if unit.duty != LINE or men <= 0.0:
            continue
        c = unit.cell
        stack = cells[c]
        if stack.stack_men == 0.0:
            stacks[count] = c
            count += 1
            for k in range(expected_loss.shape[1]):
                expected_loss[c, k] = 0.0
        power = men * unit.cohesion * unit.effect
        stack.stack_men += men
        stack.stack_power += power
        if unit.side == ATTACKER:
            men_a += men
            power_a += power
        else:
            men_d += men
            power_d += power
    sides[ATTACKER].line_men = men_a
    sides[ATTACKER].power_share = power_a
    sides[DEFENDER].line_men = men_d
    sides[DEFENDER].power_share = power_d
    world[0].n_stacks = count


@kernel
def man_the_line(
    neighbour: Any, spacing_km: float, reach_km: float, world: Any, cells: Any, sides: Any, band: Any,
    stacks: Any, band_cells: Any, n_band: int, contact_edges: Any, contact_cells: Any, hops: Any,
    hop_parent: Any, manned_by: Any, queue: Any,
) -> None:
    """Give every contact cell to the nearest stack of its side within reach, and measure each stack's
    front.
    """
    if world[0].manning_stale == 1:
        n_seeds = 0
        for i in range(world[0].n_stacks):  # a stack off the line mans nothing
            cells[stacks[i]].stack_front_km = 0.0
        for i in range(n_band):
            c = band_cells[i]
            manned_by[c] = -1
            hops[c] = UNREACHED
            cells[c].stack_front_km = 0.0
            if cells[c].stack_men > 0.0:
                manned_by[c] = c
                queue[n_seeds] = c
                n_seeds += 1
        # the way along a rough line is counted in its own length
        limit = int(reach_km / max(0.1 * spacing_km, 2.0 * world[0].edge_km) + 0.5)
        spread_rings(neighbour, band, queue, n_seeds, limit, hops, hop_parent, manned_by)
        width = world[0].edge_km
        for i in range(world[0].n_contact):
            c = contact_cells[i]
            if cells[c].abandoned > 0.0 and manned_by[c] != c:
                manned_by[c] = -1  # nobody is sent back into a town given up
            if manned_by[c] >= 0:
                cells[manned_by[c]].stack_front_km += contact_edges[c] * width
        world[0].manning_stale = 0
    front = max(spacing_km, world[0].front_km)
    for s in range(2):
        men = sides[s].line_men
        sides[s].power_share = sides[s].power_share / men if men > 0.0 else 0.0
        sides[s].mean_density = men / front


@kernel
def density_at(cells: Any, manned_by: Any, c: int) -> float:
    """Men per km of line at a contact cell, 0 where nobody mans it."""
    s = manned_by[c]
    if s < 0:
        return 0.0
    stack = cells[s]
    return line_density(stack.stack_men, stack.committed_men, stack.stack_front_km)


@kernel
def power_share_at(cells: Any, manned_by: Any, c: int) -> float:
    """Cohesion times supply effectiveness of the men who man a contact cell, 0..1."""
    s = manned_by[c]
    if s < 0 or cells[s].stack_men <= 0.0:
        return 0.0
    return cells[s].stack_power / cells[s].stack_men


@kernel
def depth_km(ring: Any, spacing_km: float, c: int) -> float:
    """Distance of a cell's centre from the line of contact, km."""
    return (ring[c] + 0.5) * spacing_km


@kernel
def rearward(neighbour: Any, control: Any, ring: Any, c: int, rings: int) -> int:
    """A cell of the same side about `rings` farther from the line, by the steepest way back."""
    here = c
    for _ in range(rings):
        best = here
        for n in range(neighbour.shape[1]):
            b = neighbour[here, n]
            if b < 0:
                break
            if control[b] == control[c] and ring[b] > ring[best]:
                best = b
        if best == here:
            break
        here = best
    return here


@kernel
def follow_the_line(
    spacing_km: float, march_km: float, world: Any, formations: Any, ring: Any, toward: Any
) -> None:
    """Line formations left behind by an advance move up to the line, at most a day's march."""
    steps = int(march_km / spacing_km) + 2  # the head of the march is where the line now is
    for f in range(formations.shape[0]):
        unit = formations[f]
        if unit.duty != LINE or ring[unit.cell] == 0 or ring[unit.cell] > 100000:
            continue
        for _ in range(max(1, steps)):
            if ring[unit.cell] == 0:
                break
            unit.cell = toward[unit.cell]
        world[0].manning_stale = 1
