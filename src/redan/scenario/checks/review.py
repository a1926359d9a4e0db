"""A scenario under review: its parts, whole or not, and the faults found so far.

Checks ask for one part at a time and skip those that do not even have the right shape (that is already a
fault), so that one mistake never hides another.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator, Sequence
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from redan.scenario.faults import faults_of, written_path
from redan.scenario.geometry import Area
from redan.scenario.models.place import NamedPlace
from redan.scenario.models.scenario import ScenarioFields
from redan.scenario.scenario import Point, point_of
from redan.vocabulary.errors import Fault
from redan.vocabulary.parameters import Register
from redan.vocabulary.plain import Document, FieldPath, value_at

Model = TypeVar("Model", bound=BaseModel)


class Review:
    """The document under review, with what the checks need to know.

    Parameters
    ----------
    document
        What was written, with overlays applied.
    register
        Register of parameters.
    today
        Date from which the age of the line of contact counts.
    folder, shown
        Where the files it names are, and how that folder is shown to the user.
    """

    def __init__(
        self,
        document: Document,
        *,
        register: Register,
        today: dt.date,
        folder: Traversable | None,
        shown: str,
    ) -> None:
        self.document = document
        self.register = register
        self.today = today
        self.folder = folder
        self.shown = shown
        self.faults: list[Fault] = []
        self.files: dict[str, str] = {}  # text of the files named, by name
        self.given: dict[str, str] = {}  # text that stands in for files of the folder, if they are named
        self.clean: Any = document.value  # what was written, without the keys that nothing reads
        self.area: Area | None = None  # outline of the theatre, once the geography was checked
        self._points: dict[str, Point] | None = None

    def fault(self, path: FieldPath, problem: str, remedy: str) -> None:
        """Add a fault about a field."""
        self.faults.append(self.document.fault(path, problem, remedy))

    def check_shape(self) -> None:
        """Validate the whole model; unknown keys are then left out of what the other checks see."""
        try:
            ScenarioFields.model_validate(self.document.value)
        except ValidationError as error:
            self.faults += faults_of(error, ScenarioFields, self.document)
            details = error.errors(include_url=False)
            unknown = [detail for detail in details if detail["type"] == "extra_forbidden"]
            if unknown:
                self.clean = copy.deepcopy(self.document.value)
            for detail in unknown:
                self._drop(written_path(detail, self.document))

    def _drop(self, path: FieldPath) -> None:
        value = self.clean
        for part in path[:-1]:
            value = value[part]
        if isinstance(value, dict) and path:
            value.pop(path[-1], None)

    def value_at(self, path: FieldPath) -> Any:
        """Value at `path`, None where there is none."""
        return value_at(self.clean, path)

    def model_at(self, path: FieldPath, model: type[Model], *, without: Sequence[str] = ()) -> Model | None:
        """The part at `path`, None where it is absent or misshapen; keys in `without` are left out."""
        value = self.value_at(path)
        if isinstance(value, dict):
            value = {key: item for key, item in value.items() if key not in without}
        try:
            return None if value is None else model.model_validate(value)
        except ValidationError:
            return None

    def items(
        self, path: FieldPath, model: type[Model], *, without: Sequence[str] = ()
    ) -> Iterator[tuple[FieldPath, Model]]:
        """Well-shaped items of the list or mapping at `path`, with their paths."""
        value = self.value_at(path)
        keys: list[Any] = []
        if isinstance(value, dict):
            keys = list(value)
        elif isinstance(value, list):
            keys = list(range(len(value)))
        for key in keys:
            found = self.model_at((*path, key), model, without=without)
            if found is not None:
                yield (*path, key), found

    def names_at(self, path: FieldPath) -> list[str]:
        """Names declared by the items of the list at `path`, whatever else is wrong with them."""
        value = self.value_at(path)
        items = value if isinstance(value, list) else []
        names = [item.get("name") for item in items if isinstance(item, dict)]
        return [name.strip() for name in names if isinstance(name, str)]

    def date_at(self, path: FieldPath) -> dt.date | None:
        """Date at `path`, None where it is not a date."""
        value = self.value_at(path)
        if isinstance(value, str):
            try:
                value = dt.date.fromisoformat(value)
            except ValueError:
                return None
        return value if isinstance(value, dt.date) else None

    @property
    def place_names(self) -> list[str]:
        """Names of the declared places."""
        return self.names_at(("places",))

    @property
    def points(self) -> dict[str, Point]:
        """Declared places with a position, by name."""
        if self._points is None:
            found = [point_of(place) for _, place in self.items(("places",), NamedPlace)]
            self._points = {point.name: point for point in found if point is not None}
        return self._points

    def lonlat(self, reference: str | tuple[float, float]) -> tuple[float, float] | None:
        """Position of a place or point, None where the place is unknown or has no position."""
        if not isinstance(reference, str):
            return reference
        point = self.points.get(reference)
        return None if point is None else (point.lon, point.lat)
