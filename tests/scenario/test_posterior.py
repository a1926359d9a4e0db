"""A fit takes the place of what the register alone gives, jointly, and never of what somebody stated."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from redan.scenario.parameters import draw
from redan.scenario.posterior import find_posterior, from_document, known_part, with_posterior
from redan.vocabulary.errors import InputError
from redan.vocabulary.parameters import BY_POSTERIOR, BY_SET, Parameter, load_register

AS_OF = dt.date(2025, 12, 12)
TEMPO = np.linspace(0.5, 1.5, 11)


def fit(**changed: Any) -> dict[str, Any]:
    rows = [[tempo, 0.01 / tempo] for tempo in TEMPO]
    document = {"name": "tried", "known": "2025-12-01", "rows": rows}
    return {**document, "columns": ["tempo", "withdraw_base_per_day"], **changed}


def register() -> dict[str, Parameter]:
    return load_register().at(AS_OF)


def test_draws_are_rows_of_the_fit() -> None:
    parameters = with_posterior(register(), from_document(fit(), "fit.json"))
    rows = draw(parameters, 7, range(300))
    assert np.allclose(rows["tempo"] * rows["withdraw_base_per_day"], 0.01)
    assert set(np.round(rows["tempo"], 9)) == set(np.round(TEMPO, 9))
    before = draw(register(), 7, range(300))
    assert (rows["effectiveness"] == before["effectiveness"]).all()  # others keep their luck


def test_its_marginal_and_source_are_said() -> None:
    tempo = with_posterior(register(), from_document(fit(), "fit.json"))["tempo"]
    assert tempo.origin == BY_POSTERIOR
    assert tempo.source.startswith("fitted: posterior tried; prior: ")
    assert tempo.ppf(np.array([0.0, 0.5, 1.0])) == pytest.approx([0.5, 1.0, 1.5])


def test_what_somebody_stated_stands() -> None:
    import dataclasses

    stated = register()
    stated["tempo"] = dataclasses.replace(stated["tempo"], value=3.0, origin=BY_SET)
    found = with_posterior(stated, from_document(fit(), "fit.json"))
    assert found["tempo"].value == 3.0
    assert found["withdraw_base_per_day"].origin == BY_POSTERIOR


def test_a_fit_may_identify_nothing() -> None:
    empty = from_document(fit(columns=[], rows=[[]]), "fit.json")
    assert with_posterior(register(), empty) == register()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"columns": ["tempo", "tempi"]}, "tempi is not a parameter"),
        ({"rows": [[1.0, 0.004], [90.0, 0.004]]}, "tempo is outside"),
        ({"rows": []}, "must be 1 to"),
        ({"known": "soon"}, "is no posterior"),
    ],
)
def test_a_bad_fit_is_refused(changed: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        from_document(fit(**changed), "fit.json")


def test_a_scenario_of_an_earlier_day_draws_from_the_part_that_was_known_by_then() -> None:
    part = {"known": "2024-06-18", "columns": ["tempo"], "rows": [[0.2], [0.3]]}
    whole = from_document(fit(fit={"held_out": part}), "fit.json")
    assert known_part(whole, whole.known) is whole
    early = known_part(whole, dt.date(2024, 8, 1))
    assert early is not None
    assert early.name == f"{whole.name} until 2024-06-18"
    assert (early.columns, early.rows.tolist()) == (("tempo",), [[0.2], [0.3]])
    assert known_part(whole, dt.date(2024, 6, 17)) is None
    assert known_part(from_document(fit(), "fit.json"), dt.date(2024, 8, 1)) is None


def test_no_scenario_draws_from_facts_later_than_its_date(tmp_path: Path) -> None:
    path = tmp_path / "fit.json"
    path.write_text(json.dumps(fit()))
    assert find_posterior(path, AS_OF) is not None
    assert find_posterior("priors", AS_OF) is None
    with pytest.raises(InputError, match="rests on facts up to 2025-12-01"):
        find_posterior(path, dt.date(2024, 8, 1))
    with pytest.raises(InputError, match="no such file"):
        find_posterior(tmp_path / "none.json", AS_OF)
