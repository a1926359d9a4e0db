"""The dataset ledger: outside files, their terms, and whether a local copy is the same file."""

from __future__ import annotations

import datetime
import hashlib
import os
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

#: Environment variable that names the data folder.
DATA_VARIABLE = "REDAN_DATA"
#: Where the data folder lies beside a working copy.
BESIDE = Path("shared") / "data"

State = Literal["verified", "altered", "absent"]


class Dataset(BaseModel):
    """One row of `bundled/ledger.yaml`; the comment at its head says what each field means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    title: str
    address: str
    terms: str
    file: str
    sha256: str
    date: datetime.date
    known: datetime.date
    note: str
    used_for: str


@dataclass(frozen=True)
class LocalCopy:
    """A dataset and what was found of it on this machine; `path` is None unless the copy is verified."""

    dataset: Dataset
    path: Path | None
    state: State

    @property
    def words(self) -> str:
        """What a reader of a table is told about this copy."""
        if self.state == "verified":
            return f"checked here against {self.dataset.name}"
        if self.state == "altered":
            return f"not checked here: the copy of {self.dataset.name} is not the file in the ledger"
        return "not checked here: data absent"


@cache
def load_ledger() -> dict[str, Dataset]:
    """Read the bundled ledger, by name, in file order."""
    text = resources.files("redan.bundled").joinpath("ledger.yaml").read_text(encoding="utf-8")
    rows = [Dataset.model_validate(row) for row in YAML(typ="safe", pure=True).load(text)]
    ledger = {row.name: row for row in rows}
    if len(ledger) != len(rows):
        raise ValueError("bundled/ledger.yaml names a dataset twice")
    return ledger


def data_root(given: Path | None = None) -> Path | None:
    """Find the data folder: the one given, else $REDAN_DATA, else shared/data beside the working copy.

    Returns
    -------
    The folder, or None where there is none. A folder that was named but does not exist counts as none:
    every check then says that its data are absent.
    """
    if given is not None:
        candidates = [given]
    elif os.environ.get(DATA_VARIABLE):
        candidates = [Path(os.environ[DATA_VARIABLE])]
    else:
        candidates = [Path.cwd().parent / BESIDE]
        checkout = Path(__file__).resolve().parents[3]
        # Only in a working copy: an installed wheel has no business looking beside site-packages.
        if (checkout / "pyproject.toml").is_file():
            candidates.append(checkout.parent / BESIDE)
    return next((folder for folder in candidates if folder.is_dir()), None)


def find_copy(name: str, root: Path | None) -> LocalCopy:
    """Look for the dataset `name` under `root` and verify its hash.

    Raises
    ------
    KeyError
        The ledger has no such dataset.
    """
    dataset = load_ledger()[name]
    if root is None or not (root / dataset.file).is_file():
        return LocalCopy(dataset, None, "absent")
    path = root / dataset.file
    if _sha256(path, path.stat().st_mtime_ns) != dataset.sha256:
        return LocalCopy(dataset, None, "altered")
    return LocalCopy(dataset, path, "verified")


@cache
def _sha256(path: Path, _modified: int) -> str:
    """Hash a file once per process and state of the file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
