"""The gate that tells a new matter from more of the same: ``python -m tools.shipped_models dialogue``.

It learns from the conversations of the suites' training part, read by the intents that ship.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from yizhan.learning import dialogue, embedding, shipped
from yizhan.learning.dialogue import carry, features

if TYPE_CHECKING:
    from yizhan.learning.classify import Classifier
    from yizhan.learning.dialogue.types import Encode

ROOT: Final = Path(__file__).resolve().parents[2]
SUITES: Final = ROOT / "evals" / "suites"


def conversations(part: str) -> list[list[dialogue.Turn]]:
    """The labelled conversations of a part of the suites."""
    return [
        [
            dialogue.Turn(one["role"], one["text"], one.get("intent", ""), one.get("slots", {}))
            for one in json.loads(line)["turns"]
        ]
        for path in sorted((SUITES / part).glob("*.dialogues.jsonl"))
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    ]


def cases(
    known: Sequence[Sequence[dialogue.Turn]], head: Classifier, embed: Encode | None
) -> Iterator[tuple[list[float], bool]]:
    """Of every turn but the first: its signs, and whether it is about something new."""
    for turns in known:
        rows = features.seen(turns)
        intents = [turn.intent for turn in turns if turn.role == "user"]
        guesses = carry.guesses(head, rows, embed)
        for place in range(1, len(rows)):
            before = intents[place - 1]
            yield (
                carry.signs(rows[place], guesses[place], before),
                intents[place] != before,
            )


def gate() -> bytes:
    """Made of what ships and the training part alone."""
    head = shipped.intent()
    if head is None:
        raise SystemExit("make the intents first: python -m tools.shipped_models intent")
    return carry.dump(carry.fit(cases(conversations("train"), head, embedding.default())))
