"""Verdicts: the article's claims, and the edges of each judge."""

from __future__ import annotations

from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from redan.sources import claim_facts, claims
from redan.sources.claim_checks import check_claim, check_claims, same
from redan.sources.claim_grounds import Finding, Grounds, ParameterFact, RunFacts
from redan.sources.claims import Claim, Claims
from redan.sources.claims_reader import read_claims
from redan.sources.ledger import data_root, find_copy

AS_OF = date(2025, 12, 12)
FOLDER = resources.files("redan.bundled") / "scenarios" / "slavyansk-kramatorsk"


@pytest.fixture(scope="module")
def listed() -> Claims:
    return read_claims(FOLDER / "claims.yaml", "claims.yaml", as_of=AS_OF)


@pytest.fixture(scope="module")
def found(listed: Claims) -> dict[str, Finding]:
    """Findings on a machine without any data or run."""
    findings = check_claims(listed, Grounds(AS_OF, "slavyansk-kramatorsk"))
    return {finding.claim.id: finding for finding in findings}


def _claim(check: dict[str, Any]) -> Claim:
    return Claim.model_validate(
        {
            "id": "made",
            "paragraph": 1,
            "who": "test",
            "says": "so",
            "hedge": "flat",
            "kind": "check",
            "becomes": {"mechanism": "none", "shown_by": "none"},
            "check": check,
        }
    )


def _run(**changes: Any) -> RunFacts:
    base: dict[str, Any] = {
        "path": "run",
        "replications": 100,
        "horizon_days": 1095,
        "p_by_day": {"storm": {"ended": {180: 0.1, 365: 0.3, 1095: 0.6}, "breakthrough:north": {1095: 0.02}}},
        "day": {"storm": {"ended": {"p10": 180.0, "p50": 700.0, "p90": None}}},
        "comparison": [{"a": "storm", "b": "bypass", "measure": "ended", "p_a_better": 0.25}],
    }
    return RunFacts(**{**base, **changes})


def test_every_claim_is_answered_without_data(found: dict[str, Finding]) -> None:
    assert len(found) >= 14
    assert all(finding.says for finding in found.values())
    unchecked = [f for f in found.values() if isinstance(f.claim.check, claims.Shipped)]
    assert all(f.checked == ("not checked here: data absent",) for f in unchecked)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("seversk-slavyansk-36-km", "supported"),
        ("front-kramatorsk-14-km", "partly"),
        ("comparable-scale", "contradicted"),
        ("pokrovsk-mirnograd-a-year", "partly"),
        ("seversk-taken", "partly"),
        ("breakthrough-extremely-difficult", "supported"),
        ("bypass-far-more-effective", "open"),
        ("same-pace-similar-time", "open"),
        ("drone-zone-20-km", "partly"),
    ],
)
def test_verdicts_of_the_article(found: dict[str, Finding], claim: str, verdict: str) -> None:
    assert found[claim].verdict == verdict


def test_distances(found: dict[str, Finding]) -> None:
    assert found["seversk-slavyansk-36-km"].numbers["distance_km"] == pytest.approx(36.69, abs=0.01)
    numbers = found["front-kramatorsk-14-km"].numbers
    assert numbers["to_centre_km"] == pytest.approx(19.7)
    assert numbers["to_edge_km"] == pytest.approx(15.4)


def test_clocks_are_stated_and_the_analogue_is_censored(found: dict[str, Finding]) -> None:
    finding = found["pokrovsk-mirnograd-a-year"]
    assert finding.numbers["pokrovsk_days_since_within_10km"] == 417
    assert finding.numbers["pokrovsk_days_since_contested"] == 40
    assert finding.says.count("not ended by 2025-12-12 (censored)") == 2


def test_shipped_facts_are_those_of_the_data(listed: Claims) -> None:
    checks = [claim.check for claim in listed.claims if isinstance(claim.check, claims.Shipped)]
    root = data_root()
    if root is None:
        pytest.skip("no data folder on this machine")
    for check in checks:
        path = find_copy(check.dataset, root).path
        assert path is not None
        derived = claim_facts.derive(check, path, AS_OF)
        assert set(derived) == set(check.facts)
        for name, value in derived.items():
            assert same(value, check.facts[name]), name


