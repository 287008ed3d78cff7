"""The kinds of sources of this desk: found by walking folders."""

from __future__ import annotations

import importlib
from functools import cached_property
from typing import Any, cast

import msgspec

from yizhan.domains.panel import errors
from yizhan.domains.panel.contract import Manifest, Source, SourceSettingsInvalid
from yizhan.kernel import forms


class Loaded:
    """A loaded source folder."""

    def __init__(self, package: str) -> None:
        self.package = package
        self.manifest = msgspec.convert(forms.toml(package, "manifest.toml"), Manifest)
        self.settings: type[Any] = importlib.import_module(f"{package}.settings").Settings
        self.source = cast("Source", importlib.import_module(f"{package}.source"))
        self.strings = forms.strings(package)

    @property
    def id(self) -> str:
        return self.manifest.id

    def offers(self, function: str) -> bool:
        """Whether the source has an optional function."""
        return hasattr(self.source, function)

    @cached_property
    def schema(self) -> dict[str, Any]:
        """The form of its settings."""
        return forms.schema(self.settings, self.strings)

    @cached_property
    def secret_names(self) -> frozenset[str]:
        return forms.secret_names(self.schema)

    def convert(self, values: dict[str, Any]) -> Any:
        """The settings as the source gets them. Errors: SourceSettingsInvalid, with the field."""
        found = forms.read(
            self.settings,
            values,
            refuse=lambda detail, field: SourceSettingsInvalid(detail, field=field),
        )
        if self.offers("check"):
            self.source.check(found)
        return found


_kinds: dict[str, Loaded] = {}


def load(package: str) -> Loaded:
    """Load a source's folder and register it; twice is the same as once."""
    loaded = Loaded(package)
    known = _kinds.get(loaded.id)
    if known is not None:
        if known.package != package:
            raise ValueError(f"two sources are named {loaded.id}: {known.package}, {package}")
        return known
    _kinds[loaded.id] = loaded
    return loaded


def find(kind: str) -> Loaded | None:
    """A kind by its id, None when this desk has no such one (any more)."""
    return _kinds.get(kind)


def get(kind: str) -> Loaded:
    """Errors: UnknownSourceKind."""
    found = _kinds.get(kind)
    if found is None:
        raise errors.UnknownSourceKind
    return found


def known() -> list[Loaded]:
    """Every loaded kind by id."""
    return [_kinds[name] for name in sorted(_kinds)]
