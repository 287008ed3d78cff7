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
        known = _secret[channel.package] = forms.secret_names(schema(channel))
    return known


def convert(channel: Channel, values: dict[str, Any]) -> Any:
    """The settings as the connector gets them. Errors: SettingsInvalid, with the field."""
    return forms.read(
        channel.settings,
        values,
        refuse=lambda detail, field: errors.SettingsInvalid(detail, field=field),
    )


def plain(settings: Any) -> dict[str, Any]:
    """All settings as builtins, defaults included."""
    values: dict[str, Any] = msgspec.to_builtins(settings)
    return values


def split(channel: Channel, values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What may be shown, and what is secret."""
    return forms.split(values, secret_names(channel))
