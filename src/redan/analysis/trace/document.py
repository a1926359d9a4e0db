"""The whole story as one document: what `redan trace --json` prints, and what its text is made of."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from redan.analysis.trace.about_objectives import about_objective
from redan.analysis.trace.about_theatre import about_theatre
from redan.analysis.trace.campaign import Campaign
from redan.analysis.trace.causes import Story, tell_objective
from redan.analysis.trace.choose import ENDED, Drawn, Standing, drawn, standing
from redan.analysis.trace.entry import Entry
from redan.analysis.trace.periods import length_of, periods
from redan.analysis.trace.theatre_wide import theatre_wide
from redan.vocabulary.parameters import Parameter

COMPARED: Final = {
    "area_gained_km2": "km2",
    "losses:attacker": "men",
    "losses:defender": "men",
    "strongholds_holding": "count",
    "destroyed_km2": "km2",
    "residents_left": "people",
}
OLD_LOG: Final = (
    "The log of this run does not hold orders, marches, supply and losses by period (it was written by an"
    " older Redan): the story leaves them out."
)


def timeline(campaign: Campaign) -> list[Entry]:
    """Everything that happened, by day."""
    found = about_theatre(campaign)
    for target in campaign.setting.targets:
        found += about_objective(campaign, target)
    return sorted(found, key=lambda entry: entry.day)


def tell(
    campaign: Campaign,
    rows: pl.DataFrame,
    replication: int,
    parameters: Mapping[str, Parameter],
    *,
    is_full: bool = False,
) -> dict[str, Any]:
    """Tell the story of one campaign.

    Parameters
    ----------
    rows
        All replications of its course, which it is compared with.
    parameters
        What each parameter is drawn from.
    is_full
        Stretches of four weeks however long the campaign is.

    Returns
    -------
    Plain data: `standing`, `parameters`, `periods`, `timeline`, `objectives`, `whole`, `notes`.
    """
    setting = campaign.setting
    length = length_of(campaign.horizon, is_full=is_full)
    return {
        "scenario": setting.scenario,
        "course": setting.course,
        "replication": replication,
        "as_of": setting.as_of.isoformat(),
        "horizon_days": setting.horizon_days,
        "replications": rows.height,
        "notes": [] if campaign.has_chronicle else [OLD_LOG],
        "standing": [dataclasses.asdict(one) for one in _standings(campaign, rows, replication)],
        "parameters": _parameters(drawn(rows, parameters, campaign.parameters)),
        "period_days": length,
        "periods": [period.document(setting) for period in periods(campaign, length)],
        "timeline": [entry.document(setting) for entry in timeline(campaign)],
        "objectives": [story.document(setting) for story in _stories(campaign)],
        "whole": theatre_wide(campaign),
    }


def _stories(campaign: Campaign) -> list[Story]:
    """Objectives in the order in which they fell; those that held come last, as the scenario names them."""
    stories = [tell_objective(campaign, target) for target in campaign.setting.targets]
    return sorted(stories, key=lambda story: math.inf if story.fate.day is None else story.fate.day)


def _standings(campaign: Campaign, rows: pl.DataFrame, replication: int) -> list[Standing]:
    events = [ENDED, *(f"taken:{target.slug}" for target in campaign.setting.targets)]
    wanted = {**dict.fromkeys(events, "day"), **COMPARED}
    return [standing(rows, replication, name, unit) for name, unit in wanted.items() if name in rows.columns]


def _parameters(found: Drawn) -> dict[str, Any]:
    return {
        "drawn": found.n_drawn,
        "extreme": found.n_extreme,
        "telling": [dataclasses.asdict(one) for one in found.telling],
    }
