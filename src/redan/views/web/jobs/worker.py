"""The process in which runs are played: takes one request a line, answers with lines of JSON.

A process of its own, so that a run that is cancelled, killed or crashes takes nothing with it: what it had
finished is in the run folder, and the same request goes on from there.

    python -m redan.views.web.jobs.worker

In: `{"request": the manifest without its results, "folder": path, "threads": n or null}`. Out, for each:
any number of `{"progress": [done, in all, phase]}`, then one of `{"end": "done"}`, `{"faults": [...]}` or
`{"error": "one line"}`. It ends when its input does.
"""

from __future__ import annotations

import dataclasses
import json
import os
import sys
import threading
from pathlib import Path
from typing import IO, Any, Final

from redan.vocabulary.errors import InputError, one_line

READY: Final = {"ready": True}


class Voice:
    """Writes lines of JSON to whoever started this process."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def say(self, document: dict[str, Any]) -> None:
        """Write one line; where nobody reads any more, end."""
        try:
            self._stream.write(json.dumps(document) + "\n")
            self._stream.flush()
        except OSError:
            os._exit(1)  # the server is gone: nobody waits for this run


def main() -> None:
    """Play what comes in until the input ends."""
    # Whatever a library prints must not be taken for an answer.
    voice = Voice(os.fdopen(os.dup(1), "w", encoding="utf-8"))
    os.dup2(2, 1)
    from redan.engine.campaign import run_campaign  # noqa: F401  ready before the first request
    from redan.forecast import run as _run  # noqa: F401

    voice.say(READY)
    for line in _lines():
        voice.say(_played(json.loads(line), voice))


def _lines() -> Any:
    """Lines of standard input, read beside the work: where it ends, this process ends at once."""
    import queue

    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()

    def read() -> None:
        for line in sys.stdin:
            waiting.put(line)
        os._exit(0)  # the server closed it or is gone

    threading.Thread(target=read, daemon=True).start()
    while True:
        yield waiting.get()


def _played(asked: dict[str, Any], voice: Voice) -> dict[str, Any]:
    """Play one request to its end and say how it ended."""
    from redan.forecast.run import play, rebuilt
    from redan.runs.faults import RunError

    def report(done: int, total: int, phase: str) -> None:
        voice.say({"progress": [done, total, phase]})

    try:
        _, _, job = rebuilt(asked["request"])
        play(job, Path(asked["folder"]), threads=asked["threads"], progress=report)
    except InputError as error:
        return {"faults": [dataclasses.asdict(fault) for fault in error.faults]}
    except RunError as error:
        return {"error": one_line(str(error))}
    except Exception as error:
        detail = (str(error).strip().splitlines() or ["no detail"])[0]
        return {"error": one_line(f"{type(error).__name__}: {detail}")}
    return {"end": "done"}


if __name__ == "__main__":
    main()
