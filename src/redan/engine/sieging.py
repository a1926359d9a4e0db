"""Phase 8 continued: strongholds behind the front are cleared, sealed or bypassed, at a price."""

from __future__ import annotations

from typing import Any

from redan.engine.attrition import book_losses
from redan.engine.journal import write_log
from redan.numerics.compile import kernel
from redan.numerics.draws import uniform
from redan.numerics.graph import UNREACHED
from redan.numerics.inverse import count_quantile
from redan.rules.strongholds import clearing_days, stock_after, surrender_hazard
from redan.vocabulary.codes import (
    ATTACKER,
    BYPASS,
    CAUSE_ASSAULT,
    CAUSE_SEALED,
    CAUSE_WITHDRAWAL,
    CLEAR,
    DECISION_CLEARING,
    DECISION_MARCH_OUT,
    DECISION_RE_EMERGE,
    DECISION_SLIP_OUT,
    DECISION_SPLIT_KILLED,
    DECISION_STRONGHOLD,
    DECISION_SURRENDER,
    DEFENDER,
    LEDGER_CAPTURED,
    LEDGER_KILLED,
    LINE,
    LOG_CLEARED,
    LOG_RE_EMERGED,
    LOG_SEALED,
    LOG_SLIPPED_OUT,
    LOG_STARVED,
    LOG_SURRENDER,
    RESERVE,
    SITE_ACTIVE,
    SITE_CLEARED,
    SITE_EMPTY,
    SITE_HELD,
    SITE_SEALED,
    SITE_STARVED,
    SITE_SURRENDERED,
)


@kernel
def nearest_formation(c: int, side: int, x_km: Any, y_km: Any, formations: Any, reach_km: float) -> int:
    """The line or reserve formation of a side nearest to a cell within reach, -1 none."""
    best = -1
    best_km = reach_km
    for f in range(formations.shape[0]):
        unit = formations[f]
        if unit.side != side or unit.men <= 0.0 or (unit.duty != LINE and unit.duty != RESERVE):
            continue
        dx = x_km[unit.cell] - x_km[c]
        dy = y_km[unit.cell] - y_km[c]
        if dx * dx + dy * dy > 1.001 * best_km * best_km:
            continue  # saves most roots
        away = (dx * dx + dy * dy) ** 0.5
        if away < best_km:
            best_km = away
            best = f
    return best


@kernel
def charge_besiegers(
    g: int, f: int, site_id: Any, lost: float, key: Any, sides: Any, formations: Any, ledger: Any, cause: Any,
    which: int, p: Any
) -> None:
    """Whole losses of the formation that clears or contains a stronghold."""
    unit = formations[f]
    hit = min(unit.men, lost)
    if hit <= 0.0:
        return
    book_losses(
        unit, sides, ledger, hit, p.wounded_return_share, uniform(
            key, DECISION_SPLIT_KILLED, site_id[g]
        )
    )
    cause[ATTACKER, which] += hit


@kernel
def clear_site(
    g: int, f: int, day: int, key: Any, site_id: Any, floor_m2: Any, tunnel_km: Any, sides: Any,
    formations: Any, sites: Any, ledger: Any, cause: Any, log: Any, p: Any,
) -> None:
    """A day of clearing: floors and tunnels taken in proportion, both sides lose, the last are captured."""
    site = sites[g]
    days = clearing_days(floor_m2[g], tunnel_km[g], p.clearing_m2_per_day, p.clearing_tunnel_km_per_day)
    strength = p.starved_strength if site.state == SITE_STARVED else 1.0
    site.cleared = min(1.0, site.cleared + 1.0 / max(1.0, days))
    lost = count_quantile(
        uniform(key, DECISION_CLEARING, site_id[g]),
        site.garrison_men * p.clearing_loss_per_defender * strength, p.loss_dispersion
    )
    charge_besiegers(g, f, site_id, lost, key, sides, formations, ledger, cause, CAUSE_ASSAULT, p)
    expected = site.garrison_men * p.clearing_defender_loss
    u = uniform(key, DECISION_STRONGHOLD, site_id[g])
    hit = min(site.garrison_men, count_quantile(u, expected, p.loss_dispersion))
    site.garrison_men -= hit
    ledger[DEFENDER, LEDGER_KILLED] += hit
    cause[DEFENDER, CAUSE_ASSAULT] += hit
    if site.cleared >= 1.0 or site.garrison_men <= 0.0:
        ledger[DEFENDER, LEDGER_CAPTURED] += site.garrison_men
        site.garrison_men = 0.0
        site.state = SITE_CLEARED
        site.containing_men = 0.0
        write_log(log, day, LOG_CLEARED, g, lost)


