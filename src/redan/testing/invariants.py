"""What must hold on every evening of every campaign, whatever the theatre, the plan and the parameters."""

from __future__ import annotations

import numpy as np

from redan.vocabulary.arrays import Output, Theatre
from redan.vocabulary.codes import (
    ATTACKER,
    DEFENDER,
    GONE,
    LEDGER_ARRIVED,
    LEDGER_CAPTURED,
    LEDGER_DEPARTED,
    LEDGER_KILLED,
    LEDGER_RETURNED,
    LEDGER_START,
    LEDGER_WOUNDED,
    MARCHING,
    SITE_ACTIVE,
    SITE_SEALED,
    SITE_STARVED,
)
from redan.vocabulary.state import State

TOLERANCE = 1e-6  # men; strengths are whole numbers, so the sums are exact
CAME = (LEDGER_START, LEDGER_ARRIVED, LEDGER_RETURNED)
WENT = (LEDGER_KILLED, LEDGER_WOUNDED, LEDGER_CAPTURED, LEDGER_DEPARTED)


def broken(theatre: Theatre, state: State, output: Output) -> list[str]:
    """Say what is wrong with an evening's state; an empty list when all is well.

    Counted here anew from state and theatre, not by the engine's own audit, which is reported beside it.
    """
    return [
        *broken_men(state),
        *broken_ground(theatre, state),
        *broken_places(state),
        *broken_sites(state),
        *(f"audit {i}: {x:g}" for i, x in enumerate(output.audit) if not x <= TOLERANCE),
        *(["a measure is not finite"] if not np.isfinite(output.series).all() else []),
    ]


def broken_men(state: State) -> list[str]:
    """Alive + killed + wounded out + captured + departed = start + arrived + returned, in whole men."""
    faults = []
    units, sites = state.formations, state.sites
    for side in (ATTACKER, DEFENDER):
        alive = float(units.men[units.side == side].sum())
        if side == DEFENDER:
            alive += float(sites.garrison_men.sum())
        book = state.ledger[side]
        error = float(book[list(CAME)].sum() - book[list(WENT)].sum()) - alive
        if not abs(error) <= TOLERANCE:
            faults.append(f"side {side}: {error:g} men unaccounted for")
        if (book < 0.0).any():
            faults.append(f"side {side}: a negative entry in the ledger")
    if (units.men < 0.0).any() or (units.men != np.floor(units.men)).any():
        faults.append("a formation of negative or broken strength")
    if (units.men[units.duty == GONE] != 0.0).any():
        faults.append("men in a formation that is gone")
    return faults


def broken_ground(theatre: Theatre, state: State) -> list[str]:
    """Shares lie in 0..1, control agrees with them, and ground behind the line belongs to who holds it."""
    cells, control = state.cells, state.control
    faults = []
    for name in ("share", "works", "destroyed", "supply_share"):
        value = cells[name]
        if not ((value >= 0.0) & (value <= 1.0)).all():
            faults.append(f"{name} outside 0..1")
    if ((control == ATTACKER) & (cells.share <= 0.0)).any():
        faults.append("the attacker controls a cell of which it occupies nothing")
    if ((control == DEFENDER) & (cells.share >= 1.0)).any():
        faults.append("the defender controls a cell that is wholly occupied")
    if (cells.residents > theatre.cell_residents + 1e-9).any():
        faults.append("more residents than on day 0")
    if (cells.destroyed < theatre.cell_destroyed0 - 1e-12).any():
        faults.append("ruins rebuilt")
    if (cells.obstacle_m < 0.0).any():
        faults.append("an obstacle of negative depth")
    return faults


def broken_places(state: State) -> list[str]:
    """Every formation with men stands on its own side's ground, unless it is on the march."""
    units = state.formations
    here = (units.men > 0.0) & (units.duty != GONE) & (units.duty != MARCHING)
    astray = here & (state.control[units.cell] != units.side)
    shares = [("cohesion", units.cohesion), ("effect", units.effect)]
    faults = [
        f"formation {f} stands on the enemy's ground, duty {units.duty[f]}" for f in np.flatnonzero(astray)
    ]
    faults += [f"{name} outside 0..1" for name, x in shares if not ((x >= 0.0) & (x <= 1.0)).all()]
    if (units.stock_days < -1e-12).any() or (units.short_days < 0.0).any():
        faults.append("negative days of stock or of shortage")
    return faults


def broken_sites(state: State) -> list[str]:
    """Only strongholds that are surrounded hold men of their own, and they hold whole men."""
    sites = state.sites
    fighting = np.isin(sites.state, (SITE_ACTIVE, SITE_SEALED, SITE_STARVED))
    faults = []
    if (sites.garrison_men < 0.0).any() or (sites.garrison_men[~fighting] != 0.0).any():
        faults.append("men in a stronghold that does not fight, or fewer than none")
    if not ((sites.cleared >= 0.0) & (sites.cleared <= 1.0)).all():
        faults.append("cleared share of a stronghold outside 0..1")
    return faults
