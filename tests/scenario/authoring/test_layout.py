"""Where things are put: in front of, on and behind the line, wherever on Earth."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pytest
import shapely

from redan.scenario.authoring.frame import CLEAR_KM, Frame, build_frame
from redan.scenario.authoring.island import island_sketch
from redan.scenario.authoring.layout import Layout, lay_out
from redan.scenario.authoring.sketch import DIRECTIONS, Sketch, Town, fit_name
from redan.scenario.geometry import Plane

DAY = dt.date(2024, 6, 1)


def sketch(
    side: str | None = None, *, middle: tuple[float, float] = (10.0, 50.0), radius_km: float = 40.0
) -> Sketch:
    """A town in the middle and one to each side of it."""
    plane = Plane(*middle)
    places = [(0.0, 0.0, 50_000), (20.0, 5.0, 20_000), (-20.0, -5.0, 15_000), (3.0, 22.0, 9_000)]
    towns = []
    for number, (east, north, people) in enumerate(places):
        lon, lat = plane.to_lonlat([[east, north]])[0]
        towns.append(Town(f"Town {number}", (float(lon), float(lat)), people, weight=float(number == 0)))
    return Sketch("there", "There", "Nowhere.", DAY, middle, radius_km, tuple(towns), "island", None, side)


@pytest.mark.parametrize("side", DIRECTIONS)
def test_the_attacker_is_on_the_left_of_the_line_whatever_his_side(side: str) -> None:
    layout = lay_out(sketch(side))
    plane = layout.frame.plane
    (x0, y0), (x1, y1) = plane.to_km([layout.line[0], layout.line[-1]])
    angle = math.radians(45.0 * DIRECTIONS.index(side))
    towards = np.array([math.sin(angle), math.cos(angle)])
    left = np.array([-(y1 - y0), x1 - x0])
    assert left @ towards > 0.99 * np.hypot(*left)
    middle = 0.5 * (np.array([x0, y0]) + np.array([x1, y1]))
    assert middle @ towards == pytest.approx(40.0 / 3.0, abs=0.12 * 40.0 + 0.1)


@pytest.mark.parametrize("middle", [(10.0, 50.0), (179.9, -17.0), (-70.0, -54.0), (15.0, 78.2)])
def test_all_is_inside_and_on_its_own_ground(middle: tuple[float, float]) -> None:
    layout = lay_out(sketch(middle=middle))
    frame = layout.frame
    assert layout.main.name == "Town 0"
    for belt in layout.belts:
        uv = frame.to_uv(belt.line)
        assert (np.hypot(uv[:, 0], uv[:, 1]) < frame.radius_km).all()
        assert (uv[:, 0] > frame.line_km + 1.0).all()
    for way in layout.ways_in:
        u, v = frame.to_uv([way.at])[0]
        assert math.hypot(u, v) == pytest.approx(frame.radius_km, abs=0.3)
        assert (u < frame.line_km) == (way.side == "attacker")
    assert {way.side for way in layout.ways_in} == {"attacker", "defender"}
    for town in layout.objectives:
        assert frame.depth_km(town.at) >= CLEAR_KM


def test_a_side_without_towns_still_has_a_way_in() -> None:
    alone = sketch()
    alone = Sketch(**{**alone.__dict__, "towns": alone.towns[:1]})
    layout = lay_out(alone)
    (attacker,) = [way for way in layout.ways_in if way.side == "attacker"]
    road = next(road for road in layout.roads if road.name == f"to-{attacker.name}")
    uv = layout.frame.to_uv([point for point in road.through if not isinstance(point, str)])
    assert (uv[:, 0] < layout.frame.line_km).all()


def test_the_attacker_comes_from_where_people_live() -> None:
    layout = lay_out(sketch())
    towns = [town for town in sketch().towns if layout.frame.depth_km(town.at) < 0.0]
    assert towns, "he stands on inhabited ground where there is any"


def test_the_line_keeps_clear_of_towns() -> None:
    plane = Plane(10.0, 50.0)
    lon, lat = plane.to_lonlat([[0.0, 40.0 / 3.0]])[0]
    towns = (*sketch().towns[:1], Town("On the line", (float(lon), float(lat)), 5_000))
    frame = build_frame(Sketch(**{**sketch("north").__dict__, "towns": towns}))
    assert abs(frame.depth_km(towns[1].at)) >= 4.0


def test_no_objective_is_a_fault() -> None:
    lon, lat = Plane(10.0, 50.0).to_lonlat([[0.0, 30.0]])[0]
    town = Town("North", (float(lon), float(lat)), 5_000)
    with pytest.raises(ValueError, match="no town"):
        lay_out(Sketch(**{**sketch("north").__dict__, "towns": (town,)}))


def test_roads_lead_out_of_the_theatre() -> None:
    layout: Layout = lay_out(island_sketch("isle", DAY))
    frame: Frame = layout.frame
    disc = shapely.Point(0.0, 0.0).buffer(frame.radius_km, quad_segs=64)
    for way in layout.ways_in:
        road = next(road for road in layout.roads if road.name == f"to-{way.name}")
        end = road.through[-1]
        assert not isinstance(end, str)
        assert not disc.contains(shapely.Point(*frame.to_uv([end])[0]))


@pytest.mark.parametrize(
    ("name", "fit"),
    [
        ("St. Louis", "St Louis"),
        ("Washington, D.C.", "Washington D C"),
        ("Frankfurt (Oder)", "Frankfurt Oder"),
        ("'s-Hertogenbosch", "s-Hertogenbosch"),
        ("Under_score", "Under score"),
        ("...", "Town"),
        ("a" * 80, "a" * 50),
        ("Twin", "Twin 2"),
    ],
)
def test_any_name_is_made_fit(name: str, fit: str) -> None:
    assert fit_name(name, ["Twin"]) == fit