@kernel
def has_way_out(c: int, neighbour: Any, control: Any, distance: Any) -> bool:
    """Whether a stronghold touches ground that the defender holds and supplies: it cannot be starved out."""
    for n in range(neighbour.shape[1]):
        b = neighbour[c, n]
        if b < 0:
            break
        if control[b] == DEFENDER and distance[b] < UNREACHED:
            return True
    return False


@kernel
def slip_out(
    g: int, c: int, day: int, key: Any, site_id: Any, contained: bool, x_km: Any, y_km: Any, sides: Any,
    sites: Any, formations: Any, ledger: Any, cause: Any, log: Any, p: Any
) -> bool:
    """A garrison with a way out may leave by night, with losses; true when it has gone."""
    site = sites[g]
    chance = p.slip_out_per_day * (p.slip_out_sealed if contained else 1.0)
    if uniform(key, DECISION_SLIP_OUT, site_id[g]) >= chance:
        return False
    f = nearest_formation(c, DEFENDER, x_km, y_km, formations, p.contain_reach_km)
    if f < 0:
        return False
    left = site.garrison_men
    unit = formations[f]
    unit.men += left
    lost = min(left, count_quantile(
        uniform(key, DECISION_MARCH_OUT, site_id[g]), left * p.withdraw_loss_narrow, p.loss_dispersion
    ))
    if lost > 0.0:
        book_losses(
            unit, sides, ledger, lost, p.wounded_return_share, uniform(key, DECISION_SPLIT_KILLED, site_id[g])
        )
        cause[DEFENDER, CAUSE_WITHDRAWAL] += lost
    site.garrison_men = 0.0
    site.containing_men = 0.0
    site.state = SITE_EMPTY
    write_log(log, day, LOG_SLIPPED_OUT, g, left - lost)
    return True


@kernel
def starve_site(
    g: int, day: int, key: Any, site_id: Any, shelter: Any, delivered: float, way_out: bool, sites: Any,
    ledger: Any, log: Any, p: Any
) -> None:
    """Stocks run down; once they are gone, and only with no way out, surrender becomes ever more likely."""
    site = sites[g]
    site.stock_days = stock_after(site.stock_days, site.garrison_men, shelter[g], delivered)
    if site.stock_days > 0.0:
        return
    if site.state != SITE_STARVED:
        site.state = SITE_STARVED
        write_log(log, day, LOG_STARVED, g, site.garrison_men)
    if way_out:
        return
    site.hungry_days += 1.0
    hazard = surrender_hazard(p.surrender_base_per_day, site.hungry_days, p.surrender_growth_days)
    if uniform(key, DECISION_SURRENDER, site_id[g]) < hazard:
        ledger[DEFENDER, LEDGER_CAPTURED] += site.garrison_men
        write_log(log, day, LOG_SURRENDER, g, site.garrison_men)
        site.garrison_men = 0.0
        site.containing_men = 0.0
        site.state = SITE_SURRENDERED


@kernel
def relieve_site(
    g: int, c: int, x_km: Any, y_km: Any, sites: Any, formations: Any, reach_km: float
) -> None:
    """A stronghold whose cell the defender took back rejoins the line: its men go to the formation
    nearest.
    """
    site = sites[g]
    f = nearest_formation(c, DEFENDER, x_km, y_km, formations, reach_km)
    if f >= 0:
        formations[f].men += site.garrison_men
        site.garrison_men = 0.0
    if site.garrison_men <= 0.0:
        site.state = SITE_HELD
        site.containing_men = 0.0


