"""Requests drawn from the OpenAPI document: whatever comes, the server answers, and never with a 5xx."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.views.web.conftest import SCENARIO, Site

EXAMPLES = 120


@pytest.fixture(scope="session")
def operations(idle: Site) -> list[Any]:
    """What the server says that it takes."""
    schema = schemathesis.openapi.from_dict(idle.get("/api/openapi.json"))
    found: list[Any] = list(schema.get_all_operations())
    return [one.ok() for one in found]


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_request_breaks_the_server(
    data: st.DataObject, operations: list[Any], idle: Site, address: str
) -> None:
    operation = data.draw(st.sampled_from(operations), label="operation")
    case = data.draw(operation.as_strategy(), label="case")
    follows = operation.path.endswith("/progress")
    if "run_id" in case.path_parameters:  # most of what is drawn would not go beyond an unknown name
        case.path_parameters["run_id"] = "nothing" if follows or case.method == "DELETE" else idle.run
    if "name" in case.path_parameters:
        case.path_parameters["name"] = SCENARIO
    if isinstance(case.body, dict) and case.body.get("scenario") is not None:
        case.body["scenario"] = SCENARIO
    response = case.call(base_url=address, timeout=60)
    assert response.status_code < 500, response.text
    assert "Traceback" not in response.text
    if response.status_code >= 400:
        assert response.json()["faults"]
    for record in idle.desk.records():
        idle.desk.cancel(record.id)


def test_every_address_is_documented(idle: Site) -> None:
    told = idle.get("/api/openapi.json")
    page = idle.ask("GET", "/api/docs").text
    assert len(told["paths"]) > 15
    for path, methods in told["paths"].items():
        assert path in page
        assert all(one["description"] for one in methods.values())
