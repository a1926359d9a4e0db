"""Settings and overlay files change what they name and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from redan.scenario.parameters import resolve
from redan.scenario.scenario import Scenario
from redan.vocabulary.errors import InputError

Load = Callable[..., Scenario]


@pytest.fixture
def overlay(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / f"overlay{len(list(tmp_path.glob('*.yaml')))}.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    "path",
    [
        "courses.storm.phases.assault.effort",
        "courses.storm.phases.1.effort",
        "courses.storm.phases[1].effort",
        "courses.storm.phases[assault].effort",
    ],
)
def test_items_are_addressed_by_name_or_index(load: Load, path: str) -> None:
    scenario = load(sets=[f"{path}=0.5"])
    assert [phase.effort for phase in scenario.courses["storm"].phases] == [1.0, 0.5]


def test_names_with_spaces_are_addressed_as_written_or_as_in_ids(load: Load) -> None:
    for path in ("roads.Coast Road.kind", "roads.coast-road.kind"):
        assert load(sets=[f"{path}=rail"]).roads[0].kind == "rail"


def test_only_what_is_set_changes(load: Load) -> None:
    before, after = load().resolved(), load(sets=["place.buffer_km=9"]).resolved()
    assert after["place"].pop("buffer_km") == 9
    assert before["place"].pop("buffer_km") == 8
    assert after == before


def test_settings_apply_in_order(load: Load) -> None:
    assert load(sets=["place.buffer_km=9", "place.buffer_km=10"]).place.buffer_km == 10


def test_values_may_be_lists_and_mappings(load: Load) -> None:
    scenario = load(sets=["schedules.defender.drones=[1, 2]", "courses.storm.phases.0.prefer={flank: 2}"])
    assert scenario.schedules.defender.drones == (1, 2)
    assert scenario.courses["storm"].phases[0].prefer.flank == 2


def test_null_removes(load: Load) -> None:
    assert (
        load(sets=["claims=null", "courses.storm.phases.1.shares=null"]).courses["storm"].phases[1].shares
        is None
    )


def test_a_number_over_a_quantity_fixes_it_and_says_who_did(load: Load) -> None:
    parameters = resolve(load(sets=["forces.attacker.men=9000", "parameters.tempo=2"]))
    men, tempo = parameters["attacker_men"], parameters["tempo"]
    assert (men.value, men.distribution.kind, men.origin, men.grade) == (9000, "fixed", "--set", "C")
    assert (tempo.value, tempo.unit, tempo.source) == (2, "-", "set by --set")
    assert parameters["defender_men"].origin == "scenario"


def test_the_word_fixed_keeps_the_central_value_and_its_source(load: Load) -> None:
    parameters = resolve(load(sets=["forces.attacker.men=fixed", "parameters.tempo=fixed"]))
    men, tempo = parameters["attacker_men"], parameters["tempo"]
    assert (men.value, men.distribution.kind, men.source) == (10_000, "fixed", "invented")
    assert (tempo.value, tempo.distribution.kind) == (1, "fixed")
    assert tempo.source == "judgement: invented for tests"


def test_a_number_inside_a_quantity_can_be_set(load: Load) -> None:
    men = resolve(load(sets=["forces.attacker.men.distribution.high=15000"]))["attacker_men"]
    assert men.distribution.numbers["high"] == 15_000
    assert men.origin == "--set"


def test_overlays_merge_mappings_and_named_items(load: Load, overlay: Callable[[str], Path]) -> None:
    text = """
        place: {buffer_km: 9}
        places:
          - {name: Harbour, residents: 5}
          - {name: Lighthouse, lon: -30.05, lat: 45.05}
        objectives: [Harbour, Lighthouse]
        """
    scenario = load(overlays=[overlay(text)])
    assert scenario.place.buffer_km == 9
    assert scenario.place.resolution == 6
    points = scenario.points()
    assert list(points) == ["North Cape", "Harbour", "South Point", "Lighthouse"]
    assert (points["Harbour"].residents, points["Harbour"].lon) == (5, -30.0)
    assert scenario.objectives == ("Harbour", "Lighthouse")


def test_later_overlays_win_and_settings_win_over_all(load: Load, overlay: Callable[[str], Path]) -> None:
    overlays = [overlay("place: {buffer_km: 9}"), overlay("place: {buffer_km: 10}")]
    assert load(overlays=overlays).place.buffer_km == 10
    assert load(overlays=overlays, sets=["place.buffer_km=11"]).place.buffer_km == 11


def test_a_distribution_of_another_kind_replaces_the_old_one(
    load: Load, overlay: Callable[[str], Path]
) -> None:
    text = "forces: {attacker: {men: {distribution: {kind: uniform, low: 7000, high: 9000}}}}"
    men = resolve(load(overlays=[overlay(text)]))["attacker_men"]
    assert dict(men.distribution.numbers) == {"low": 7000, "high": 9000}


def test_an_empty_overlay_changes_nothing(load: Load, overlay: Callable[[str], Path]) -> None:
    assert load(overlays=[overlay("# nothing\n")]).resolved() == load().resolved()


def test_faults_of_all_overlays_and_settings_are_collected(
    load: Load, overlay: Callable[[str], Path], tmp_path: Path
) -> None:
    bad = overlay("a: &x 1\n")
    with pytest.raises(InputError) as caught:
        load(overlays=[bad, tmp_path / "absent.yaml"], sets=["nothing", "place.buffer_km=-1"])
    assert [(fault.file, fault.field) for fault in caught.value.faults] == [
        (str(tmp_path / "absent.yaml"), "file"),
        (str(bad), "a"),
        ("--set", "nothing"),
        ("--set", "place.buffer_km"),
    ]
