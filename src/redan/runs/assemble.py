"""From finished chunks to the files of the run folder, the manifest last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl

from redan.runs import manifest
from redan.runs.collect import Collector
from redan.runs.files import write_whole
from redan.runs.tables import (
    Names,
    Tables,
    control_table,
    daily_table,
    events_table,
    replications_table,
    series_table,
    write_table,
)
from redan.runs.world import World

MANIFEST: Final = "manifest.json"
Derive = Mapping[str, Callable[[Tables], pl.DataFrame]]  # file name without `.parquet` -> how to make it
Finished = Callable[[int, int], None]  # tables written, tables in all


def assemble(
    folder: Path,
    request: dict[str, Any],
    world: World,
    names: Names,
    collector: Collector,
    derive: Derive,
    finished: Finished = lambda done, total: None,
) -> None:
    """Write every table over the replications that all courses have, then the manifest.

    A manifest that is there says that every file beside it is whole: an older one goes first. The sums are
    released on the way, so the collector is used up.

    Raises
    ------
    RunError : the disk is full or fails; what is there is no longer taken for a finished run
    """
    (folder / MANIFEST).unlink(missing_ok=True)
    done, chunks = collector.done, collector.chunks
    files: dict[str, dict[str, Any]] = {}

    def put(name: str, table: pl.DataFrame) -> pl.DataFrame:
        path = folder / f"{name}.parquet"
        write_whole(path, lambda file: write_table(table, file))
        files[path.name] = {"rows": table.height, "sha256": manifest.file_hash(path)}
        finished(len(files), 5 + len(derive))
        return table

    rows = collector.rows
    replications = put("replications", replications_table(world, chunks, rows, done))
    daily = put("daily", daily_table(world, collector.fold))
    put("control", control_table(world, collector.fold))
    collector.fold.release()
    put("events", events_table(world, names, chunks, rows, done))
    put("series", series_table(world, chunks, rows, done))
    tables = Tables(request, done, replications, daily)
    for name, make in derive.items():
        put(name, make(tables))
    complete = done == collector.replications
    document = {**request, "replications_done": done, "complete": complete, "files": files}
    content = manifest.canonical(document)
    write_whole(folder / MANIFEST, lambda file: file.writelines((content,)))
