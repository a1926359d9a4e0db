"""What held the front as a whole: effort, drones, men on the line, obstacles, over the campaign."""

from __future__ import annotations

from typing import Final

from redan.analysis.trace.campaign import Campaign
from redan.analysis.trace.periods import MONTH
from redan.analysis.trace.words import CAUSE_WORDS, count, listed, percent, sentence
from redan.vocabulary.codes import SIDES

LAST_DAYS: Final = 3 * MONTH


def theatre_wide(campaign: Campaign) -> list[str]:
    """Sentences on the campaign as a whole."""
    said = [
        _effort(campaign),
        *_losses(campaign),
        _line(campaign),
        _obstacles(campaign),
        _culminated(campaign),
    ]
    return [sentence(text) for text in said if text]


def _effort(campaign: Campaign) -> str:
    if not campaign.has_chronicle:
        return ""
    horizon = campaign.horizon

    def per_day(kind: str, first: int, last: int) -> float:
        return campaign.total(kind, first=first, last=last) / max(1, last - first + 1)

    ordered, executed = (per_day(kind, 1, horizon) for kind in ("effort_ordered", "effort_executed"))
    if ordered <= 0.0:
        return "No effort was ordered"
    text = (
        f"Effort: {ordered:.1f} assault-battalion-days a day were ordered over the campaign and"
        f" {executed:.1f} executed"
    )
    if horizon > 2 * LAST_DAYS:
        early, late = (
            per_day("effort_ordered", 1, LAST_DAYS),
            per_day("effort_ordered", horizon - LAST_DAYS + 1, horizon),
        )
        text += f"; {early:.1f} a day in the first 12 weeks, {late:.1f} in the last"
    return text


def _losses(campaign: Campaign) -> list[str]:
    said = []
    for side in SIDES:
        by_cause = campaign.losses(side, 1, campaign.horizon)
        whole = sum(by_cause.values())
        if whole > 0.0:
            parts = [
                f"{CAUSE_WORDS.get(cause, cause)} {percent(value / whole)}"
                for cause, value in sorted(by_cause.items(), key=lambda item: -item[1])
                if value >= 0.01 * whole
            ]
            said.append(f"Of the {side}'s {count(whole)} losses: {', '.join(parts)}")
    return said


def _line(campaign: Campaign) -> str:
    parts = []
    for side in SIDES:
        rows = campaign.of("line_density", side)
        if len(rows) > 1:
            parts.append(f"{side} {rows[0].value:.0f} at first and {rows[-1].value:.0f} at last")
    drones = []
    for side in SIDES:
        rows = campaign.of("sorties", side)
        if rows:
            drones.append(f"{side} {sum(row.value for row in rows) / len(rows):.1f}")
    text = f"Men on a km of the line: {listed(parts)}" if parts else ""
    if drones:
        text += "; drones" if text else "Drones"
        text += f" that reached the other side, per km and day, on average: {listed(drones)}"
    return text


def _obstacles(campaign: Campaign) -> str:
    belts: dict[str, int] = {}
    for row in campaign.of("breach"):
        ground = campaign.setting.cells.get(row.entity)
        if ground is not None and ground.belt:
            belts[ground.belt] = belts.get(ground.belt, 0) + 1
    every = {ground.belt for ground in campaign.setting.cells.values() if ground.belt}
    whole = sorted(every - set(belts))
    text = ", ".join(f"{belt} {n}" for belt, n in sorted(belts.items(), key=lambda item: -item[1]))
    said = f"Obstacles breached, by belt: {text}" if belts else "No belt was breached"
    return f"{said}; not breached: {listed(whole)}" if belts and whole else said


def _culminated(campaign: Campaign) -> str:
    parts = [
        f"the {side} culminated on {campaign.setting.on(day)}"
        for side in SIDES
        if (day := campaign.day_of(f"culminated:{side}")) is not None
    ]
    return listed(parts) if parts else "Neither side culminated"
