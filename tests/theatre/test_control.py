"""Control of day 0 from a line: sides, shares, pockets, landings."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from redan.theatre.cells import Cells, Lonlat, build_cells
from redan.theatre.control import control_from_landings, control_from_line, control_from_shares
from redan.vocabulary.codes import ATTACKER, DEFENDER

CENTRE = (37.5, 48.7)
NORTHWARD: list[Lonlat] = [(37.5, 48.3), (37.5, 49.1)]


@pytest.fixture(scope="module", params=[7, 8])
def cells(request: pytest.FixtureRequest) -> Cells:
    return build_cells([CENTRE], buffer_km=20.0, resolution=request.param)


def test_the_attacker_stands_on_the_hand_that_is_named(cells: Cells) -> None:
    right = control_from_line(cells, NORTHWARD, "right")
    left = control_from_line(cells, NORTHWARD, "left")
    assert (right.side[cells.x_km > 3.0] == ATTACKER).all()
    assert (right.side[cells.x_km < -3.0] == DEFENDER).all()
    assert left.share + right.share == pytest.approx(np.ones(cells.n), abs=1e-9)


def test_shares_between_0_and_1_lie_on_the_line(cells: Cells) -> None:
    control = control_from_line(cells, NORTHWARD, "right")
    cut = (control.share > 0.0) & (control.share < 1.0)
    assert cut.any()
    assert np.abs(cells.x_km[cut]).max() < cells.spacing_km
    assert (control.side[control.share > 0.5] == ATTACKER).all()


def test_a_short_line_is_drawn_on_straight(cells: Cells) -> None:
    control = control_from_line(cells, [(37.5, 48.69), (37.5, 48.71)], "right")
    assert control.share @ cells.area_km2 == pytest.approx(cells.area_km2.sum() / 2.0, rel=0.02)


# A straight line crosses 2/d to 2.31/d edges between centres d apart, by its direction: with edges d/2 wide
# the length comes out 1 to 1.15 times too long, 1.1 on average.
def test_length_of_contact_is_near_the_length_of_the_line(cells: Cells) -> None:
    for line in (NORTHWARD, [(36.9, 48.7), (38.1, 48.7)], [(37.1, 48.4), (37.9, 49.0)]):
        control = control_from_line(cells, line, "left")
        assert control.front.length == pytest.approx(40.0, abs=1.0)
        assert control.front_km(cells) == pytest.approx(1.1 * control.front.length, rel=0.12)


def test_a_ring_encloses_the_attacker_or_the_defender(cells: Cells) -> None:
    ring = [(37.4, 48.65), (37.6, 48.65), (37.6, 48.75), (37.4, 48.75), (37.4, 48.65)]  # anticlockwise
    inside = control_from_line(cells, ring, "left")
    outside = control_from_line(cells, ring, "right")
    middle = cells.find(CENTRE)
    assert inside.side[middle] == ATTACKER
    assert outside.side[middle] == DEFENDER
    assert inside.share + outside.share == pytest.approx(np.ones(cells.n), abs=1e-9)


def test_a_pocket_belongs_to_the_side_it_names(cells: Cells) -> None:
    pocket = shapely.box(37.60, 48.66, 37.70, 48.74)
    control = control_from_line(cells, NORTHWARD, "right", pockets=[("defender", pocket)])
    assert control.side[cells.find((37.65, 48.70))] == DEFENDER
    assert len(control.front.geoms) == 2


def test_the_line_is_measured_from_either_side(cells: Cells) -> None:
    control = control_from_line(cells, NORTHWARD, "right")
    points = [(37.6, 48.7), (37.4, 48.7)]
    assert control.distance_km(cells, points) == pytest.approx([7.37, 7.37], abs=0.05)
    assert control.is_attackers(cells, points).tolist() == [True, False]


def test_a_line_that_crosses_itself_is_refused(cells: Cells) -> None:
    with pytest.raises(ValueError, match="crosses itself"):
        control_from_line(cells, [(37.4, 48.6), (37.6, 48.8), (37.6, 48.6), (37.4, 48.8)], "left")


def test_without_a_line_the_attacker_holds_the_ground_about_his_sources(cells: Cells) -> None:
    control = control_from_landings(cells, [(37.5, 48.4)])
    held = control.side == ATTACKER
    assert held.any()
    assert cells.y_km[held].max() < -12.0
    assert control.contact(cells)[held].any()


def test_shares_from_a_map_say_who_holds_what(cells: Cells) -> None:
    """The sides and the front of a line are had back from the shares it gives."""
    line = control_from_line(cells, NORTHWARD, "right")
    same = control_from_shares(cells, line.share)
    assert (same.side == line.side).all()
    assert same.share == pytest.approx(line.share)
    assert same.front_km(cells) == line.front_km(cells)
    assert abs(same.distance_km(cells, [(37.7, 48.7)])[0] - line.distance_km(cells, [(37.7, 48.7)])[0]) < 2.0
    assert control_from_shares(cells, np.zeros(cells.n)).front.is_empty
