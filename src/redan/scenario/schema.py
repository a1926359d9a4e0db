"""JSON schema of `scenario.yaml`, for editors and documentation."""

from __future__ import annotations

import json
from typing import Any, Final

from redan.scenario.models.scenario import ScenarioFields

#: File beside a scenario, and in the reference, that holds the schema.
SCHEMA_FILE: Final = "scenario.schema.json"
#: First line of a scenario by which the YAML language server finds it.
MODELINE: Final = f"# yaml-language-server: $schema={SCHEMA_FILE}"


def json_schema() -> dict[str, Any]:
    """Return the schema, generated from the models."""
    schema = ScenarioFields.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def schema_text() -> str:
    """The schema as it is published."""
    return json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"
