"""The dataset ledger and the search for local copies."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from redan.sources import ledger
from redan.sources.ledger import LocalCopy, data_root, find_copy, load_ledger


def test_every_dataset_has_a_hash_and_a_unique_file() -> None:
    rows = load_ledger()
    assert len({row.file for row in rows.values()}) == len(rows)
    assert all(len(row.sha256) == 64 for row in rows.values())
    assert all(row.terms and row.address and row.used_for for row in rows.values())


def test_content_is_not_younger_than_the_day_it_was_known() -> None:
    assert all(row.date <= row.known for row in load_ledger().values())


def test_absent_where_there_is_no_folder() -> None:
    copy = find_copy("front-series", None)
    assert copy == LocalCopy(load_ledger()["front-series"], None, "absent")
    assert copy.words == "not checked here: data absent"


def test_a_changed_file_is_not_used(tmp_path: Path) -> None:
    file = tmp_path / load_ledger()["front-series"].file
    file.parent.mkdir()
    file.write_text("date\n")
    copy = find_copy("front-series", tmp_path)
    assert (copy.path, copy.state) == (None, "altered")
    assert "not the file in the ledger" in copy.words


def test_the_file_of_the_ledger_is_verified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = load_ledger()["check-cases"]
    (tmp_path / row.file).write_bytes(b"[]")
    made = row.model_copy(update={"sha256": hashlib.sha256(b"[]").hexdigest()})
    monkeypatch.setattr(ledger, "load_ledger", lambda: {row.name: made})
    copy = find_copy("check-cases", tmp_path)
    assert (copy.path, copy.state) == (tmp_path / row.file, "verified")


def test_a_folder_that_is_named_wins_and_never_falls_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = tmp_path / "shared" / "data"
    beside.mkdir(parents=True)
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.delenv(ledger.DATA_VARIABLE, raising=False)
    assert data_root() == beside
    monkeypatch.setenv(ledger.DATA_VARIABLE, str(work))
    assert data_root() == work
    assert data_root(tmp_path) == tmp_path
    assert data_root(tmp_path / "nothing") is None
