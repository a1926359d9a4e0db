"""Many campaigns at once on a CUDA card: one replication a thread, each with a state of its own."""

from __future__ import annotations

from typing import Any

from numba import cuda

from redan.engine.campaign import run_compiled
from redan.engine.journal import Journal
from redan.numerics.gpu import card_kernel, device_function, row_of
from redan.vocabulary.arrays import Output
from redan.vocabulary.state import State

state_row = row_of(State)
output_row = row_of(Output)
run = device_function(run_compiled)


@card_kernel
def play_batch(
    theatre: Any, plan: Any, params: Any, seed: Any, replications: Any, horizon: int, states: Any,
    outputs: Any,
) -> None:
    """Play `replications` [r] of one course for `horizon` days; thread i fills row i of `outputs`.

    `params` [r] holds a row of parameters for each, `states` and `outputs` are named tuples of arrays
    [r, ...] on the card. Nothing in them counts before: a campaign resets what it uses.
    """
    i = cuda.grid(1)
    if i < replications.shape[0]:
        output = output_row(outputs, i)
        journal = Journal(
            output.log_day, output.log_kind, output.log_entity, output.log_value, output.log_count
        )
        run(
            theatre, plan, params[i], seed, replications[i], horizon, state_row(states, i), output, journal
        )
