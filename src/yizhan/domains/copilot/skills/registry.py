"""The skills of this desk: found by walking folders."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Mapping
from importlib import resources
from typing import Any, cast, get_type_hints

import msgspec

from yizhan.domains.copilot.contract import NEEDS, Case, Manifest, Skill
from yizhan.domains.copilot.skills import errors
from yizhan.kernel import forms


class Loaded(msgspec.Struct, frozen=True):
    """A loaded skill folder."""

    manifest: Manifest
    skill: Skill
    strings: forms.Strings
    prompts: dict[str, str]  # by language
    package: str

    @property
    def id(self) -> str:
        return self.manifest.id

    @property
    def needs(self) -> tuple[str, ...]:
        """What it sees."""
        return tuple(self.skill.Input.__struct_fields__)

    @property
    def prompt_version(self) -> str:
        """Changes with every word that a model is told."""
        told = "\0".join(self.prompts.get(one, "") for one in forms.LANGUAGES)
        return hashlib.sha256(told.encode()).hexdigest()[:8] if self.prompts else ""

    def told(self, own: Mapping[str, str]) -> Loaded:
        """The same with a workspace's own words to models."""
        return msgspec.structs.replace(self, prompts={**self.prompts, **own}) if own else self

    def cases(self) -> list[Case]:
        """Its evaluation cases."""
        text = resources.files(self.package).joinpath("cases.jsonl").read_text("utf-8")
        return [msgspec.json.decode(line, type=Case) for line in text.splitlines() if line.strip()]

    def prompt(self, language: str) -> str:
        """What a model is told, in a language that there is."""
        return self.prompts.get(language) or self.prompts.get("en", "")


_skills: dict[str, Loaded] = {}


def load(package: str) -> Loaded:
    """Load a skill's folder and register it; twice is the same as once."""
    manifest = msgspec.convert(forms.toml(package, "manifest.toml"), Manifest)
    known = _skills.get(manifest.id)
    if known is not None:
        if known.package != package:
            raise ValueError(f"two skills are named {manifest.id}: {known.package}, {package}")
        return known
    module: Any = importlib.import_module(f"{package}.skill")
    _check_needs(manifest.id, module.Input)
    prompts = {language: _text(package, f"prompt.{language}.txt") for language in forms.LANGUAGES}
    loaded = Loaded(
        manifest=manifest,
        skill=cast("Skill", module),
        strings=forms.strings(package),
        prompts={language: text for language, text in prompts.items() if text},
        package=package,
    )
    _skills[manifest.id] = loaded
    return loaded


def _check_needs(name: str, seen: type[Any]) -> None:
    for field, kind in get_type_hints(seen).items():
        if NEEDS.get(field) != kind:
            raise ValueError(f"{name} asks to see {field}: {kind}, which there is not")


def _text(package: str, name: str) -> str:
    file = resources.files(package).joinpath(name)
    return file.read_text("utf-8").strip() if file.is_file() else ""


def get(skill_id: str) -> Loaded:
    """Errors: UnknownSkill."""
    found = _skills.get(skill_id)
    if found is None:
        raise errors.UnknownSkill(skill=skill_id)
    return found


def known() -> list[Loaded]:
    """Every loaded skill by id."""
    return [_skills[name] for name in sorted(_skills)]
