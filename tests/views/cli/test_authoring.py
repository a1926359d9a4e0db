"""`redan new` and `redan read` as a newcomer meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from redan.views.cli.authoring import name_of
from tests.views.cli.conftest import Run

TEXTS = Path(__file__).resolve().parents[2] / "sources" / "reading" / "texts"
pytestmark = pytest.mark.usefixtures("elsewhere")


@pytest.fixture
def dateline(tmp_path: Path) -> str:
    """A text in the current folder."""
    path = tmp_path / "dateline.txt"
    path.write_text((TEXTS / "dateline.txt").read_text(encoding="utf-8"), encoding="utf-8")
    return path.name


def test_new_says_what_is_invented_and_how_to_go_on(redan: Run) -> None:
    code, out, err = redan("new", "my-theatre", "--around", "Sloviansk", "--radius-km", "30")
    assert (code, err) == (0, "")
    said = " ".join(out.split())
    assert "INVENTED: the line of contact" in said
    assert "real_place: false" in said
    assert "redan forecast my-theatre --replications 50 --horizon-days 365" in said
    assert redan("check", "my-theatre")[0] == 0


def test_new_as_a_document(redan: Run) -> None:
    code, out, err = redan("new", "isle", "--as-of", "2024-06-01", "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert told["scenario"] == told["folder"] == "isle"
    assert told["as_of"] == "2024-06-01"
    assert told["around"] is None
    assert told["line_is_invented"] is True
    assert told["check"]["ok"] is True
    assert told["files"] == [
        "README.md",
        "ground.csv",
        "line.geojson",
        "scenario.schema.json",
        "scenario.yaml",
    ]


def test_what_new_writes_can_be_forecast(redan: Run) -> None:
    redan("new", "isle", "--as-of", "2024-06-01")
    arguments = ("--replications", "5", "--horizon-days", "60", "--out", "run", "--json")
    code, out, _ = redan("forecast", "isle", *arguments)
    assert code == 0
    assert set(json.loads(out)["courses"]) == {"storm", "bypass", "hybrid"}


def test_read_shows_and_writes_drafts(redan: Run, dateline: str) -> None:
    code, out, err = redan("read", dateline)
    assert (code, err) == (0, "")
    said = " ".join(out.split())
    assert "Vovchansk, UA" in said
    assert "each status: draft" in said
    assert "INVENTED" in said
    assert redan("check", "dateline")[0] == 0
    code, out, _ = redan("claims", "dateline", "--json")
    assert code == 0
    assert json.loads(out)["verdicts"] == {"draft": 11}


def test_read_as_a_document(redan: Run, dateline: str) -> None:
    code, out, err = redan("read", dateline, "--out", "elsewhere", "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert told["folder"] == "elsewhere"
    assert {place["name"]: place["geonameid"] for place in told["places"]}["Volchansk"] == 689304
    far = next(row for row in told["found"] if row["quote"] == "about 60 km from Kharkov")
    assert (far["from"], far["to"], far["low"], far["unit"]) == ("Volchansk", "Kharkov", 60.0, "km")
    assert far["claim"] == "distance-volchansk-kharkov-about-60-km"
    assert {row["why"] for row in told["set_aside"]}
    assert told["last_day"] == "2024-05-14"
    assert told["check"]["as_of"] == "2024-05-14"
    assert told["claims"] == 11


def test_read_twice_gives_the_same_and_overwrites_nothing(redan: Run, dateline: str) -> None:
    first = json.loads(redan("read", dateline, "--out", "a", "--json")[1])
    second = json.loads(redan("read", dateline, "--out", "b", "--json")[1])
    assert first["found"] == second["found"]
    assert first["places"] == second["places"]
    line = "line.geojson"
    assert Path("a", line).read_bytes() == Path("b", line).read_bytes()
    code, out, err = redan("read", dateline, "--out", "a")
    assert (code, out) == (2, "")
    assert "is already there, and nothing is overwritten" in err


def test_a_confirmed_distance_is_judged(redan: Run, dateline: str) -> None:
    redan("read", dateline)
    claims = Path("dateline", "claims.yaml")
    text = claims.read_text(encoding="utf-8").replace("status: draft", "status: confirmed")
    claims.write_text(text, encoding="utf-8")
    verdicts = json.loads(redan("claims", "dateline", "--json")[1])["verdicts"]
    assert verdicts == {"supported": 1, "unchecked": 10}


def test_a_text_without_towns(redan: Run) -> None:
    code, out, err = redan("read", str(TEXTS / "noplace.txt"))
    assert (code, err) == (0, "")
    assert "No town was found." in out
    assert "No scenario: the text names no town" in out
    assert [path.name for path in Path("noplace").iterdir()] == ["claims.yaml"]


def test_a_text_with_nothing(redan: Run) -> None:
    Path("empty-handed.txt").write_text("Nothing happened.")
    code, out, err = redan("read", "empty-handed.txt", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["files"] == []
    assert not Path("empty-handed").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("new",),
        ("new", "Bad Name"),
        ("new", "two-belts"),
        ("new", "x", "--around", "Paris"),
        ("new", "x", "--around", "Kramatrosk"),
        ("new", "x", "--around", ""),
        ("new", "x", "--radius-km", "50"),
        ("new", "x", "--around", "704508", "--radius-km", "1000"),
        ("new", "x", "--around", "704508", "--radius-km", "wide"),
        ("new", "x", "--as-of", "tomorrow"),
        ("new", "x", "--attacker-from", "above"),
        ("new", "x", "--out", "here"),
        ("read",),
        ("read", "nowhere.txt"),
        ("read", "."),
        ("read", "here"),
        ("read", "binary"),
        ("read", "text", "--as-of", "2024-02-31"),
        ("read", "text", "--out", "here"),
    ],
)
def test_input_at_fault_is_one_line_and_2(redan: Run, arguments: tuple[str, ...]) -> None:
    Path("here").mkdir()
    Path("binary").write_bytes(bytes(range(256)))
    Path("text").write_text("He left Kramatorsk.")
    code, out, err = redan(*arguments)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert ";" in err
    assert "Traceback" not in err
    assert sorted(path.name for path in Path().iterdir()) == ["binary", "here", "text"]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("Über München (2)", "uber-munchen-2"),
        ("статья", "article"),
        ("two-belts", "two-belts-draft"),
        ("x" * 90, "x" * 50),
        ("---", "article"),
    ],
)
def test_any_file_name_makes_a_scenario_name(given: str, name: str) -> None:
    assert name_of(given) == name


def test_a_run_of_drafts_is_reported(redan: Run, dateline: str) -> None:
    """The report counts drafts among the verdicts, and misses none that no claim has."""
    redan("read", dateline)
    redan("forecast", "dateline", "--replications", "2", "--horizon-days", "30", "--out", "run")
    code, _, err = redan("report", "run")
    assert (code, err.count("\n")) == (0, 0), err
    assert "drafted by a program" in Path("run", "report.html").read_text(encoding="utf-8")
