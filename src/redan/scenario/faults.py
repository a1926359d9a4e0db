"""Turns what pydantic found into faults with the file, the line, a plain problem and a remedy."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from redan.scenario.models.base import FAULT
from redan.vocabulary.errors import Fault, nearest_of, quote, suggest
from redan.vocabulary.plain import Document, FieldPath

Words = tuple[str, str]


def faults_of(
    error: ValidationError, model: type[BaseModel], document: Document, root: FieldPath = ()
) -> list[Fault]:
    """Translate the errors of validating `model` on the part of `document` at `root`."""
    details = _without_echoes(error.errors(include_url=False), model)
    return [_fault(detail, model, document, root) for detail in details]


def _without_echoes(details: list[ErrorDetails], model: type[BaseModel]) -> list[ErrorDetails]:
    """Leave out errors that only follow from another: each mistake is reported once."""
    # pydantic counts only the good items of a list, so that one bad item makes the list look too short.
    inner = {detail["loc"][:length] for detail in details for length in range(len(detail["loc"]))}
    # A misspelt key is also missing under its right name.
    meant = {
        (*detail["loc"][:-1], nearest_of(str(detail["loc"][-1]), _choices(detail, model)))
        for detail in details
        if detail["type"] == "extra_forbidden"
    }
    echoes: dict[str, Collection[tuple[Any, ...]]] = {"too_short": inner, "missing": meant}
    return [detail for detail in details if detail["loc"] not in echoes.get(detail["type"], ())]


def _fault(detail: ErrorDetails, model: type[BaseModel], document: Document, root: FieldPath) -> Fault:
    path = written_path(detail, document, root)
    words = _WORDS.get(detail["type"], _other)
    problem, remedy = words(detail, model)
    return document.fault(path, problem, remedy)


def written_path(detail: ErrorDetails, document: Document, root: FieldPath = ()) -> FieldPath:
    """Path as written in the document: pydantic's own steps (tags of unions, keys) are left out."""
    value = document.value
    for part in root:
        value = value[part]
    path: FieldPath = root
    for position, part in enumerate(detail["loc"]):
        is_last = position == len(detail["loc"]) - 1
        in_mapping = isinstance(value, Mapping) and isinstance(part, str) and part in value
        if in_mapping or (isinstance(value, list) and isinstance(part, int) and part < len(value)):
            value, path = value[part], (*path, part)
        elif is_last and detail["type"] == "missing":
            path = (*path, part)
    return path


def _choices(detail: ErrorDetails, model: type[BaseModel]) -> list[str]:
    """Keys of the model in which an unknown key stood."""
    owner = _annotation_at(model, detail["loc"][:-1])
    if isinstance(owner, type) and issubclass(owner, BaseModel):
        return [field.alias or name for name, field in owner.model_fields.items()]
    return []


def _annotation_at(annotation: Any, loc: tuple[int | str, ...]) -> Any:
    for part in loc:
        options = [_step(option, part) for option in _options(annotation)]
        annotation = next((option for option in options if option is not None), None)
    found = [option for option in _options(annotation) if isinstance(option, type)]
    return next((option for option in found if issubclass(option, BaseModel)), None)


def _options(annotation: Any) -> list[Any]:
    """Members of a union, through Annotated and type aliases."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return _options(typing.get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        return [option for member in typing.get_args(annotation) for option in _options(member)]
    return [annotation]


def _step(annotation: Any, part: int | str) -> Any:
    """Type under `part` of a value of type `annotation`, None where it has no such part."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            if part in (name, field.alias):
                return field.annotation
            if name == "kind" and part in typing.get_args(field.annotation):
                return annotation  # tag of a discriminated union
        return None
    arguments = typing.get_args(annotation)
    if typing.get_origin(annotation) is dict:
        return arguments[1]
    return arguments[0] if typing.get_origin(annotation) is tuple and isinstance(part, int) else None


def _missing(detail: ErrorDetails, model: type[BaseModel]) -> Words:
    key = str(detail["loc"][-1])
    owner = _annotation_at(model, detail["loc"][:-1]) or model
    fields = {field.alias or name: field for name, field in owner.model_fields.items()}
    meaning = fields[key].description if key in fields else None
    return "is missing", f"add `{key}:`" + (f" ({meaning.rstrip('.')})" if meaning else "")


