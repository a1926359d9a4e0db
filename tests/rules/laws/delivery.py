"""Laws of `rules/delivery.py`: rules that fill arrays, each with tests of its own."""

from __future__ import annotations

from tests.rules.law import Apart

APART: dict[str, Apart] = {
    "deliver": Apart(
        values="test_routing.test_over_a_field_of_two_sides_the_maximum_flow_arrives",
        limits="test_arrays.test_without_a_source_nothing_arrives",
        direction="test_routing.test_closing_a_link_never_brings_more",
    ),
    "unwind_circle": Apart(
        values="test_routing.test_a_circle_loses_its_least_flow",
        limits="test_routing.test_an_even_circle_vanishes",
        direction="test_routing.test_unwinding_never_adds",
    ),
}
