"""What happened that is not about one objective: plans, obstacles, strongholds, turns, ground by day."""

from __future__ import annotations

from collections.abc import Iterator

from redan.analysis.trace.campaign import Campaign, Row
from redan.analysis.trace.entry import Entry
from redan.analysis.trace.setting import Setting, Stage
from redan.analysis.trace.words import listed, men, percent, several

ATTACKER_HOLDS = 0.0  # value of a "control" row: codes.ATTACKER
STRONGHOLD_WORDS = {
    "clear": "strongholds behind the front are cleared",
    "seal": "strongholds behind the front are sealed",
    "bypass": "strongholds behind the front are passed by",
}


def about_theatre(campaign: Campaign) -> list[Entry]:
    """Every entry that is not about an objective's garrison, ground or ways in, by day."""
    found = [
        *_phases(campaign),
        *_breaches(campaign),
        *_belts_reached(campaign),
        *_sites(campaign),
        *_pauses(campaign),
        *_turns(campaign),
        *_attacked(campaign),
        *_counter_attacks(campaign),
        *_ground_by_day(campaign),
        *_broken_by_day(campaign),
    ]
    return sorted(found, key=lambda entry: entry.day)


def _phases(campaign: Campaign) -> Iterator[Entry]:
    setting = campaign.setting
    stages = {stage.name: stage for stage in setting.stages}
    if setting.stages:
        first = setting.stages[0]
        yield Entry(0, "phase", f"the plan began with '{first.name}': {orders(first)}")
    for row in campaign.of("phase"):
        cause = campaign.of("trigger", first=row.day, last=row.day)
        because = f", because {trigger_words(setting, cause[0])}" if cause else ""
        told = f": {orders(stages[row.entity])}" if row.entity in stages else ""
        numbers = {"watched": cause[0].value} if cause else {}
        yield Entry(row.day, "phase", f"the plan went on to '{row.entity}'{because}{told}", numbers)


def orders(stage: Stage) -> str:
    """What a phase orders: `effort 100 % (kostiantynivka 45 %, lyman 25 %); strongholds ... are cleared`."""
    axes = ", ".join(f"{axis} {percent(share)}" for axis, share in stage.shares.items())
    return f"effort {percent(stage.effort)} ({axes or 'no axis'}); {STRONGHOLD_WORDS[stage.strongholds]}"


def trigger_words(setting: Setting, row: Row) -> str:
    """What a trigger saw: `the attacker occupied 96 % of Seversk`."""
    watched = row.entity.replace("<", ">").partition(">")[0]
    kind, _, objective = watched.partition(":")
    name = setting.name(objective)
    if kind == "taken_share":
        return f"the attacker occupied {percent(row.value)} of {name}"
    if kind == "supply_share":
        return f"{percent(row.value)} of its demand reached the garrison of {name}"
    if kind == "front_distance_km":
        return f"the front stood {row.value:.1f} km from {name}"
    if kind == "neck_km":
        return f"the corridor to {name} was {row.value:.1f} km wide"
    return {
        "phase_days": f"the phase had lasted {row.value:.0f} days",
        "readiness": f"the attacker's line was at {percent(row.value)} of its readiness",
        "strength": f"the attacker had {percent(row.value)} of his establishment",
        "executed_share": f"{percent(row.value)} of the effort ordered in 30 days had been executed",
    }.get(kind, f"day {row.value:.0f} had come")


def _breaches(campaign: Campaign) -> Iterator[Entry]:
    setting = campaign.setting
    seen: set[str] = set()
    for row in campaign.of("breach"):
        ground = setting.cells.get(row.entity)
        belt = (ground.belt if ground else None) or "no belt"
        is_first = belt not in seen
        seen.add(belt)
        which = f"belt '{belt}' was breached for the first time" if is_first else f"a breach of belt '{belt}'"
        if belt == "no belt":
            which = "an obstacle was breached"
        text = f"{which}, {setting.where(row.entity)} ({row.value:.0f} m of obstacles)"
        numbers, is_major = {"obstacle_m": row.value}, is_first and belt != "no belt"
        yield Entry(row.day, "breach", text, numbers, None, is_major, row.entity)


