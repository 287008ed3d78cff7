"""The skills of this desk: found by walking folders."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Mapping
from importlib import resources
from typing import Any, Self, cast, get_type_hints

import msgspec

from yizhan.domains.copilot.contract import (
    ASKED_NEEDS,
    NEEDS,
    OUTPUTS,
    Case,
    Decided,
    Helper,
    Manifest,
    Skill,
    Wanted,
)
from yizhan.domains.copilot.skills import errors
from yizhan.domains.copilot.types import Task
from yizhan.kernel import forms


class Folder(msgspec.Struct, frozen=True):
    """A loaded skill folder, whatever kind of skill it holds."""

    manifest: Manifest
    strings: forms.Strings
    prompts: dict[str, str]  # by language
    package: str
    seen: type[Any]
    """The form of its input."""
    wanted: type[Any]
    """The form in which a case says what should come of it."""

    @property
    def id(self) -> str:
        return self.manifest.id

    @property
    def needs(self) -> tuple[str, ...]:
        """What it sees."""
        return tuple(self.seen.__struct_fields__)

    @property
    def prompt_version(self) -> str:
        """Changes with every word that a model is told."""
        told = "\0".join(self.prompts.get(one, "") for one in forms.LANGUAGES)
        return hashlib.sha256(told.encode()).hexdigest()[:8] if self.prompts else ""

    def told(self, own: Mapping[str, str]) -> Self:
        """The same with a workspace's own words to models."""
        return msgspec.structs.replace(self, prompts={**self.prompts, **own}) if own else self

    def cases(self) -> list[Case]:
        """Its evaluation cases."""
        text = resources.files(self.package).joinpath("cases.jsonl").read_text("utf-8")
        return [msgspec.json.decode(line, type=Case) for line in text.splitlines() if line.strip()]

    def prompt(self, language: str) -> str:
        """What a model is told, in a language that there is."""
        return self.prompts.get(language) or self.prompts.get("en", "")

    def alone(self, seen: Any) -> Decided | None:
        """What comes of it without a model."""
        raise NotImplementedError

    def given(self, seen: Any, answer: Any) -> Decided | None:
        """What is made of a model's answer that was kept."""
        raise NotImplementedError

    def counts(self, seen: Any, found: Decided, *, least: float) -> bool:
        """Whether something follows."""
        raise NotImplementedError

    def is_same(self, wanted: Any, got: Any) -> bool:
        """Whether an output is what a case asks for."""
        raise NotImplementedError

    def told_of(self, output: Any) -> Any:
        """An output in plain values, short enough to be looked at."""
        return msgspec.to_builtins(output)


class Loaded(Folder, frozen=True):
    """A skill that looks at messages by itself."""

    skill: Skill

    def alone(self, seen: Any) -> Decided | None:
        return self.skill.decide(seen) if self.skill.applies(seen) else None

    def given(self, seen: Any, answer: Any) -> Decided | None:
        """Its cases are about what it decides itself."""
        del answer
        return self.alone(seen)

    def counts(self, seen: Any, found: Decided, *, least: float) -> bool:
        """Sure enough, possible, and something to do."""
        if found.confidence < least or not self.skill.holds(seen, found.output):
            return False
        return bool(self.skill.steps(seen, found.output))

    def is_same(self, wanted: Any, got: Any) -> bool:
        return self.skill.same(wanted, got)


class Asked(Folder, frozen=True):
    """A skill that an agent asks. Whatever it says is a suggestion, so it says it whenever it can."""

    helper: Helper
    task: Task

    def alone(self, seen: Any) -> Decided | None:
        return self._said(self.helper.make(seen) if self.helper.can(seen) else None)

    def given(self, seen: Any, answer: Any) -> Decided | None:
        form = self.helper.Form
        said = answer if form is None else msgspec.convert(answer, form, strict=False)
        return self._said(self.helper.read(seen, seen, said))

    @staticmethod
    def _said(output: Any) -> Decided | None:
        return None if output is None else Decided(output=output, confidence=1.0)

    def counts(self, seen: Any, found: Decided, *, least: float) -> bool:
        del seen
        return found.confidence >= least

    def is_same(self, wanted: Any, got: Any) -> bool:
        return self.helper.meets(wanted, got)

    def told_of(self, output: Any) -> Any:
        """Sources by their ids: their texts are known."""
        plain: dict[str, Any] = msgspec.to_builtins(output)
        plain.pop("sentences", None)
        if "sources" in plain:
            plain["sources"] = [one["id"] for one in plain["sources"]]
        return plain


