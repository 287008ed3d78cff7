"""The labelled suites keep their own promises: whole, consistent, and nothing of the test part in training."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SUITES = Path(__file__).resolve().parents[2] / "evals" / "suites"
PARTS = ("train", "test")
EMOTIONS = {"negative", "neutral", "positive"}
TRAITS = {
    *("typo", "dialect", "emoji", "mixed", "sarcasm", "voice"),
    *("long", "short", "formal", "two_issues", "traditional"),
}
NEAR = 0.6  # of their 4-grams shared: the same sentence with another number in it


@cache
def lines(pattern: str) -> tuple[dict[str, Any], ...]:
    found = []
    for path in sorted(SUITES.glob(pattern)):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            try:
                found.append({**json.loads(line), "at": f"{path.parent.name}/{path.name}:{number}"})
            except ValueError as error:
                pytest.fail(f"{path}:{number}: {error}")
    return tuple(found)


def intents() -> set[str]:
    return {one["intent"] for one in lines("taxonomy.jsonl")}


def said(one: dict[str, Any]) -> str:
    """Everything that somebody wrote in a line."""
    return one["text"] if "text" in one else "\n".join(turn["text"] for turn in one["turns"])


@pytest.mark.parametrize("part", PARTS)
def test_messages_are_labelled_by_the_book(part: str) -> None:
    for one in (*lines(f"{part}/*.messages.jsonl"), *lines(f"{part}/*.oos.jsonl")):
        where = one["at"]
        assert one["lang"] in {"zh", "en"}, where
        assert one["emotion"] in EMOTIONS, where
        assert one["urgency"] in {"low", "normal", "high"}, where
        assert set(one["traits"]) <= TRAITS, where
        assert one["intent"] in intents() | {"oos"}, where
        assert (one["intent"] == "oos") == (".oos." in where), where
        assert all(value and value in one["text"] for value in one["slots"].values()), where


def test_opinions_are_many_and_nobodys_test() -> None:
    opinions = lines("*/*.opinions.jsonl")
    for one in opinions:
        assert one.keys() == {"id", "lang", "text", "emotion", "at"}, one["at"]
        assert one["lang"] in {"zh", "en"}, one["at"]
        assert one["emotion"] in EMOTIONS, one["at"]
        assert one["at"].startswith("train/"), one["at"]
    assert len(opinions) >= 1_500
    assert min(Counter(one["emotion"] for one in opinions).values()) >= 300
    assert len({one["text"] for one in opinions}) == len({one["id"] for one in opinions})
    asked = {one["text"] for one in lines("test/*.jsonl") if "text" in one}
    assert not asked & {one["text"] for one in opinions}


def test_wordings_are_of_known_intents_and_nobodys_test() -> None:
    wordings = lines("*/*.wordings.jsonl")
    for one in wordings:
        assert one.keys() == {"id", "lang", "text", "intent", "at"}, one["at"]
        assert one["lang"] in {"zh", "en"}, one["at"]
        assert one["intent"] in intents() | {"oos"}, one["at"]
        assert one["at"].startswith("train/"), one["at"]
    assert len({one["id"] for one in wordings}) == len(wordings)
    asked = {one["text"] for one in lines("test/*.jsonl") if "text" in one}
    asked |= {turn["text"] for one in lines("test/*.dialogues.jsonl") for turn in one["turns"]}
    written = [one["text"] for one in (*wordings, *lines("train/*.messages.jsonl"))]
    assert len(set(written)) == len(written)
    assert not asked & {one["text"] for one in wordings}


@pytest.mark.parametrize("part", PARTS)
def test_dialogues_are_conversations(part: str) -> None:
    for one in lines(f"{part}/*.dialogues.jsonl"):
        roles = [turn["role"] for turn in one["turns"]]
        assert roles[0] == "user", one["at"]
        assert set(roles) == {"user", "agent"}, one["at"]
        for turn in one["turns"]:
            if turn["role"] == "user":
                assert turn["intent"] in intents() | {"oos"}, one["at"]
                assert all(str(value) in turn["text"] for value in turn["slots"].values()), one[
                    "at"
                ]


def test_every_intent_is_learned_and_asked_in_both_languages() -> None:
    for part, least in (("train", 5), ("test", 2)):
        counted = Counter((one["intent"], one["lang"]) for one in lines(f"{part}/*.messages.jsonl"))
        poor = {
            (intent, lang): counted[intent, lang]
            for intent in intents()
            for lang in ("zh", "en")
            if counted[intent, lang] < least
        }
        assert not poor, part


def test_nothing_is_written_twice() -> None:
    for pattern in ("*/*.messages.jsonl", "*/*.oos.jsonl", "*/*.dialogues.jsonl"):
        ids = Counter(one["id"] for one in lines(pattern))
        assert not [key for key, count in ids.items() if count > 1], pattern
    texts = Counter(one["text"] for one in lines("*/*.messages.jsonl"))
    assert not [text for text, count in texts.items() if count > 1]


def test_nothing_of_the_test_part_is_near_anything_of_the_training_part() -> None:
    for kind in ("messages", "oos", "queries", "dialogues"):
        by_gram = defaultdict(set)
        learned = (*lines(f"train/*.{kind}.jsonl"), *lines("train/*.wordings.jsonl"))
        known = [(one["at"], _grams(said(one))) for one in learned]
        for number, (_, grams) in enumerate(known):
            for gram in grams:
                by_gram[gram].add(number)
        for one in lines(f"test/*.{kind}.jsonl"):
            mine = _grams(said(one))
            shared = Counter(number for gram in mine for number in by_gram.get(gram, ()))
            for number, count in shared.items():
                where, theirs = known[number]
                alike = count / len(mine | theirs)
                assert alike < NEAR, f"{one['at']} is nearly {where}"


def _grams(text: str) -> set[str]:
    plain = "".join(text.lower().split())
    return {plain[at : at + 4] for at in range(max(1, len(plain) - 3))}


def _articles() -> Iterator[tuple[str, dict[str, Any]]]:
    for one in lines("articles.*.jsonl"):
        yield one["id"], one


def test_articles_answer_what_is_asked() -> None:
    articles = dict(_articles())
    assert len(articles) == len(lines("articles.*.jsonl"))
    asked: set[str] = set()
    for one in articles.values():
        assert one["title"], one["at"]
        assert len(one["body"]) >= 80, one["at"]
        assert set(one["intents"]) <= intents(), one["at"]
        assert len(one["questions"]) >= 2, one["at"]
    for query in lines("*/*.queries.jsonl"):
        assert set(query["relevant"]) <= articles.keys(), query["at"]
        assert query["relevant"], query["at"]
        asked |= set(query["relevant"])
    assert asked == articles.keys()


def test_the_suites_are_as_large_as_they_say() -> None:
    assert len(intents()) >= 60
    messages = lines("*/*.messages.jsonl")
    assert len(messages) >= 2_000
    assert min(Counter(one["lang"] for one in messages).values()) >= 900
    industries = {one["industry"] for one in lines("taxonomy.jsonl")} - {"common"}
    assert len(industries) >= 8