def test_no_fact_or_evidence_is_younger_than_the_forecast(listed: Claims) -> None:
    for claim in listed.claims:
        assert all(evidence.date <= AS_OF for evidence in claim.evidence)
        if isinstance(claim.check, claims.Shipped):
            assert all(v <= AS_OF for v in claim.check.facts.values() if isinstance(v, date))


def test_the_scenarios_own_line_is_measured(listed: Claims) -> None:
    claim = next(c for c in listed.claims if c.id == "front-kramatorsk-14-km")
    line = [(37.56779, 48.53), (37.56779, 48.55)]  # its end is 0.18106 degrees, 20.13 km, due south
    finding = check_claim(claim, Grounds(AS_OF, "s", line=line, line_date=AS_OF))
    assert finding.numbers["own_line_to_centre_km"] == pytest.approx(20.1, abs=0.05)


@pytest.mark.parametrize(
    ("says", "verdict"), [(12, "supported"), (20, "partly"), (40, "contradicted"), (4, "contradicted")]
)
def test_parameter(says: float, verdict: str) -> None:
    check = {
        "kind": "parameter",
        "name": "depth",
        "meaning": "how deep",
        "unit": "km",
        "says": says,
        "independent": [10, 15],
        "source": "x",
        "stretch": 1.5,
    }
    grounds = Grounds(AS_OF, "s", parameters={"depth": ParameterFact(18, 15, 24, "km", "B")})
    finding = check_claim(_claim(check), grounds)
    assert finding.verdict == verdict
    assert finding.numbers["used_high"] == 24


def test_forecast_answers_from_a_run() -> None:
    check = {"kind": "forecast", "events": ["ended"], "within_days": 365}
    finding = check_claim(_claim(check), Grounds(AS_OF, "s", run=_run()))
    assert finding.verdict == "answered"
    assert finding.numbers == {"storm.ended.p_by_365": 0.3}
    assert "10, 50, 90 % by day 180, 700, past the horizon" in finding.says


def test_forecast_of_one_course_only() -> None:
    check = {"kind": "forecast", "events": ["ended"], "courses": ["as_is"], "within_days": 365}
    finding = check_claim(_claim(check), Grounds(AS_OF, "s", run=_run()))
    assert (finding.verdict, "redan forecast s --course as_is" in finding.says) == ("open", True)


def test_forecast_without_a_run_names_the_command() -> None:
    check = {"kind": "forecast", "events": ["ended"], "within_days": 365}
    finding = check_claim(_claim(check), Grounds(AS_OF, "here"))
    assert (finding.verdict, "redan forecast here" in finding.says) == ("open", True)


def test_forecast_of_events_a_run_does_not_have() -> None:
    check = {"kind": "forecast", "events": ["taken:nowhere"], "within_days": 365}
    assert check_claim(_claim(check), Grounds(AS_OF, "s", run=_run())).verdict == "open"


def test_comparison_either_way_round() -> None:
    check = {"kind": "comparison", "a": "bypass", "b": "storm", "measures": ["ended"]}
    finding = check_claim(_claim(check), Grounds(AS_OF, "s", run=_run()))
    assert finding.numbers == {"p_bypass_better.ended": 0.75}


def test_breakthrough_in_the_run_is_reported(listed: Claims) -> None:
    claim = next(c for c in listed.claims if c.id == "breakthrough-extremely-difficult")
    finding = check_claim(claim, Grounds(AS_OF, "s", run=_run()))
    assert finding.numbers["p_breakthrough_in_run"] == 0.02


def test_no_claim_repeats_the_text() -> None:
    article = Path(__file__).parents[3] / "shared" / "mission" / "article.txt"
    if not article.is_file():
        pytest.skip("no article on this machine")
    words = " ".join(article.read_text().lower().split())
    for claim in read_claims(FOLDER / "claims.yaml", "claims.yaml").claims:
        said = claim.says.lower().rstrip(".").split()
        runs = (" ".join(said[i : i + 8]) for i in range(len(said) - 7))
        assert not any(run in words for run in runs), claim.id
