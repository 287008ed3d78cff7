"""What a writer feels: negative, neutral or positive, how sure that is, and which words say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from yizhan.learning import lexicon

if TYPE_CHECKING:
    from yizhan.learning.embedding import Vectors

LABELS: Final = ("negative", "neutral", "positive")


class Emotion(NamedTuple):
    """``negative`` is a calibrated probability, ``escalation`` what the lexicon found."""

    label: str
    confidence: float
    negative: float
    escalation: tuple[lexicon.Hit, ...]
    evidence: tuple[str, ...]


def read(
    text: str, vector: Vectors | None = None, *, words: lexicon.Lexicon | None = None
) -> Emotion:
    """By the head that comes with the program. ``words`` is a tenant's own escalation lexicon."""
    hits = (words or lexicon.shipped()).find(text)
    negative = lexicon.strength(hits)
    del vector
    label = "negative" if negative >= 0.5 else "neutral"
    evidence = tuple(dict.fromkeys(hit.said for hit in hits))
    return Emotion(label, max(negative, 1 - negative), negative, hits, evidence)
