"""What every source folder must hold to. A new folder is tested by being there."""

from __future__ import annotations

import random
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec
import pytest

from yizhan.app import discovery
from yizhan.domains.panel import contract, registry, testing
from yizhan.kernel import forms

discovery.load()
KINDS = registry.known()
LANGUAGES = set(forms.LANGUAGES)
FIXTURES = [(kind, fixture) for kind in KINDS for fixture in testing.fixtures(kind)]
each = pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.id)
recorded = pytest.mark.parametrize(
    ("kind", "fixture"), FIXTURES, ids=[f"{kind.id}-{fixture.name}" for kind, fixture in FIXTURES]
)


def test_every_folder_is_loaded() -> None:
    root = Path(str(resources.files("yizhan.extensions.sources")))
    folders = {path.parent.name for path in root.glob("*/manifest.toml")}
    assert folders == {kind.id for kind in KINDS}
    assert len(folders) >= 2


@each
def test_the_manifest_says_what_it_is_in_both_languages(kind: registry.Loaded) -> None:
    manifest = kind.manifest
    assert set(manifest.name) == set(manifest.description) == LANGUAGES
    assert all([*manifest.name.values(), *manifest.description.values(), manifest.icon])


def _properties(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found = dict(schema.get("properties", {}))
    for name, part in schema.get("$defs", {}).items():
        found |= {f"{name}.{key}": spec for key, spec in part.get("properties", {}).items()}
    return found


@each
def test_every_setting_has_a_title_in_both_languages(kind: registry.Loaded) -> None:
    for name, spec in _properties(kind.schema).items():
        assert set(spec.get("x-title", {})) == LANGUAGES, name
        choices = spec.get("enum") or spec.get("items", {}).get("enum")
        for language, words in spec.get("x-choices", {}).items():
            assert choices is None or set(words) == set(choices), (name, language)


@each
def test_there_is_an_example(kind: registry.Loaded) -> None:
    assert any(fixture.content is not None for fixture in testing.fixtures(kind))


@recorded
async def test_an_example_becomes_what_is_written_beside_it(
    kind: registry.Loaded, fixture: testing.Fixture
) -> None:
    for _ in range(2):  # again is the same
        host = testing.FixtureHost(fixture.answer)
        found = await testing.answer(kind, fixture, host)
        wanted = fixture.error if fixture.content is None else fixture.content
        assert msgspec.to_builtins(found) == msgspec.to_builtins(wanted)
        assert bool(host.sent) <= (not kind.manifest.local)
    assert fixture.error is None or fixture.error in contract.CODES


@recorded
async def test_secrets_are_never_shown_and_only_sent_in_headers(
    kind: registry.Loaded, fixture: testing.Fixture
) -> None:
    secret = [str(fixture.settings[name]) for name in kind.secret_names & set(fixture.settings)]
    host = testing.FixtureHost(fixture.answer)
    found = msgspec.json.encode(await testing.answer(kind, fixture, host)).decode()
    for _, url, _, content in host.sent:
        for one in secret:
            assert one not in url
            assert one.encode() not in content
    assert not any(one in found for one in secret)


@recorded
async def test_whatever_is_answered_ends_as_content_or_as_a_known_failure(
    kind: registry.Loaded, fixture: testing.Fixture
) -> None:
    dice = random.Random(fixture.name)
    for _ in range(150):
        body = _anything(dice, fixture.answer.body if fixture.answer else None)
        host = testing.FixtureHost(testing.Recorded(dice.choice((200, 200, 200, 404, 500)), body))
        found = await testing.answer(kind, fixture, host)
        assert isinstance(found, contract.Content) or found in contract.CODES
        if isinstance(found, contract.Content):
            assert msgspec.json.decode(msgspec.json.encode(found), type=contract.Content) == found


_ODD: tuple[Any, ...] = (
    None,
    True,
    -1,
    0.1,
    1e300,
    10**18,
    "",
    "x",
    "\x00",
    "NaN",
    "2026-02-30",
    [],
    {},
    [[]],
    "∞",
)


def _anything(dice: random.Random, found: Any) -> Any:
    """The example with some of it replaced by what nobody expects."""
    if dice.random() < 0.15:
        return dice.choice(_ODD)
    if isinstance(found, dict):
        return {key: _anything(dice, value) for key, value in found.items() if dice.random() > 0.1}
    if isinstance(found, list):
        return [_anything(dice, value) for value in found]
    return found


@recorded
def test_settings_round_trip_and_wrong_ones_are_refused_by_name(
    kind: registry.Loaded, fixture: testing.Fixture
) -> None:
    settings = kind.convert(fixture.settings)
    assert kind.convert(msgspec.to_builtins(settings)) == settings
    with pytest.raises(contract.SourceSettingsInvalid) as refused:
        kind.convert({**fixture.settings, "colour": "red"})
    assert refused.value.extra["field"] == "colour"
