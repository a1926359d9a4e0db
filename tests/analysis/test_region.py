"""Where one course does better: a region that is there is found, and none where there is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

import redan
from redan.analysis.boxes import Bound, best_box, half_spaces
from redan.analysis.region import (
    LEVEL,
    Share,
    confidence_for,
    default_measures,
    direction,
    find_region,
    find_regions,
    outcome,
    share,
)
from redan.vocabulary.errors import InputError
from redan.vocabulary.outcomes import HIGHER, LOWER
from tests.analysis.courses import ensemble

F64 = NDArray[np.float64]
NAMES = [f"p{i}" for i in range(30)]
ONE_MEASURE = confidence_for(1)


def draws(rng: np.random.Generator, n: int) -> F64:
    found: F64 = rng.random((n, len(NAMES)))
    return found


def coins(rng: np.random.Generator, p: F64, ties: float = 0.0) -> F64:
    """1 with probability p, else 0; a tie (1/2) with probability `ties`."""
    thrown = (rng.random(p.size) < p).astype(np.float64)
    return np.where(rng.random(p.size) < ties, 0.5, thrown)


def test_a_bound_holds_and_says_what() -> None:
    upper, lower = Bound("men", True, 2.0, 0.25), Bound("men", False, 2.0, 0.75)
    values = np.array([1.0, 2.0, 3.0])
    assert upper.holds(values).tolist() == [True, True, False]
    assert lower.holds(values).tolist() == [False, False, True]
    assert (str(upper), str(lower)) == ("men <= 2", "men > 2")


def test_half_spaces_are_quarters_and_halves() -> None:
    bounds, inside = half_spaces(["a", "b"], draws(np.random.default_rng(1), 400)[:, :2])
    assert len(bounds) == inside.shape[0] == 2 * 3 * 2
    assert inside.mean(axis=1).tolist() == [bound.part for bound in bounds]
    assert [bound.part for bound in bounds] == [0.25, 0.75, 0.5, 0.5, 0.75, 0.25] * 2


def test_a_region_of_two_parameters_is_found_and_confirmed() -> None:
    rng = np.random.default_rng(7)
    drawn = draws(rng, 1200)
    there = (drawn[:, 3] > 0.5) & (drawn[:, 11] <= 0.5)
    found = find_region("ended", NAMES, drawn, coins(rng, np.where(there, 0.9, 0.25)), ONE_MEASURE)
    assert found.verdict == "box"
    assert {(b.parameter, b.is_upper) for b in found.box} == {("p3", False), ("p11", True)}
    assert [b.value for b in found.box] == pytest.approx([0.5, 0.5], abs=0.06)
    assert found.confirmed.low < 0.9 < found.confirmed.high
    assert {one.parameter for one in found.influences[:2]} == {"p3", "p11"}
    assert found.influences[1].p_any < 0.01


def test_a_region_of_one_parameter_is_found() -> None:
    rng = np.random.default_rng(8)
    drawn = draws(rng, 800)
    found = find_region("x", NAMES, drawn, coins(rng, np.where(drawn[:, 5] > 0.75, 0.9, 0.3)), ONE_MEASURE)
    assert found.verdict == "box"
    assert "p5" in {bound.parameter for bound in found.box}
    assert found.searched.pairs >= 0.2 * 400


def test_better_everywhere_needs_no_box() -> None:
    rng = np.random.default_rng(9)
    found = find_region("x", NAMES, draws(rng, 600), coins(rng, np.full(600, 0.6)), ONE_MEASURE)
    assert found.verdict == "everywhere"
    assert found.overall.pairs == 600


def test_ties_say_nothing_of_either_course() -> None:
    won, lost, even = [1.0] * 30, [0.0] * 10, [0.5] * 60
    alone = share(np.array(won + lost), 0.9)
    among = share(np.array(won + lost + even), 0.9)
    assert (alone.p_better, among.p_better) == (0.75, 0.6)
    assert (among.pairs, among.differing) == (100, 40)
    assert among.low - 0.5 == pytest.approx(0.4 * (alone.low - 0.5))
    assert among.high - 0.5 == pytest.approx(0.4 * (alone.high - 0.5))
    assert alone.is_better
    assert among.is_better
    nothing = share(np.array(even), 0.9)
    assert (nothing.p_better, nothing.low, nothing.high, nothing.is_better) == (0.5, 0.0, 1.0, False)


def judged(drawn: F64, better: F64) -> tuple[Share, Share, Share]:
    """Over all, in the best box of the searching half, and in the confirming half of that box."""
    box = best_box(NAMES, drawn[::2], better[::2], ONE_MEASURE)
    inside = np.ones(better.size, dtype=bool)
    for bound in box:
        inside &= bound.holds(drawn[:, NAMES.index(bound.parameter)])
    parts = (better, better[::2][inside[::2]], better[1::2][inside[1::2]])
    whole, searched, confirmed = (share(part, ONE_MEASURE) for part in parts)
    return whole, searched, confirmed


@pytest.mark.parametrize("kind", ["even", "even with ties", "worse, and it depends"])
def test_where_there_is_none_one_is_found_as_rarely_as_is_claimed(kind: str) -> None:
    """300 nulls of 200 pairs at 5 %: 27 or fewer with probability 0.999, were the chance 5 %."""
    rng = np.random.default_rng(10)
    alarms = 0
    for _ in range(300):
        drawn = draws(rng, 200)
        depends = np.where(drawn[:, 0] > 0.5, 0.5, 0.2) if kind.startswith("worse") else np.full(200, 0.5)
        whole, _, confirmed = judged(drawn, coins(rng, depends, ties=0.5 if "ties" in kind else 0.0))
        alarms += whole.is_better or confirmed.is_better
    assert alarms <= stats.binom.ppf(0.999, 300, LEVEL)


def test_the_searching_half_flatters_and_the_confirming_half_does_not() -> None:
    rng = np.random.default_rng(11)
    found = [judged(draws(rng, 200), coins(rng, np.full(200, 0.5)))[1:] for _ in range(60)]
    flattered, honest = (np.mean([pair[k].p_better for pair in found]) for k in (0, 1))
    assert flattered > 0.62
    assert honest == pytest.approx(0.5, abs=0.03)  # standard error about 0.01


def test_an_ensemble_measure_by_measure() -> None:
    found = find_regions(ensemble(), "a", "b")
    assert [region.measure for region in found.regions] == default_measures(["town"])
    assert found.n_parameters == 2  # what is fixed is not searched
    assert found.confidence == pytest.approx(1.0 - LEVEL / 5)
    ended, taken, losses, housing, residents = found.regions
    assert ended.verdict == "box"
    assert str(ended.box[0]).startswith("men > 0.")
    assert ended.influences[0].parameter == "men"
    assert (losses.overall.p_better, losses.verdict, losses.ties) == (1.0, "everywhere", 0.0)
    assert (taken.ties, taken.verdict) == (1.0, "none")  # never in either
    assert (housing.overall.p_better, residents.overall.p_better) == (0.5, 0.5)
    document = found.document()
    assert json.loads(json.dumps(document, allow_nan=False))["measures"][0]["verdict"] == "box"
    assert found.table()["verdict"].to_list() == ["box", "none", "everywhere", "none", "none"]
    assert repr(found).startswith("Regions('a' better than 'b': ended: box, taken:town: none, losses")


def test_the_other_course_has_the_rest() -> None:
    found = find_regions(ensemble(), "b", "a", measures=["ended"])
    # b is sooner in the lower half of the men, and there only: over all it is even.
    assert str(found.regions[0].box[0]).startswith("men <= 0.")


def test_the_direction_is_the_registers() -> None:
    assert direction("losses:attacker", ["town"]) == LOWER
    assert direction("residents_left", ["town"]) == HIGHER
    assert direction("taken:town", ["town"]) == LOWER
    with pytest.raises(InputError, match="did you mean residents_left"):
        direction("resident_left", ["town"])
    first, second = np.array([5.0, np.inf, np.inf, 7.0]), np.array([6.0, np.inf, 9.0, 7.0])
    assert outcome(first, second, LOWER).tolist() == [1.0, 0.5, 0.0, 0.5]
    assert outcome(first, second, HIGHER).tolist() == [0.0, 0.5, 1.0, 0.5]


def test_faults_are_told_before_anything_is_played() -> None:
    city = redan.load(Path(__file__).parents[2] / "verification" / "city-fight")
    with pytest.raises(InputError, match="there is no such course"):
        city.where_better("storm", "bypass")
    case = redan.load("slavyansk-kramatorsk")
    with pytest.raises(InputError, match="too few to search"):
        case.where_better("storm", "bypass", replications=10)
    with pytest.raises(InputError, match="there is no such event or measure"):
        case.where_better("storm", "bypass", measures=["morale"])


def test_it_searches_what_was_drawn_from() -> None:
    settings: dict[str, Any] = {
        "measures": ["losses:attacker"],
        "replications": 80,
        "horizon_days": 2,
        "threads": 1,
    }
    fitted, free = (
        redan.load("slavyansk-kramatorsk", posterior=fit).where_better("storm", "bypass", **settings)
        for fit in (None, "priors")
    )
    assert fitted.regions[0].influences != free.regions[0].influences
    with pytest.raises(InputError, match="--posterior"):
        redan.load("slavyansk-kramatorsk", posterior="none").where_better("storm", "bypass", **settings)


def test_a_case_is_played_and_searched() -> None:
    said: list[tuple[int, int, str]] = []
    found = redan.load("slavyansk-kramatorsk").where_better(
        "storm",
        "bypass",
        measures=["losses:attacker"],
        replications=80,
        horizon_days=10,
        threads=2,
        progress=lambda *now: said.append(now),
    )
    assert found.n_parameters > 100
    assert found.regions[0].overall.pairs == 80
    assert said[-1] == (160, 160, "campaigns")
