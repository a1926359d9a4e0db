"""Phase 10: damage and residents. Every place is updated once a week, a seventh of them a day."""

from __future__ import annotations

from typing import Any

from redan.engine.contact import depth_km
from redan.numerics.compile import kernel
from redan.numerics.graph import UNREACHED
from redan.rules.drones import depth_profile
from redan.rules.people import destruction, leaving_rate, residents_after
from redan.vocabulary.codes import ATTACKER, DEFENDER


@kernel
def town_phase(
    day: int, spacing_km: float, residents0: Any, world: Any, sides: Any, cells: Any, control: Any, ring: Any,
    nearest: Any, target_axis: Any, place_cells: Any, p: Any,
) -> None:
    """Destruction from contact and fires, departure as the line nears and services stop."""
    for i in range(day % 7, world[0].n_places, 7):
        c = place_cells[i]
        if ring[c] >= UNREACHED:
            continue
        here = cells[c]
        depth = depth_km(ring, spacing_km, c)
        fought = 0.0
        if depth < p.contact_depth_km:
            attacked = target_axis[c] >= 0 or target_axis[nearest[c]] >= 0
            fought = 1.0 if attacked else p.quiet_contact_share
        reach = depth_profile(depth, p.fires_half_depth_km, p.fires_depth_scale_km)
        enemy = sides[ATTACKER].fires if control[c] == DEFENDER else sides[DEFENDER].fires
        here.destroyed = destruction(
            here.destroyed, fought, reach * enemy, p.destruction_contact_per_day, p.destruction_fires_per_day,
            7.0
        )
        if control[c] != DEFENDER:
            depth = 0.5 * spacing_km + depth
        shock = p.leaving_shock_per_day * max(0.0, here.destroyed - p.leaving_shock_destroyed)
        if here.supply_share < p.leaving_supply_share:
            shock += p.leaving_shock_per_day * (1.0 - here.supply_share)
        rate = leaving_rate(
            depth, p.leaving_per_day, p.leaving_half_depth_km, p.leaving_depth_scale_km, shock
        )
        core = p.residents_core_share * residents0[c]
        here.residents = residents_after(here.residents, core, rate, 7.0)
