"""The written conversations, one file a language. Pure."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources
from typing import Literal

import msgspec

from yizhan.domains.onboarding import errors
from yizhan.domains.onboarding.types import Scene, Script

Locale = Literal["zh-CN", "en"]
LOCALES: tuple[Locale, ...] = ("zh-CN", "en")


@functools.cache
def script(locale: str) -> Script:
    """The scenes of a language."""
    text = resources.files(__package__).joinpath(f"scenes/{locale}.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), Script)


def scene(locale: str, scene_id: str) -> Scene:
    """Errors: SceneUnknown."""
    for one in script(locale).scene:
        if one.id == scene_id:
            return one
    raise errors.SceneUnknown