@kernel
def pay_for_site(
    g: int, f: int, day: int, key: Any, site_id: Any, per_defender: float, sides: Any, formations: Any,
    sites: Any, ledger: Any, cause: Any, p: Any
) -> None:
    """What a garrison left behind costs those about it; one without stocks costs less."""
    strength = p.starved_strength if sites[g].state == SITE_STARVED else 1.0
    lost = count_quantile(
        uniform(key, DECISION_CLEARING, site_id[g]), sites[g].garrison_men * per_defender * strength,
        p.loss_dispersion
    )
    charge_besiegers(g, f, site_id, lost, key, sides, formations, ledger, cause, CAUSE_SEALED, p)


@kernel
def re_emerge(
    g: int, c: int, f: int, day: int, key: Any, site_id: Any, sides: Any, cells: Any, formations: Any,
    sites: Any, ledger: Any, cause: Any, log: Any, p: Any
) -> None:
    """A garrison that nobody contains comes out behind the front from time to time."""
    if uniform(key, DECISION_RE_EMERGE, site_id[g]) >= p.re_emerge_per_day:
        return
    out = sites[g].garrison_men * p.re_emerge_share
    cells[c].grey_defender_men += out
    write_log(log, day, LOG_RE_EMERGED, g, out)
    if f >= 0:
        pay_for_site(
            g, f, day, key, site_id, p.bypass_loss_per_defender, sides, formations, sites, ledger, cause, p
        )


@kernel
def contain(g: int, f: int, cells: Any, formations: Any, sites: Any, p: Any) -> None:
    """Tie down part of the stack that contains a stronghold."""
    site = sites[g]
    site.containing_men = p.containing_ratio * site.garrison_men
    site.containing_cell = formations[f].cell
    cells[site.containing_cell].committed_men += site.containing_men


@kernel
def site_phase(
    choice: int, day: int, key: Any, site_id: Any, site_cell: Any, floor_m2: Any, tunnel_km: Any,
    shelter: Any, neighbour: Any, x_km: Any, y_km: Any, sides: Any, cells: Any, formations: Any, sites: Any,
    control: Any, distance: Any, ledger: Any, cause: Any, log: Any, p: Any,
) -> None:
    """Every stronghold behind the front: clear, seal or bypass as the course says."""
    for g in range(site_cell.shape[0]):
        if sites[g].containing_cell >= 0:
            cells[sites[g].containing_cell].committed_men = 0.0
            sites[g].containing_cell = -1
    for g in range(site_cell.shape[0]):
        site = sites[g]
        if site.state != SITE_ACTIVE and site.state != SITE_SEALED and site.state != SITE_STARVED:
            continue
        c = site_cell[g]
        if control[c] == DEFENDER:
            relieve_site(g, c, x_km, y_km, sites, formations, p.contain_reach_km)
            continue
        f = nearest_formation(c, ATTACKER, x_km, y_km, formations, p.contain_reach_km)
        contained = choice != BYPASS and f >= 0
        way_out = has_way_out(c, neighbour, control, distance)
        if way_out and slip_out(
            g, c, day, key, site_id, contained, x_km, y_km, sides, sites, formations, ledger, cause, log, p
        ):
            continue
        delivered = p.way_out_delivery if way_out else 0.0
        if not contained:
            if site.state == SITE_SEALED:
                site.state = SITE_ACTIVE
            re_emerge(
                g, c, f, day, key, site_id, sides, cells, formations, sites, ledger, cause, log, p
            )
            starve_site(g, day, key, site_id, shelter, delivered, way_out, sites, ledger, log, p)
            continue
        if choice == CLEAR:
            clear_site(
                g, f, day, key, site_id, floor_m2, tunnel_km, sides, formations, sites, ledger, cause, log, p
            )
        else:
            if site.state == SITE_ACTIVE:
                site.state = SITE_SEALED
                write_log(log, day, LOG_SEALED, g, site.garrison_men)
            pay_for_site(
                g, f, day, key, site_id, p.seal_loss_per_defender, sides, formations, sites, ledger, cause, p
            )
            starve_site(g, day, key, site_id, shelter, delivered, way_out, sites, ledger, log, p)
        if site.garrison_men > 0.0:
            contain(g, f, cells, formations, sites, p)