_folders: dict[str, Folder] = {}


def load(package: str) -> Folder:
    """Load a skill's folder and register it; twice is the same as once."""
    manifest = msgspec.convert(forms.toml(package, "manifest.toml"), Manifest)
    known = _folders.get(manifest.id)
    if known is not None:
        if known.package != package:
            raise ValueError(f"two skills are named {manifest.id}: {known.package}, {package}")
        return known
    module: Any = importlib.import_module(f"{package}.skill")
    _check_needs(manifest.id, module.Input, needs=ASKED_NEEDS if manifest.task else NEEDS)
    loaded = _loaded(package, manifest, module)
    _folders[manifest.id] = loaded
    return loaded


def _loaded(package: str, manifest: Manifest, module: Any) -> Folder:
    prompts = {language: _text(package, f"prompt.{language}.txt") for language in forms.LANGUAGES}
    values: dict[str, Any] = {
        "manifest": manifest,
        "strings": forms.strings(package),
        "prompts": {language: text for language, text in prompts.items() if text},
        "package": package,
        "seen": module.Input,
    }
    if manifest.task is None:
        return Loaded(wanted=module.Output, skill=cast("Skill", module), **values)
    _check_task(manifest.id, manifest.task, module)
    return Asked(wanted=Wanted, helper=cast("Helper", module), task=manifest.task, **values)


def _check_task(name: str, task: Task, module: Any) -> None:
    if module.Output is not OUTPUTS[task]:
        raise ValueError(f"{name} gives no {OUTPUTS[task].__name__}, which is what {task} gives")
    for one in asked():
        if one.task == task:
            raise ValueError(f"{name} and {one.id} are both asked for {task}")


def _check_needs(name: str, seen: type[Any], *, needs: Mapping[str, Any] = NEEDS) -> None:
    for field, kind in get_type_hints(seen).items():
        if needs.get(field) != kind:
            raise ValueError(f"{name} asks to see {field}: {kind}, which there is not")


def _text(package: str, name: str) -> str:
    file = resources.files(package).joinpath(name)
    return file.read_text("utf-8").strip() if file.is_file() else ""


def folder(skill_id: str) -> Folder:
    """A skill of either kind. Errors: UnknownSkill."""
    found = _folders.get(skill_id)
    if found is None:
        raise errors.UnknownSkill(skill=skill_id)
    return found


def get(skill_id: str) -> Loaded:
    """One that looks at messages by itself. Errors: UnknownSkill."""
    found = folder(skill_id)
    if not isinstance(found, Loaded):
        raise errors.UnknownSkill(skill=skill_id)
    return found


def helper(skill_id: str) -> Asked:
    """One that an agent asks. Errors: UnknownSkill."""
    found = folder(skill_id)
    if not isinstance(found, Asked):
        raise errors.UnknownSkill(skill=skill_id)
    return found


def for_task(task: Task) -> Asked:
    """Whoever is asked for a task. Errors: UnknownSkill."""
    for one in asked():
        if one.task == task:
            return one
    raise errors.UnknownSkill(skill=task)


def folders() -> list[Folder]:
    """Every loaded skill by id."""
    return [_folders[name] for name in sorted(_folders)]


def known() -> list[Loaded]:
    """Those that look at messages by themselves, by id."""
    return [one for one in folders() if isinstance(one, Loaded)]


def asked() -> list[Asked]:
    """Those that agents ask, by id."""
    return [one for one in folders() if isinstance(one, Asked)]
