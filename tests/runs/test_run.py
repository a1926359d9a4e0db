"""A run folder has the same bytes however it came about: threads, interruption, kill and resume."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import numpy as np
import polars as pl
import pytest

from redan.runs import files, log
from redan.runs.chunk import chunk_size
from redan.runs.faults import RunError
from redan.runs.folder import RunFolder
from redan.runs.run import REQUEST, Job, request_of, run
from redan.runs.store import FOLDER
from redan.runs.tables import Tables
from redan.vocabulary.errors import InputError
from tests.runs.fakes import FakeCampaign, job

TABLES = ("replications", "control", "daily", "events", "series")
CHILD = """
import sys, time
from pathlib import Path
from typing import IO
from redan.runs.run import run
from tests.runs.fakes import FakeCampaign, job
slow = FakeCampaign(at={call: lambda: time.sleep(0.02) for call in range(1000)})
run(job(replications=40, campaign=slow), out=Path(sys.argv[1]), threads=2)
"""


def digests(folder: Path) -> dict[str, str]:
    """Return the sha256 of every file but the log, and fail on anything that should not be left."""
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted([*(f"{name}.parquet" for name in TABLES), "log.jsonl", "manifest.json"])
    return {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names if name != log.NAME
    }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "undisturbed"
    run(job(replications=40), out=folder, threads=1)
    return folder


@pytest.mark.parametrize("threads", [2, 5])
def test_threads_change_no_byte(undisturbed: Path, tmp_path: Path, threads: int) -> None:
    run(job(replications=40), out=tmp_path / "run", threads=threads)
    assert digests(tmp_path / "run") == digests(undisturbed)


def test_polars_threads_change_no_byte(undisturbed: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "POLARS_MAX_THREADS": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", CHILD, str(tmp_path / "run")], env=environment, check=True)
    assert digests(tmp_path / "run") == digests(undisturbed)


def test_another_seed_changes_the_tables(undisturbed: Path, tmp_path: Path) -> None:
    run(job(replications=40, seed=2), out=tmp_path / "run")
    other = digests(tmp_path / "run")
    assert all(other[name] != value for name, value in digests(undisturbed).items())


@pytest.mark.parametrize("chunks", [1, 5, 12])
def test_a_killed_run_resumes_to_the_same_bytes(undisturbed: Path, tmp_path: Path, chunks: int) -> None:
    folder = tmp_path / "run"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(folder)], env=environment)
    limit = time.monotonic() + 120
    while len(list((folder / FOLDER).glob("0*.rows"))) < chunks and time.monotonic() < limit:
        time.sleep(0.005)
    child.send_signal(signal.SIGKILL)
    child.wait()
    with pytest.raises(InputError, match=r"cut off; finish it with: redan forecast --resume"):
        RunFolder(folder)
    campaign = FakeCampaign()
    run(job(replications=40, campaign=campaign), out=folder, threads=2)
    assert campaign.calls <= 1 + 80 - chunks * chunk_size(40), "finished chunks are not played again"
    assert digests(folder) == digests(undisturbed)


def stopped_at(call: int, folder: Path, threads: int = 1) -> RunFolder:
    """Play a run that is interrupted (Ctrl-C) at a campaign."""

    def press() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.1)  # until the main thread has taken notice

    campaign = FakeCampaign(at={call: press})
    return run(job(replications=40, campaign=campaign), out=folder, threads=threads)


@pytest.fixture
def attended() -> Iterator[None]:
    """Ctrl-C as at a terminal: a suite that was started in the background ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("attended")
