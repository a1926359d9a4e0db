"""Memory of a campaign: a state per thread and an output per campaign, allocated once and reused."""

from __future__ import annotations

import numpy as np

from redan.vocabulary import outcomes
from redan.vocabulary import state as layout
from redan.vocabulary.arrays import Output, Plan, Theatre
from redan.vocabulary.codes import CAUSES, LEDGER
from redan.vocabulary.state import State

LOG_ROWS = 20_000
PROFILE_RINGS = 256  # deeper rings read the last entry
BUCKETS = 32  # more than the dearest edge of `price_edges`


def allocate_state(theatre: Theatre, plan: Plan) -> State:
    """A state for one theatre and a plan's number of axes; contents are set by the campaign's reset."""
    n_cells, n_slots = theatre.cell_neighbour.shape
    n_axes = plan.axis_id.shape[0]
    n_formations = theatre.formation_id.shape[0]

    def records(dtype: np.dtype[np.void], n: int) -> np.recarray:
        return np.zeros(n, dtype=dtype).view(np.recarray)

    def whole(*shape: int) -> np.ndarray:
        return np.zeros(shape, dtype=np.int32)

    def real(*shape: int) -> np.ndarray:
        return np.zeros(shape, dtype=np.float64)

    def small(*shape: int) -> np.ndarray:
        return np.zeros(shape, dtype=np.int8)

    return State(
        cells=records(layout.CELL, n_cells),
        formations=records(layout.FORMATION, n_formations),
        sites=records(layout.SITE, theatre.site_id.shape[0]),
        objectives=records(layout.OBJECTIVE, theatre.objective_id.shape[0]), sides=records(layout.SIDE, 2),
        world=records(layout.WORLD, 1), control=small(n_cells), lost_day=whole(n_cells),
        target_axis=whole(n_cells), expected_loss=real(n_cells, len(CAUSES)),
        expected_men=real(n_formations), luck=real(n_formations), lost_men=real(n_formations),
        contact_edges=whole(n_cells), contact_cells=whole(n_cells),
        ring=whole(n_cells), toward=whole(n_cells), nearest=whole(n_cells),
        band=small(n_cells), band_cells=whole(n_cells), hops=whole(n_cells), hop_parent=whole(n_cells),
        manned_by=whole(n_cells), preference=real(n_cells), profile=real(PROFILE_RINGS),
        gun_profile=real(PROFILE_RINGS),
        stacks=whole(n_cells), survival=real(n_cells), flow_t=real(n_cells), share=real(n_cells),
        cost=whole(n_cells, n_slots), distance=whole(n_cells), feeder=whole(n_cells), source=small(n_cells),
        opposite=small(n_cells, n_slots), demand_t=real(n_cells), ration=real(n_cells),
        missing_t=real(n_cells), left_t=real(n_cells), taken_t=real(n_cells), drawn_t=real(n_cells, n_slots),
        label=whole(n_cells), ledger=real(2, len(LEDGER)), cause=real(2, len(CAUSES)),
        told=real(2, len(CAUSES) + 2), told_axis=whole(2, n_axes), effort_ring=real(4, 30),
        snapshot_km=real(5, n_cells), snapshot_belt=small(5, n_cells), candidate_day=whole(n_axes),
        candidate_cells=small(n_axes, n_cells), place_cells=whole(n_cells),
        counts=np.zeros(4, dtype=np.int64), queue=whole(n_cells), order=whole(n_cells), link=whole(n_cells),
        back=whole(n_cells), bucket=whole(BUCKETS), entry=whole(2, n_cells * (n_slots + 1)),
        mark=whole(n_cells), balance=whole(n_cells), used=small(n_cells, n_slots),
    )


def allocate_output(theatre: Theatre, plan: Plan, horizon_days: int) -> Output:
    """An output for `horizon_days` days: events, measures, daily series, weekly control and the log."""
    objectives = [str(o) for o in range(theatre.objective_id.shape[0])]
    axes = [str(a) for a in range(plan.axis_id.shape[0])]
    n_events = len(outcomes.event_names(objectives, axes))
    n_measures = len(outcomes.measures(objectives))
    return Output(
        event_day=np.zeros(n_events), measure=np.zeros(n_measures),
        series=np.zeros((horizon_days + 1, n_measures), dtype=np.float32),
        control=np.zeros((horizon_days // 7 + 1, theatre.cell_id.shape[0]), dtype=np.int8),
        log_day=np.zeros(LOG_ROWS, dtype=np.int32), log_kind=np.zeros(LOG_ROWS, dtype=np.int32),
        log_entity=np.zeros(LOG_ROWS, dtype=np.int32), log_value=np.zeros(LOG_ROWS),
        log_count=np.zeros(1, dtype=np.int64), ledger=np.zeros((2, len(LEDGER))),
        cause=np.zeros((2, len(CAUSES))), audit=np.zeros(4),
    )