def _unknown(detail: ErrorDetails, model: type[BaseModel]) -> Words:
    return "is not a known key", suggest(str(detail["loc"][-1]), _choices(detail, model))


def _own(detail: ErrorDetails, model: type[BaseModel]) -> Words:
    context = detail.get("ctx", {})
    return context["problem"], context["remedy"]


def _literal(detail: ErrorDetails, model: type[BaseModel]) -> Words:
    expected = detail.get("ctx", {}).get("expected", "")
    choices = [word.strip(" '") for word in expected.replace(" or ", ",").split(",")]
    value = detail["input"]
    return f"{quote(value)} is not known here", suggest(str(value), choices)


def _tag(detail: ErrorDetails, model: type[BaseModel]) -> Words:
    expected = str(detail.get("ctx", {}).get("expected_tags", ""))
    choices = [word.strip(" '") for word in expected.split(",")]
    tag = str(detail.get("ctx", {}).get("tag", ""))
    return f"kind {quote(tag)} is not known", suggest(tag, choices)


def _no_tag(detail: ErrorDetails, model: type[BaseModel]) -> Words:
    return "has no kind", "write for instance {kind: triangular, low: 1, mode: 2, high: 3}"


def _too_low(detail: ErrorDetails, model: type[BaseModel]) -> Words:
    context = detail.get("ctx", {})
    limit = context.get("ge", context.get("gt"))
    strict = "gt" in context
    remedy = f"give a number {'above' if strict else 'of at least'} {limit:g}"
    return f"{quote(detail['input'])} is {'not above' if strict else 'below'} {limit:g}", remedy


def _too_high(detail: ErrorDetails, model: type[BaseModel]) -> Words:
    context = detail.get("ctx", {})
    limit = context.get("le", context.get("lt"))
    value = detail["input"]
    remedy = f"give a number of at most {limit:g}"
    if limit == 1 and isinstance(value, int | float) and 1 < value <= 100:
        remedy = f"a share is between 0 and 1: {value:g} % is {value / 100:g}"
    return f"{quote(value)} is above {limit:g}", remedy


def _wrong_type(wanted: str, remedy: str) -> Callable[[ErrorDetails, type[BaseModel]], Words]:
    def words(detail: ErrorDetails, model: type[BaseModel]) -> Words:
        return f"{_shown(detail['input'])} is not {wanted}", remedy

    return words


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    return "nothing" if value is None else quote(value)


def _length(detail: ErrorDetails, model: type[BaseModel]) -> Words:
    context = detail.get("ctx", {})
    if "min_length" in context:
        least = context["min_length"]
        if isinstance(detail["input"], str):
            return "is empty", "write a text"
        count = context.get("actual_length", 0)
        return f"has {count or 'no'} {'entry' if count < 2 else 'entries'}", f"give at least {least}"
    return "is too long", f"keep it within {context.get('max_length')}"


def _other(detail: ErrorDetails, model: type[BaseModel]) -> Words:
    return " ".join(detail["msg"].split()).lower(), "see the format of scenarios"


_NUMBER: Final = _wrong_type("a number", "write a plain number, without quotes or units")
_MAPPING: Final = _wrong_type("a mapping", "write `key: value` lines under it")
_LIST: Final = _wrong_type("a list", "write [a, b] or lines beginning with -")
_TEXT: Final = _wrong_type("a text", "write a text, in quotes where it looks like a number or date")
_WORDS: Final[Mapping[str, Callable[[ErrorDetails, type[BaseModel]], Words]]] = {
    FAULT: _own,
    "missing": _missing,
    "extra_forbidden": _unknown,
    "literal_error": _literal,
    "union_tag_invalid": _tag,
    "union_tag_not_found": _no_tag,
    "greater_than": _too_low,
    "greater_than_equal": _too_low,
    "less_than": _too_high,
    "less_than_equal": _too_high,
    "float_type": _NUMBER,
    "int_type": _wrong_type("a whole number", "write a whole number"),
    "int_from_float": _wrong_type("a whole number", "write a whole number"),
    "finite_number": _wrong_type("a finite number", "give a finite number"),
    "bool_type": _wrong_type("true or false", "write true or false"),
    "string_type": _TEXT,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "dict_type": _MAPPING,
    "tuple_type": _LIST,
    "list_type": _LIST,
    "too_short": _length,
    "too_long": _length,
    "string_too_short": _length,
    "string_too_long": _length,
}
