"""The line of contact: which cells face each other, and how densely it is manned."""

from __future__ import annotations

from typing import Any

from redan.numerics.compile import kernel


@kernel
def find_contact(
    neighbour: Any,  # [c, n]
    control: Any,  # [c]
    edge_from: Any,  # [e] out
    edge_to: Any,  # [e] out
    contact_edges: Any,  # [c] out
    contact_cells: Any,  # [c] out
    counts: Any,  # [4] out: edges, contact cells
) -> None:
    """List the edges between the sides and the cells that touch them. O(cells)."""
    n_edges = 0
    n_cells = 0
    for c in range(control.shape[0]):
        mine = control[c]
        touching = 0
        for n in range(neighbour.shape[1]):
            b = neighbour[c, n]
            if b < 0:
                break
            if control[b] != mine:
                touching += 1
                if mine == 0:
                    edge_from[n_edges] = c
                    edge_to[n_edges] = b
                    n_edges += 1
        contact_edges[c] = touching
        if touching > 0:
            contact_cells[n_cells] = c
            n_cells += 1
    counts[0] = n_edges
    counts[1] = n_cells


@kernel
def line_density(stack_men: float, committed_men: float, front_km: float) -> float:
    """Men per km of line of a stack: (men - men tied down) / km manned. 0 where it mans nothing."""
    if front_km <= 0.0:
        return 0.0
    return max(0.0, stack_men - committed_men) / front_km
