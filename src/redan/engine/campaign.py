"""One campaign: reset, then day after day. The only function whose compiled code is cached."""

from __future__ import annotations

from typing import Any

import numpy as np

from redan.engine import recorder
from redan.engine.chronicle import close_chronicle
from redan.engine.day import run_day
from redan.engine.journal import Journal
from redan.engine.reset import reset_state
from redan.numerics.compile import campaign_kernel
from redan.numerics.draws import replication_key
from redan.vocabulary.arrays import Output, Plan, Theatre
from redan.vocabulary.state import State, params_record


@campaign_kernel
def run_compiled(
    theatre: Any, plan: Any, p: Any, seed: Any, replication: int, horizon: int, state: Any, output: Any,
    journal: Any
) -> None:
    """Reset the state, run `horizon` days, record and audit each."""
    key = replication_key(seed, replication)
    reset_state(theatre, plan, p, state, output)
    recorder.store_day(0, state.control, output.measure, output.series, output.control)
    for day in range(1, horizon + 1):
        run_day(day, key, theatre, plan, p, state, journal, output.measure, output.event_day)
        recorder.audit_day(
            state.cells, state.control, state.formations, state.sites, state.ledger, output.measure,
            output.audit
        )
        recorder.store_day(day, state.control, output.measure, output.series, output.control)
    close_chronicle(
        horizon, state.world, state.sides, state.control, state.contact_cells, state.target_axis,
        state.ledger, state.cause, state.told, state.told_axis, journal
    )
    recorder.copy_table(state.ledger, output.ledger)
    recorder.copy_table(state.cause, output.cause)


def run_campaign(
    theatre: Theatre, plan: Plan, params_row: Any, seed: int, replication: int, horizon: int, state: State,
    output: Output,
) -> None:
    """Run replication `replication` of one course for `horizon` days into `output`; releases the GIL.

    Arguments: `params_row` one row of a structured array of `parameters.params_dtype()`; `state` and `output`
    from
    `engine.allocate` for the same theatre, plan and horizon, reused from call to call. The result depends on
    nothing but theatre, plan, parameters, seed, replication and horizon.
    """
    journal = Journal(output.log_day, output.log_kind, output.log_entity, output.log_value, output.log_count)
    run_compiled(
        theatre, plan, params_record(params_row), np.uint64(seed), replication, horizon, state, output,
        journal
    )
