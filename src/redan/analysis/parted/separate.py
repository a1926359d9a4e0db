"""What separated a group of replications from the others: what was drawn, and what went with it.

Parameters are compared by the standardised difference of their ranks (mean in the group minus mean of the
others, over the standard deviation): it does not hang on a parameter's unit or tail. How sure: the chance
that any of all parameters would differ as much if the group had been picked blindly (Westfall and Young 1993,
maxT over permutations), so that looking at 150 of them finds nothing that is not there in 95 of 100 cases.
Events and measures are compared alike, as another family: they went with the group, before it or after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from redan.analysis.censored import event_days
from redan.analysis.influence import rank_parameters, standard_ranks
from redan.analysis.parted.group import Bools, Group, enough
from redan.analysis.parted.tree import Leaf, grow
from redan.analysis.shown import shown
from redan.runs.tables import PARAMETER
from redan.vocabulary.outcomes import Measure

F64 = NDArray[np.float64]
LEVEL: Final = 0.05
#: Seed of the permutations.
SEED: Final = 1


@dataclass(frozen=True)
class Difference:
    """One parameter, event or measure in the group and among the others.

    Attributes
    ----------
    inside, outside
        Mean of the values; of an event the share of replications in which it came.
    standardised
        Difference of the mean ranks over their standard deviation; of an event's day, sooner is below 0.
    p_any
        Chance that any of its family would differ as much if the group had been picked blindly.
    """

    name: str
    unit: str
    inside: float
    outside: float
    standardised: float
    p_any: float


@dataclass(frozen=True)
class Separation:
    """What separated a group from the others.

    Attributes
    ----------
    parameters, events, measures
        Those that differ by more than chance at `LEVEL`, the largest first.
    looked_at
        How many of each there were.
    tree
        Leaves of a small tree of those parameters, counted on replications that had no part in growing it.
    """

    group: Group
    replications: int
    members: int
    parameters: tuple[Difference, ...]
    events: tuple[Difference, ...]
    measures: tuple[Difference, ...]
    looked_at: Mapping[str, int]
    tree: tuple[Leaf, ...]

    def document(self) -> dict[str, Any]:
        """Return everything as plain data."""
        return {
            "group": str(self.group),
            "replications": self.replications,
            "members": self.members,
            "level": LEVEL,
            "looked_at": dict(self.looked_at),
            "parameters": [asdict(one) for one in self.parameters],
            "tree": [asdict(leaf) for leaf in self.tree],
            "events": [asdict(one) for one in self.events],
            "measures": [asdict(one) for one in self.measures],
        }

    def table(self) -> pl.DataFrame:
        """Return everything that differs as a row: `kind` is parameter, event or measure."""
        kinds = {"parameter": self.parameters, "event": self.events, "measure": self.measures}
        rows = [(kind, *asdict(one).values()) for kind, listed in kinds.items() for one in listed]
        words, numbers = ("kind", "name", "unit"), ("inside", "outside", "standardised", "p_any")
        schema = dict.fromkeys(words, pl.String) | dict.fromkeys(numbers, pl.Float64)
        return pl.DataFrame(rows, schema=schema, orient="row")

    def _repr_html_(self) -> str:
        """Show what was drawn differently, and the tree, in a notebook."""
        table = self.table()
        if not self.parameters:
            said = f"None of {self.looked_at['parameters']} uncertain parameters differs by more than chance."
        else:
            said = f"{len(self.parameters)} of {self.looked_at['parameters']} uncertain parameters differ."
        head = f"{self.members:,} of {self.replications:,} campaigns belong to the group {self.group}."
        caption = (
            "What was drawn: mean in the group and among the others, difference of the ranks in standard"
            " deviations, and how often luck alone would make any of all differ as much."
        )
        drawn = table.filter(pl.col("kind") == "parameter").drop("kind")
        return shown([head, said], [(caption, drawn)] if self.parameters else [])


def separate(
    rows: pl.DataFrame,
    group: Group,
    *,
    events: Sequence[str],
    measures: Sequence[Measure],
    units: Mapping[str, str],
) -> Separation:
    """Compare a group with the others of its course.

    Parameters
    ----------
    rows : rows of one course
    events, measures : that are compared; the group's own is left out
    units : of the parameters

    Raises
    ------
    InputError : the group, or what is left, is too small
    """
    members = group.members(rows)
    enough(group, members)
    columns = [c for c in rows.columns if c.startswith(PARAMETER) and rows[c].n_unique() > 1]
    names = [column.removeprefix(PARAMETER) for column in columns]
    drawn = rows.select(columns).to_numpy()
    days = {name: event_days(rows, name) for name in events if name != group.name}
    days = {name: found for name, found in days.items() if np.unique(found).size > 1}
    taken = {m.name: rows[m.name].to_numpy().astype(np.float64) for m in measures if m.name != group.name}
    taken = {name: found for name, found in taken.items() if np.ptp(found) > 0.0}
    measure_units = {m.name: m.unit for m in measures}
    came = {name: np.isfinite(found).astype(np.float64) for name, found in days.items()}
    parameters = _differing(dict(zip(names, drawn.T, strict=True)), members, units)
    # Among all parameters a tree would mostly find luck: its cuts are of those that differ.
    told = [one.name for one in parameters]
    return Separation(
        group=group,
        replications=members.size,
        members=int(members.sum()),
        parameters=parameters,
        events=_differing(days, members, dict.fromkeys(days, "share"), shown=came),
        measures=_differing(taken, members, measure_units),
        looked_at={"parameters": len(names), "events": len(days), "measures": len(taken)},
        tree=grow(told, drawn[:, [names.index(name) for name in told]], members) if told else (),
    )


def _differing(
    values: Mapping[str, F64],
    members: Bools,
    units: Mapping[str, str],
    *,
    shown: Mapping[str, F64] | None = None,
) -> tuple[Difference, ...]:
    """Those of a family that differ by more than chance, the largest difference first."""
    if not values:
        return ()
    table = np.column_stack(list(values.values()))
    ranks = standard_ranks(table) * np.sqrt(members.size)  # of standard deviation 1
    difference = ranks[members].mean(axis=0) - ranks[~members].mean(axis=0)
    place = {name: i for i, name in enumerate(values)}
    listed = rank_parameters(list(values), table, members.astype(np.float64), seed=SEED)
    said = values if shown is None else shown
    found = [
        Difference(
            name=one.parameter,
            unit=units.get(one.parameter, "-"),
            inside=float(said[one.parameter][members].mean()),
            outside=float(said[one.parameter][~members].mean()),
            standardised=float(difference[place[one.parameter]]),
            p_any=one.p_any,
        )
        for one in listed
        if one.p_any <= LEVEL
    ]
    return tuple(sorted(found, key=lambda one: -abs(one.standardised)))
