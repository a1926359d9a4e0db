"""Changes laid over a scenario: `--set a.b=v`, values set one by one in a page, and overlay files.

Mappings merge key by key (a distribution that states its kind replaces the old one); lists whose items
all have a `name` merge by it; any other list is replaced as a whole; `null` removes the key. Items of
lists are addressed by `name` or by index from 0.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from redan.scenario.models.quantities import FIXED_WORD, UNIT_OF_REGISTER
from redan.vocabulary.documents import parse_document
from redan.vocabulary.errors import Fault, InputError, quote, suggest
from redan.vocabulary.outcomes import slug
from redan.vocabulary.parameters import BY_SET
from redan.vocabulary.plain import Document, FieldPath, Mark, walk

NO_MARK: Final = Mark("", 1)


def merge(document: Document, overlay: Document) -> None:
    """Lay an overlay file over the document, in place.

    Raises
    ------
    InputError
        The overlay is not a mapping.
    """
    if overlay.value is None:
        return  # an empty file changes nothing
    if not isinstance(overlay.value, dict):
        mark = overlay.mark(())
        file = mark.file or "overlay"
        raise InputError.of(file, mark.line, "overlay", "is not a mapping", "write it as part of a scenario")
    _merge(document, (), overlay, (), document.value, overlay.value)


def _merge(
    document: Document, at: FieldPath, overlay: Document, from_: FieldPath, old: Any, new: Any
) -> None:
    """Merge the value `new`, at `from_` in the overlay, into `old`, at `at` in the document."""
    if isinstance(new, dict) and isinstance(old, dict):
        for key, value in new.items():
            _merge_key(document, (*at, key), overlay, (*from_, key), old, value)
    elif _all_named(new) and _all_named(old):
        for number, item in enumerate(new):
            found = next((i for i, other in enumerate(old) if other["name"] == item["name"]), None)
            if found is None:
                old.append(None)
                _put(document, (*at, len(old) - 1), old, item, overlay, (*from_, number))
            else:
                _merge(document, (*at, found), overlay, (*from_, number), old[found], item)


def _merge_key(
    document: Document, at: FieldPath, overlay: Document, from_: FieldPath, parent: dict[str, Any], value: Any
) -> None:
    key = str(at[-1])
    old = parent.get(key)
    # A distribution of another kind shares no numbers with the old one.
    is_whole = isinstance(value, dict) and "kind" in value and key == "distribution"
    both_maps = isinstance(old, dict) and isinstance(value, dict) and not is_whole
    if both_maps or (_all_named(old) and _all_named(value)):
        _merge(document, at, overlay, from_, old, value)
    elif value is None:
        _forget(document, at, parent.pop(key, None))
        # The removed key leaves its mark, so that "is missing" points at the overlay that removed it.
        document.marks[at] = overlay.marks.get(from_, NO_MARK)
    else:
        _put(document, at, parent, value, overlay, from_)


def _all_named(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(item, dict) and isinstance(item.get("name"), str) for item in value)
    )


def _put(
    document: Document,
    at: FieldPath,
    parent: dict[str, Any] | list[Any],
    value: Any,
    overlay: Document,
    from_: FieldPath,
) -> None:
    """Place a value with its marks at `at`, instead of what stood there."""
    key: Any = at[-1]
    _forget(document, at, parent.get(key) if isinstance(parent, dict) else parent[key])
    parent[key] = value
    for path, _ in walk(value, from_):
        if path in overlay.marks:
            document.marks[(*at, *path[len(from_) :])] = overlay.marks[path]


def _forget(document: Document, at: FieldPath, value: Any) -> None:
    for path, _ in walk(value, at):
        document.marks.pop(path, None)


def apply_sets(document: Document, sets: Sequence[str]) -> list[Fault]:
    """Apply `a.b=v` settings in order, in place; what cannot be applied comes back as faults."""
    faults: list[Fault] = []
    for text in sets:
        target, equals, value = text.partition("=")
        label = target.strip()
        if not equals or not label:
            faults.append(
                _fault(label or "''", "is not of the form a.b=v", "write for instance place.buffer_km=25")
            )
            continue
        try:
            set_value(document, label, _value_of(label, value))
        except InputError as error:
            faults += error.faults
    return faults


def _fault(label: str, problem: str, remedy: str, by: str = BY_SET) -> Fault:
    return Fault(by, 0, label, problem, remedy)


def _refused(label: str, problem: str, remedy: str, by: str = BY_SET) -> InputError:
    return InputError([_fault(label, problem, remedy, by)])


def _value_of(label: str, text: str) -> Any:
    """Parse the value with the same safety as a file."""
    if not text.strip():
        raise _refused(label, "has no value", "write a value after =, or null to remove the key")
    try:
        return parse_document(text, BY_SET).value
    except InputError as error:
        raise InputError([_fault(label, fault.problem, fault.remedy) for fault in error.faults]) from None


def set_value(document: Document, label: str, value: Any, *, by: str = BY_SET) -> None:
    """Set the field at a path such as `belts.old-belt.mine_depth_m`, in place; None takes the key away.

    Parameters
    ----------
    value
        Plain data.
    by
        What is said to have set it, in faults and as the source of a quantity.

    Raises
    ------
    InputError
        There is no such place; nothing was changed then but empty sections on the way.
    """
    parts = [part for part in re.split(r"[.\[\]]+", label) if part]
    if not parts or len(parts) > 20:
        raise _refused(label, "is not a path", "write for instance place.buffer_km", by)
    parent, path = document.value, ()  # type: tuple[Any, FieldPath]
    for position, part in enumerate(parts):
        is_last = position == len(parts) - 1
        key = _key(parent, part, label, by)
        path = (*path, key)
        if is_last:
            _set(document, path, parent, value, Mark(by, 0, label))
        elif isinstance(parent, dict) and parent.get(part) is None:
            parent[part] = {}
            document.marks[path] = Mark(by, 0, ".".join(parts[: position + 1]))
        parent = None if is_last else parent[key]


def _key(parent: Any, part: str, label: str, by: str) -> str | int:
    """Key of a mapping, or index of the list's item with that name or number."""
    if isinstance(parent, dict):
        return part
    if not isinstance(parent, list):
        raise _refused(label, f"nothing lies under a plain value ({quote(part)})", "shorten the path", by)
    names = [item.get("name", "") if isinstance(item, dict) else "" for item in parent]
    for matches in (str, slug):
        found = [
            i for i, name in enumerate(names) if isinstance(name, str) and matches(name) == matches(part)
        ]
        if found and part:
            return found[0]
    if part.isascii() and part.isdigit() and int(part[:6]) < len(parent):
        return int(part[:6])
    listed = [name for name in names if isinstance(name, str) and name]
    remedy = suggest(part, listed) if listed else f"use an index from 0 to {len(parent) - 1}"
    raise _refused(label, f"there is no item {quote(part)}", remedy, by)


