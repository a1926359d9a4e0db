"""Whatever stands in a scenario, the answer is a scenario or faults: never another error, never a hang.

20,000 mistakes in `make test`; REDAN_FUZZ=N plays N times as many of the random ones (`make fuzz`).
"""

from __future__ import annotations

import copy
import os
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redan.scenario.checks.review import Review
from redan.scenario.load import Written, check_mapping, read_written, review_written
from redan.scenario.overlays import apply_sets
from redan.scenario.scenario import Scenario
from redan.vocabulary.documents import parse_document
from redan.vocabulary.errors import InputError
from redan.vocabulary.parameters import Register
from redan.vocabulary.plain import Document, walk
from tests.scenario.conftest import ISLAND, TODAY
from tests.spoiling import GONE, TOKENS, Bounds, Change, changes_of, check_told, cut, spoilt

Load = Callable[..., Scenario]
Spoilt = TypeVar("Spoilt")

MORE = int(os.environ.get("REDAN_FUZZ", "1"))
ROUND = int(os.environ.get("REDAN_FUZZ_SEED", "20251212"))
SEVERAL = 3_000 * MORE  # two or three changes at once, all checks
SHAPES = 6_100 * MORE  # two or three changes at once, the shape alone
TEXTS = 1_000 * MORE
SETTINGS = 1_050 * MORE
EACH_S = 5.0  # [s] the first misspelt town of a letter is looked up among all towns: about half a second
GROW_MIB = 400  # [MiB] the table of towns is most of it

WRITTEN = read_written(ISLAND)
TEXT = (ISLAND / "scenario.yaml").read_text(encoding="utf-8")
FILES = {"line.geojson": (ISLAND / "line.geojson").read_text(encoding="utf-8")}
CHANGES = changes_of(WRITTEN.document.value, ROUND)


class Player:
    """Plays spoilt scenarios, within bounds, without reading a file."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.bounds = Bounds(each_s=EACH_S, grow_mib=GROW_MIB)

    def play(self, what: Spoilt, review: Callable[[Spoilt], object]) -> None:
        """Review, and check that what went wrong, if anything, is said as it should be."""
        with self.bounds.one(what):
            try:
                review(what)
            except InputError as error:
                check_told(error.faults, what)

    def whole(self, document: Document, faults: Sequence[Any] = ()) -> None:
        """Make every check, and write a scenario that passes them back."""
        check_mapping(document, "scenario.yaml")
        written = Written(document, None, "")
        register = self.register
        review_written(written, files=FILES, faults=faults, today=TODAY, register=register).resolved()

    def shape(self, document: Document) -> None:
        """Check the shape alone: what the schema says."""
        review = Review(document, register=self.register, today=TODAY, folder=None, shown="")
        review.check_shape()
        if review.faults:
            raise InputError(review.faults)


@pytest.fixture
def player(register: Register) -> Player:
    return Player(register)


def spoilt_document(changes: Sequence[Change]) -> Document:
    return Document(spoilt(WRITTEN.document.value, changes), WRITTEN.document.marks)


def several(count: int, seed: int) -> Iterator[list[Change]]:
    """Two or three changes at once, no set of them twice."""
    rng = random.Random(seed)
    seen: set[int] = set()
    while len(seen) < count:
        drawn = rng.randrange(len(CHANGES) ** rng.randint(2, 3))
        if drawn not in seen:
            seen.add(drawn)
            yield [CHANGES[number] for number in _digits(drawn)]


def _digits(number: int) -> Iterator[int]:
    """Two or three numbers of changes that were packed into one."""
    while number:
        number, digit = divmod(number, len(CHANGES))
        yield digit


def test_every_single_change(player: Player) -> None:
    for change in CHANGES:
        player.play([change], lambda changes: player.whole(spoilt_document(changes)))
    player.bounds.check("single changes")


def test_several_changes(player: Player) -> None:
    for changes in several(SEVERAL, ROUND):
        player.play(changes, lambda changes: player.whole(spoilt_document(changes)))
    player.bounds.check("several changes")


def test_the_shape_alone(player: Player) -> None:
    for changes in several(SHAPES, ROUND + 1):
        player.play(changes, lambda changes: player.shape(spoilt_document(changes)))
    player.bounds.check("several changes, shape alone")


def test_spoilt_text(player: Player) -> None:
    rng = random.Random(ROUND)
    for _ in range(TEXTS):
        player.play(cut(rng, TEXT), lambda text: player.whole(parse_document(text, "scenario.yaml")))
    player.bounds.check("spoilt texts")


def test_spoilt_settings(player: Player) -> None:
    rng = random.Random(ROUND)
    paths = [".".join(map(str, path)) for path, _ in walk(WRITTEN.document.value) if path]
    joins = ("=", "=", "=", "", "==", ".x=", "[0]=", ".=")
    values = (*TOKENS, "1", "-1", "0.5", "fixed", "[1, 2]", "{a: 1}", "null", "Harbour", "true")

    def setting(label: str) -> None:
        document = Document(copy.deepcopy(WRITTEN.document.value), dict(WRITTEN.document.marks))
        player.whole(document, apply_sets(document, [label]))

    for _ in range(SETTINGS):
        player.play(rng.choice(paths) + rng.choice(joins) + rng.choice(values), setting)
    player.bounds.check("spoilt settings")


def test_as_many_as_promised() -> None:
    assert len(CHANGES) + SEVERAL + SHAPES + TEXTS + SETTINGS >= 20_000


def test_a_change_leaves_the_tree_alone() -> None:
    tree = {"a": [1, {"b": 2}], "c": 3}
    assert spoilt(tree, [(("a", 1, "b"), GONE), (("a", 1, "b"), 7), (("c",), 4)]) == {"a": [1, {}], "c": 4}
    assert tree == {"a": [1, {"b": 2}], "c": 3}


def test_the_bounds_are_kept(register: Register) -> None:
    """Error sought: a bound that lets a hang or a hoard pass."""
    slow = Bounds(each_s=0.01, grow_mib=GROW_MIB)
    with pytest.raises(AssertionError, match=r"0\.\d s for 'a count'"), slow.one("a count"):
        sum(range(3_000_000))
    large = Bounds(each_s=EACH_S, grow_mib=50)
    hoard = bytearray(os.urandom(1)) * (200 * 2**20)
    if Path("/proc/self/clear_refs").exists():
        with pytest.raises(AssertionError):
            large.check("a hoard")
    assert len(hoard) == 200 * 2**20


@given(st.text(max_size=30))
def test_any_setting(load: Load, text: str) -> None:
    try:
        load(ISLAND, sets=[text])
    except InputError as error:
        check_told(error.faults, text)


@pytest.mark.parametrize("name", ["line.geojson", "scenario.yaml"])
def test_binary_files(load: Load, island: Path, name: str) -> None:
    (island / name).write_bytes(bytes(range(256)) * 10)
    with pytest.raises(InputError) as caught:
        load(island)
    check_told(caught.value.faults, name)
