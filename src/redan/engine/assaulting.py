"""Phase 5: deliberate attacks on the chosen cells, marches into empty ones, losses of both sides at once."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from redan.engine.contact import density_at, power_share_at
from redan.engine.firing import standing_works
from redan.engine.journal import write_log
from redan.engine.planning import edge_capacity_men
from redan.numerics.compile import kernel
from redan.numerics.draws import uniform
from redan.numerics.inverse import normal_quantile
from redan.rules.armour import armour_committed, armour_losses, armour_power
from redan.rules.assault import (
    cell_movement,
    correlated_draw,
    edge_loss,
    exposed_men,
    ground_speed,
    noise_factor,
    posture_strength,
    success_probability,
    winning_speed,
)
from redan.rules.breach import breach_required, breach_work, covering_fire
from redan.rules.drones import vulnerability
from redan.rules.infiltration import harassment, infiltration_share, infiltration_survival
from redan.rules.strongholds import stronghold_slowdown
from redan.vocabulary.codes import (
    ATTACKER,
    CAUSE_ASSAULT,
    CAUSE_DRONES_LINE,
    CAUSE_INFILTRATION,
    DECISION_ASSAULT_NOISE,
    DECISION_ASSAULT_OUTCOME,
    DECISION_BREACH,
    DECISION_CAMPAIGN_NOISE,
    DECISION_DEFENCE_NOISE,
    DEFENDER,
    LAYER_RELIEF,
    LAYER_STRONGHOLDS,
    LOG_BREACH,
    SITE_HELD,
)


@kernel
def count_attack_edges(
    neighbour: Any, world: Any, cells: Any, control: Any, contact_cells: Any, manned_by: Any, target_axis: Any
) -> None:
    """How many edges each stack attacks from today, so that its men are engaged once."""
    for i in range(world[0].n_contact):
        c = contact_cells[i]
        if control[c] != DEFENDER or target_axis[c] < 0:
            continue
        for n in range(neighbour.shape[1]):
            b = neighbour[c, n]
            if b < 0:
                break
            if control[b] == ATTACKER and manned_by[b] >= 0:
                cells[manned_by[b]].stack_attack_edges += 1.0


@kernel
def available_men(cells: Any, manned_by: Any, a: int, assault_share: float) -> float:
    """Men a stack can put onto one of the edges it attacks from."""
    s = manned_by[a]
    if s < 0:
        return 0.0
    stack = cells[s]
    free = max(0.0, stack.stack_men - stack.committed_men)
    return free * assault_share / max(1.0, stack.stack_attack_edges)


@kernel
def site_slowdown(
    c: int, layers: Any, site_cell: Any, floor_m2: Any, tunnel_km: Any, sites: Any, clears: int, p: Any
) -> float:
    """Speed factor of the strongholds still held in a cell; a course that clears them pays in full."""
    if layers[LAYER_STRONGHOLDS] == 0:
        return 1.0
    floor = 0.0
    tunnels = 0.0
    for g in range(site_cell.shape[0]):
        if site_cell[g] == c and sites[g].state == SITE_HELD:
            floor += floor_m2[g] * (1.0 - sites[g].cleared)
            tunnels += tunnel_km[g] * (1.0 - sites[g].cleared)
    if floor + tunnels <= 0.0:
        return 1.0
    share = 1.0 if clears == 1 else p.seal_slow_share
    return stronghold_slowdown(
        floor * share, tunnels * share, p.stronghold_floor_reference_m2, p.stronghold_tunnel_weight
    )


@kernel
def defender_multiplier(
    c: int, built: Any, relief_m: Any, layers: Any, world: Any, cells: Any, p: Any,
) -> float:
    """What works, ground and buildings make of the defenders' power in a cell."""
    on = float(layers[LAYER_RELIEF])
    relief = on * min(1.0, relief_m[c] / p.relief_full_m)
    return posture_strength(
        standing_works(cells, c), p.works_gain, p.relief_gain * relief, p.built_gain * built[c]
    )


@kernel
def speed_into(
    c: int, river: float, built: Any, cover: Any, relief_m: Any, layers: Any, world: Any, p: Any
) -> float:
    """Factor of the ground on the speed of entering a cell across one edge."""
    relief = float(layers[LAYER_RELIEF]) * min(1.0, relief_m[c] / p.relief_full_m)
    return ground_speed(
        relief, cover[c], built[c], river, world[0].mobility, p.relief_slow, p.cover_slow, p.built_slow,
        p.river_slow
    )


