"""The actions of this desk: found by walking folders."""

from __future__ import annotations

import importlib
from typing import Any, cast

import msgspec

from yizhan.domains.automation import errors
from yizhan.domains.automation.contract import Action, Manifest, ParamsInvalid
from yizhan.domains.identity.permissions import PERMISSIONS
from yizhan.kernel import forms


class Loaded(msgspec.Struct, frozen=True):
    """A loaded action folder."""

    manifest: Manifest
    action: Action
    strings: forms.Strings
    package: str

    @property
    def id(self) -> str:
        return self.manifest.id

    @property
    def params(self) -> type[Any]:
        return self.action.Params

    def schema(self) -> dict[str, Any]:
        """The form of the parameters."""
        return forms.schema(self.params, self.strings)

    def offers(self, function: str) -> bool:
        """Whether the action has an optional function."""
        return hasattr(self.action, function)


_actions: dict[str, Loaded] = {}


def load(package: str) -> Loaded:
    """Load an action's folder and register it; twice is the same as once."""
    manifest = msgspec.convert(forms.toml(package, "manifest.toml"), Manifest)
    known = _actions.get(manifest.id)
    if known is not None:
        if known.package != package:
            raise ValueError(f"two actions are named {manifest.id}: {known.package}, {package}")
        return known
    for permission in (manifest.permission, manifest.set_up):
        if permission and permission not in PERMISSIONS:
            raise ValueError(f"{manifest.id} asks for the unknown permission {permission}")
    module: Any = importlib.import_module(f"{package}.action")
    loaded = Loaded(
        manifest=manifest,
        action=cast("Action", module),
        strings=forms.strings(package),
        package=package,
    )
    _actions[manifest.id] = loaded
    return loaded


def get(action_id: str) -> Loaded:
    """Errors: UnknownAction."""
    found = _actions.get(action_id)
    if found is None:
        raise errors.UnknownAction(action=action_id)
    return found


def known() -> list[Loaded]:
    """Every loaded action by id."""
    return [_actions[name] for name in sorted(_actions)]


def convert(action: Loaded, values: dict[str, Any]) -> Any:
    """Parameters as the action gets them. Errors: ParamsInvalid, with the field."""
    return forms.read(
        action.params,
        values,
        refuse=lambda detail, field: ParamsInvalid(detail, action=action.id, field=field),
    )
