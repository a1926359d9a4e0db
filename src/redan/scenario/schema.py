"""JSON schema of `scenario.yaml`, for editors and documentation."""

from __future__ import annotations

from typing import Any

from redan.scenario.models.scenario import ScenarioFields


def json_schema() -> dict[str, Any]:
    """Return the schema, generated from the models."""
    schema = ScenarioFields.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