def test_ctrl_c_keeps_what_all_courses_have(undisturbed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    found = stopped_at(43, folder)
    assert not found.complete
    assert 0 < found.done < 40
    assert found.done % chunk_size(40) == 0
    whole = RunFolder(undisturbed).replications.filter(pl.col("replication") < found.done)
    assert found.replications.equals(whole)
    with pytest.raises(InputError, match=f"stopped after {found.done} of 40 replications; finish it with"):
        RunFolder(folder)
    last = json.loads((folder / log.NAME).read_text().splitlines()[-1])
    assert (last["event"], last["resume"]) == ("stopped", f"redan forecast --resume {folder}")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    again = run(job(replications=40), out=folder)
    assert again.complete
    assert digests(folder) == digests(undisturbed)


def test_ctrl_c_before_anything_is_finished(undisturbed: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        stopped_at(3, tmp_path / "run")
    run(job(replications=40), out=tmp_path / "run")
    assert digests(tmp_path / "run") == digests(undisturbed)


@pytest.mark.parametrize("damage", ["cut", "changed", "removed"])
@pytest.mark.parametrize("part", ["rows", "bulk"])
def test_a_damaged_chunk_is_played_again(undisturbed: Path, tmp_path: Path, damage: str, part: str) -> None:
    folder = tmp_path / "run"
    stopped_at(43, folder, threads=2)
    path = min((folder / FOLDER).glob(f"*.{part}"))
    content = path.read_bytes()
    if damage == "cut":
        path.write_bytes(content[: len(content) // 2])
    elif damage == "changed":
        path.write_bytes(content[:50] + bytes([content[50] ^ 1]) + content[51:])
    else:
        path.unlink()
    run(job(replications=40), out=folder, threads=2)
    assert digests(folder) == digests(undisturbed)


def test_sums_replace_chunks_and_resume(
    undisturbed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("redan.runs.store.FOLD_BYTES", 1)
    folder = tmp_path / "run"
    found = stopped_at(50, folder)
    left = list((folder / FOLDER).glob("*.bulk"))
    assert len(left) <= 1, "bulk of chunks that were added up is removed"
    assert found.done > 0
    run(job(replications=40), out=folder)
    assert digests(folder) == digests(undisturbed)


def test_lost_sums_are_played_again(
    undisturbed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("redan.runs.store.FOLD_BYTES", 1)
    folder = tmp_path / "run"
    stopped_at(50, folder)
    (folder / FOLDER / "sums.bin").write_bytes(b"not what it was")
    run(job(replications=40), out=folder)
    assert digests(folder) == digests(undisturbed)


def test_a_finished_run_is_returned_as_it_is(undisturbed: Path) -> None:
    before = digests(undisturbed)
    campaign = FakeCampaign()
    found = run(job(replications=40, campaign=campaign), out=undisturbed)
    assert found.complete
    assert campaign.calls == 0
    assert digests(undisturbed) == before


def test_a_run_killed_at_its_very_end_is_tidied(undisturbed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    shutil.copytree(undisturbed, folder)
    (folder / FOLDER).mkdir()
    (folder / FOLDER / "000000-0.rows").write_bytes(b"x")
    (folder / files.LOCK_NAME).touch()
    assert run(job(replications=40), out=folder).complete
    assert digests(folder) == digests(undisturbed)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (lambda: job(replications=40, seed=2), r"holds another run: seed \(1 there, 2 here\)"),
        (lambda: job(replications=41), r"replications \(40 there, 41 here\)"),
        (lambda: job(replications=40, title="Other"), r"holds another run: resolved; choose another --out"),
    ],
)
def test_another_run_is_not_overwritten(undisturbed: Path, other: Callable[[], Job], said: str) -> None:
    before = digests(undisturbed)
    with pytest.raises(InputError, match=said):
        run(other(), out=undisturbed)
    assert digests(undisturbed) == before


def test_a_run_of_another_version_is_said_to_be_one(undisturbed: Path) -> None:
    other = job(replications=40)
    other.request["versions"]["numba"] = "0.0"
    with pytest.raises(InputError, match="was begun with another version of Redan"):
        run(other, out=undisturbed)


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("x")
    with pytest.raises(InputError, match="is not empty and holds no run"):
        run(job(), out=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_two_processes_cannot_share_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    with (
        files.locked(folder),
        pytest.raises(InputError, match=r"another process is working on this run; wait for it"),
    ):
        run(job(), out=folder)
    assert run(job(), out=folder).complete


def test_the_default_folder_is_named_by_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = run(job(seed=7))
    assert found.path.parent == Path("redan-runs")
    assert found.path.name.startswith("toy-7-")
    assert run(job(seed=8)).path != found.path


def fail_on(name: str, problem: OSError) -> Callable[..., None]:
    """Make the flush of files whose name contains `name` fail, as a full disk does."""
    before = files.flush

    def flush(file: IO[bytes], *, durable: bool) -> None:
        if name in file.name:
            file.write(b"half")
            raise problem
        before(file, durable=durable)

    return flush


@pytest.mark.parametrize("name", ["000002-1.rows", "000003-0.bulk", "daily.parquet", "manifest.json"])
def test_a_full_disk_is_said_and_leaves_nothing_half_written(
    undisturbed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder = tmp_path / "run"
    with monkeypatch.context() as patched:
        patched.setattr(files, "flush", fail_on(name, OSError(errno.ENOSPC, "No space left on device")))
        with pytest.raises(RunError, match=rf"{name}: the disk is full; free some space"):
            run(job(replications=40), out=folder, threads=2)
    assert not list(folder.rglob(".tmp-*"))
    assert not (folder / "manifest.json").exists()
    run(job(replications=40), out=folder, threads=2)
    assert digests(folder) == digests(undisturbed)


LITTLE_SPACE = """
import resource, sys
from pathlib import Path
from redan.runs.run import run
from tests.runs.fakes import job
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), -1))
run(job(replications=40), out=Path(sys.argv[1]), threads=2)
"""


def test_no_room_in_truth(undisturbed: Path, tmp_path: Path) -> None:
    """The system itself cuts a write short, as it does where a quota ends."""
    folder = tmp_path / "run"
    room = str((undisturbed / "series.parquet").stat().st_size - 1)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", LITTLE_SPACE, str(folder), room]
    child = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    said = child.stderr.strip().splitlines()[-1]
    assert "cannot be written (File too large); mend that, then run the same command again" in said
    assert not list(folder.rglob(".tmp-*"))
    assert not (folder / "manifest.json").exists()
    run(job(replications=40), out=folder)
    assert digests(folder) == digests(undisturbed)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    (folder / files.LOCK_NAME).mkdir(parents=True)
    with pytest.raises(RunError, match=r"\.lock: cannot be written \(Is a directory\); mend that"):
        run(job(), out=folder)
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match=r"cannot be made \(Not a directory\); choose another --out"):
        run(job(), out=tmp_path / "file" / "run")


@pytest.mark.parametrize("content", ["", "[]", "{", "null", "\x00"])
def test_a_damaged_request_is_said(tmp_path: Path, content: str) -> None:
    (tmp_path / FOLDER).mkdir()
    with pytest.raises(InputError, match="before it was written down what to play; give the command"):
        request_of(tmp_path)
    (tmp_path / FOLDER / REQUEST).write_text(content)
    with pytest.raises(InputError, match=r"request\.json:1: run: is damaged; remove the folder"):
        request_of(tmp_path)


def test_books_that_do_not_balance_stop_the_run(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"course storm, replication \d+: men unaccounted 0.5"):
        run(job(campaign=FakeCampaign(audit=0.5)), out=tmp_path / "run")
    with pytest.raises(RuntimeError, match="men unaccounted nan"):
        run(job(campaign=FakeCampaign(audit=float("nan"))), out=tmp_path / "other")


def test_an_error_in_a_campaign_is_not_swallowed(tmp_path: Path) -> None:
    def fail() -> None:
        raise ZeroDivisionError("in a rule")

    with pytest.raises(ZeroDivisionError, match="in a rule"):
        run(job(campaign=FakeCampaign(at={9: fail})), out=tmp_path / "run", threads=2)
    assert run(job(), out=tmp_path / "run").complete


def test_progress_and_preview(tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    shown: list[Tables] = []
    run(
        job(replications=130, horizon_days=10),
        out=tmp_path / "run",
        progress=lambda *said: seen.append(said),
        preview=shown.append,
    )
    phases = list(dict.fromkeys(phase for _, _, phase in seen))
    assert phases == ["compile", "campaigns", "tables"]
    played = [done for done, _, phase in seen if phase == "campaigns"]
    assert played == sorted(played)
    assert played[-1] == 260
    assert len(shown) == 1
    assert 100 <= shown[0].done < 130
    assert shown[0].replications.height == 2 * shown[0].done


def test_the_manifest_holds_no_clock_path_or_thread(undisturbed: Path) -> None:
    text = (undisturbed / "manifest.json").read_text()
    assert str(undisturbed) not in text
    manifest = json.loads(text)
    assert not {"time", "threads", "resume"} & set(manifest)
    assert manifest["replications_done"] == manifest["replications"] == 40
    assert RunFolder(undisturbed).verify() == []
    assert np.isfinite([m["bins"]["count"] for m in manifest["measures"]]).all()


def test_derived_tables_are_written_and_listed(tmp_path: Path) -> None:
    def derive(tables: Tables) -> pl.DataFrame:
        return pl.DataFrame({"rows": [tables.replications.height], "days": [tables.daily.height]})

    found = run(job(), out=tmp_path / "run", derive={"forecast": derive})
    assert found.forecast["rows"].to_list() == [60]


def test_a_job_is_a_plain_value() -> None:
    assert isinstance(job(), Job)
    assert job().default_folder() == job().default_folder()
