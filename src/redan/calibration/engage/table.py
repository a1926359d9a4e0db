"""Reads a table of battles: CSV in the columns of the design, blanks allowed, every fault with its line."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from redan.vocabulary.errors import Fault, InputError, quote, suggest

LARGEST_BYTES: Final = 64 * 1024 * 1024
MOST_ROWS: Final = 100_000
MOST_FAULTS: Final = 20  # [-] shown of one file: a wrong column repeats the same fault on every row
LONGEST_ID: Final = 200  # [characters]
#: Lowest and highest value of each number, in the unit of its name; whole numbers are marked below.
NUMBERS: Final[Mapping[str, tuple[float, float]]] = {
    "year": (1800, 2100),
    "attacker_men": (1, 5_000_000),
    "defender_men": (1, 5_000_000),
    "attacker_tanks": (0, 50_000),
    "defender_tanks": (0, 50_000),
    "attacker_guns": (0, 50_000),
    "defender_guns": (0, 50_000),
    "attacker_sorties": (0, 1_000_000),
    "defender_sorties": (0, 1_000_000),
    "front_km": (0.05, 5_000),
    "urban": (0, 1),
    "days": (1, 1_500),
}
WHOLE: Final = ("year", "urban", "days")
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "posture": ("hasty", "prepared", "fortified", "delay", "withdrawal"),
    "terrain": ("flat", "rolling", "rugged"),
    "cover": ("bare", "mixed", "wooded", "urban", "desert"),
}
COLUMNS: Final = (
    "id", "year", "attacker_men", "defender_men", "attacker_tanks", "defender_tanks", "attacker_guns",
    "defender_guns", "attacker_sorties", "defender_sorties", "front_km", "posture", "terrain", "cover",
    "urban", "days",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One battle as it was given; None where it is blank. Counts of sorties are over the whole battle."""

    id: str
    year: int | None = None
    attacker_men: float | None = None
    defender_men: float | None = None
    attacker_tanks: float | None = None
    defender_tanks: float | None = None
    attacker_guns: float | None = None
    defender_guns: float | None = None
    attacker_sorties: float | None = None
    defender_sorties: float | None = None
    front_km: float | None = None
    posture: str | None = None
    terrain: str | None = None
    cover: str | None = None
    urban: int | None = None
    days: int | None = None


def read_battles(path: str | Path) -> list[Row]:
    """Read a table of battles.

    Columns beside those of the design are left unread: the rules may not look at how a battle ended.

    Raises
    ------
    InputError
        Whatever is wrong with it, with lines.
    """
    shown = str(path)
    return parse_battles(read_text(Path(path), shown), shown)


def read_text(path: Path, shown: str) -> str:
    """The text of a table, which must be UTF-8 and not too large."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            limit = f"give at most {LARGEST_BYTES // 2**20} MiB"
            raise InputError.of(shown, 1, "file", "is too large", limit)
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise InputError.of(shown, 1, "file", reason, "give the path of a CSV file") from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise InputError.of(shown, line, "file", "is not UTF-8", "save it as UTF-8") from None


def parse_battles(text: str, shown: str) -> list[Row]:
    """Rows of a table given as text; `shown` names it in faults."""
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise InputError.of(shown, line, "file", "holds a NUL character", "save it as plain CSV")
    records = csv.reader(io.StringIO(text, newline=""), strict=True)
    faults: list[Fault] = []
    rows: list[Row] = []
    lines: dict[str, int] = {}
    try:
        header = [name.strip() for name in next(records, [])]
        _check_header(header, shown)
        for record in records:
            if not any(cell.strip() for cell in record):
                continue
            row = _Reader(shown, records.line_num, faults).row(header, record)
            if row is not None:
                _check_id(row, lines, shown, records.line_num, faults)
                rows.append(row)
            if len(faults) >= MOST_FAULTS or len(rows) > MOST_ROWS:
                break
    except csv.Error as error:
        at = max(1, records.line_num)
        raise InputError.of(shown, at, "row", f"is not CSV: {error}", "mend the row") from None
    if faults:
        raise InputError(faults)
    if not rows or len(rows) > MOST_ROWS:
        problem = f"has more than {MOST_ROWS:,} battles" if rows else "has no battles"
        raise InputError.of(shown, 1, "rows", problem, f"give 1 to {MOST_ROWS:,} rows under the header")
    return rows


def _check_header(header: Sequence[str], shown: str) -> None:
    if not any(header):
        remedy = f"begin with the header {','.join(COLUMNS[:4])},..."
        raise InputError.of(shown, 1, "header", "the file is empty", remedy)
    spare = [name for name in header if name not in COLUMNS]
    faults = [
        Fault(shown, 1, name, "the column is missing", _add(name, spare))
        for name in COLUMNS
        if name not in header
    ]
    faults += [
        Fault(shown, 1, name, "the column appears twice", "remove one")
        for name in COLUMNS
        if header.count(name) > 1
    ]
    if faults:
        raise InputError(faults)


def _add(name: str, spare: Sequence[str]) -> str:
    near = suggest(name, spare) if spare else ""
    add = "add it; blanks are allowed"
    return f"{add} ({near})" if near.startswith("did you") else add


def _check_id(row: Row, lines: dict[str, int], shown: str, line: int, faults: list[Fault]) -> None:
    if row.id in lines:
        problem = f"{quote(row.id)} stands on line {lines[row.id]} already"
        faults.append(Fault(shown, line, "id", problem, "give each battle an id of its own"))
    lines.setdefault(row.id, line)


class _Reader:
    """Reads one record; what is wrong goes to `faults`."""

    def __init__(self, shown: str, line: int, faults: list[Fault]) -> None:
        self.shown = shown
        self.line = line
        self.faults = faults

    def fault(self, field: str, problem: str, remedy: str) -> None:
        self.faults.append(Fault(self.shown, self.line, field, problem, remedy))

    def row(self, header: Sequence[str], record: Sequence[str]) -> Row | None:
        if len(record) != len(header):
            problem = f"has {len(record)} values where the header has {len(header)}"
            self.fault("row", problem, "give one value for each column; leave unknown ones blank")
            return None
        cells = {name: text.strip() for name, text in zip(header, record, strict=True) if name in COLUMNS}
        numbers = {name: self.number(name, cells[name]) for name in NUMBERS}
        words = {name: self.word(name, cells[name]) for name in WORDS}
        if not cells["id"] or len(cells["id"]) > LONGEST_ID:
            self.fault("id", "is blank" if not cells["id"] else "is too long", "give each battle a short id")
        return Row(cells["id"], **numbers, **words)  # type: ignore[arg-type]

    def number(self, name: str, text: str) -> float | int | None:
        if not text:
            return None
        low, high = NUMBERS[name]
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not low <= value <= high:  # also true of NaN
            remedy = f"give {low:,.10g} to {high:,.10g}, or leave it blank"
            self.fault(name, f"{quote(text)} is not a number in range", remedy)
            return None
        if name in WHOLE:
            if value != int(value):
                self.fault(name, f"{quote(text)} is not a whole number", "round it, or leave it blank")
                return None
            return int(value)
        return value

    def word(self, name: str, text: str) -> str | None:
        if not text:
            return None
        found = text.lower()
        if found not in WORDS[name]:
            self.fault(name, f"{quote(text)} is not a {name}", suggest(found, WORDS[name]))
            return None
        return found
