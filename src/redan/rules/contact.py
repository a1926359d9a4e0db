"""The line of contact: which cells face each other, and how densely it is manned."""

from __future__ import annotations

from typing import Any

from redan.numerics.compile import kernel


@kernel
def list_contact(
    neighbour: Any,  # [c, n]
    control: Any,  # [c]
    edge_from: Any,  # [e] out
    edge_to: Any,  # [e] out
    contact_edges: Any,  # [c] enemy neighbours
    contact_cells: Any,  # [c] out
    counts: Any,  # [4] out: edges, contact cells
) -> None:
    """List the cells that touch the other side and the edges between them, in the order of cells.

    Equation: an edge joins an attacker's cell and a neighbouring defender's cell. Arguments: whole numbers.
    Source: DESIGN 5 (control is binary, share is not). Limits: a half-taken cell is still the defender's.
    """
    n_edges = 0
    n_cells = 0
    for c in range(control.shape[0]):
        if contact_edges[c] == 0:
            continue
        contact_cells[n_cells] = c
        n_cells += 1
        if control[c] != 0:
            continue
        for n in range(neighbour.shape[1]):
            b = neighbour[c, n]
            if b < 0:
                break
            if control[b] != 0:
                edge_from[n_edges] = c
                edge_to[n_edges] = b
                n_edges += 1
    counts[0] = n_edges
    counts[1] = n_cells


@kernel
def line_density(stack_men: float, committed_men: float, front_km: float) -> float:
    """Men per km of line of a stack, 0 where it mans nothing.

    Equation: (men - men tied down) / km manned. Arguments: men, km. Source: DESIGN 5 (frontage).
    Limits: spread evenly along what the stack mans.
    """
    if front_km <= 0.0:
        return 0.0
    return max(0.0, stack_men - committed_men) / front_km
