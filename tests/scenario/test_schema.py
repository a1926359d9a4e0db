"""The published schema: what an editor completes and explains is what the models accept."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from redan.scenario.bundled import bundled_names
from redan.scenario.schema import SCHEMA_FILE, json_schema, schema_text

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = ROOT / "src" / "redan" / "bundled" / "scenarios"


def test_the_published_schema_is_that_of_the_models() -> None:
    published = (ROOT / "docs" / "reference" / SCHEMA_FILE).read_text(encoding="utf-8")
    assert published == schema_text(), "run: redan schema --out docs/reference/scenario.schema.json"


def test_every_key_has_a_hover_text() -> None:
    schema = json_schema()
    bare = [name for name, said in _properties(schema) if not _explained(said, schema["$defs"])]
    assert bare == []


@pytest.mark.parametrize("name", bundled_names())
def test_an_editor_finds_no_fault_with_a_bundled_scenario(name: str) -> None:
    import jsonschema  # here: its grammars take seconds, which every worker that collects would wait for

    validator = jsonschema.Draft202012Validator(json_schema())
    written = _plain(YAML(typ="safe").load((SCENARIOS / name / "scenario.yaml").read_text(encoding="utf-8")))
    assert [error.message for error in validator.iter_errors(written)] == []
    written["objectvies"] = written.pop("objectives")
    assert list(validator.iter_errors(written))


def _properties(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        if isinstance(value.get("properties"), dict):
            yield from value["properties"].items()
        for item in value.values():
            yield from _properties(item)
    elif isinstance(value, list):
        for item in value:
            yield from _properties(item)


def _explained(said: dict[str, Any], definitions: dict[str, Any]) -> bool:
    target = definitions.get(said.get("$ref", "").rpartition("/")[2], {})
    return bool(said.get("description") or target.get("description"))


def _plain(value: Any) -> Any:
    """What a JSON validator sees of YAML: keys as text, dates as text."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return json.loads(json.dumps(value, default=dt.date.isoformat))