@kernel
def breach_today(
    c: int, patch_id: Any, day: int, rep_key: Any, men_per_km: float, vehicles_per_km: float, density: float,
    cells: Any, log: Any, p: Any
) -> float:
    """1 if the obstacle in front of the cell is open (perhaps from today), else the crawl that is left."""
    here = cells[c]
    if here.obstacle_m <= 0.0:
        return 1.0
    covered = covering_fire(density, p.breach_half_density, here.own_pressure, p.breach_half_pressure)
    here.breach_work += breach_work(men_per_km, vehicles_per_km, p.men_per_lane, p.vehicles_per_lane, covered)
    z = normal_quantile(uniform(rep_key, DECISION_BREACH, patch_id[c]))
    required = breach_required(
        z, p.breach_lane_days, p.breach_log_sd, here.obstacle_m, p.obstacle_reference_m
    )
    if here.breach_work >= required:
        write_log(log, day, LOG_BREACH, c, here.obstacle_m)
        here.obstacle_m = 0.0
        here.breach_work = 0.0
        return 1.0
    return float(p.unbreached_speed)


@kernel
def closed_ground(c: int, built: Any, cover: Any, p: Any) -> float:
    """How far buildings and woods close a cell to vehicles, 0..1."""
    return 1.0 - (1.0 - p.armour_built_closed * built[c]) * (1.0 - p.armour_cover_closed * cover[c])


@kernel
def gather_attack(
    c: int, most_edges: float, neighbour: Any, closed: float, world: Any, sides: Any, cells: Any,
    control: Any, manned_by: Any, expected_loss: Any, p: Any,
) -> tuple[float, float, float, float, float, float]:
    """Men at the edges of a cell, infiltrators, power, edges, vehicles, men exposed; books the way in."""
    limit = edge_capacity_men(world, cells, c, p)
    men = 0.0
    exposed = 0.0
    infiltrators = 0.0
    power = 0.0
    edges = 0.0
    vehicles = 0.0
    pressure = cells[c].own_pressure
    small = infiltration_share(
        pressure, p.infiltration_half_pressure, world[0].fog, p.infiltration_fog_gain,
        density_at(cells, manned_by, c), p.infiltration_gap_density,
    )
    survive = infiltration_survival(
        p.infiltration_hazard_per_km * world[0].thin_hours, pressure, p.infiltration_km, world[0].fog,
        p.fog_drone_loss,
    )
    approach = 1.0 - math.exp(-p.approach_hazard * pressure)
    attacker = sides[ATTACKER]
    per_man = attacker.armour / max(1.0, attacker.line_men * p.assault_share)
    per_man *= armour_committed(pressure, p.armour_half_pressure, world[0].mobility, closed)
    for n in range(neighbour.shape[1]):
        a = neighbour[c, n]
        if a < 0:
            break
        if control[a] != ATTACKER or manned_by[a] < 0 or edges >= most_edges:
            continue
        available = available_men(cells, manned_by, a, p.assault_share)
        ordered = min(limit, available)
        if ordered <= 0.0:
            continue
        edges += 1.0
        s = manned_by[a]
        expected_loss[s, CAUSE_INFILTRATION] += (
            ordered * small * (1.0 - survive) * p.infiltration_loss_severity
        )
        infiltrators += ordered * small * survive
        formed = ordered * (1.0 - small)
        expected_loss[s, CAUSE_DRONES_LINE] += formed * approach * p.approach_loss_severity
        world[0].effort_executed += ordered / p.assault_men_per_battalion_day
        sent = formed * per_man
        lost = armour_losses(
            sent, pressure, p.armour_hazard, p.armour_loss_severity, p.armour_fight_loss
        )
        attacker.armour_hit += lost
        ready = power_share_at(cells, manned_by, a)
        vehicles += sent - lost
        men += formed * (1.0 - approach)
        exposed += exposed_men(ordered, available, p.attack_crowding) * (1.0 - small) * (1.0 - approach)
        power += formed * (1.0 - approach) * ready + armour_power(sent - lost, p.armour_men, ready)
    return men, infiltrators, power, edges, vehicles, exposed


@kernel
def defending_armour(c: int, closed: float, defenders: float, ready: float, sides: Any, p: Any) -> float:
    """Power of the vehicles that stand where a cell is attacked; books what the fight costs of them."""
    side = sides[DEFENDER]
    per_man = side.armour * p.armour_defence_share / max(1.0, side.line_men * p.forward_share)
    vehicles = defenders * per_man * (1.0 - closed)
    lost = armour_losses(vehicles, 0.0, 0.0, 0.0, p.armour_fight_loss)
    side.armour_hit += lost
    return armour_power(vehicles - lost, p.armour_men, ready)


