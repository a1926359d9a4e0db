"""One campaign as plain Python, with a hand in it between the phases of a day."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np

from redan.engine.allocate import allocate_output, allocate_state
from redan.engine.reset import reset_state
from redan.vocabulary.arrays import Output, Plan, Theatre
from redan.vocabulary.state import State, params_record


class Evening:
    """A state put back to day 0, its line found and manned, whose phases a test calls one by one."""

    def __init__(self, theatre: Theatre, plan: Plan, params: np.ndarray) -> None:
        self.theatre, self.plan, self.p = theatre, plan, params_record(params[0])
        self.state: State = allocate_state(theatre, plan)
        self.output: Output = allocate_output(theatre, plan, 10)
        reset_state(theatre, plan, self.p, self.state, self.output)

    def call(self, function: Any, **given: Any) -> Any:
        """Call a phase with its arguments taken by name from the state, the theatre and `given`."""
        names = {
            "spacing_km": float(self.theatre.spacing_km[0]),
            "neighbour": self.theatre.cell_neighbour,
            "patch": self.theatre.cell_patch,
            "patch_id": self.theatre.cell_patch_id,
            "walk": self.state.order,
            "x_km": self.theatre.cell_x_km,
            "y_km": self.theatre.cell_y_km,
            "built": self.theatre.cell_built,
            "cover": self.theatre.cell_cover,
            "relief_m": self.theatre.cell_relief_m,
            "floor_m2": self.theatre.site_floor_area_m2,
            "tunnel_km": self.theatre.site_tunnel_km,
            "p": self.p,
        }
        values = {**self.theatre._asdict(), **self.state._asdict(), **names, **given}
        wanted = inspect.signature(function).parameters
        return function(*(values[name] if name in values else self.number(name) for name in wanted))

    def number(self, name: str) -> Any:
        """A number of the day or of the parameters."""
        world = self.state.world[0]
        return getattr(world if name in (world.dtype.names or ()) else self.p, name)
