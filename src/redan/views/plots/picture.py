"""A figure that shows itself in a notebook, and how lines differ without colour."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Final

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from redan.vocabulary.errors import InputError, suggest

#: Okabe and Ito's colours, which most people tell apart; dashes and markers differ in grey as well.
COLOURS: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#000000")
DASHES: Final = ("-", "--", "-.", ":")
MARKERS: Final = ("o", "s", "^", "D", "v", "P")
DPI: Final = 110


class Picture(Figure):
    """A matplotlib figure without the global state of pyplot; `savefig` writes it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(layout="constrained", dpi=DPI, **options)
        FigureCanvasAgg(self)

    def _repr_png_(self) -> bytes:
        """Show it in a notebook."""
        written = io.BytesIO()
        self.savefig(written, format="png")
        return written.getvalue()


def style(number: int) -> dict[str, Any]:
    """How the n-th line or marker is drawn."""
    return {"color": COLOURS[number % len(COLOURS)], "linestyle": DASHES[number % len(DASHES)]}


def panels(
    count: int, *, across: int = 3, height: float = 2.6, width: float = 3.2
) -> tuple[Picture, list[Any]]:
    """Return a picture and so many axes, row by row."""
    columns = min(across, count)
    rows = -(-count // columns)
    picture = Picture(figsize=(width * columns + 0.8, height * rows + 0.7))
    found = picture.subplots(rows, columns, sharex=True, sharey=True, squeeze=False).ravel()
    for spare in found[count:]:
        spare.set_visible(False)
    for lowest in found[count - columns : count]:  # the axis below it may be a spare one
        lowest.tick_params(labelbottom=True)
    return picture, list(found[:count])


def one_of(what: str, known: Sequence[str]) -> None:
    """Refuse what a result does not hold.

    Raises
    ------
    InputError : with what is near
    """
    if what not in known:
        problem = "there is no such event or measure in the result"
        raise InputError.of("redan.plot", 1, what, problem, suggest(what, list(known)))
