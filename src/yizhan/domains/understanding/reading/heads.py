"""From what the models say to readings with threshold, evidence and the name of who said it. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from yizhan.domains.understanding.reading import following, telling
from yizhan.domains.understanding.types import (
    EARLIER,
    TAKEN_BACK,
    Evidence,
    Other,
    Reading,
    Settings,
)
from yizhan.learning import complexity, emotion, evidence, language, lexicon, urgency
from yizhan.learning.dialogue.types import Encode, Turn
from yizhan.learning.embedding import Vectors

LIKELY: Final = 0.2  # an intent that is at least so likely is perhaps meant besides
_EASY, _HARD = 0.25, 0.55  # borders between low, normal and high complexity
_HALF: Final = 0.5  # at least so likely, one of the labels fits
_FEW_LETTERS: Final = 12  # fewer Latin ones do not tell a language
_OWN_SCRIPT: Final = frozenset(
    ("zh", "zh-Hant", "ja", "ko", "th", "ru", "uk", "ar", "fa", "he", "el", "hi")
)
_RULES: Final = "rules"
_FEW: Final = 6  # pieces of evidence that are kept


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A message to read, with what was said before it in its ticket."""

    message_id: int
    ticket_id: int
    text: str
    attachments: int = 0
    earlier: tuple[Turn, ...] = ()


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """A head that was trained, and under which name its readings go. ``threshold`` is its own advice."""

    name: str
    machine: Any
    threshold: float | None = None


class Heads(msgspec.Struct, frozen=True, kw_only=True):
    """All that a workspace's messages are read with."""

    models: Mapping[str, Model]
    settings: Settings
    words: lexicon.Lexicon
    categories: Mapping[str, str] = {}  # of intents that are known by their category


def read(
    asked: Asked, vector: Vectors | None, heads: Heads, *, embed: Encode | None = None
) -> list[Reading]:
    """What every head that is on says of a message. ``embed`` is for the turns before it."""
    text = asked.text
    found = [_language(asked), _slots(asked)]
    guesses = _learned(asked, vector, heads)
    if "intent" in guesses:
        guesses["intent"] = _in_context(asked, guesses["intent"], heads, embed=embed)
    found += guesses.values()
    felt = emotion.read(text, vector, words=heads.words)
    if "emotion" not in guesses:
        found.append(_emotion(asked, felt, heads))
    found.append(_escalation(asked, felt.escalation))
    if "urgency" not in guesses:
        found.append(_urgency(asked, heads))
    found.append(_complexity(asked, guesses.get("intent")))
    if "category" not in guesses and "intent" in guesses:
        found.append(_category(guesses["intent"], heads))
    return [one for one in found if one is not None and _is_on(one.head, heads.settings)]


def _is_on(head: str, settings: Settings) -> bool:
    return settings.head(head).on


def _learned(asked: Asked, vector: Vectors | None, heads: Heads) -> dict[str, Reading]:
    vectors = None if vector is None else vector.reshape(1, -1)
    found: dict[str, Reading] = {}
    for head in ("intent", "category", "emotion", "urgency"):
        model = heads.models.get(head)
        if model is None or not _is_on(head, heads.settings):
            continue
        guess = model.machine.guess([asked.text], vectors)[0]
        if guess.label:
            found[head] = _guessed(asked, head, guess=guess, model=model, heads=heads)
    return found


def _guessed(asked: Asked, head: str, *, guess: Any, model: Model, heads: Heads) -> Reading:
    in_scope = bool(guess.in_scope >= _HALF)
    return Reading(
        head=head,
        label=guess.label,
        confidence=_share(guess.confidence),
        in_scope=in_scope,
        abstained=in_scope and guess.confidence < heads.settings.head(head).threshold,
        others=_others(guess.others),
        evidence=_words(guess.evidence, asked.text),
        model=model.name,
        message_id=asked.message_id,
    )


def _in_context(asked: Asked, alone: Reading, heads: Heads, *, embed: Encode | None) -> Reading:
    """The intent of a turn given the turns before it."""
    found = following.follow(
        asked.earlier,
        asked.text,
        machine=heads.models["intent"].machine,
        alone=alone.label or "",
        embed=embed,
    )
    if found is None:
        return alone
    reading, in_scope = found.reading, found.carried or alone.in_scope
    why = (Evidence(text=found.quote, kind=EARLIER),) if found.carried else alone.evidence
    return msgspec.structs.replace(
        alone,
        label=reading.intent,
        confidence=_share(reading.confidence),
        in_scope=in_scope,
        abstained=in_scope and reading.confidence < heads.settings.head("intent").threshold,
        others=_others(reading.others),
        evidence=why,
    )


