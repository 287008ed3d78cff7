"""A channel's settings: their form as JSON Schema, and what of them is secret. Pure."""

from __future__ import annotations

from typing import Any

import msgspec

from yizhan.domains.channels import errors
from yizhan.domains.channels.registry import Channel

_DEFS = "#/$defs/{name}"
_secret: dict[str, frozenset[str]] = {}  # by package: asked for on every webhook


def schema(channel: Channel) -> dict[str, Any]:
    """The JSON Schema of a channel's settings, with titles in both languages.

    ``title`` and ``description`` are English; ``x-title``, ``x-help`` map a language to its text.
    Secrets are ``writeOnly``. The order of the fields is the order of the form.
    """
    (root,), parts = msgspec.json.schema_components([channel.settings], ref_template=_DEFS)
    name = str(root.get("$ref", "")).rpartition("/")[2]
    found: dict[str, Any] = dict(parts.pop(name)) if name else dict(root)
    found["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    found.pop("description", None)
    _label(found, channel.strings, path="")
    for part_name, part in parts.items():
        part.pop("description", None)
        _label(part, channel.strings, path=f"{part_name}.")
    if parts:
        found["$defs"] = parts
    return found


def _label(part: dict[str, Any], strings: dict[str, dict[str, Any]], *, path: str) -> None:
    for field, spec in part.get("properties", {}).items():
        said = {lang: said_of(strings, lang, field=path + field) for lang in strings}
        titles = {lang: words["title"] for lang, words in said.items() if "title" in words}
        helps = {lang: words["help"] for lang, words in said.items() if "help" in words}
        if titles:
            spec["title"] = titles.get("en", field)
            spec["x-title"] = titles
        if helps:
            spec["description"] = helps.get("en", "")
            spec["x-help"] = helps
        choices = {lang: words["choices"] for lang, words in said.items() if "choices" in words}
        if choices:
            spec["x-choices"] = choices


def said_of(strings: dict[str, dict[str, Any]], language: str, *, field: str) -> dict[str, Any]:
    """The words for a field: ``[settings.FIELD]`` with title, help, choices, or just a title."""
    words: Any = strings.get(language, {}).get("settings", {})
    for step in field.split("."):
        words = words.get(step, {}) if isinstance(words, dict) else {}
    return {"title": words} if isinstance(words, str) else dict(words)


def secret_names(channel: Channel) -> frozenset[str]:
    """The top-level settings that are marked writeOnly."""
    known = _secret.get(channel.package)
    if known is None:
        properties = schema(channel).get("properties", {})
        known = frozenset(name for name, spec in properties.items() if spec.get("writeOnly"))
        _secret[channel.package] = known
    return known


def convert(channel: Channel, values: dict[str, Any]) -> Any:
    """The settings as the connector gets them. Errors: SettingsInvalid, with the field."""
    known = {field.encode_name for field in msgspec.structs.fields(channel.settings)}
    if unknown := sorted(set(values) - known):
        raise errors.SettingsInvalid(f"unknown setting: {', '.join(unknown)}", field=unknown[0])
    try:
        return msgspec.convert(values, channel.settings)
    except msgspec.ValidationError as error:
        text = str(error)
        field = text.rpartition("`$.")[2].rstrip("`") if "`$." in text else ""
        raise errors.SettingsInvalid(text, field=field) from error


def plain(settings: Any) -> dict[str, Any]:
    """All settings as builtins, defaults included."""
    values: dict[str, Any] = msgspec.to_builtins(settings)
    return values


def split(channel: Channel, values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What may be shown, and what is secret."""
    hidden = secret_names(channel)
    return (
        {name: value for name, value in values.items() if name not in hidden},
        {name: value for name, value in values.items() if name in hidden and value},
    )
