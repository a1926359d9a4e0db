"""Pictures for a notebook draw the numbers of the result; what cannot be drawn is said in one line."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pytest

import redan
from redan.analysis.censored import event_days
from redan.analysis.effect import in_short
from redan.forecast.result import Forecast
from redan.forecast.run import open_forecast
from redan.views.plots.of_studies import END
from redan.views.plots.picture import Picture
from redan.vocabulary.errors import InputError, MissingExtra
from tests.analysis.test_ablation import ablation
from tests.views.report.pages import city_run


@pytest.fixture(scope="module")
def forecast() -> Forecast:
    return open_forecast(city_run())


def drawn(picture: Picture) -> list[Any]:
    return [axes for axes in picture.axes if axes.get_visible()]


def test_a_forecast_is_drawn_as_shares_not_yet(forecast: Forecast) -> None:
    (axes,) = drawn(redan.plot(forecast))
    assert axes.get_title() == "Ironworth: taken"
    (line,) = axes.get_lines()
    came = event_days(forecast.replications, "taken:ironworth")
    days, shares = line.get_data()
    assert days[-1] == 60
    assert list(shares) == [float((came > day).mean()) for day in days]
    assert shares[0] > shares[-1]


def test_a_measure_is_drawn_as_bands(forecast: Forecast) -> None:
    (axes,) = drawn(redan.plot(forecast, "losses:attacker"))
    median = axes.get_lines()[0].get_ydata()
    own = forecast.daily.filter(forecast.daily["measure"].cast(str) == "losses:attacker").sort("day")["p50"]
    assert np.array_equal(median, own.to_numpy())
    assert len(axes.collections) == 2


def test_it_is_a_png_for_a_notebook(forecast: Forecast) -> None:
    assert redan.plot(forecast, "ended")._repr_png_().startswith(b"\x89PNG")


def test_an_effect_is_a_marker_with_its_interval() -> None:
    found = ablation(("storm", "bypass"))
    picture = redan.plot(found)
    panels = drawn(picture)
    assert [axes.get_title() for axes in panels] == ["storm", "bypass"]
    own = [one for one in found.off if one.course == "storm" and one.measure == END]
    marks = [line for line in panels[0].get_lines() if line.get_marker() not in ("", "None", None)]
    assert [float(line.get_xdata()[0]) for line in marks] == [one.mean_difference for one in own]
    assert in_short(found.off, "layer").height == 4


@pytest.mark.parametrize(
    ("what", "said"), [("takn", "did you mean"), ("losses:nobody", "no such event or measure")]
)
def test_what_it_does_not_hold_is_one_line(forecast: Forecast, what: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        redan.plot(forecast, what)
    assert len(caught.value.faults) == 1


def test_what_is_no_result_is_refused() -> None:
    with pytest.raises(InputError, match="is nothing that can be drawn"):
        redan.plot(3)


def test_without_matplotlib_the_extra_is_named(forecast: Forecast, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("of_forecast", "of_studies", "picture"):
        monkeypatch.delitem(sys.modules, f"redan.views.plots.{name}", raising=False)
        monkeypatch.delattr(f"redan.views.plots.{name}", raising=False)
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(MissingExtra, match=r"pip install 'redan\[plot\]'"):
        redan.plot(forecast)