@kernel
def share_attack_losses(
    c: int, neighbour: Any, control: Any, manned_by: Any, edges: float, loss: float, expected_loss: Any
) -> None:
    """Book the attackers' losses at the edges to the stacks they came from, evenly by edge."""
    for n in range(neighbour.shape[1]):
        a = neighbour[c, n]
        if a < 0:
            break
        if control[a] == ATTACKER and manned_by[a] >= 0:
            expected_loss[manned_by[a], CAUSE_ASSAULT] += loss / edges


@kernel
def attacking_edges(c: int, neighbour: Any, control: Any, manned_by: Any) -> float:
    """Edges of a defender's cell across which manned attacker cells face it."""
    edges = 0.0
    for n in range(neighbour.shape[1]):
        a = neighbour[c, n]
        if a < 0:
            break
        if control[a] == ATTACKER and manned_by[a] >= 0:
            edges += 1.0
    return edges


@kernel
def add_speed(
    c: int, neighbour: Any, edge_river: Any, speed: float, most_edges: float, built: Any, cover: Any,
    relief_m: Any, layers: Any, world: Any, cells: Any, control: Any, manned_by: Any, p: Any,
) -> None:
    """Speed through every attacked edge of the cell, the ground of each taken into account."""
    count = 0.0
    for n in range(neighbour.shape[1]):
        a = neighbour[c, n]
        if a < 0:
            break
        if control[a] != ATTACKER or manned_by[a] < 0 or count >= most_edges:
            continue
        count += 1.0
        v = speed * speed_into(c, edge_river[c, n], built, cover, relief_m, layers, world, p)
        cells[c].speed_sum_km += v
        cells[c].speed_max_km = max(cells[c].speed_max_km, v)


@kernel
def loss_noise(patch: Any, key: Any, rep_key: Any, p: Any) -> tuple[float, float]:
    """Noise of the day's losses on a patch: of the attacker's and of the defender's."""
    lasting_a = normal_quantile(uniform(rep_key, DECISION_CAMPAIGN_NOISE, np.uint64(ATTACKER)))
    lasting_d = normal_quantile(uniform(rep_key, DECISION_CAMPAIGN_NOISE, np.uint64(DEFENDER)))
    day_a = normal_quantile(uniform(key, DECISION_ASSAULT_NOISE, patch))
    day_d = normal_quantile(uniform(key, DECISION_DEFENCE_NOISE, patch))
    r = p.loss_noise_correlation
    noise_d = noise_factor(
        correlated_draw(lasting_a, lasting_d, r), correlated_draw(day_a, day_d, r), p.loss_noise_campaign,
        p.loss_noise_daily,
    )
    return noise_factor(lasting_a, day_a, p.loss_noise_campaign, p.loss_noise_daily), noise_d


