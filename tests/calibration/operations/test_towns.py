"""A town's record on an invented grid: contested, taken for seven days, distances, mode of its fall."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from pyproj import Transformer

from redan.calibration.operations.falls import fall_of, load_town_falls, to_csv
from redan.calibration.operations.towns import TownRecord, town_record
from redan.sources.control_maps import ControlGrid
from redan.sources.gazetteer import settlement

SELYDOVE = 694677
START = dt.date(2024, 8, 1)
N_DAYS = 60


def front_from_the_east(speed_cells_per_day: float, *, first: float) -> ControlGrid:
    """A straight front that comes from the east, `first` cells east of the town on day 0."""
    town = settlement(SELYDOVE)
    assert town is not None
    x0, y0 = Transformer.from_crs(4326, 32637, always_xy=True).transform(town.lon, town.lat)
    step = np.arange(-20, 21)
    edge = first - speed_cells_per_day * np.arange(N_DAYS)  # cells east of the town's own
    share = np.clip(step[None, :] + 0.5 - edge[:, None], 0.0, 1.0)
    occupied = np.repeat(share[:, None, :], 41, axis=1).astype(np.float32)
    days = np.datetime64(START) + np.arange(N_DAYS)
    x, y = x0 + 2_500.0 * step, y0 + 2_500.0 * step
    return ControlGrid(days, x, y, occupied, 0.0 * occupied, np.ones((41, 41), bool))


@pytest.fixture(scope="module")
def record() -> TownRecord:
    return town_record(front_from_the_east(0.1, first=2.0), SELYDOVE)


def test_events_come_in_order(record: TownRecord) -> None:
    contested, taken = record.contested(), record.taken()
    assert contested is not None
    assert taken is not None
    # the footprint, 1.66 km about its point, begins to be covered when the front is 1.66 km off: about day 12
    assert 9 <= (contested - START).days <= 16
    assert 24 <= (taken - START).days <= 30
    within = record.within(2.0)
    assert within is not None
    assert within <= contested


def test_distance_is_that_of_the_front_within_half_a_cell(record: TownRecord) -> None:
    off = 2.5 * (2.0 - 0.1 * np.arange(N_DAYS))
    outside = off > 2.5
    assert np.abs(record.point_km - off)[outside].max() <= 1.3
    assert (record.point_km[off < -2.6] < 0.0).all()


def test_a_straight_front_is_no_envelopment(record: TownRecord) -> None:
    fall = fall_of(record)
    assert fall is not None
    assert fall.mode == "frontal"
    assert 0.25 <= fall.around_at_contest <= 0.44


def test_seven_days_are_asked_for(record: TownRecord) -> None:
    """A town lost again after five days was not taken."""
    grid = front_from_the_east(0.1, first=2.0)
    assert record.taken() is not None
    held = int(np.flatnonzero(record.occupied >= 0.95)[0])
    grid.occupied[held + 5 :] = grid.occupied[0]
    assert town_record(grid, SELYDOVE).taken() is None


def test_a_record_too_short_to_say_is_not_taken(record: TownRecord) -> None:
    held = int(np.flatnonzero(record.occupied >= 0.95)[0])
    cut = TownRecord(
        record.town,
        *(
            getattr(record, name)[: held + 4]
            for name in ("days", "occupied", "unknown", "point_km", "edge_km", "ring")
        ),
    )
    assert cut.taken() is None


def test_the_table_that_ships_is_whole() -> None:
    falls = load_town_falls()
    assert 14 <= len(falls) <= 20
    assert to_csv(falls).count("\n") == len(falls) + 1
    for fall in falls:
        days = [fall.within_20km, fall.within_10km, fall.within_5km, fall.contested, fall.taken]
        known = [day for day in days if day is not None]
        assert known == sorted(known), fall.town
        assert fall.contested_earliest <= fall.contested
        assert fall.taken is None or (fall.taken_earliest or fall.taken) <= fall.taken
