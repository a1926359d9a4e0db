"""What must lie inside the theatre does, and the theatre is of a size that can be computed."""

from __future__ import annotations

import math
from typing import Final

import h3
import numpy as np

from redan.scenario.checks.review import Review
from redan.scenario.geometry import Area, theatre_area
from redan.scenario.models.courses import Axis
from redan.scenario.models.network import SupplySource
from redan.scenario.models.place import PlaceFrame
from redan.scenario.models.works import Belt, Stronghold
from redan.vocabulary.errors import quote
from redan.vocabulary.plain import FieldPath

MOST_CELLS: Final = 60_000  # [-] the bundled theatre has 9,500 at resolution 8
INSIDE_REMEDY: Final = "move it, or enlarge place.around or place.buffer_km"


def check(review: Review) -> None:
    """Check belts, objectives, strongholds and axes against the outline of the theatre."""
    area = review.area = _theatre(review)
    if area is None:
        return
    _check_belts(review, area)
    objectives = review.value_at(("objectives",))
    for number, name in enumerate(objectives if isinstance(objectives, list) else []):
        if isinstance(name, str):
            _check_inside(review, area, ("objectives", number), name)
    for path, site in review.items(("strongholds",), Stronghold):
        _check_stronghold(review, area, path, site)
    courses = review.value_at(("courses",))
    for course in courses if isinstance(courses, dict) else {}:
        for path, axis in review.items(("courses", course, "axes"), Axis):
            _check_inside(review, area, (*path, "toward"), axis.toward)


def _theatre(review: Review) -> Area | None:
    """Outline of the theatre; None where it cannot be drawn, with a fault unless there is one already."""
    frame = review.model_at(("place",), PlaceFrame)
    found = [review.lonlat(at) for at in frame.around] if frame else []
    points = [point for point in found if point is not None]
    if frame is None or len(points) < len(found):
        return None
    try:
        area = theatre_area(points, frame.buffer_km)
    except ValueError as error:
        review.fault(("place", "around"), str(error), "choose a smaller theatre")
        return None
    cells = area.km2 / h3.average_hexagon_area(frame.resolution, unit="km^2")
    if cells > MOST_CELLS:
        problem = f"the theatre would have about {cells:,.0f} cells, more than {MOST_CELLS:,}"
        review.fault(("place", "buffer_km"), problem, "lower buffer_km or resolution")
        return None
    return area


def _check_belts(review: Review, area: Area) -> None:
    for path, belt in review.items(("belts",), Belt):
        distances = area.distance_km(belt.line)
        for number in np.flatnonzero(distances > 0.0):
            place = f"vertex {quote(list(belt.line[number]))} of belt {quote(belt.name)}"
            problem = f"{place} lies {_far(distances[number])} outside the theatre"
            review.fault((*path, "line", int(number)), problem, INSIDE_REMEDY)


def _check_stronghold(review: Review, area: Area, path: FieldPath, site: Stronghold) -> None:
    at = review.lonlat(site.place)
    if at is None:
        return
    xy = area.plane.to_km([at]) + np.array([site.offset_km])
    distance = float(area.distance_km(area.plane.to_lonlat(xy))[0])
    if distance > 0.0:
        problem = f"the stronghold {quote(site.name)} lies {_far(distance)} outside the theatre"
        review.fault((*path, "place"), problem, INSIDE_REMEDY)


def _check_inside(review: Review, area: Area, path: FieldPath, reference: str | tuple[float, float]) -> None:
    at = review.lonlat(reference)
    if at is None:
        return
    distance = float(area.distance_km([at])[0])
    if distance > 0.0:
        shown = quote(reference if isinstance(reference, str) else list(reference))
        review.fault(path, f"{shown} lies {_far(distance)} outside the theatre", INSIDE_REMEDY)


def _far(distance_km: float) -> str:
    return f"{distance_km:,.1f} km" if math.isfinite(distance_km) else "far"


def check_sources(review: Review) -> None:
    """Without a line of contact the attacker starts at his sources of supply: there must be one."""
    if review.value_at(("control",)) is not None or "control" in (review.document.value or {}):
        return
    sources = [source for _, source in review.items(("supply_sources",), SupplySource)]
    if not any(source.side == "attacker" for source in sources):
        problem = "there is neither a line of contact nor a supply source of the attacker"
        review.fault(("control",), problem, "add `control:`, or a supply source with side: attacker")
