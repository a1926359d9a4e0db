"""Files that are whole or absent: written under another name, flushed to the disk, then renamed."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Final

import numpy as np
from numpy.typing import NDArray

from redan.runs.faults import RunError, refuse

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

Arrays = dict[str, NDArray[Any]]
MAGIC: Final = b"redan-arrays-1\n"  # at the end: a file cut short has none
PIECE: Final = 1 << 22  # bytes packed at a time
DIGEST_SIZE: Final = 32
LOCK_NAME: Final = ".lock"


def write_whole(path: Path, write: Callable[[IO[bytes]], None], *, durable: bool = True) -> None:
    """Write a file so that it is there complete, or not at all, whenever the process ends.

    Parameters
    ----------
    durable : also outlive a power cut; not needed where a checksum tells a damaged file, which costs less

    Raises
    ------
    RunError : the disk is full or fails; nothing half-written is left behind
    """
    temporary = path.with_name(f".tmp-{path.name}")
    try:
        with temporary.open("wb") as file:
            write(file)
            flush(file, durable=durable)
        os.replace(temporary, path)
        if durable:
            _sync_folder(path.parent)
    except OSError as problem:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise disk_error(path, problem) from problem
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def flush(file: IO[bytes], *, durable: bool) -> None:
    """Hand what was written to the system, and to the disk itself where it must outlive a power cut."""
    file.flush()
    if durable:
        os.fsync(file.fileno())


def disk_error(path: Path, problem: OSError) -> RunError:
    """Say what the disk did, which file it was, and what to do."""
    again = "then run the same command again to go on"
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return RunError(f"{path}: the disk is full; free some space, {again}")
    reason = problem.strerror or str(problem)
    return RunError(f"{path}: cannot be written ({reason}); mend that, {again}")


def _sync_folder(folder: Path) -> None:
    """Flush the folder itself, so that the rename outlives a power cut; not every system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_arrays(
    path: Path, arrays: Mapping[str, NDArray[Any]], *, packed: bool = True, durable: bool = False
) -> int:
    """Write named arrays with their checksum; return the size in bytes.

    Packed piece by piece: the sums of a large run are not held in memory twice. Packing pays for counts,
    which are runs of equal bytes, and not for measures.
    """
    size = 0

    def write(file: IO[bytes]) -> None:
        nonlocal size
        packer = zlib.compressobj(1 if packed else 0)
        digest = hashlib.blake2b(digest_size=DIGEST_SIZE)
        for piece in _pieces(arrays):
            block = packer.compress(piece)
            digest.update(block)
            file.write(block)
        block = packer.flush()
        digest.update(block)
        file.write(block)
        file.write(digest.digest() + MAGIC)
        size = file.tell()

    write_whole(path, write, durable=durable)
    return size


def _pieces(arrays: Mapping[str, NDArray[Any]]) -> Iterator[bytes | memoryview]:
    whole = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    header = {name: [array.dtype.str, array.shape] for name, array in whole.items()}
    text = json.dumps(header).encode()
    yield len(text).to_bytes(8, "little") + text
    for array in whole.values():
        raw = array.reshape(-1).view(np.uint8).data
        for start in range(0, raw.nbytes, PIECE):
            yield raw[start : start + PIECE]


def read_arrays(path: Path) -> Arrays | None:
    """Read what `write_arrays` wrote; None where the file is missing, cut short or damaged."""
    try:
        content = memoryview(path.read_bytes())
    except OSError:
        return None
    tail = DIGEST_SIZE + len(MAGIC)
    packed, end = content[:-tail], bytes(content[-tail:])
    if end != hashlib.blake2b(packed, digest_size=DIGEST_SIZE).digest() + MAGIC:
        return None
    raw = memoryview(zlib.decompress(packed))
    start = 8 + int.from_bytes(raw[:8], "little")
    arrays: Arrays = {}
    for name, (kind, shape) in json.loads(bytes(raw[8:start])).items():
        array = np.empty(shape, np.dtype(kind))
        array.reshape(-1).view(np.uint8)[:] = np.frombuffer(raw[start : start + array.nbytes], np.uint8)
        arrays[name] = array
        start += array.nbytes
    return arrays


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder for this process alone; the system lets go of it even if the process is killed.

    Raises
    ------
    InputError : another process works on the folder
    RunError : the folder cannot be written
    """
    path = folder / LOCK_NAME
    handle = _acquire(path, folder)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink()
        os.close(handle)


def _acquire(path: Path, folder: Path) -> int:
    while True:
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as problem:
            raise disk_error(path, problem) from problem
        try:
            _lock(handle)
        except OSError:
            os.close(handle)
            raise refuse(
                folder, "another process is working on this run", "wait for it, or choose another --out"
            ) from None
        # The holder before us may have removed the file between our opening and our locking it.
        with contextlib.suppress(FileNotFoundError):
            if os.fstat(handle).st_ino == os.stat(path).st_ino:
                return handle
        os.close(handle)


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
