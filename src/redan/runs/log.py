"""`log.jsonl`: what differs between two playings of the same run (clock, threads, how to resume)."""

from __future__ import annotations

import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from redan.runs.files import disk_error

NAME: Final = "log.jsonl"


def write(folder: Path, event: str, **facts: Any) -> None:
    """Add one line to the log of a run.

    Raises
    ------
    RunError : the disk is full or fails
    """
    line = {"time": datetime.now(UTC).isoformat(timespec="seconds"), "event": event, **facts}
    path = folder / NAME
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False, allow_nan=False) + "\n")
    except OSError as problem:
        raise disk_error(path, problem) from problem


def machine() -> dict[str, Any]:
    """Return what the log says of the machine: for people, no result depends on it."""
    return {"python": platform.python_version(), "platform": platform.platform(), "process": os.getpid()}


def resume_command(folder: Path) -> str:
    """Return the command that finishes a run that was cut off."""
    text = str(folder)
    return f"redan forecast --resume {text if text.isalnum() or ' ' not in text else repr(text)}"
