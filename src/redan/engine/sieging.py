"""Phase 8 continued: strongholds behind the front are cleared, sealed or bypassed, at a price."""

from __future__ import annotations

from typing import Any

from redan.engine.attrition import book_losses
from redan.engine.journal import write_log
from redan.numerics.compile import kernel
from redan.numerics.draws import uniform
from redan.numerics.inverse import count_quantile
from redan.rules.strongholds import clearing_days, stock_after, surrender_hazard
from redan.vocabulary.codes import (
    ATTACKER,
    BYPASS,
    CAUSE_ASSAULT,
    CAUSE_SEALED,
    CLEAR,
    DECISION_CLEARING,
    DECISION_RE_EMERGE,
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
    LOG_SURRENDER,
    RESERVE,
    SITE_ACTIVE,
    SITE_CLEARED,
    SITE_SEALED,
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
        away = ((x_km[unit.cell] - x_km[c]) ** 2 + (y_km[unit.cell] - y_km[c]) ** 2) ** 0.5
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
        unit, sides, ledger, hit, p.killed_share, p.wounded_return_share, uniform(
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
    site.cleared = min(1.0, site.cleared + 1.0 / max(1.0, days))
    lost = count_quantile(
        uniform(key, DECISION_CLEARING, site_id[g]), site.garrison_men * p.clearing_loss_per_defender,
        p.loss_dispersion
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
def starve_site(
    g: int, day: int, key: Any, site_id: Any, shelter: Any, sites: Any, ledger: Any, log: Any, p: Any
) -> None:
    """Stocks run down; once they are gone surrender becomes ever more likely."""
    site = sites[g]
    site.stock_days = stock_after(site.stock_days, site.garrison_men, shelter[g], 0.0)
    if site.stock_days > 0.0:
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
        site.state = 0
        site.containing_men = 0.0


@kernel
def site_phase(
    choice: int, day: int, key: Any, site_id: Any, site_cell: Any, floor_m2: Any, tunnel_km: Any,
    shelter: Any, x_km: Any, y_km: Any, sides: Any, cells: Any, formations: Any, sites: Any, control: Any,
    ledger: Any, cause: Any, log: Any, p: Any,
) -> None:
    """Every stronghold behind the front: clear, seal or bypass as the course says."""
    for g in range(site_cell.shape[0]):
        if sites[g].containing_cell >= 0:
            cells[sites[g].containing_cell].committed_men = 0.0
            sites[g].containing_cell = -1
    for g in range(site_cell.shape[0]):
        site = sites[g]
        if site.state != SITE_ACTIVE and site.state != SITE_SEALED:
            continue
        c = site_cell[g]
        if control[c] == DEFENDER:
            relieve_site(g, c, x_km, y_km, sites, formations, p.contain_reach_km)
            continue
        f = nearest_formation(c, ATTACKER, x_km, y_km, formations, p.contain_reach_km)
        if choice == BYPASS or f < 0:
            site.state = SITE_ACTIVE
            if uniform(key, DECISION_RE_EMERGE, site_id[g]) < p.re_emerge_per_day:
                cells[c].grey_defender_men += site.garrison_men * p.re_emerge_share
                write_log(log, day, LOG_RE_EMERGED, g, site.garrison_men * p.re_emerge_share)
                lost = count_quantile(
                    uniform(key, DECISION_CLEARING, site_id[g]),
                    site.garrison_men * p.bypass_loss_per_defender, p.loss_dispersion
                )
                if f >= 0:
                    charge_besiegers(
                        g, f, site_id, lost, key, sides, formations, ledger, cause, CAUSE_SEALED, p
                    )
            starve_site(g, day, key, site_id, shelter, sites, ledger, log, p)
            continue
        if choice == CLEAR:
            clear_site(
                g, f, day, key, site_id, floor_m2, tunnel_km, sides, formations, sites, ledger, cause, log, p
            )
        else:
            if site.state == SITE_ACTIVE:
                site.state = SITE_SEALED
                write_log(log, day, LOG_SEALED, g, site.garrison_men)
            lost = count_quantile(
                uniform(key, DECISION_CLEARING, site_id[g]), site.garrison_men * p.seal_loss_per_defender,
                p.loss_dispersion
            )
            charge_besiegers(g, f, site_id, lost, key, sides, formations, ledger, cause, CAUSE_SEALED, p)
            starve_site(g, day, key, site_id, shelter, sites, ledger, log, p)
        site.containing_men = p.containing_ratio * site.garrison_men
        home = formations[f].cell
        site.containing_cell = home
        cells[home].committed_men += site.containing_men
