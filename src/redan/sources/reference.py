"""The reference class: urban and fortified battles since 1914, and approaches to towns, one row each."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Final, Literal, get_args

from redan.vocabulary.documents import Readable, read_limited
from redan.vocabulary.errors import Fault, InputError, quote, suggest

Clock = Literal["within_5km", "assault"]
EndState = Literal["stormed", "withdrawn", "starved", "surrendered", "held", "censored"]
ApproachEnd = Literal["fight", "receded", "censored"]
Isolated = Literal["no", "late", "yes"]
Grade = Literal["A", "B", "C"]
#: Ends in which the town changed hands, whatever became of its garrison.
TAKEN: Final = frozenset({"stormed", "withdrawn", "starved", "surrendered"})
#: First and last day that a row may speak of.
FIRST_DAY: Final = date(1914, 1, 1)
LAST_DAY: Final = date(2025, 12, 12)
FOLDER: Final = "reference"


@dataclass(frozen=True)
class Battle:
    """One fight for a town or a fortified place; `bundled/reference/README.md` says what each column means.

    `attacker_men` and `defender_men` are rough totals, `town_population` is that before the fight; None
    where nothing usable is known.
    """

    id: str
    name: str
    war: str
    country: str
    geonameid: int | None
    clock: Clock
    start: date
    end: date
    end_state: EndState
    days: int
    attacker_men: int | None
    defender_men: int | None
    town_population: int | None
    isolated: Isolated
    grade: Grade
    source: str
    verified: str
    note: str

    @property
    def is_read(self) -> bool:
        """Whether a source was read for the row, not only remembered."""
        return self.verified.startswith("read")


@dataclass(frozen=True)
class Approach:
    """How the front came up to a town: first day within 20 and 10 km for good, and when the fight began."""

    id: str
    name: str
    war: str
    geonameid: int | None
    battle: str
    within_20km: date | None
    within_10km: date | None
    end: date
    end_state: ApproachEnd
    grade: Grade
    source: str
    verified: str
    note: str

    def cut(self, day: date) -> Approach:
        """The same row as it stood on a day before its end: what came later was not known."""
        begun = {
            name: when if when and when < day else None
            for name, when in (("within_20km", self.within_20km), ("within_10km", self.within_10km))
        }
        return replace(self, **begun, end=day, end_state="censored")  # type: ignore[arg-type]

    def since(self, km: int) -> date | None:
        """First day within `km` (20 or 10) of the town."""
        return {20: self.within_20km, 10: self.within_10km}[km]


@dataclass(frozen=True)
class ReferenceClass:
    """Battles and approaches, as far as they were known on one date."""

    battles: tuple[Battle, ...]
    approaches: tuple[Approach, ...]

    def known_on(self, day: date) -> ReferenceClass:
        """Leave out what began later, and censor on the day what ended later."""
        battles = [
            b
            if b.end <= day
            else replace(b, end=day, end_state="censored", days=(day - b.start).days)
            for b in self.battles
            if b.start < day
        ]  # fmt: skip
        approaches = [
            a if a.end <= day else a.cut(day)
            for a in self.approaches
            if min(begun for begun in (a.within_20km, a.within_10km) if begun) < day
        ]
        return ReferenceClass(tuple(battles), tuple(approaches))

    def without(self, geonameid: int | None) -> ReferenceClass:
        """Leave out every row of one town."""
        return ReferenceClass(
            tuple(b for b in self.battles if geonameid is None or b.geonameid != geonameid),
            tuple(a for a in self.approaches if geonameid is None or a.geonameid != geonameid),
        )


@cache
def load_reference_class() -> ReferenceClass:
    """Read the bundled reference class."""
    folder = resources.files("redan.bundled").joinpath(FOLDER)
    battles = read_battles(folder.joinpath("battles.csv"), "battles.csv")
    approaches = read_approaches(folder.joinpath("approaches.csv"), "approaches.csv")
    known = {battle.id for battle in battles}
    faults = [
        Fault("approaches.csv", row, "battle", f"{quote(a.battle)} is no battle", suggest(a.battle, [*known]))
        for row, a in enumerate(approaches, start=2)
        if a.battle and a.battle not in known
    ]
    if faults:
        raise InputError(faults)
    return ReferenceClass(battles, approaches)


def read_battles(path: Readable, shown: str) -> tuple[Battle, ...]:
    """Read a table of battles.

    Raises
    ------
    InputError
        Every fault, with line and field: a column, a date, a word or a number that cannot be, dates in the
        wrong order or outside 1914 to 2025-12-12, days that are not end minus start, an id given twice.
    """
    rows = _rows(path, shown, Battle)
    faults = [fault for line, battle in rows for fault in _battle_faults(shown, line, battle)]
    faults += _repeated(shown, [(line, battle.id) for line, battle in rows])
    if faults:
        raise InputError(faults)
    return tuple(battle for _, battle in rows)


def read_approaches(path: Readable, shown: str) -> tuple[Approach, ...]:
    """Read a table of approaches; raises as `read_battles`."""
    rows = _rows(path, shown, Approach)
    faults: list[Fault] = []
    for line, row in rows:
        faults += _day_faults(shown, line, {"end": row.end})
        begun = [day for day in (row.within_20km, row.within_10km) if day]
        if not begun:
            faults.append(Fault(shown, line, "within_20km", "no clock is given", "give one of the two days"))
        elif sorted([*begun, row.end]) != [*begun, row.end]:
            problem = "the days are not in order"
            faults.append(Fault(shown, line, "end", problem, "within 20 km, then 10 km, then the end"))
    faults += _repeated(shown, [(line, row.id) for line, row in rows])
    if faults:
        raise InputError(faults)
    return tuple(row for _, row in rows)


def _battle_faults(shown: str, line: int, battle: Battle) -> Iterable[Fault]:
    yield from _day_faults(shown, line, {"start": battle.start, "end": battle.end})
    days = (battle.end - battle.start).days
    if days < 1:
        yield Fault(shown, line, "end", "is not after the start", "give the day on which the fight ended")
    elif battle.days != days:
        problem = f"is {battle.days}, and from start to end are {days}"
        yield Fault(shown, line, "days", problem, f"write {days}, or mend a date")
    if not battle.source:
        yield Fault(shown, line, "source", "is empty", "name a public source with author and year")
    if battle.verified != "remembered" and not battle.verified.startswith("read: "):
        problem = f"{quote(battle.verified)} says not how the row was verified"
        yield Fault(shown, line, "verified", problem, "write remembered, or read: and what was read")
    if battle.is_read == (battle.grade == "C"):
        yield Fault(shown, line, "grade", "does not go with verified", "C where remembered, else B or A")


def _day_faults(shown: str, line: int, days: dict[str, date]) -> Iterable[Fault]:
    for name, day in days.items():
        if not FIRST_DAY <= day <= LAST_DAY:
            problem = f"{day} lies outside {FIRST_DAY} to {LAST_DAY}"
            yield Fault(shown, line, name, problem, "leave the row out, or censor it on the last day")


def _repeated(shown: str, ids: list[tuple[int, str]]) -> list[Fault]:
    count = Counter(name for _, name in ids)
    return [
        Fault(shown, line, "id", f"{quote(name)} is given twice", "give each row an id of its own")
        for line, name in ids
        if count[name] > 1
    ]


def _rows(path: Readable, shown: str, kind: type[Any]) -> list[tuple[int, Any]]:
    """Rows as objects of `kind` with their lines; every cell that cannot be read is a fault."""
    reader = csv.reader(io.StringIO(read_limited(path, shown)))
    header = next(reader, [])
    names = [field.name for field in fields(kind)]
    if header != names:
        wrong = next((name for name in header if name not in names), None)
        problem = (
            f"the columns are not {', '.join(names)}" if wrong is None else f"no column is {quote(wrong)}"
        )
        remedy = f"write the header {','.join(names)}" if wrong is None else suggest(wrong, names)
        raise InputError.of(shown, 1, wrong or "header", problem, remedy)
    found, faults = [], []
    for cells in reader:
        line = reader.line_num
        if len(cells) != len(names):
            problem = f"the row has {len(cells)} cells, not {len(names)}"
            faults.append(Fault(shown, line, "row", problem, "quote a cell that holds a comma"))
            continue
        values = {}
        for field, cell in zip(fields(kind), cells, strict=True):
            try:
                values[field.name] = _value(str(field.type), cell)
            except ValueError as error:
                problem, _, remedy = str(error).partition("; ")
                faults.append(Fault(shown, line, field.name, problem, remedy))
        if len(values) == len(names):
            found.append((line, kind(**values)))
    if faults:
        raise InputError(faults)
    return found


_WORDS: Final[dict[str, Any]] = {
    "Clock": Clock, "EndState": EndState, "ApproachEnd": ApproachEnd, "Isolated": Isolated, "Grade": Grade,
}  # fmt: skip


def _value(kind: str, cell: str) -> Any:
    """A cell as what its column holds; a ValueError's text is the problem and the remedy."""
    if kind in _WORDS:
        if cell not in (known := get_args(_WORDS[kind])):
            raise ValueError(f"{quote(cell)} is unknown; {suggest(cell, list(known))}")
        return cell
    if kind.endswith("| None") and not cell:
        return None
    if kind.startswith("date"):
        try:
            return date.fromisoformat(cell)
        except ValueError:
            raise ValueError(f"{quote(cell)} is no date; write it as 1944-10-21") from None
    if kind.startswith("int"):
        if not (cell.isascii() and cell.isdecimal()):
            raise ValueError(
                f"{quote(cell)} is no whole number; write it with digits only, or leave it empty"
            )
        return int(cell)
    return cell
