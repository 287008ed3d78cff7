"""`yizhan eval suites`: the heads as they ship, on the part of the suites that nothing learns from."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from yizhan.app.evals import category, dialogue, files, labelled
from yizhan.kernel.config import Config
from yizhan.learning import classify, paths, shipped
from yizhan.learning.dialogue import carry
from yizhan.learning.embedding import Embedder, Vectors

HELP = "the models that ship, on labelled conversations that they have not seen"


class Message(msgspec.Struct, frozen=True):
    """A line of ``NAME.messages.jsonl`` or ``NAME.oos.jsonl``."""

    text: str
    intent: str
    lang: str


class Place(msgspec.Struct, frozen=True):
    """A line of ``taxonomy.jsonl``."""

    intent: str
    category: str


class NothingShipped(files.FileUnreadable):
    """This build has no such model."""


def add(parser: argparse.ArgumentParser) -> None:
    """Declares the folder."""
    parser.add_argument(
        "--suites",
        type=Path,
        default=Path("evals/suites"),
        help="folder with test/ and taxonomy.jsonl",
    )


def run(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """Figures by head; each has those of its own `eval` task."""
    found = sorted((args.suites / "test").glob("*.messages.jsonl"))
    found += sorted((args.suites / "test").glob("*.oos.jsonl"))
    if not found:
        raise files.FileUnreadable(f"{args.suites} has no test/NAME.messages.jsonl")
    messages = [line for path in found for line in files.lines(path, Message)]
    encoder = files.encoder(config)
    vectors = None if encoder is None else encoder.embed([message.text for message in messages])
    places = files.lines(args.suites / "taxonomy.jsonl", Place)
    conversations = sorted((args.suites / "test").glob("*.dialogues.jsonl"))
    return {
        "intent": _intent(messages, vectors),
        "category": _category(
            messages, vectors, {place.intent: place.category for place in places}
        ),
        **({"dialogue": _dialogue(conversations, encoder)} if conversations else {}),
    }


def _intent(messages: Sequence[Message], vectors: Vectors | None) -> dict[str, Any]:
    head = shipped.intent()
    if head is None:
        raise NothingShipped("no intents ship with this build")
    guesses = head.guess([message.text for message in messages], vectors)
    answers = [labelled.Answer(guess.label, guess.confidence) for guess in guesses]
    truth = [message.intent for message in messages]
    three = [
        message.intent in {guess.label, *(label for label, _ in guess.others[:2])}
        for message, guess in zip(messages, guesses, strict=True)
        if message.intent != classify.OOS
    ]
    return {
        **labelled.figures(truth, answers, threshold=head.threshold),
        "among_three": sum(three) / max(1, len(three)),
        "by_language": _by(messages, answers, lambda message: message.lang),
    }


def _by(
    messages: Sequence[Message],
    answers: Sequence[labelled.Answer],
    part: Callable[[Message], str],
) -> dict[str, float]:
    hits: dict[str, list[bool]] = defaultdict(list)
    for message, answer in zip(messages, answers, strict=True):
        hits[part(message)].append(message.intent == answer.label)
    return {name: sum(found) / len(found) for name, found in sorted(hits.items())}


def _category(
    messages: Sequence[Message], vectors: Vectors | None, places: dict[str, str]
) -> dict[str, Any]:
    head = shipped.category()
    if head is None:
        raise NothingShipped("no categories ship with this build")
    guesses = head.guess([message.text for message in messages], vectors)
    truth = [paths.tidy(places.get(message.intent, message.intent)) for message in messages]
    answers = [labelled.Answer(guess.label, guess.confidence) for guess in guesses]
    return {
        "per_level": category.per_level(truth, guesses),
        "sure_path": category.sure(truth, guesses),
        **labelled.figures(truth, answers, threshold=head.threshold),
    }


def _dialogue(paths_: Sequence[Path], encoder: Embedder | None) -> dict[str, Any]:
    """Every turn with what was said before it, by the gate and the rules that ship."""
    head, gate = shipped.intent(), carry.shipped()
    if head is None or gate is None:
        raise NothingShipped("no reading of conversations ships with this build")
    follower = carry.Follower(head, gate, encoder)
    conversations = [turns for path in paths_ for turns in dialogue.conversations(path)]
    scored = [one for turns in conversations for one in dialogue.score(follower, turns)]
    return {
        **dialogue.figures(scored),
        "conversations": len(conversations),
        "turns": len(scored),
    }


def show(result: dict[str, Any]) -> str:
    """For people."""
    return "\n\n".join(
        f"{name}\n{labelled.show(figures)}"
        for name, figures in result.items()
        if isinstance(figures, dict)
    )
