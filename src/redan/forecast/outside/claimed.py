"""What the scenario's sources say of the time until objectives are taken, from the claims a run carries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from redan.sources.claims import ForecastCheck
from redan.sources.claims_reader import read_claims


class _Held:
    """The text of a file that the run holds."""

    def __init__(self, text: str) -> None:
        self._text = text

    def read_bytes(self) -> bytes:
        return self._text.encode()


def claimed_times(request: Mapping[str, Any], course: str) -> list[dict[str, Any]]:
    """Return the claims that a forecast of one course answers by a stated day.

    Parameters
    ----------
    request : the run's manifest
    course : claims that are about other courses only, or about every course, are left out

    Returns
    -------
    `id`, `who`, `says`, `within_days`, and `events`, for each.
    """
    resolved = request["resolved"]
    name = resolved.get("claims")
    text = (resolved.get("files") or {}).get(name)
    if text is None:
        return []
    claims = read_claims(_Held(text), name, as_of=date.fromisoformat(request["as_of"]))
    return [
        {
            "id": claim.id,
            "who": claim.who,
            "says": claim.says,
            "within_days": claim.check.within_days,
            "events": list(claim.check.events),
        }
        for claim in claims.claims
        if isinstance(claim.check, ForecastCheck) and course in claim.check.courses
    ]