@kernel
def attack_cell(
    c: int, clears: int, day: int, key: Any, rep_key: Any, patch: Any, patch_id: Any, patch_edge_km: float,
    neighbour: Any, edge_river: Any,
    spacing_km: float, built: Any, cover: Any, relief_m: Any, layers: Any, site_cell: Any, floor_m2: Any,
    tunnel_km: Any, world: Any, sides: Any, cells: Any, sites: Any, control: Any, manned_by: Any,
    expected_loss: Any, log: Any, p: Any,
) -> None:
    """One cell, one day: gather, breach, decide, lose, move."""
    # a patch is attacked across so much of its edge at once, whatever the size of its cells
    most_edges = p.attack_edges_most * patch_edge_km / world[0].edge_km - cells[patch[c]].patch_edges
    closed = closed_ground(c, built, cover, p)
    men, infiltrators, power, edges, vehicles, exposed = gather_attack(
        c, most_edges, neighbour, closed, world, sides, cells, control, manned_by, expected_loss, p
    )
    here = cells[c]
    cells[patch[c]].patch_edges += edges
    here.grey_attacker_men += infiltrators
    if men <= 0.0 or edges <= 0.0:
        return
    width = world[0].edge_km
    density = density_at(cells, manned_by, c)
    defenders = min(density * p.forward_share, p.defence_density_most) * width * edges
    ready = power_share_at(cells, manned_by, c)
    bare = defenders * ready + defending_armour(c, closed, defenders, ready, sides, p)
    held = bare * defender_multiplier(c, built, relief_m, layers, world, cells, p)
    held *= (1.0 - harassment(here.grey_attacker_men / spacing_km, p.harass_half_men)) * (
        1.0 + p.fire_support * sides[DEFENDER].fires
    )
    power *= 1.0 + p.fire_support * here.fires
    works = standing_works(cells, c)
    front = edges * width
    open_share = breach_today(
        c, patch_id, day, rep_key, men / front, vehicles / front, density, cells, log, p
    )
    ratio = p.effectiveness * power / max(1e-9, held)
    won = uniform(key, DECISION_ASSAULT_OUTCOME, patch_id[c]) < success_probability(
        ratio, p.success_slope, p.success_even_ratio
    )
    noise_a, noise_d = loss_noise(patch_id[c], key, rep_key, p)
    rate_a = p.loss_attacker_won if won else p.loss_attacker_failed
    rate_d = p.loss_defender_lost if won else p.loss_defender_held
    loss_a = edge_loss(exposed, held, power, rate_a, p.loss_exponent, noise_a * p.loss_scale)
    safe = vulnerability(works, p.works_protection)
    # posture is in what the attacker meets; the defender's own losses feel works through `vulnerability`
    # alone
    loss_d = edge_loss(defenders, power, bare, rate_d, p.loss_exponent, noise_d * p.loss_scale * safe)
    share_attack_losses(
        c, neighbour, control, manned_by, attacking_edges(c, neighbour, control, manned_by), loss_a,
        expected_loss
    )
    if manned_by[c] >= 0:
        expected_loss[manned_by[c], CAUSE_ASSAULT] += loss_d
    if not won:
        return
    speed = winning_speed(
        p.speed_open_km, p.speed_fortified_km, works, men / front, p.speed_full_density,
        p.speed_density_exponent
    )
    # a line that is rough at the scale of cells gains no more ground than a smooth one
    speed *= 2.0 * width / spacing_km
    speed *= p.tempo * open_share * site_slowdown(c, layers, site_cell, floor_m2, tunnel_km, sites, clears, p)
    add_speed(
        c, neighbour, edge_river, speed, most_edges, built, cover, relief_m, layers, world, cells,
        control, manned_by, p
    )


@kernel
def walk_in(
    c: int, neighbour: Any, edge_river: Any, built: Any, cover: Any, relief_m: Any, layers: Any, world: Any,
    cells: Any, control: Any, manned_by: Any, p: Any,
) -> None:
    """A cell nobody holds is entered at march speed, slowed by obstacles and by drones overhead."""
    slow = 1.0 / (1.0 + p.march_pressure_slow * cells[c].own_pressure)
    if cells[c].obstacle_m > 0.0:
        slow *= p.unbreached_speed
    add_speed(
        c, neighbour, edge_river, p.march_km_per_day * slow, 6.0, built, cover, relief_m, layers, world,
        cells, control, manned_by, p,
    )


@kernel
def assault_phase(
    clears: int, day: int, key: Any, rep_key: Any, patch: Any, patch_id: Any, patch_edge_km: float,
    neighbour: Any, edge_river: Any,
    spacing_km: float, built: Any, cover: Any, relief_m: Any, layers: Any, site_cell: Any, floor_m2: Any,
    tunnel_km: Any, world: Any, sides: Any, cells: Any, sites: Any, control: Any, contact_cells: Any,
    manned_by: Any, target_axis: Any, expected_loss: Any, log: Any, p: Any,
) -> None:
    """Attack every chosen cell, walk into every empty one; the others stay quiet."""
    for i in range(world[0].n_contact):
        cells[patch[contact_cells[i]]].patch_edges = 0.0
    count_attack_edges(neighbour, world, cells, control, contact_cells, manned_by, target_axis)
    for i in range(world[0].n_contact):
        c = contact_cells[i]
        here = cells[c]
        here.speed_sum_km = 0.0
        here.speed_max_km = 0.0
        here.counter_km = 0.0
        here.grey_attacker_men *= p.grey_daily_survival
        here.grey_defender_men *= p.grey_daily_survival
        if control[c] != DEFENDER:
            continue
        if density_at(cells, manned_by, c) <= 0.0:
            if attacking_edges(c, neighbour, control, manned_by) > 0.0:
                walk_in(
                    c, neighbour, edge_river, built, cover, relief_m, layers, world, cells, control,
                    manned_by, p
                )
        elif target_axis[c] >= 0:
            attack_cell(
                c, clears, day, key, rep_key, patch, patch_id, patch_edge_km, neighbour, edge_river,
                spacing_km, built, cover,
                relief_m, layers, site_cell, floor_m2, tunnel_km, world, sides, cells, sites, control,
                manned_by, expected_loss, log, p,
            )
        here.speed_max_km = cell_movement(here.speed_sum_km, here.speed_max_km)
