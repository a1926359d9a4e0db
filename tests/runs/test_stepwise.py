"""A run that stops by a rule is, to the byte, the run of that number of replications."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import time
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from redan.runs import log
from redan.runs.folder import RunFolder
from redan.runs.run import run
from redan.runs.stepwise import FILE, Stopping, looks, rule_of, run_until
from redan.runs.tables import Tables
from redan.vocabulary.errors import InputError
from tests.runs.fakes import FakeCampaign, job

MOST, LEAST, ENOUGH = 60, 12, 30


def stopping(enough: int = ENOUGH) -> Stopping:
    def look(tables: Tables) -> tuple[Mapping[str, Any], bool]:
        assert tables.replications["replication"].n_unique() == tables.done
        return {"sum": float(tables.replications["losses:attacker"].sum())}, tables.done >= enough

    return Stopping({"enough": enough}, look, LEAST)


def digests(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.name not in (log.NAME, FILE)
    }


def until(folder: Path, campaign: FakeCampaign | None = None, *, threads: int = 2) -> RunFolder:
    played = job(replications=MOST) if campaign is None else job(replications=MOST, campaign=campaign)
    return run_until(played, stopping(), out=folder, threads=threads, derive={})


def test_looks_begin_at_the_least_and_end_at_the_most() -> None:
    found = list(looks(100, 10_000))
    assert (found[0], found[-1]) == (100, 10_000)
    assert all(25 <= after - before <= 0.05 * before + 50 for before, after in pairwise(found))
    assert list(looks(100, 40)) == [40]


def test_it_is_the_run_of_so_many_replications(tmp_path: Path) -> None:
    found = until(tmp_path / "until")
    assert found.complete
    assert found.done == found.requested >= ENOUGH
    run(job(replications=found.done), out=tmp_path / "plain", threads=1)
    assert digests(tmp_path / "until") == digests(tmp_path / "plain")
    said = rule_of(tmp_path / "until")
    assert said is not None
    assert said["reached"] is True
    assert [look["replications"] for look in said["looks"]][-1] == found.done
    again = until(tmp_path / "until", FakeCampaign(at={0: lambda: pytest.fail("played again")}))
    assert again.done == found.done


@pytest.mark.parametrize("call", [3, 31, 45])
def test_cut_off_anywhere_it_ends_with_the_same_bytes(tmp_path: Path, call: int) -> None:
    def press() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.1)  # until the main thread has taken notice

    try:
        stopped = until(tmp_path / "cut", FakeCampaign(at={call: press}), threads=1)
        assert not stopped.complete
    except KeyboardInterrupt:
        assert call == 3
    until(tmp_path / "cut")
    until(tmp_path / "whole")
    assert digests(tmp_path / "cut") == digests(tmp_path / "whole")
    assert (tmp_path / "cut" / FILE).read_bytes() == (tmp_path / "whole" / FILE).read_bytes()


def test_what_is_never_enough_ends_at_the_most(tmp_path: Path) -> None:
    found = run_until(job(replications=16), stopping(17), out=tmp_path / "run", derive={})
    assert found.done == 16
    assert json.loads((tmp_path / "run" / FILE).read_text())["reached"] is False


def test_another_rule_is_another_run(tmp_path: Path) -> None:
    until(tmp_path / "run")
    with pytest.raises(InputError, match="holds another run"):
        run_until(job(replications=MOST), stopping(31), out=tmp_path / "run", derive={})
