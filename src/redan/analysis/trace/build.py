"""The setting of a campaign from its scenario and its compiled theatre."""

from __future__ import annotations

import h3.api.basic_int as h3

from redan.analysis.trace.setting import Ground, Setting, Spot, Stage, Target
from redan.scenario.scenario import Scenario
from redan.sources.gazetteer import settlements_within
from redan.theatre.cells import Cells
from redan.theatre.compile import Compiled
from redan.vocabulary.outcomes import slug


def build_setting(scenario: Scenario, compiled: Compiled, course: str, horizon_days: int) -> Setting:
    """Names, places and plan of one course of a scenario."""
    plan = scenario.courses[course]
    slugs = {name: slug(name) for name in scenario.objectives}
    places = [
        Spot(point.name, *compiled.cells.plane.point((point.lon, point.lat)))
        for point in scenario.points().values()
    ]
    by_name = {spot.name: spot for spot in places}
    return Setting(
        scenario=scenario.name,
        course=course,
        as_of=scenario.as_of,
        horizon_days=horizon_days,
        targets=[
            Target(name, by_name[name].x_km, by_name[name].y_km, slugs[name]) for name in scenario.objectives
        ],
        cells=_ground(compiled),
        places=places,
        stages=[
            Stage(
                phase.name,
                phase.effort,
                {slug(name): share for name, share in plan.shares_of(phase).items() if share > 0.0},
                plan.strongholds_of(phase),
            )
            for phase in plan.phases
        ],
        axes={
            slug(axis.name): slugs.get(axis.toward) if isinstance(axis.toward, str) else None
            for axis in plan.axes
        },
        sites={site.name: slugs.get(site.place) for site in scenario.strongholds},
        villages=_villages(scenario, compiled.cells) if scenario.place.settlements == "geonames" else [],
    )


def _ground(compiled: Compiled) -> dict[str, Ground]:
    theatre = compiled.theatre
    return {
        h3.int_to_str(int(cell)): Ground(
            float(theatre.cell_x_km[c]),
            float(theatre.cell_y_km[c]),
            float(theatre.cell_area_km2[c]),
            compiled.belts[belt] if (belt := int(theatre.cell_belt[c])) >= 0 else None,
        )
        for c, cell in enumerate(theatre.cell_id)
    }


def _villages(scenario: Scenario, cells: Cells) -> list[Spot]:
    """Settlements of the gazetteer within the theatre that are neither declared nor left out."""
    known = {place.geonameid for place in scenario.places} | set(scenario.place.settlements_exclude)
    box = (cells.lon.min(), cells.lat.min(), cells.lon.max(), cells.lat.max())
    return [
        Spot(village.name, *cells.plane.point((village.lon, village.lat)))
        for village in settlements_within(*(float(edge) for edge in box))
        if village.geonameid not in known and cells.find((village.lon, village.lat)) >= 0
    ]
