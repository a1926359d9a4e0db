"""Laws of `rules/contact.py`: ranges, directions, bounds, values worked out by hand, limits."""

from __future__ import annotations

from tests.rules.law import Apart, Law

LAWS: dict[str, Law] = {
    "line_density": Law(
        {"men": (0.0, 1e5), "tied": (0.0, 1e5), "km": (0.0, 100.0)},
        rises=("men",),
        falls=("tied",),
        values=(((900.0, 300.0, 3.0), 200.0),),
        limits=(((900.0, 1200.0, 3.0), 0.0), ((900.0, 0.0, 0.0), 0.0)),
    ),
}

APART: dict[str, Apart] = {
    "list_contact": Apart(
        values="test_assault.test_contact_is_where_the_sides_touch",
        limits="test_arrays.test_one_side_alone_has_no_line",
        direction="test_arrays.test_taking_a_cell_moves_the_line",
    ),
}
