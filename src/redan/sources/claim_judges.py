"""Judges of claims about places and the front: the claim against GeoNames and derived facts."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from redan.sources import claim_facts, claims
from redan.sources.claim_grounds import Grounds, Judged, percent
from redan.sources.claim_run_judges import likeliest
from redan.sources.claims import Fact, Verdict
from redan.sources.geonames import distance_km, settlement


def _distance(check: claims.DistanceCheck, _: Mapping[str, Any], __: Grounds) -> Judged:
    a, b = settlement(check.origin), settlement(check.to)
    km = distance_km((a.lon, a.lat), (b.lon, b.lat))
    verdict: Verdict = "supported" if abs(km - check.says_km) <= check.within_km else "contradicted"
    says = f"geodesic between the GeoNames points of {a.name} and {b.name}: {km:.1f} km"
    return verdict, says, {"distance_km": round(km, 2)}


def _front_distance(check: claims.FrontDistanceCheck, facts: Mapping[str, Any], grounds: Grounds) -> Judged:
    town = settlement(check.place)
    edge = claim_facts.built_radius_km(town.population, check.residents_per_km2)
    own = claim_facts.line_distance_km((town.lon, town.lat), grounds.line) if grounds.line else None
    centre = float(facts["to_centre_km"])
    numbers: dict[str, Fact | None] = {
        "to_edge_km": round(centre - edge, 1),
        "built_radius_km": round(edge, 1),
        "own_line_to_centre_km": None if own is None else round(own, 1),
        "own_line_to_edge_km": None if own is None else round(own - edge, 1),
    }
    says = (
        f"control data of {facts['data_date']}: {centre:.1f} km to the centre,"
        f" about {centre - edge:.1f} km to the edge of a built-up disc of {edge:.1f} km"
    )
    if own is not None:
        says += (
            f"; the scenario's own coarse line of {grounds.line_date}: {own:.1f} km and {own - edge:.1f} km"
        )
    beyond = [
        km - check.says_km if check.at_most else abs(km - check.says_km) for km in (centre, centre - edge)
    ]
    if beyond[0] <= check.within_km:
        return "supported", says, numbers
    near_edge = beyond[1] <= check.within_km
    claimed = f"{'at most ' if check.at_most else ''}{check.says_km:g} km"
    says += f". {claimed} fits " + (
        f"only if measured to the edge (within the {check.within_km:g} km that observers differ by)"
        if near_edge
        else "neither"
    )
    return ("partly" if near_edge else "contradicted"), says, numbers


def _residents(check: claims.ResidentsCheck, _: Mapping[str, Any], __: Grounds) -> Judged:
    group = [settlement(i) for i in check.group]
    other = [settlement(i) for i in check.other]
    a, b = sum(s.population for s in group), sum(s.population for s in other)
    ratio = max(a, b) / min(a, b)
    says = (
        f"GeoNames residents before the war: {' and '.join(s.name for s in group)} {a:,},"
        f" {' and '.join(s.name for s in other)} {b:,}: {ratio:.1f} times as many"
    )
    verdict: Verdict = "supported" if ratio <= check.ratio_within else "contradicted"
    return verdict, says, {"residents_group": a, "residents_other": b, "ratio": round(ratio, 2)}


CLOCKS = {
    "within_20km": "front within 20 km",
    "within_10km": "within 10 km",
    "within_5km": "within 5 km",
    "contested_or_open": "contested or left open",
    "contested": "contested",
}


def _duration(check: claims.DurationCheck, facts: Mapping[str, Any], grounds: Grounds) -> Judged:
    days_since: dict[str, int] = {}
    parts: list[str] = []
    for name, column in check.towns.items():
        key = column.lower()
        clocks: list[str] = []
        for clock, words in CLOCKS.items():
            began = facts.get(f"{key}_{clock}")
            if isinstance(began, date):
                days = (grounds.as_of - began).days
                days_since[f"{key}_days_since_{clock}"] = days
                clocks.append(f"{words} since {began}: {days} days")
        ended = isinstance(facts.get(f"{key}_taken"), date)
        end = f"taken {facts[f'{key}_taken']}" if ended else f"not ended by {grounds.as_of} (censored)"
        parts.append(f"{name}: {'; '.join(clocks)}; {end}")
    slack = check.within_share * check.says_days
    fits = [abs(days - check.says_days) <= slack for days in days_since.values()]
    verdict: Verdict = "supported" if all(fits) else "partly" if any(fits) else "contradicted"
    says = ". ".join(parts) + f". {sum(fits)} of {len(fits)} clocks lie within {slack:.0f} days of the claim"
    return verdict, says, {**days_since}


def _status(check: claims.StatusCheck, facts: Mapping[str, Any], grounds: Grounds) -> Judged:
    occupied, unknown = float(facts["occupied"]), float(facts["unknown"])
    says = (
        f"on {facts['data_date']} the map shows {percent(occupied)} of the ground within 2 km of {check.town}"
        f" occupied and leaves {percent(unknown)} open"
    )
    if occupied >= check.taken_share:
        return "supported", says, {}
    if occupied + unknown >= check.taken_share:
        return "partly", says + ": reported on the day, not yet shown by the map", {}
    return "contradicted", says, {}


def _trend(check: claims.TrendCheck, facts: Mapping[str, Any], _: Grounds) -> Judged:
    rates = [float(facts[f"km2_per_day_q{i}"]) for i in range(1, 5)]
    nearer = {name: float(facts[f"{column.lower()}_nearer_km"]) for name, column in check.towns.items()}
    moved = [f"{name} {km:.1f} km" for name, km in nearer.items()]
    says = (
        "area gained in the box, km2 a day, in the four quarters before: "
        + ", ".join(f"{rate:.1f}" for rate in rates)
        + f"; nearer in the last one: {', '.join(moved)}"
    )
    if all(a < b for a, b in itertools.pairwise(rates)):
        return "supported", says, {}
    close = any(km >= check.noticeable_km for km in nearer.values())
    return ("partly" if close or rates[-1] > rates[0] else "contradicted"), says, {}


def _approach(check: claims.ApproachCheck, facts: Mapping[str, Any], grounds: Grounds) -> Judged:
    hits, windows = int(facts["windows_of_10km"]), int(facts["windows"])
    says = (
        f"since {check.since} the front came at most {float(facts['fastest_km']):.1f} km nearer to a tracked"
        f" town within 30 days; 10 km or more in {hits} of {windows:,} windows"
    )
    numbers: dict[str, Fact | None] = {}
    if grounds.run is not None:
        likely = likeliest(grounds.run, "breakthrough:")
        numbers["p_breakthrough_in_run"] = likely
        if likely is not None:
            says += f"; in the forecast the likeliest breakthrough has probability {percent(likely)}"
    return ("supported" if hits == 0 else "partly"), says, numbers


def _relief(check: claims.ReliefCheck, facts: Mapping[str, Any], _: Grounds) -> Judged:
    relief = float(facts["relief_median_m"])
    says = (
        f"within {check.radius_km:g} km of the towns, elevation {float(facts['elevation_low_m']):.0f} to"
        f" {float(facts['elevation_high_m']):.0f} m, median relief {relief:.0f} m (coarse: 5 arc-minutes,"
        " which smooths valleys)"
    )
    if relief >= check.rugged_m:
        return "supported", says + ": rugged", {}
    if relief >= check.rolling_m:
        return "partly", says + ": rolling rather than rugged", {}
    return "contradicted", says + ": flat", {}


def _industry(check: claims.IndustryCheck, facts: Mapping[str, Any], _: Grounds) -> Judged:
    n, total = int(facts["towns_with_site"]), len(check.towns)
    says = (
        f"{n} of the {total} towns of 10,000 residents or more have a works or a mine in our own list"
        " (general knowledge, grade C)"
    )
    return ("supported" if n / total >= check.enough_share else "partly"), says, {"towns": total}


def _damage(check: claims.DamageCheck, facts: Mapping[str, Any], _: Grounds) -> Judged:
    shares = {c: float(facts[c.lower()]) for c in check.communities}
    heavy = sum(share >= check.heavy_per_cent for share in shares.values())
    says = "buildings damaged by radar to February 2024, whole communities: " + ", ".join(
        f"{name} {share:.0f} %" for name, share in shares.items()
    )
    return ("supported" if heavy == len(shares) else "partly"), says, {}


JUDGES: dict[str, Callable[[Any, Mapping[str, Any], Grounds], Judged]] = {
    "distance": _distance,
    "front_distance": _front_distance,
    "residents": _residents,
    "duration": _duration,
    "status": _status,
    "trend": _trend,
    "approach": _approach,
    "relief": _relief,
    "industry": _industry,
    "damage": _damage,
}
