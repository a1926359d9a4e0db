"""A law of one's own in the place of a bundled one: it is played, and the bundled engine stays as it was.

Played as plain Python in a process of its own: compiling a campaign anew costs what a first forecast costs.
The tutorial in docs/tutorial/own-rule.md is run compiled, by `make tutorials`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from redan.runs.own_rules import build_campaign, rule_names
from redan.vocabulary.errors import InputError

PLAYED = """
import redan
from redan.runs.own_rules import build_campaign
from redan.rules.assault import edge_loss as before
from redan.engine.campaign import run_campaign

def edge_loss(own, enemy_power, own_power, rate, exponent, factor):
    return 0.0

def losses(engine, out):
    case = redan.load("two-belts")
    asked = {"replications": 1, "horizon_days": 4, "courses": ["storm"], "threads": 1}
    found = case.forecast(**asked, engine=engine, out=out)
    rows = found.replications
    return found.run.manifest["engine"], float(rows["losses:attacker"][0] + rows["losses:defender"][0])

bundled = losses(None, "a")
mild = losses(build_campaign(edge_loss=edge_loss), "b")
again = losses(None, "c")
assert bundled == again, (bundled, again)
assert bundled[0] == "bundled" and mild[0].startswith("bundled with edge_loss "), (bundled, mild)
assert 0.0 <= mild[1] < bundled[1], (bundled, mild)
from redan.rules.assault import edge_loss as after
from redan.engine.campaign import run_campaign as same
assert before is after and same is run_campaign
print("played")
"""


def test_an_own_rule_is_played_and_nothing_else_changes(tmp_path: Path) -> None:
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", PLAYED],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=environment,
    )
    assert done.stdout == "played\n", done.stderr


def test_every_rule_page_names_a_rule_that_can_be_replaced() -> None:
    assert {"edge_loss", "success_probability", "winning_speed"} <= set(rule_names())


def test_a_rule_that_is_none_and_one_with_other_arguments_are_faults() -> None:
    def other(own: float, enemy: float) -> float:
        return own + enemy

    with pytest.raises(InputError, match="there is no such rule"):
        build_campaign(edge_losses=other)
    with pytest.raises(InputError, match=r"take \(own, enemy_power"):
        build_campaign(edge_loss=other)
