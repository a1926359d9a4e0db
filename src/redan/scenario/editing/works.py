"""Belts and strongholds as fields that may be changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from redan.scenario.editing.field import CHOICE, MONTH, Field, soft_range
from redan.scenario.models.works import Belt, Stronghold
from redan.scenario.scenario import Scenario

BELT_UNITS: Final[Mapping[str, str]] = {
    "effort_h_per_km_month": "machine-h/km/month",
    "outside_support": "ratio",
    "mine_depth_m": "m",
    "ditch_m": "m",
    "teeth_rows": "rows",
    "width_km": "km",
}
SITE_UNITS: Final[Mapping[str, str]] = {
    "shelter_men": "men",
    "stock_days": "days",
    "tunnel_km": "km",
    "floor_area_m2": "m2",
}
#: [km] as the format bounds it.
WIDEST_KM: Final = 30.0
TITLES: Final[Mapping[str, str]] = {
    "effort_h_per_km_month": "digging effort",
    "outside_support": "outside support",
    "mine_depth_m": "depth of mines",
    "ditch_m": "anti-tank ditch",
    "teeth_rows": "rows of teeth and wire",
    "width_km": "width",
    "shelter_men": "shelter",
    "stock_days": "stocks",
    "tunnel_km": "underground passages",
    "floor_area_m2": "floor area",
}


def works_fields(scenario: Scenario) -> Iterator[Field]:
    """Numbers of every belt and stronghold, and when each belt was begun."""
    for belt in scenario.belts:
        path = f"belts.{belt.name}"
        for key, unit in BELT_UNITS.items():
            high = WIDEST_KM if key == "width_km" else None
            yield _number(belt, path, key, unit, "works", Belt, high=high)
        yield Field(
            path=f"{path}.begun",
            title=f"{belt.name}: digging began",
            unit="month",
            group="works",
            value=belt.begun,
            kind=MONTH,
            source=belt.source,
            grade=belt.grade,
            help=_meaning(Belt, "begun"),
        )
    for site in scenario.strongholds:
        path = f"strongholds.{site.name}"
        for key, unit in SITE_UNITS.items():
            yield _number(site, path, key, unit, "strongholds", Stronghold)
        yield Field(
            path=f"{path}.kind",
            title=f"{site.name}: kind",
            unit="-",
            group="strongholds",
            value=site.kind,
            kind=CHOICE,
            choices=tuple(Stronghold.model_json_schema()["properties"]["kind"]["enum"]),
            source=site.source,
            grade=site.grade,
            is_main=False,
        )


def _number(
    item: Any, path: str, key: str, unit: str, group: str, model: Any, *, high: float | None = None
) -> Field:
    value = float(getattr(item, key))
    soft_low, soft_high = soft_range(value, 0.0, high)
    return Field(
        path=f"{path}.{key}",
        title=f"{item.name}: {TITLES[key]}",
        unit=unit,
        group=group,
        value=value,
        low=0.0,
        high=high,
        soft_low=soft_low,
        soft_high=soft_high,
        source=item.source,
        grade=item.grade,
        help=_meaning(model, key),
        is_main=group == "works",
    )


def _meaning(model: Any, key: str) -> str:
    return str(model.model_fields[key].description or "")
