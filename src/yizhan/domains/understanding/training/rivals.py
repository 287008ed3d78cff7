"""What the program says before a workspace has learned anything: a new version must be better."""

from __future__ import annotations

from collections.abc import Sequence

from yizhan.domains.understanding.reading import shipped
from yizhan.domains.understanding.training import machines
from yizhan.domains.understanding.training.types import Head
from yizhan.learning import emotion, urgency
from yizhan.learning.embedding import Vectors
from yizhan.learning.judging import Said


def say(
    head: Head,
    texts: Sequence[str],
    *,
    vectors: Vectors | None,
    labels: Sequence[str],
    outside: bool,
) -> list[Said] | None:
    """None where nothing comes with the program. ``labels`` tell in which language categories are named."""
    if head == "emotion":
        return [
            _felt(text, None if vectors is None else vectors[at]) for at, text in enumerate(texts)
        ]
    if head == "urgency":
        return [Said(found.label, found.confidence) for found in map(urgency.read, texts)]
    model = shipped.models().get("intent")
    if model is None or head not in ("intent", "category"):
        return None
    said = machines.say(model.machine, texts, vectors=vectors, outside=outside)
    if head == "intent":
        return said
    known = shipped.intents()
    chinese = not {one.category_zh for one in known.values()}.isdisjoint(labels)
    return [
        one._replace(label=known[one.label].category_zh if chinese else known[one.label].category)
        if one.label in known
        else one
        for one in said
    ]


def _felt(text: str, vector: Vectors | None) -> Said:
    found = emotion.read(text, vector)
    return Said(found.label, found.confidence)