def _set(document: Document, path: FieldPath, parent: Any, value: Any, mark: Mark) -> None:
    old = parent.get(path[-1]) if isinstance(parent, dict) else parent[path[-1]]
    if value is None and isinstance(parent, dict):
        _forget(document, path, parent.pop(path[-1], None))
        document.marks[path] = mark
        return
    if _is_quantity(path):
        value = _quantity(old, value, mark.file)
    _forget(document, path, old)
    parent[path[-1]] = value
    document.marks[path] = mark


def _is_quantity(path: FieldPath) -> bool:
    if path[0] == "forces":
        return len(path) == 3 and path[2] != "formation_men"
    return len(path) == 2 and path[0] in ("parameters", "policy")


def _quantity(old: Any, value: Any, by: str) -> Any:
    """Turn a bare value set over a quantity into one that says who set it."""
    kept = old if isinstance(old, dict) else {}
    if value == FIXED_WORD and kept:
        return {**kept, "distribution": {"kind": "fixed"}, **_centre(kept)}
    if isinstance(value, int | float) and not isinstance(value, bool):
        unit = kept.get("unit", UNIT_OF_REGISTER)
        return {"value": value, "unit": unit, "source": f"set by {by}", "grade": "C"}
    return value


def _centre(quantity: dict[str, Any]) -> dict[str, Any]:
    """Central value of a quantity that states only its spread."""
    from pydantic import ValidationError

    from redan.scenario.models.quantities import Quantity

    try:
        model = Quantity.model_validate(quantity)
    except ValidationError:
        return {}  # its faults are reported where it is written
    if model.value is None and model.distribution is not None and model.distribution.kind != "fixed":
        return {"value": model.distribution.to_distribution().central()}
    return {}
