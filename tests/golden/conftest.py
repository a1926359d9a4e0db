"""`pytest tests/golden --update-golden` writes the golden runs anew (the option is known in this folder)."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden runs instead of comparing"
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden runs are to be written: False where this folder's option was not read."""
    return bool(request.config.getoption("--update-golden", default=False))
