"""What happened to an objective, entry by entry: its ways in, its garrison, its ground."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Final

from redan.analysis.trace.campaign import Campaign, Row
from redan.analysis.trace.entry import Entry
from redan.analysis.trace.setting import Target
from redan.analysis.trace.words import km, men, percent, supplied

SUPPLY_LEVELS: Final = (0.1, 0.4, 0.8)  # engine.chronicle writes a row where one is passed
SCARCE, STARVED = SUPPLY_LEVELS[1], SUPPLY_LEVELS[0]
CORRIDOR_LEVELS_KM: Final = (2.5, 5.0, 10.0)
CARRIED: Final = 0.1  # a shortfall larger by this than the loads lost on the shortest ways is explained
WIDE_KM: Final = 10.0  # wider is not measured
NEAR_EVENTS: Final = {"within_20km": 20, "within_10km": 10, "within_5km": 5}


def about_objective(campaign: Campaign, target: Target) -> list[Entry]:
    """Every entry about one objective, by day."""
    found = [
        *_front(campaign, target),
        *_ground(campaign, target),
        *_supply(campaign, target),
        *_corridor(campaign, target),
        *_isolation(campaign, target),
        *_garrison(campaign, target),
    ]
    return sorted(found, key=lambda entry: entry.day)


def is_after_it_fell(campaign: Campaign, target: Target, day: int) -> bool:
    """Whether the objective had been taken before a day."""
    taken = campaign.day_of(f"taken:{target.slug}")
    return taken is not None and taken < day


def garrison_of(campaign: Campaign, target: Target, day: int) -> str:
    """The garrison; once the objective was taken, what was left of it in the outskirts."""
    if is_after_it_fell(campaign, target, day):
        return f"what was left of the garrison about {target.name}"
    return f"the garrison of {target.name}"


def _front(campaign: Campaign, target: Target) -> Iterator[Entry]:
    for event, limit in NEAR_EVENTS.items():
        day = campaign.day_of(f"{event}:{target.slug}")
        if day is not None and day > 1:  # where it stood there from the start nothing happened
            text = f"the front came within {limit} km of the built-up edge of {target.name}"
            is_major = limit == min(NEAR_EVENTS.values())
            yield Entry(int(day), event, text, {"km": float(limit)}, target.slug, is_major)


def _ground(campaign: Campaign, target: Target) -> Iterator[Entry]:
    name, slug = target.name, target.slug
    for row in campaign.of("contested", slug):
        text = f"{name} was contested: {percent(row.value)} of it occupied or infiltrated"
        yield Entry(row.day, "contested", text, {"share": row.value}, slug)
    told = campaign.of("taken", slug)
    for row in told:
        text = f"{name} was taken: 95 % of it occupied, for seven days from here"
        yield Entry(row.day, "taken", text, {"share": row.value}, slug)
    day = campaign.day_of(f"taken:{slug}")
    if day is not None and not told:  # a log without a chronicle
        yield Entry(int(day), "taken", f"{name} was taken", {}, slug)
    for row in campaign.of("retaken", slug):
        text = f"the attacker lost {name} again: it occupied {percent(row.value)} of it"
        yield Entry(row.day, "retaken", text, {"share": row.value}, slug)
    cleared = campaign.day_of(f"cleared:{slug}")
    if cleared is not None and cleared != day:
        yield Entry(int(cleared), "town_cleared", f"no stronghold in {name} held any longer", {}, slug)


def passed(before: float, now: float, levels: tuple[float, ...]) -> float:
    """The last level that a value passed on its way from before to now."""
    if now < before:
        return min((level for level in levels if now < level <= before), default=before)
    return max((level for level in levels if before < level <= now), default=before)


def _supply(campaign: Campaign, target: Target) -> Iterator[Entry]:
    before = 1.0
    was_scarce = False
    for row in campaign.of("supply", target.slug):
        level = passed(before, row.value, SUPPLY_LEVELS)
        numbers = supply_numbers(campaign, target.slug, row.day)
        said = (
            f"supply of {target.name} {'fell below' if row.value < before else 'rose above'} {percent(level)}"
        )
        if row.day == 1:
            said = f"supply of {target.name} at the start"
        first_scarce = row.value < SCARCE and not was_scarce
        is_major = first_scarce or row.value < STARVED or (before < STARVED and row.value >= SCARCE)
        is_major = is_major and row.day > 1 and not is_after_it_fell(campaign, target, row.day)
        is_major = is_major and not campaign.of("isolated", target.slug, first=row.day, last=row.day)
        was_scarce = was_scarce or row.value < SCARCE
        before = row.value
        yield Entry(row.day, "supply", f"{said}: {supply_words(numbers)}", numbers, target.slug, is_major)


def supply_numbers(campaign: Campaign, slug: str, day: int) -> dict[str, float]:
    """What was delivered: of the demand at full strength, of what the men present needed; loads lost.

    A garrison's strength is what makes the first two differ.
    """
    found = {
        name: value
        for name in ("supply", "fed", "interdicted")
        if (value := campaign.value(name, slug, day)) is not None
    }
    if found.get("fed", 0.0) > 0.0 and "supply" in found:
        found["strength"] = min(1.0, found["supply"] / found["fed"])
    return found


def supply_words(numbers: Mapping[str, float]) -> str:
    """What arrived, and the reasons in brackets."""
    text = f"{supplied(numbers['supply'])} of the demand at full strength arrived"
    reasons = supply_reasons(numbers)
    return f"{text} ({reasons})" if reasons else text


def supply_reasons(numbers: Mapping[str, float]) -> str:
    """`the garrison stood at 60 % of full strength and got 63 % of what it needed; 5.9 % of ...`."""
    inside = []
    if "strength" in numbers:
        inside.append(
            f"the garrison stood at {percent(numbers['strength'])} of full strength and got"
            f" {percent(numbers['fed'])} of what it needed"
        )
    if "interdicted" in numbers:
        inside += _on_the_way(numbers["interdicted"], numbers.get("fed", 1.0))
    return "; ".join(inside)


def _on_the_way(lost: float, fed: float) -> list[str]:
    """Loads lost, and what else was missing, which by rules.supply longer ways and their width explain."""
    if lost >= 1.0:
        return ["no way in was left"]
    share = f"{percent(lost)} of the loads were" if lost > 0.0 else "no load was"
    said = [f"{share} lost on the shortest ways in"]
    if 1.0 - fed - lost > CARRIED:
        said.append("the rest was lost on longer ways or is more than roads carry")
    return said


def _corridor(campaign: Campaign, target: Target) -> Iterator[Entry]:
    before = WIDE_KM
    for row in campaign.of("corridor", target.slug):
        level = passed(before, row.value, CORRIDOR_LEVELS_KM)
        if row.value <= 0.0:
            text = f"the last way out of {target.name} was cut"
        elif row.value >= WIDE_KM:
            text = f"the corridor to {target.name} was 10 km wide or more again"
        else:
            verb = "narrowed" if row.value < before else "widened"
            text = f"the corridor to {target.name} {verb} to {km(row.value)}"
        before = row.value
        is_major = not is_after_it_fell(campaign, target, row.day)
        numbers = {"km": row.value, "level_km": level}
        yield Entry(row.day, "corridor", text, numbers, target.slug, is_major)


def _isolation(campaign: Campaign, target: Target) -> Iterator[Entry]:
    name, slug = target.name, target.slug
    told = campaign.of("isolated", slug)
    for row in told:
        who = garrison_of(campaign, target, row.day)
        text = f"{who} was isolated: {percent(row.value)} of its demand arrived, for seven days from here"
        yield Entry(row.day, "isolated", text, {"supply": row.value}, slug)
    day = campaign.day_of(f"isolated:{slug}")
    if day is not None and not told:
        yield Entry(int(day), "isolated", f"{name} was isolated", {}, slug)
    for row in campaign.of("isolation_ended", slug):
        ended = "no garrison was left" if row.value < 0 else f"{percent(row.value)} arrived again"
        text = f"the isolation of {name} ended: {ended}"
        yield Entry(row.day, "isolation_ended", text, {"supply": max(0.0, row.value)}, slug)


def _garrison(campaign: Campaign, target: Target) -> Iterator[Entry]:
    name, slug = target.name, target.slug
    for row in campaign.of("order_out", slug):
        numbers = order_numbers(campaign, row)
        who = garrison_of(campaign, target, row.day)
        text = f"{who} was ordered out, on a hazard of {percent(row.value)} a day{order_words(numbers)}"
        yield Entry(row.day, "order_out", text, numbers, slug)
    for row in campaign.of("withdrawal", slug):
        text, numbers = leaving(campaign, row)
        said = (
            f"{text} left {name}{lost_words(numbers)}"
            if sum(numbers.values())
            else f"nobody was left to leave {name}"
        )
        yield Entry(row.day, "withdrawal", said, numbers, slug)
    day = campaign.day_of(f"routed:{slug}")
    if day is not None:
        yield Entry(int(day), "routed", f"more than half of the garrison of {name} had broken", {}, slug)
    for row in campaign.of("garrison_rout", slug):
        text = f"a formation of {garrison_of(campaign, target, row.day)} broke ({men(row.value)})"
        yield Entry(row.day, "garrison_rout", text, {"men": row.value}, slug, is_major=False)


def leaving(campaign: Campaign, row: Row) -> tuple[str, dict[str, float]]:
    """Men who left on the order of a "withdrawal" row, and the numbers of it."""
    numbers = {"men": row.value}
    lost = campaign.value("withdrawal_losses", row.entity, row.day)
    if lost is not None:
        numbers["lost_men"] = lost
    return men(row.value), numbers


def lost_words(numbers: Mapping[str, float]) -> str:
    """`; 439 men (6.5 %) were lost on the way out`."""
    if "lost_men" not in numbers:
        return ""
    lost = numbers["lost_men"]
    share = lost / max(1.0, numbers["men"] + lost)
    return f"; {men(lost)} ({percent(share)}) {'was' if round(lost) == 1 else 'were'} lost on the way out"


def order_numbers(campaign: Campaign, row: Row) -> dict[str, float]:
    """What drove an order to leave: hazard, corridor, supply, losses, and the factor that each made."""
    numbers = {"hazard_per_day": row.value}
    for name in ("corridor", "supply", "losses"):
        found = campaign.value(f"order_out_{name}", row.entity, row.day)
        if found is not None:
            numbers["corridor_km" if name == "corridor" else name] = found
    return numbers | hazard_factors(campaign.parameters, numbers)


def hazard_factors(parameters: Mapping[str, float], numbers: Mapping[str, float]) -> dict[str, float]:
    """By how much corridor, supply and losses multiplied the hazard at rest (rules.cohesion.break_hazard)."""
    weights = [f"break_{name}_weight" for name in ("neck", "supply", "loss")]
    if not {"corridor_km", "supply", "losses"} <= set(numbers):
        return {}
    if not {*weights, "withdraw_base_per_day"} <= set(parameters):
        return {}
    corridor, supply, losses = (parameters[name] for name in weights)
    return {
        "hazard_at_rest_per_day": parameters["withdraw_base_per_day"],
        "corridor_factor": math.exp(corridor * (1.0 - min(1.0, numbers["corridor_km"] / WIDE_KM))),
        "supply_factor": math.exp(supply * (1.0 - numbers["supply"])),
        "losses_factor": math.exp(losses * numbers["losses"] / 0.10),
    }


def order_words(numbers: Mapping[str, float]) -> str:
    """`: 0.4 % at rest, x2.7 for the corridor (5.0 km), x1.9 for supply (43 %), x1.2 for losses (2 %)`."""
    if "corridor_factor" not in numbers:
        return ""
    corridor = numbers["corridor_km"]
    width = "10 km or more" if corridor >= WIDE_KM else km(corridor)
    supply, losses = percent(numbers["supply"]), percent(numbers["losses"])
    return (
        f" ({percent(numbers['hazard_at_rest_per_day'])} at rest, x{numbers['corridor_factor']:.1f} for the"
        f" corridor of {width}, x{numbers['supply_factor']:.1f} for {supply} of its supply,"
        f" x{numbers['losses_factor']:.1f} for {losses} of its men lost in about ten days)"
    )
