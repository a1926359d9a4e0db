"""Finished chunks on disk, from which a run that was cut off goes on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final

from redan.runs.chunk import Chunk, ChunkResult
from redan.runs.files import Arrays, read_arrays, write_arrays, write_whole
from redan.runs.fold import Fold

FOLDER: Final = ".chunks"
FOLD_FILE: Final = "sums.bin"
WORKERS_FILE: Final = "workers.json"
FOLD_BYTES: Final = 128 * 2**20  # of chunks waiting on disk before they are replaced by their sums


class ChunkStore:
    """The `.chunks` folder of a run.

    A chunk is two files: `rows` (kept until the tables are written) and `bulk` (what is added up). Once many
    chunks have been added up, their sums are written down and their `bulk` files removed, so that the disk
    a long run needs on its way does not grow with it.
    """

    def __init__(self, run: Path) -> None:
        self.folder = run / FOLDER
        self._waiting = 0  # bytes of bulk files since the sums were last written
        self._removed = 0  # bulk files of chunks below this index are gone

    def put(self, chunk: Chunk, result: ChunkResult) -> int:
        """Write a finished chunk; return the bytes of its bulk. `rows` comes last and makes it whole.

        Raises
        ------
        RunError : the disk is full or fails
        """
        size = write_arrays(self._path(chunk, "bulk"), result.bulk)
        write_arrays(self._path(chunk, "rows"), result.rows, packed=False)
        return size

    def rows(self, chunk: Chunk) -> Arrays | None:
        """Read a chunk's rows; None where it is not finished."""
        return read_arrays(self._path(chunk, "rows"))

    def bulk(self, chunk: Chunk) -> Arrays | None:
        """Read what of a chunk is to be added up; None where it is not finished."""
        return read_arrays(self._path(chunk, "bulk"))

    def take_up(self, fold: Fold) -> None:
        """Load the sums written down before the run was cut off, if there are any."""
        saved = read_arrays(self.folder / FOLD_FILE)
        if saved is not None and fold.take_up(saved):
            self._removed = fold.folded

    def has_bulk(self, chunk: Chunk) -> bool:
        """Whether a chunk's bulk is whole on disk."""
        return self.bulk(chunk) is not None

    def bulk_size(self, chunk: Chunk) -> int:
        """Bytes of a chunk's bulk on disk."""
        return self._path(chunk, "bulk").stat().st_size

    def folded(self, chunks: Sequence[Chunk], size: int, fold: Fold) -> None:
        """Note that these chunks have been added up; write the sums down when enough has gathered."""
        self._waiting += size
        if self._waiting < FOLD_BYTES:
            return
        write_arrays(self.folder / FOLD_FILE, fold.arrays(), durable=True)
        for chunk in chunks:
            if self._removed <= chunk.index < fold.folded:
                self._path(chunk, "bulk").unlink(missing_ok=True)
        self._waiting, self._removed = 0, fold.folded

    def note_unlike(self, differences: Collection[str]) -> None:
        """Write down in what workers differ whose chunks are here, beside what is noted already."""
        known = self.unlike()
        found = sorted({*known, *differences})
        if found != known:
            content = json.dumps(found, ensure_ascii=False).encode()
            write_whole(self.folder / WORKERS_FILE, lambda file: file.writelines((content,)))

    def unlike(self) -> list[str]:
        """In what workers differ whose chunks are here; empty: all are like this machine."""
        path = self.folder / WORKERS_FILE
        return [str(text) for text in json.loads(path.read_bytes())] if path.is_file() else []

    def remove(self) -> None:
        """Remove the folder: the tables are written."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, chunk: Chunk, part: str) -> Path:
        return self.folder / f"{chunk.index:06d}-{chunk.course}.{part}"
