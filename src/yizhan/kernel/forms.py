"""Forms of extensions: a struct becomes a JSON Schema with titles in every language. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection
from importlib import resources
from typing import Any

import msgspec

LANGUAGES = ("zh", "en")
_DEFS = "#/$defs/{name}"

Strings = dict[str, dict[str, Any]]


def toml(package: str, name: str) -> dict[str, Any]:
    """A TOML file of an extension's folder; empty when there is none."""
    file = resources.files(package).joinpath(name)
    return tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}


def strings(package: str) -> Strings:
    """Language to the content of ``strings.<language>.toml``."""
    return {language: toml(package, f"strings.{language}.toml") for language in LANGUAGES}


def schema(kind: type[Any], said: Strings) -> dict[str, Any]:
    """The JSON Schema of a struct, labelled from the words of an extension.

    ``title`` and ``description`` are English; ``x-title``, ``x-help`` map a language to its text.
    Secrets are ``writeOnly``. The order of the fields is the order of the form.
    """
    (root,), parts = msgspec.json.schema_components([kind], ref_template=_DEFS)
    name = str(root.get("$ref", "")).rpartition("/")[2]
    found: dict[str, Any] = dict(parts.pop(name)) if name else dict(root)
    found["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    found.pop("description", None)
    _label(found, said, path="")
    for part_name, part in parts.items():
        part.pop("description", None)
        _label(part, said, path=f"{part_name}.")
    if parts:
        found["$defs"] = parts
    return found


def _label(part: dict[str, Any], said: Strings, *, path: str) -> None:
    for field, spec in part.get("properties", {}).items():
        words = {lang: said_of(said, lang, field=path + field) for lang in said}
        titles = {lang: found["title"] for lang, found in words.items() if "title" in found}
        helps = {lang: found["help"] for lang, found in words.items() if "help" in found}
        choices = {lang: found["choices"] for lang, found in words.items() if "choices" in found}
        if titles:
            spec["title"] = titles.get("en", field)
            spec["x-title"] = titles
        if helps:
            spec["description"] = helps.get("en", "")
            spec["x-help"] = helps
        if choices:
            spec["x-choices"] = choices


def said_of(said: Strings, language: str, *, field: str) -> dict[str, Any]:
    """The words for a field: ``[settings.FIELD]`` with title, help, choices, or just a title."""
    words: Any = said.get(language, {}).get("settings", {})
    for step in field.split("."):
        words = words.get(step, {}) if isinstance(words, dict) else {}
    return {"title": words} if isinstance(words, str) else dict(words)


def wrong_field(error: msgspec.ValidationError) -> str:
    """The field that a struct refused, "" when it is none in particular."""
    text = str(error)
    return text.rpartition("`$.")[2].rstrip("`") if "`$." in text else ""


_names: dict[type[Any], frozenset[str]] = {}


def names(kind: type[Any]) -> frozenset[str]:
    """The fields of a struct as they are written. Kept: finding them out takes as long as reading a form."""
    known = _names.get(kind)
    if known is None:
        known = _names[kind] = frozenset(
            field.encode_name for field in msgspec.structs.fields(kind)
        )
    return known


def read(
    kind: type[Any], values: dict[str, Any], *, refuse: Callable[[str, str], Exception]
) -> Any:
    """Values as the struct of a form. ``refuse`` makes the error of a message and the field's name."""
    if unknown := sorted(set(values) - names(kind)):
        raise refuse(f"unknown field: {unknown[0]}", unknown[0])
    try:
        return msgspec.convert(values, kind)
    except msgspec.ValidationError as error:
        raise refuse(str(error), wrong_field(error)) from error


def secret_names(found: dict[str, Any]) -> frozenset[str]:
    """The top-level fields of a schema that are marked writeOnly."""
    properties = found.get("properties", {})
    return frozenset(name for name, spec in properties.items() if spec.get("writeOnly"))


def split(
    values: dict[str, Any], secrets: Collection[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What may be shown, and what is secret and not empty."""
    return (
        {name: value for name, value in values.items() if name not in secrets},
        {name: value for name, value in values.items() if name in secrets and value},
    )
