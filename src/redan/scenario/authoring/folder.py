"""Puts the files of a new scenario into a new folder: all of them or none, and never over anything."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from redan.vocabulary.errors import InputError, quote


def refuse_existing(folder: Path) -> None:
    """Fault a folder that is already there.

    Raises
    ------
    InputError
        It is.
    """
    if folder.exists() or folder.is_symlink():
        problem = "is already there, and nothing is overwritten"
        raise _refused(folder, problem, "choose another with --out, or move it away")


def write_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files into a new folder, which appears whole.

    Raises
    ------
    InputError
        The folder is already there, or cannot be written.
    """
    refuse_existing(folder)
    made: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
        for name, text in files.items():
            (made / name).write_text(text, encoding="utf-8", newline="\n")
        made.chmod(0o755)  # mkdtemp makes folders that only their owner can read
        refuse_existing(folder)
        made.rename(folder)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _refused(folder, f"cannot be written ({reason})", "choose another with --out") from None
    finally:
        if made is not None and made.exists():
            with suppress(OSError):
                shutil.rmtree(made)


def _refused(folder: Path, problem: str, remedy: str) -> InputError:
    return InputError.of(quote(str(folder)).strip("'"), 1, "folder", problem, remedy)
