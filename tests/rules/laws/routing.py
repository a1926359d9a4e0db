"""Laws of `rules/routing.py`: rules that fill arrays, each with tests of its own."""

from __future__ import annotations

from tests.rules.law import Apart

APART: dict[str, Apart] = {
    "price_edges": Apart(
        values="test_arrays.test_prices_of_roads",
        limits="test_arrays.test_a_front_cannot_be_crossed",
        direction="test_arrays.test_danger_never_makes_a_road_cheaper",
    ),
    "raise_rations": Apart(
        values="test_routing.test_too_little_is_allotted_alike",
        limits="test_routing.test_nothing_left_is_allotted_to_nobody",
        direction="test_routing.test_more_in_the_sources_never_lowers_rations",
    ),
    "draw_supply": Apart(
        values="test_routing.test_a_cell_draws_on_the_next_and_passes_on_what_it_lacks",
        limits="test_routing.test_a_cell_that_may_not_look_farther_keeps_its_label",
        direction="test_routing.test_a_full_road_is_marked_and_the_cell_looks_farther",
    ),
    "draw_in_waves": Apart(
        values="test_routing.test_one_wave_brings_all_along_a_row",
        limits="test_routing.test_without_roads_waves_bring_nothing",
        direction="test_routing.test_more_waves_never_take_less",
    ),
}
