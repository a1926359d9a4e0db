"""`redan.plot`: one picture of any result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redan.vocabulary.errors import InputError, MissingExtra

if TYPE_CHECKING:
    from redan.views.plots.picture import Picture


def plot(result: Any, what: str | None = None) -> Picture:
    """Draw a result.

    Parameters
    ----------
    result : a forecast, comparison, ablation, augmentation, sensitivity study or separation of a group
    what : an event, a kind of event, or a measure; by default what the result is mostly asked for

    Raises
    ------
    InputError : nothing can be drawn of it, or it has no such event or measure
    MissingExtra : matplotlib is not installed
    """
    try:
        from redan.views.plots import of_forecast, of_studies
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.partition(".")[0] != "matplotlib":
            raise
        raise MissingExtra("plot", "matplotlib", "redan.plot") from None
    for kind, draw in (*of_forecast.DRAWN.items(), *of_studies.DRAWN.items()):
        if isinstance(result, kind):
            return draw(result, what)
    problem = "is nothing that can be drawn"
    remedy = "give a forecast, comparison, ablation, augmentation, sensitivity study or separation"
    raise InputError.of("redan.plot", 1, type(result).__name__, problem, remedy)
