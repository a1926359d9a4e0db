"""The line of contact: which cells face each other, and how densely it is manned."""

from __future__ import annotations

from typing import Any

from redan.numerics.compile import kernel


@kernel
def list_contact(
    control: Any,  # [c]
    contact_edges: Any,  # [c] enemy neighbours
    contact_cells: Any,  # [c] out
    counts: Any,  # [4] out: edges, contact cells
) -> None:
    """List the cells that touch the other side, in their order, and count the edges between the sides.

    Equation: edges = sum of n(c) over the attacker's cells; cells = {c: n(c) > 0}
    Arguments:
        control [code, c]: side that holds each cell, 0 attacker, 1 defender
        contact_edges [edges, c]: n, how many neighbours of each cell the other side holds
        contact_cells [cell, c, out]: cells with at least one such edge
        counts [-, 4, out]: number of edges, number of contact cells, two kept for the engine
    Result: none, the arrays marked out are filled
    Source: definition: control is binary, the share of a cell is not.
    Limits: a half-taken cell is still the defender's.
    """
    n_edges = 0
    n_cells = 0
    for c in range(control.shape[0]):
        if contact_edges[c] == 0:
            continue
        contact_cells[n_cells] = c
        n_cells += 1
        if control[c] == 0:
            n_edges += contact_edges[c]
    counts[0] = n_edges
    counts[1] = n_cells


@kernel
def line_density(stack_men: float, committed_men: float, front_km: float) -> float:
    """Men per km of line of a stack; 0 where it mans nothing.

    Equation: max(0, men - tied) / km
    Arguments:
        stack_men [men, >= 0]: men of the line formations in one cell
        committed_men [men, >= 0]: tied down by a stronghold behind the front
        front_km [km, >= 0]: line that the stack mans
    Result [men/km, >= 0]: density of the line
    Source: definition.
    Limits: spread evenly along what the stack mans.
    """
    if front_km <= 0.0:
        return 0.0
    return max(0.0, stack_men - committed_men) / front_km
