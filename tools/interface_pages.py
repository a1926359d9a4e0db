"""Build the reference pages of the commands, the scenario's keys and the Python interface from the sources.

    python -m tools.interface_pages            # writes commands.md, scenario.md and api.md of docs/reference
    python -m tools.interface_pages --check    # says what is out of date; exit 1 if anything is

What stands in them is the help of the command line, the schema of scenarios and the docstrings of what
`import redan` offers.
"""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import redan
from redan.forecast.result import Forecast
from redan.scenario.schema import json_schema
from redan.views.case import Case
from redan.views.cli.app import app
from tools.rule_docs import ROOT

REFERENCE: Final = ROOT / "docs" / "reference"
MEND: Final = "run `make docs-pages` and commit what it writes"
GENERATED: Final = (
    "<!-- Built by tools/interface_pages.py from the sources; edit those, then `make docs-pages`. -->"
)


def pages() -> dict[str, str]:
    """Text of each page by file name."""
    return {"commands.md": commands_page(), "api.md": api_page(), "scenario.md": scenario_page()}


def scenario_page() -> str:
    """Every key of `scenario.yaml` and of the overlays, from the schema that editors complete by."""
    schema = json_schema()
    head = (
        "What each key of `scenario.yaml` means. The unit is in the key's name or in its words; a name that"
        " leads on to another section is a link. An overlay has the same keys, only those that it changes."
        " Editors complete them by [the schema](scenario.schema.json)"
        " ([how](../how-to/edit-with-completion.md)); the parameters, for which `parameters:` and `--set"
        " parameters.NAME=VALUE` stand, are on [a page of their own](parameters.md)."
    )
    sections = {name: in_full(section) for name, section in schema["$defs"].items()}
    said = {f"#/$defs/{name}": section.get("description", "") for name, section in sections.items()}
    parts = ["# The keys of a scenario", GENERATED, head, "## scenario.yaml", _keys(schema, said)]
    for name, section in sorted(sections.items()):
        parts += [f"## {name}", " ".join(said[f"#/$defs/{name}"].split()), _keys(section, said)]
    return "\n\n".join(part for part in parts if part) + "\n"


def in_full(section: Mapping[str, Any]) -> Mapping[str, Any]:
    """A section as a mapping: of one that may also be a plain number the mapping, whose words say so."""
    return next((one for one in section.get("anyOf", ()) if "properties" in one), section)


def _keys(section: Mapping[str, Any], sections: Mapping[str, str]) -> str:
    """A table of a section's keys; one without words has those of the section it leads to."""
    needed = section.get("required", [])
    rows = []
    for key, field in section.get("properties", {}).items():
        words = field.get("description") or sections.get(field.get("$ref", ""), "")
        said = " ".join(words.split()).replace("|", "\\|")
        default = "needed" if key in needed else _default(field)
        rows.append(f"| `{key}` | {_kind(field)} | {default} | {said} |")
    if isinstance(others := section.get("additionalProperties"), dict):
        said = "In [the register](parameters.md) its name has the side in front."
        rows.append(f"| any other | {_kind(others)} |  | {said} |")
    return "\n".join(["| key | value | default | what |", "|---|---|---|---|", *rows]) if rows else ""


def _default(field: Mapping[str, Any]) -> str:
    value = field.get("default")
    return "" if value in (None, "", [], {}) else f"`{json.dumps(value)}`"


def _kind(field: Mapping[str, Any]) -> str:
    """What may stand at a key, in words; limits as they are checked."""
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "const" in field or "enum" in field:
        return ", ".join(f"`{value}`" for value in field.get("enum", [field.get("const")]))
    for several in ("anyOf", "oneOf"):
        if several in field:
            kinds = [_kind(one) for one in field[several] if one.get("type") != "null"]
            return " or ".join(dict.fromkeys(kinds))
    if isinstance(field.get("type"), list):
        return " or ".join(_kind({"type": one}) for one in field["type"])
    kind = str(field.get("type", "anything"))
    if kind in ("array", "object"):
        inner = field.get("items" if kind == "array" else "additionalProperties")
        named = f"name: {_kind(inner)}" if isinstance(inner, dict) else "mapping"
        return f"list of {_kind(inner or {})}" if kind == "array" else named
    words = {"string": field.get("format", "text"), "integer": "whole number", "boolean": "true or false"}
    return str(words.get(kind, kind)) + _limits(field)