def _belts_reached(campaign: Campaign) -> Iterator[Entry]:
    """The first time the line came to each belt in force, and whether it was manned by then."""
    setting = campaign.setting
    seen: set[tuple[str, bool]] = set()
    for row in campaign.of("belt_reached"):
        ground = setting.cells.get(row.entity)
        belt, manned = (ground.belt if ground else None), row.value > 0.0
        if belt is None or (belt, manned) in seen:
            continue
        seen.add((belt, manned))
        how = "manned in time" if manned else "not manned in time"
        text = f"the line came to belt '{belt}', {how} for the first time, {setting.where(row.entity)}"
        yield Entry(row.day, "belt_reached", text, {"manned": row.value}, cell=row.entity)


def _pauses(campaign: Campaign) -> Iterator[Entry]:
    for row in campaign.of("pause"):
        text = f"the attacker paused for {row.value:.0f} days, his line worn"
        yield Entry(row.day, "pause", text, {"days": row.value})


def _sites(campaign: Campaign) -> Iterator[Entry]:
    sites = campaign.setting.sites
    told = {
        "sealed": "stronghold {name} was sealed with {men} in it",
        "cleared": "stronghold {name} was cleared",
        "surrender": "stronghold {name} gave up: {men} captured",
        "re_emerged": "{men} came out of stronghold {name} behind the front",
        "starved": "stocks ended in stronghold {name}, with {men} in it",
        "slipped_out": "{men} slipped out of stronghold {name} to their own line",
    }
    for kind, words in told.items():
        for row in campaign.of(kind):
            text = words.format(name=row.entity, men=men(row.value))
            numbers = {"attacker_losses" if kind == "cleared" else "men": row.value}
            yield Entry(row.day, kind, text, numbers, sites.get(row.entity), kind != "re_emerged")


def _turns(campaign: Campaign) -> Iterator[Entry]:
    words = {
        "culminated:attacker": "the attacker culminated: less than a quarter of the effort ordered in 30 days"
        " was executed",
        "culminated:defender": "the defender culminated: less than a quarter of the men it sent to"
        " counter-attack in 30 days arrived",
        "ended": "every objective was taken or left by its garrison",
    }
    for event, day in campaign.event_day.items():
        kind, _, axis = event.partition(":")
        if day is None:
            continue
        if event in words:
            yield Entry(int(day), event, words[event])
        elif kind == "breakthrough":
            text = f"a breakthrough on the axis {axis}: within 30 days 10 km deeper on a width of 5 km"
            yield Entry(int(day), kind, text)


def _attacked(campaign: Campaign) -> Iterator[Entry]:
    for row in campaign.of("attacked"):
        now = "attacked nothing now" if row.value < 1 else f"attacked {several(int(row.value), 'cell')}"
        yield Entry(
            row.day, "attacked", f"the axis {row.entity} {now}", {"cells": row.value}, None, is_major=False
        )


def _counter_attacks(campaign: Campaign) -> Iterator[Entry]:
    for row in campaign.of("counter_attack"):
        text = f"{men(row.value)} arrived to counter-attack {campaign.setting.where(row.entity)}"
        yield Entry(row.day, "counter_attack", text, {"men": row.value}, None, False, row.entity)


def _ground_by_day(campaign: Campaign) -> Iterator[Entry]:
    """What passed from hand to hand, an entry for a day and a side."""
    setting = campaign.setting
    by_day: dict[tuple[int, bool], list[Row]] = {}
    for row in campaign.of("control"):
        by_day.setdefault((row.day, row.value == ATTACKER_HOLDS), []).append(row)
    for (day, is_attackers), rows in by_day.items():
        area = sum(setting.cells[row.entity].area_km2 for row in rows if row.entity in setting.cells)
        side = "attacker" if is_attackers else "defender"
        where = listed(list(dict.fromkeys(setting.where(row.entity) for row in rows)))
        text = f"passed to the {side}: the ground {where} ({area:.0f} km2)"
        yield Entry(day, f"ground_to_{side}", text, {"km2": area}, None, False, rows[0].entity)


def _broken_by_day(campaign: Campaign) -> Iterator[Entry]:
    """Routs and captures, an entry for a day."""
    words = {"rout": "broke", "trapped": "lost men to capture with their ground"}
    for kind, verb in words.items():
        by_day: dict[int, list[float]] = {}
        for row in campaign.of(kind):
            by_day.setdefault(row.day, []).append(row.value)
        for day, values in by_day.items():
            text = f"{several(len(values), 'formation')} {verb} ({men(sum(values))})"
            yield Entry(day, kind, text, {"formations": float(len(values)), "men": sum(values)}, None, False)
