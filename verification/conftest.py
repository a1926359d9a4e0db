"""Settings of the verification suite: a fresh report, and time for long ensembles."""

from __future__ import annotations

import pytest

from verification.worlds import REPORT


def pytest_sessionstart(session: pytest.Session) -> None:
    """Start a new report."""
    REPORT.unlink(missing_ok=True)
