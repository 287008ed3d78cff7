"""What every skill folder must hold to. A new folder is tested by being there."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec
import pytest

from yizhan.app import discovery
from yizhan.domains.automation import registry as actions
from yizhan.domains.copilot import prompts
from yizhan.domains.copilot.contract import ASKED_NEEDS, NEEDS, Case, Decided
from yizhan.domains.copilot.skills import registry
from yizhan.domains.copilot.skills.service import evaluating
from yizhan.domains.copilot.types import Task
from yizhan.kernel import forms
from yizhan.kernel.llm.shaped import schema_of

discovery.load()
SKILLS = registry.folders()
LOOKING = registry.known()
ASKED = registry.asked()
LANGUAGES = set(forms.LANGUAGES)
each = pytest.mark.parametrize("skill", SKILLS, ids=lambda one: one.id)
looking = pytest.mark.parametrize("skill", LOOKING, ids=lambda one: one.id)
asked = pytest.mark.parametrize("skill", ASKED, ids=lambda one: one.id)


def _seen(skill: registry.Folder) -> list[Any]:
    return [msgspec.convert(case.input, skill.seen, strict=False) for case in skill.cases()]


def _decided(skill: registry.Folder) -> list[tuple[Any, Decided]]:
    found = [(seen, skill.alone(seen)) for seen in _seen(skill)]
    return [(seen, one) for seen, one in found if one is not None]


def test_every_folder_is_loaded() -> None:
    root = Path(str(resources.files("yizhan.extensions.skills")))
    folders = {path.parent.name for path in root.glob("*/manifest.toml")}
    assert folders == {one.id for one in SKILLS}
    assert {one.task for one in ASKED} == set(get_args(Task))
    assert len(LOOKING) >= 3


@each
def test_it_says_what_it_is_in_both_languages(skill: registry.Folder) -> None:
    manifest = skill.manifest
    assert set(manifest.name) == set(manifest.description) == LANGUAGES
    assert all([*manifest.name.values(), *manifest.description.values(), manifest.icon])
    assert set(skill.prompts) == (LANGUAGES if manifest.may_ask_model else set())
    reasons = {found.why for _, found in _decided(skill) if found.why}
    for language in LANGUAGES:
        assert reasons <= set(skill.strings.get(language, {}).get("why", {}))


@each
def test_it_sees_what_it_declares_and_nothing_else(skill: registry.Folder) -> None:
    declared = get_type_hints(skill.seen)
    needs = NEEDS if skill in LOOKING else ASKED_NEEDS
    assert declared
    assert all(needs[name] == kind for name, kind in declared.items())
    assert declared.keys() == set(skill.needs)


def test_a_skill_that_asks_for_what_there_is_not_is_not_loaded() -> None:
    class Greedy(msgspec.Struct):
        password: str

    with pytest.raises(ValueError, match="password"):
        registry._check_needs("greedy", Greedy)


@each
async def test_its_cases_pass_without_a_model(skill: registry.Folder) -> None:
    found = await evaluating.evaluate(skill.id)
    assert [one for one in found.outcomes if not one.passed] == []
    assert found.decided >= 5
    assert found.is_good
    fates = {one.fate for one in found.outcomes}
    assert fates == {"right", "quiet"}  # what must not be decided is among them, too


@looking
def test_the_same_is_decided_twice_and_only_declared_actions_follow(skill: registry.Loaded) -> None:
    for seen, found in _decided(skill):
        assert skill.alone(seen) == found
        assert 0 <= found.confidence <= 1
        assert skill.skill.holds(seen, found.output)
        again = msgspec.json.decode(msgspec.json.encode(found.output), type=skill.skill.Output)
        assert again == found.output
        for step in skill.skill.steps(seen, found.output):
            assert step.action in skill.manifest.actions
            action = actions.get(step.action)
            actions.convert(action, step.params)
            assert action.manifest.undo != "no"


@looking
def test_a_model_can_be_told_the_form_of_its_output(skill: registry.Loaded) -> None:
    properties: Any = schema_of(skill.skill.Output)["properties"]
    assert set(properties) == set(skill.skill.Output.__struct_fields__)


@asked
def test_what_agents_ask_for_has_cases_in_both_languages_and_a_whole_prompt(
    skill: registry.Asked,
) -> None:
    cases = skill.cases()
    chinese = [one for one in cases if re.search("[一-鿿]", str(one.input))]
    assert len(chinese) >= 5
    assert len(cases) - len(chinese) >= 5
    for seen in _seen(skill):
        assert skill.alone(seen) == skill.alone(seen)
        told = skill.helper.tell(seen)
        for message in prompts.task(skill.prompt(told.language), told):
            assert not re.search(r"\{(?:language|how)\}", message.content)
    if skill.helper.Form is not None:
        assert schema_of(skill.helper.Form)["properties"]


async def test_broken_cases_are_told_and_the_others_go_on() -> None:
    cases = [
        Case(id="a", input={"ticket": 7}, output=None),
        Case(id="b", input={}, output={"thanks": True}),
    ]
    found = await evaluating.evaluate("close_thanks", cases)
    assert [one.fate for one in found.outcomes] == ["broken", "missed"]
    assert not found.is_good
