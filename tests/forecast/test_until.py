"""Going on until an interval is narrow: goals as they are written, coverage, and the real engine."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from redan.analysis.intervals import mean_interval, wilson
from redan.forecast.until import CONFIDENCE, LEAST, Goal, interval_width, read_goals
from redan.runs.stepwise import FILE, looks
from redan.views.cli.main import run
from redan.vocabulary.errors import InputError

F64 = NDArray[np.float64]
CITY = str(Path(__file__).parents[2] / "verification" / "city-fight")


def test_goals_are_read_and_faults_told() -> None:
    found = read_goals(["taken:town=0.05", "restricted_mean_days:ended=20"], ["town"])
    assert found == [Goal("taken:town", 0.05), Goal("restricted_mean_days:ended", 20.0)]
    with pytest.raises(InputError) as caught:
        read_goals(["taken:town", "taken:twon=1", "ended=0", "ended=1", "ended=2"], ["town"])
    assert [fault.field for fault in caught.value.faults] == ["taken:town", "taken:twon", "ended=0", "ended"]


def stopped(values: F64, width: float, *, is_share: bool) -> F64:
    """The values on which the rule stops."""
    for n in looks(LEAST, values.size):
        if interval_width(values[:n], is_share=is_share) <= width:
            return values[:n]
    raise AssertionError("more values are needed")


def test_the_interval_on_which_it_stops_covers_as_it_says() -> None:
    """300 sequences each: a coverage of 0.83 where 0.90 is said is seen with a chance of 0.96."""
    rng = np.random.default_rng(4)
    lowest = 0.90 - 2.33 * np.sqrt(0.09 / 300)
    for p, width in ((0.05, 0.05), (0.5, 0.08)):
        inside = 0
        for _ in range(300):
            kept = stopped((rng.random(3000) < p).astype(np.float64), width, is_share=True)
            low, high = wilson(kept.sum(), kept.size, confidence=CONFIDENCE)
            inside += bool(low <= p <= high)
        assert inside / 300 > lowest
    inside = 0
    for _ in range(300):
        found = mean_interval(
            stopped(rng.exponential(1.0, 3000), 0.147, is_share=False), confidence=CONFIDENCE
        )
        inside += found.low <= 1.0 <= found.high
    assert inside / 300 > lowest


def test_the_command_says_how_many_it_took(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    size = ["--horizon-days", "8", "--seed", "3", "--threads", "2"]
    asked = ["forecast", CITY, *size, "--until-width", "losses:attacker=24.5", "--replications", "300"]
    assert run([*asked, "--out", str(tmp_path / "until"), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    n = said["replications"]
    assert LEAST < n < 300
    assert said["until"]["reached"] is True
    assert (
        said["until"]["looks"][-1]["widths"][0]["width"]
        <= 24.5
        < said["until"]["looks"][-2]["widths"][0]["width"]
    )
    assert run(["forecast", CITY, *size, "--replications", str(n), "--out", str(tmp_path / "plain")]) == 0
    names = {path.name for path in (tmp_path / "plain").iterdir()} - {"log.jsonl"}
    assert names == {path.name for path in (tmp_path / "until").iterdir()} - {"log.jsonl", FILE}
    for name in names:
        one, other = ((tmp_path / run / name).read_bytes() for run in ("plain", "until"))
        assert hashlib.sha256(one).digest() == hashlib.sha256(other).digest(), name
    capsys.readouterr()
    assert run(["forecast", "--resume", str(tmp_path / "until")]) == 0
    assert f"{n} of each course" in capsys.readouterr().out
