"""What requests bring: typed and bounded, so that nothing odd reaches the scenario's own checks."""

from __future__ import annotations

import math
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from redan.runs.prepare import DEFAULT_HORIZON_DAYS, DEFAULT_SEED, MOST_DAYS, MOST_SEED
from redan.scenario.editing.compose import Changes
from redan.scenario.editing.drawing import Drawn
from redan.vocabulary.plain import walk

DEEPEST: Final = 12
MOST_NODES: Final = 50_000
LONGEST_NAME: Final = 200
LONGEST_TEXT: Final = 2 * 1024 * 1024
#: Replications of a run that a browser asked for, by default and at most.
USUAL_REPLICATIONS: Final = 200
MOST_REPLICATIONS: Final = 20_000
LARGEST_INTEGER: Final = 2**63


def _plain(value: Any) -> Any:
    """Refuse what no scenario can hold: too deep, too long, numbers that are none."""
    for count, (path, item) in enumerate(walk(value)):
        if count > MOST_NODES or len(path) > DEEPEST:
            raise ValueError("is too large or nested too deep")
        if isinstance(item, float) and not math.isfinite(item):
            raise ValueError("holds a number that is not finite")
        if isinstance(item, int) and abs(item) >= LARGEST_INTEGER:
            raise ValueError("holds a number that is too large")
    return value


Plain = Annotated[Any, AfterValidator(_plain)]
PlainMap = Annotated[dict[str, Any], AfterValidator(_plain)]
Name = Annotated[str, Field(max_length=LONGEST_NAME)]
Text = Annotated[str, Field(max_length=LONGEST_TEXT)]


class Closed(BaseModel):
    """A part of a request: unknown keys are faults."""

    model_config = ConfigDict(extra="forbid")


class Change(Closed):
    """One field of the scenario, set."""

    path: Name = Field(description="As `--set` addresses it: forces.attacker.drones_per_day.")
    value: Plain = Field(description="A plain value; null takes the key away.")


class Edit(Closed):
    """Something drawn on the map."""

    kind: Name = Field(description="belt, line_of_contact, stronghold or axis.")
    geometry: PlainMap = Field(description="GeoJSON geometry, degrees east and north.")
    properties: PlainMap = Field(default_factory=dict, description="What is said of it; all optional.")


class Draft(Closed):
    """A scenario with changes: the overlay first, then the changes, then what was drawn."""

    scenario: Name | None = Field(None, description="Name of a known scenario; null: files hold one.")
    overlay_yaml: Text | None = Field(None, description="Laid over the scenario before all else.")
    changes: list[Change] = Field(default_factory=list, max_length=1_000)
    edits: list[Edit] = Field(default_factory=list, max_length=200)
    files: dict[Name, Text] = Field(
        default_factory=dict, max_length=20, description="Files that scenario or overlay name."
    )

    def to_changes(self) -> Changes:
        """Return what is to be laid over the scenario."""
        return Changes(
            overlay=self.overlay_yaml or "",
            values=[(change.path, change.value) for change in self.changes],
            drawn=[Drawn(edit.kind, edit.geometry, edit.properties) for edit in self.edits],
            files=self.files,
        )


class RunRequest(Draft):
    """A run to be played."""

    courses: list[Name] = Field(default_factory=list, max_length=16, description="Empty: every course.")
    replications: int = Field(USUAL_REPLICATIONS, ge=1, le=MOST_REPLICATIONS)
    horizon_days: int = Field(DEFAULT_HORIZON_DAYS, ge=1, le=MOST_DAYS)
    seed: int = Field(DEFAULT_SEED, ge=0, le=MOST_SEED)
    layers_off: list[Name] = Field(default_factory=list, max_length=16, description="Layers of the defence.")
