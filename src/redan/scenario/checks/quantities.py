"""Forces, policy and overrides must agree with the register: names, units, ranges, dates."""

from __future__ import annotations

from redan.scenario.checks.review import Review
from redan.scenario.models.quantities import Quantity
from redan.scenario.parameters import Builder
from redan.vocabulary.codes import SIDES
from redan.vocabulary.plain import FieldPath


def check(review: Review) -> None:
    """Check all quantities by building the parameters they lead to."""
    as_of = review.date_at(("as_of",))
    if as_of is None:
        return
    forces = {
        side: _quantities(review, ("forces", side))
        for side in SIDES
        if isinstance(review.value_at(("forces", side)), dict)
    }
    builder = Builder(review.document, review.register, as_of)
    builder.build(forces, _quantities(review, ("policy",)), _quantities(review, ("parameters",)))
    review.faults += builder.faults


def _quantities(review: Review, path: FieldPath) -> dict[str, Quantity]:
    """Well-shaped quantities under `path`; `formation_men` is a matter of layout, not a parameter."""
    names = review.register.names
    is_layout = path[0] == "forces" and f"{path[1]}_formation_men" not in names
    return {
        str(at[-1]): quantity
        for at, quantity in review.items(path, Quantity)
        if not (is_layout and at[-1] == "formation_men")
    }
