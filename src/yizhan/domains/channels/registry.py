"""The channels of this desk: found by walking folders, asked for by capability."""

from __future__ import annotations

import importlib
from importlib import resources
from typing import Any, cast

import msgspec

from yizhan.domains.channels import errors
from yizhan.domains.channels.contract import Connector, Manifest
from yizhan.kernel import forms

LANGUAGES = forms.LANGUAGES


class NoSettings(msgspec.Struct, frozen=True):
    """For channels that need none."""


class Channel(msgspec.Struct, frozen=True):
    """A loaded channel folder."""

    manifest: Manifest
    settings: type[Any]
    connector: Connector
    strings: dict[str, dict[str, Any]]  # language -> the content of strings.<language>.toml
    package: str

    @property
    def id(self) -> str:
        return self.manifest.id

    def offers(self, function: str) -> bool:
        """Whether the connector has an optional function."""
        return hasattr(self.connector, function)

    @property
    def sends(self) -> bool:
        """Whether an answer can leave by this channel itself."""
        return self.manifest.capabilities.immediate or self.offers("send")


_channels: dict[str, Channel] = {}
_show_hidden = False


def show_hidden(*, show: bool) -> None:
    """Offer hidden channels like others: for tests of the kit."""
    global _show_hidden  # noqa: PLW0603 -- one switch of the process, set before it serves
    _show_hidden = show


def read_manifest(package: str) -> Manifest:
    """The manifest of a channel's folder. Errors: msgspec.ValidationError."""
    return msgspec.convert(forms.toml(package, "manifest.toml"), Manifest)


def load(package: str) -> Channel:
    """Load a channel's folder and register it; twice is the same as once."""
    manifest = read_manifest(package)
    known = _channels.get(manifest.id)
    if known is not None:
        if known.package != package:
            raise ValueError(f"two channels are named {manifest.id}: {known.package}, {package}")
        return known
    files = resources.files(package)
    settings: type[Any] = NoSettings
    if files.joinpath("settings.py").is_file():
        settings = importlib.import_module(f"{package}.settings").Settings
    # A channel may offer no function at all: an empty connector is one.
    connector: Any = object()
    if files.joinpath("connector.py").is_file():
        connector = importlib.import_module(f"{package}.connector")
    channel = Channel(
        manifest=manifest,
        settings=settings,
        connector=cast("Connector", connector),
        strings=forms.strings(package),
        package=package,
    )
    _channels[manifest.id] = channel
    return channel


def find(channel_id: str) -> Channel | None:
    """A channel by its id, None when this desk has no such one (any more)."""
    return _channels.get(channel_id)


def get(channel_id: str) -> Channel:
    """Errors: UnknownChannel."""
    channel = _channels.get(channel_id)
    if channel is None:
        raise errors.UnknownChannel
    return channel


def known() -> list[Channel]:
    """Every loaded channel by id."""
    return [_channels[name] for name in sorted(_channels)]


def offered() -> list[Channel]:
    """What an administrator may add an inbox for."""
    return [c for c in known() if _show_hidden or not c.manifest.hidden]
