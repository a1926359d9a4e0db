"""The log of one replication."""

from __future__ import annotations

from typing import Any, NamedTuple

from redan.numerics.compile import kernel
from redan.vocabulary.arrays import F64, I32, I64


class Journal(NamedTuple):
    """The four columns of the log and its row count (views of `Output`)."""

    day: I32
    kind: I32
    entity: I32
    value: F64
    rows: I64


@kernel
def write_log(log: Any, day: int, kind: int, entity: int, value: float) -> None:
    """Append a row to the replication's log; rows beyond its capacity are counted, not stored."""
    row = log.rows[0]
    if row < log.day.shape[0]:
        log.day[row] = day
        log.kind[row] = kind
        log.entity[row] = entity
        log.value[row] = value
    log.rows[0] = row + 1
