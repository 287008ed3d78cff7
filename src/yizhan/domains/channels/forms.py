"""A channel's settings: their form as JSON Schema, and what of them is secret. Pure."""

from __future__ import annotations

from typing import Any

import msgspec

from yizhan.domains.channels import errors
from yizhan.domains.channels.registry import Channel
from yizhan.kernel import forms

_secret: dict[str, frozenset[str]] = {}  # by package: asked for on every webhook


def schema(channel: Channel) -> dict[str, Any]:
    """The JSON Schema of a channel's settings, with titles in both languages."""
    return forms.schema(channel.settings, channel.strings)


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
        raise errors.SettingsInvalid(str(error), field=forms.wrong_field(error)) from error


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