def _category(intent: Reading, heads: Heads) -> Reading | None:
    """Where nothing was learned of categories: the one to which the intent belongs, as sure as that."""
    path = heads.categories.get(intent.label or "")
    if path is None:
        return None
    others: dict[str, float] = {}
    for other in intent.others:
        name = heads.categories.get(other.label)
        if name is not None and name != path:
            others[name] = others.get(name, 0.0) + other.p
    return Reading(
        head="category",
        label=path,
        confidence=intent.confidence,
        in_scope=intent.in_scope,
        abstained=intent.in_scope and intent.confidence < heads.settings.head("category").threshold,
        others=_others(sorted(others.items(), key=lambda item: -item[1])),
        evidence=intent.evidence,
        model=intent.model,
        message_id=intent.message_id,
    )


def _emotion(asked: Asked, felt: emotion.Emotion, heads: Heads) -> Reading:
    sure = _share(felt.confidence)
    others = [] if felt.label == "negative" else [("negative", felt.negative)]
    return Reading(
        head="emotion",
        label=felt.label,
        confidence=sure,
        abstained=sure < heads.settings.head("emotion").threshold,
        others=_others(others),
        evidence=_words(felt.evidence, asked.text),
        model=heads.models["emotion"].name if "emotion" in heads.models else "shipped",
        message_id=asked.message_id,
    )


def _escalation(asked: Asked, hits: Sequence[lexicon.Hit]) -> Reading | None:
    if not hits:
        return None
    heaviest = max(hits, key=lambda hit: hit.weight)
    return Reading(
        head="escalation",
        label=heaviest.category,
        confidence=_share(heaviest.weight),
        evidence=tuple(
            Evidence(text=hit.said, kind=hit.category, weight=hit.weight, start=hit.start, end=hit.end)
            for hit in sorted(hits, key=lambda hit: -hit.weight)[: 4 * _FEW]
        ),
        model=_RULES,
        message_id=asked.message_id,
    )  # fmt: skip


def _urgency(asked: Asked, heads: Heads) -> Reading:
    said = urgency.read(asked.text)
    return Reading(
        head="urgency",
        label=said.label,
        confidence=_share(said.confidence),
        abstained=said.confidence < heads.settings.head("urgency").threshold,
        evidence=_words(said.evidence, asked.text),
        model="shipped",
        message_id=asked.message_id,
    )


def _complexity(asked: Asked, intent: Reading | None) -> Reading:
    """Counted rather than guessed: it is never unsure."""
    likely = 1
    if intent is not None and intent.in_scope:
        likely += sum(other.p >= LIKELY for other in intent.others)
    turns = 1 + sum(turn.role == "user" for turn in asked.earlier)
    found = complexity.read(asked.text, intents=likely, attachments=asked.attachments, turns=turns)
    label = "low" if found.score < _EASY else "normal" if found.score < _HARD else "high"
    return Reading(
        head="complexity",
        label=label,
        confidence=1.0,
        evidence=tuple(
            Evidence(text=str(part.found), kind=part.name, weight=part.share)
            for part in found.parts[:_FEW]
        ),
        model=_RULES,
        message_id=asked.message_id,
    )


def _language(asked: Asked) -> Reading | None:
    tag = language.detect(asked.text)
    if tag == "und":
        return None
    # "OK" or the name of a product is written alike by everybody.
    is_short = sum(char.isascii() and char.isalpha() for char in asked.text) < _FEW_LETTERS
    unsure = is_short and tag not in _OWN_SCRIPT
    return Reading(
        head="language",
        label=tag,
        confidence=_HALF if unsure else 1.0,
        abstained=unsure,
        model=_RULES,
        message_id=asked.message_id,
    )


def _slots(asked: Asked) -> Reading | None:
    stated = telling.stated(asked.text, asked.earlier)
    if not stated:
        return None
    return Reading(
        head="slots",
        label=None,
        confidence=1.0,
        evidence=tuple(
            Evidence(
                text=told.slot.value,
                kind=told.slot.name,
                weight=TAKEN_BACK if told.withdrawn else 0.0,
                start=told.slot.start,
                end=told.slot.end,
            )
            for told in stated
        ),
        model=_RULES,
        message_id=asked.message_id,
    )


def _share(value: float) -> float:
    return round(min(1.0, max(0.0, float(value))), 4)


def _others(pairs: Sequence[tuple[str, float]]) -> tuple[Other, ...]:
    return tuple(Other(label, _share(p)) for label, p in list(pairs)[:_FEW])


def _words(found: Sequence[str], text: str) -> tuple[Evidence, ...]:
    """Only what can be seen in the message: models know numbers and rare words by their shape."""
    seen = unicodedata.normalize("NFKC", text).casefold()
    shown = [one.strip() for one in found if evidence.tells(one)]
    return tuple(Evidence(text=one) for one in shown if len(one) > 1 and one.casefold() in seen)[
        :_FEW
    ]
