"""A scenario that was read and found whole: the model tree, its files and where everything was written."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import PrivateAttr

from redan.scenario.geojson import Pocket, read_line, read_pockets
from redan.scenario.geometry import Area, LonLat, theatre_area
from redan.scenario.ground import read_ground
from redan.scenario.models.place import NamedPlace
from redan.scenario.models.scenario import ScenarioFields
from redan.sources import gazetteer
from redan.vocabulary.errors import Fault
from redan.vocabulary.outcomes import slug
from redan.vocabulary.parameters import Register, load_register
from redan.vocabulary.plain import Document, FieldPath, field_name

F64 = NDArray[np.float64]


@dataclass(frozen=True)
class Point:
    """A declared place with its position and residents.

    Attributes
    ----------
    name, slug, official, geonameid
        Identity.
    lon, lat
        Degrees.
    residents
        People, declared or by GeoNames; 0 where neither says.
    """

    name: str
    slug: str
    lon: float
    lat: float
    residents: float
    official: str | None
    geonameid: int | None


def point_of(place: NamedPlace) -> Point | None:
    """Position and residents of a declared place; None where it has none."""
    if place.lon is not None and place.lat is not None:
        lon, lat, residents = place.lon, place.lat, 0.0
    else:
        found = gazetteer.settlement(place.geonameid) if place.geonameid is not None else None
        if found is None:
            return None
        lon, lat, residents = found.lon, found.lat, float(found.population)
    if place.residents is not None:
        residents = place.residents.value
    return Point(place.name, slug(place.name), lon, lat, residents, place.official, place.geonameid)


class Scenario(ScenarioFields):
    """A whole scenario, frozen. Build it with `redan.scenario.load.load_scenario`."""

    _document: Document = PrivateAttr(default_factory=lambda: Document({}))
    _paths: dict[str, FieldPath] = PrivateAttr(default_factory=dict)
    _folder: Traversable | None = PrivateAttr(default=None)
    _files: dict[str, str] = PrivateAttr(default_factory=dict)
    _points: dict[str, Point] = PrivateAttr(default_factory=dict)
    _register: Register | None = PrivateAttr(default=None)

    def attach(
        self,
        document: Document,
        folder: Traversable | None,
        files: Mapping[str, str],
        register: Register | None,
    ) -> None:
        """Take over what belongs to the scenario but is not part of its model; called once by the loader."""
        self._document = document
        self._paths = {field_name(path): path for path in document.marks}
        self._folder = folder
        self._files = dict(files)
        self._register = register
        found = {place.name: point_of(place) for place in self.places}
        self._points = {name: point for name, point in found.items() if point is not None}

    @property
    def folder(self) -> Traversable | None:
        """Folder it was read from; None where it was rebuilt from a manifest."""
        return self._folder

    @property
    def document(self) -> Document:
        """What was written, with overlays and settings applied."""
        return self._document

    @property
    def register(self) -> Register:
        """Register of parameters it was checked against."""
        return self._register or load_register()

    @property
    def lines(self) -> dict[str, tuple[str, int]]:
        """File and line of every field, by path such as `roads[2].through[0]`."""
        return {name: (mark.file, mark.line) for name, mark in self._marks().items()}

    def _marks(self) -> dict[str, Any]:
        return {name: self._document.marks[path] for name, path in self._paths.items()}

    def fault(self, path: str, problem: str, remedy: str) -> Fault:
        """Build a fault about a field, at the line of it or of the nearest part that was written."""
        name = path
        while name and name not in self._paths:
            name = name[: max(name.rfind("."), name.rfind("["), 0)]
        fault = self._document.fault(self._paths.get(name, ()), problem, remedy)
        return Fault(fault.file, fault.line, path, problem, remedy)

    def file_text(self, name: str) -> str:
        """Text of a file that the scenario names."""
        return self._files[name]

    def file_hashes(self) -> dict[str, str]:
        """The sha256 of each file that the scenario names."""
        return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in sorted(self._files.items())}

    def points(self) -> dict[str, Point]:
        """Declared places by name, in their order, with positions and residents."""
        return dict(self._points)

    def lonlat(self, reference: str | LonLat) -> LonLat:
        """Position, in degrees, of a declared place or of a point given outright."""
        if isinstance(reference, str):
            point = self._points[reference]
            return point.lon, point.lat
        return reference

    def area(self) -> Area:
        """Outline of the theatre: the hull of `place.around`, buffered."""
        return theatre_area([self.lonlat(at) for at in self.place.around], self.place.buffer_km)

    def control_line(self) -> F64 | None:
        """Vertices [n, 2] (lon, lat) of the line of contact; None where the scenario has none."""
        return None if self.control is None else read_line(self._files[self.control.line], self.control.line)

    def pockets(self) -> list[Pocket]:
        """Isolated holdings: (side, polygon in degrees)."""
        if self.control is None or self.control.pockets is None:
            return []
        return read_pockets(self._files[self.control.pockets], self.control.pockets)

    def ground(self) -> dict[str, F64] | None:
        """Coarse ground: columns by name, each [row], NaN where unknown; None where there is none."""
        ground = self.place.ground
        return None if ground is None else read_ground(self._files[ground.file], ground.file)

    def resolved(self) -> dict[str, Any]:
        """Everything needed to rebuild it, JSON-able: the model and the text of its files."""
        return {**self.model_dump(mode="json", by_alias=True), "files": dict(sorted(self._files.items()))}
