"""The overlay that turns one scenario into another, and plain data as YAML that reads back the same."""

from __future__ import annotations

import io
from typing import Any, Final

from ruamel.yaml import YAML

#: [characters] of a line before it is folded, as in the bundled scenarios.
WIDTH: Final = 120
SAME: Final = object()


def difference(old: Any, new: Any, key: str = "") -> Any:
    """Return what has to be laid over `old` to get `new`: as overlays merge (`scenario.overlays`).

    Parameters
    ----------
    old, new
        Plain data.
    key
        The key they stand under.

    Returns
    -------
    `SAME` where there is no difference. Items of named lists are told apart by name; one that was taken out
    cannot be said in an overlay, and stays.
    """
    if isinstance(old, dict) and isinstance(new, dict) and key != "distribution":
        changed = {name: difference(old.get(name), value, name) for name, value in new.items()}
        found = {name: value for name, value in changed.items() if value is not SAME}
        return found | {name: None for name in old if name not in new} or SAME
    if _named(old) and _named(new):
        before = {item["name"]: item for item in old}
        items = [_item(before.get(item["name"]), item) for item in new]
        return [item for item in items if item is not SAME] or SAME
    # 1 and True are equal in Python and not in a scenario.
    return SAME if type(old) is type(new) and old == new else new


def _item(old: Any, new: dict[str, Any]) -> Any:
    """An item of a named list, with its name."""
    if old is None:
        return new
    changed = difference(old, new)
    return changed if changed is SAME else {"name": new["name"], **changed}


def _named(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(item, dict) and isinstance(item.get("name"), str) for item in value)
    )


def to_yaml(value: Any) -> str:
    """Write plain data as YAML, keys in their order, without anchors."""
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = None  # a list or mapping of plain values on one line
    writer.width = WIDTH
    writer.allow_unicode = True
    writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    writer.representer.ignore_aliases = lambda data: True
    out = io.StringIO()
    writer.dump(value, out)
    return out.getvalue()
