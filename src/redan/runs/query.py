"""SQL over a run folder with DuckDB: the tables can be read, nothing else can be reached."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from redan.runs.folder import RunFolder
from redan.vocabulary.errors import InputError, MissingExtra, one_line


def query(run: RunFolder, sql: str) -> pl.DataFrame:
    """Answer SQL over the tables of a run (`replications`, `daily`, `control` ... named after its files).

    The tables are handed to DuckDB as Arrow data that it can only read; files, the network, extensions and
    Python variables are shut off before the query is looked at.

    Raises
    ------
    InputError : DuckDB refuses the query
    MissingExtra : duckdb or pyarrow is not installed
    """
    duckdb, dataset = _packages()
    with duckdb.connect(":memory:") as connection:
        for name in run.manifest["files"]:
            connection.register(Path(name).stem, dataset(run.path / name, format="parquet"))
        for setting in (
            "enable_external_access = false",
            "python_enable_replacements = false",
            "autoinstall_known_extensions = false",
            "autoload_known_extensions = false",
            "lock_configuration = true",
        ):
            connection.execute(f"SET {setting}")
        try:
            relation = connection.sql(sql)
            found: pl.DataFrame = pl.DataFrame() if relation is None else relation.pl()
        except (duckdb.Error, RuntimeError) as problem:
            text = one_line(" ".join(str(problem).partition("\n\n")[0].split()))
            remedy = f"the tables are {', '.join(Path(name).stem for name in run.manifest['files'])}"
            raise InputError.of("--sql", 1, "query", text, remedy) from None
    return found


def _packages() -> tuple[Any, Any]:
    try:
        import duckdb
    except ImportError:
        raise MissingExtra("query", "duckdb", "redan query") from None
    try:
        from pyarrow.dataset import dataset
    except ImportError:
        raise MissingExtra("query", "pyarrow", "redan query") from None
    return duckdb, dataset
