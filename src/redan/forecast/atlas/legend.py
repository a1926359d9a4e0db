"""What the layers of a map are, in which unit, and where their colours change."""

from __future__ import annotations

from typing import Any, Final

#: `stops`: values at which a colour stands; empty for layers of lines and points.
LEGEND: Final[list[dict[str, Any]]] = [
    {"layer": layer, "title": title, "unit": unit, "stops": stops}
    for layer, title, unit, stops in (
        ("control", "Attacker's control", "probability", [0, 0.25, 0.5, 0.75, 1]),
        ("control_start", "Attacker's share on day 0", "share of the cell", [0, 0.5, 1]),
        ("elevation_m", "Elevation", "m", [0, 50, 100, 150, 200, 250]),
        ("relief_m", "Relief within the cell", "m", [0, 20, 40, 80, 160]),
        ("cover", "Trees and other cover", "share of the cell", [0, 0.25, 0.5, 0.75, 1]),
        ("built", "Built-up land", "share of the cell", [0, 0.1, 0.3, 0.6, 1]),
        ("industry", "Works of industry", "share of the cell", [0, 0.05, 0.1, 0.3]),
        ("residents", "Residents on day 0", "people", [0, 100, 1000, 5000, 20000]),
        ("destroyed", "Destroyed on day 0", "share of what is built", [0, 0.25, 0.5, 0.75, 1]),
        ("works", "Field works: maturity x share of the cell", "share", [0, 0.25, 0.5, 0.75, 1]),
        ("road_t_per_day", "Best way through the cell", "t/day", [0, 1000, 2000, 4000, 8000]),
        ("river", "River to cross", "0 none, 1 major", [0, 0.4, 1]),
        ("front_km", "Distance to the line of contact", "km", [-20, -10, 0, 10, 20, 40]),
        ("supply_way_km", "Way to the nearest source of supply", "km", [0, 20, 40, 80]),
        ("formations_attacker", "Attacker's formations", "count", [0, 1, 2, 4]),
        ("formations_defender", "Defender's formations", "count", [0, 1, 2, 4]),
        ("road", "Roads", "", []),
        ("rail", "Railways", "", []),
        ("river", "Rivers", "", []),
        ("belt", "Belts of works, by maturity", "share", [0, 0.25, 0.5, 0.75, 1]),
        ("line_of_contact", "Line of contact on day 0", "", []),
        ("axis", "Axes of the courses", "", []),
        ("drone_zone", "Where drones are at least half as dense as at the line", "", []),
        ("town", "Towns", "residents", []),
        ("stronghold", "Strongholds (a kind and a place, no named plant)", "", []),
        ("supply_source", "Where supply enters", "t/day", []),
    )
]
