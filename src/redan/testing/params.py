"""Parameter rows for toy theatres: the register's central values with chosen ones replaced."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping

import numpy as np

from redan.testing.toys import TOY_FORCES
from redan.vocabulary.parameters import load_register, params_dtype

TOY_DATE = dt.date(2025, 12, 12)


def toy_params(changes: Mapping[str, float] | None = None, *, date: dt.date = TOY_DATE) -> np.ndarray:
    """One row [1] of central values at a date, toy forces, then `changes`; unknown names raise KeyError."""
    register = load_register()
    row = np.zeros(1, dtype=params_dtype(register))
    held = register.at(date)
    values = {name: entry.value for name, entry in held.items() if not math.isnan(entry.value)}
    values |= {"attacker_reserve_share": 0.3, "defender_reserve_share": 0.2, **TOY_FORCES, **(changes or {})}
    for name, value in values.items():
        if name not in (row.dtype.names or ()):
            raise KeyError(name)
        row[name] = value
    return row