def _limits(field: Mapping[str, Any]) -> str:
    low = field.get("minimum", field.get("exclusiveMinimum"))
    high = field.get("maximum", field.get("exclusiveMaximum"))
    if low is None and high is None:
        return ""
    if high is None:
        return f", {'over' if 'exclusiveMinimum' in field else 'from'} {low}"
    return f", {low} to {high}" if low is not None else f", to {high}"


def commands_page() -> str:
    """Every command: what it answers, its arguments and options."""
    import typer

    parts = ["# The commands", GENERATED, "As `redan COMMAND --help` says them. " + str(app.info.epilog)]
    group: Any = typer.main.get_command(app)
    for name, command in group.commands.items():
        parts += [f"## redan {name}", inspect.cleandoc(command.help or "").rstrip()]
        rows = [row for parameter in command.params if (row := _row(parameter))]
        parts.append("\n".join(["| argument or option | what |", "|---|---|", *rows]))
    return "\n\n".join(parts) + "\n"


def _row(parameter: Any) -> str | None:
    """A row of the table; None for --help."""
    if parameter.name == "help":
        return None
    is_option = parameter.param_type_name == "option"
    name = ", ".join(parameter.opts) if is_option else (parameter.metavar or parameter.name).upper()
    is_valued = is_option and not getattr(parameter, "is_flag", False)
    value = f" {parameter.metavar}" if is_valued and parameter.metavar else ""
    said = " ".join((getattr(parameter, "help", None) or "").split()).replace("|", "\\|")
    return f"| `{name}{value}` | {said} |"


def api_page() -> str:
    """What `import redan` offers, and the objects that it gives."""
    head = (
        "The same words as the command line. `redan.load` gives a `Case`; `Case.forecast` a `Forecast`, which"
        " shows itself in a notebook and gives polars frames. Whatever is at fault in what is asked is raised"
        " as `redan.vocabulary.errors.InputError`, with every fault found."
    )
    parts = ["# The Python interface", GENERATED, head, "## redan"]
    parts += [_member(f"redan.{name}", getattr(redan, name)) for name in redan.__all__]
    for kind in (Case, Forecast):
        parts += [f"## {kind.__name__}", _prose(kind)]
        parts += [_member(f"{kind.__name__}.{name}", member) for name, member in _public(vars(kind))]
    return "\n\n".join(parts) + "\n"


def _public(members: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, member in members.items():
        if not name.startswith("_") and (callable(_plain(member)) or isinstance(member, property)):
            yield name, member


def _plain(member: Any) -> Any:
    """The function behind a property, a cached property or a class method."""
    return (
        getattr(member, "fget", None) or getattr(member, "func", None) or getattr(member, "__func__", member)
    )


def _member(name: str, member: Any) -> str:
    plain = _plain(member)
    is_value = plain is not member and not isinstance(member, classmethod)
    names = [] if is_value else [n for n in inspect.signature(plain).parameters if n not in ("self", "cls")]
    call = "" if is_value else f"({', '.join(names)})"
    return f"### `{name}{call}`\n\n{_prose(plain)}"


def _prose(thing: Any) -> str:
    """A docstring as Markdown: its sections as code blocks keep their indentation."""
    text = inspect.getdoc(thing) or ""
    summary, _, rest = text.partition("\n\n")
    return " ".join(summary.split()) + (f"\n\n```text\n{rest.rstrip()}\n```" if rest.strip() else "")


def out_of_date() -> list[Path]:
    """Pages that are not what the sources say."""
    return [
        REFERENCE / name
        for name, text in pages().items()
        if not (REFERENCE / name).is_file() or (REFERENCE / name).read_text(encoding="utf-8") != text
    ]


def main() -> None:
    """Write the pages, or check them."""
    if "--check" in sys.argv[1:]:
        stale = out_of_date()
        for path in stale:
            print(f"{path.relative_to(ROOT)}: out of date; {MEND}")
        sys.exit(bool(stale))
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
