"""Laws of `rules/supply.py`: ranges, directions, bounds, values worked out by hand, limits."""

from __future__ import annotations

from tests.rules.law import UNIT, Apart, Law

LAWS: dict[str, Law] = {
    "forward_share": Law(
        {"rear": UNIT, "men": (0.0, 5000.0), "demand": (1.0, 50.0), "carried": (0.0, 1e5), "km": (0.0, 30.0)},
        rises=("rear", "carried", "km"),
        falls=("demand",),
        bounds=UNIT,
        values=(((1.0, 500.0, 10.0, 2500.0, 1.0), 0.5),),
        limits=(((0.3, 500.0, 10.0, 2500.0, 4.0), 0.3), ((0.7, 0.0, 10.0, 0.0, 0.0), 0.7)),
    ),
    "isolation_effect": Law(
        {"short": (0.0, 500.0), "floor": (0.0, 0.9), "grace": (0.0, 10.0), "decay": (1.0, 30.0)},
        rises=("floor", "grace", "decay"),
        falls=("short",),
        bounds=UNIT,
        values=(((7.0, 0.2, 3.0, 10.0), 0.7362560), ((14.0, 0.2, 3.0, 10.0), 0.4662969)),
        limits=(((3.0, 0.2, 3.0, 10.0), 1.0), ((1e6, 0.2, 3.0, 10.0), 0.2)),
    ),
}

APART: dict[str, Apart] = {
    "next_short_days": Apart(
        values="test_arrays.test_a_day_of_supply",
        limits="test_supply.test_shortage_and_stock",
        direction="test_supply.test_more_delivered_is_never_worse",
    ),
    "neck_km": Apart(
        values="test_supply.test_the_neck_is_a_minimum_cut",
        limits="test_arrays.test_a_garrison_cut_off_has_no_neck",
        direction="test_arrays.test_a_lost_cell_never_widens_the_neck",
    ),
    "push_flow": Apart(
        values="test_arrays.test_a_unit_sent_is_on_its_edge",
        limits="test_arrays.test_a_unit_sent_back_leaves_nothing",
        direction="test_arrays.test_a_unit_sent_back_leaves_nothing",
    ),
}
