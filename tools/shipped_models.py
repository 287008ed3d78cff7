"""Train the heads that come with the program: ``python -m tools.shipped_models [NAME …]``.

They learn from the training part of ``evals/suites`` and nothing else. ``NAME`` is one of ``MAKERS``;
without any, all are made. Vectors are remembered in ``YIZHAN_DATA`` when it is set.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from tools.shipped import dialogue, emotion
from yizhan.learning import classify, embedding, vectors
from yizhan.learning.embedding import Embedder

ROOT: Final = Path(__file__).resolve().parents[1]
SUITES: Final = ROOT / "evals" / "suites"
SHIPPED: Final = ROOT / "src" / "yizhan" / "learning" / "shipped"
LARGEST: Final = 8_000_000
"""Bytes of all heads together: they travel in every installation."""


def lines(part: str, kind: str) -> list[dict[str, Any]]:
    """Every line of a kind (``messages``, ``oos``, ``wordings`` …) of a part, in order of files."""
    return [
        json.loads(line)
        for path in sorted((SUITES / part).glob(f"*.{kind}.jsonl"))
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    ]


def made_from(rows: object) -> str:
    """The digest of what a head learned from; it is kept in the head."""
    text = json.dumps(rows, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def encoder() -> Embedder:
    inner = embedding.fast()
    if inner is None:
        raise SystemExit("the heads that ship are trained with vectors: no encoder on this machine")
    kept = os.environ.get("YIZHAN_DATA")
    return inner if not kept else vectors.Remembering(inner, Path(kept) / "vectors.sqlite")


def intent_examples() -> list[tuple[str, str]]:
    """Texts and intents, those of no intent among them, and what conversations open with."""
    rows = lines("train", "messages") + lines("train", "oos") + lines("train", "wordings")
    rows += [dialogue["turns"][0] for dialogue in lines("train", "dialogues")]
    return [(row["text"], row["intent"]) for row in rows if row.get("intent")]


def intent() -> bytes:
    examples = intent_examples()
    texts, labels = [text for text, _ in examples], [label for _, label in examples]
    taught = {row["text"] for row in lines("train", "wordings")}
    typical = [text not in taught for text in texts]
    seen = encoder().embed(texts)
    head = classify.Classifier.fit(texts, labels, vectors=seen, typical=typical)
    head.document["made_from"] = made_from(examples)
    return head.dump()


def emotion_head() -> bytes:
    return emotion.head(encoder(), made_from(emotion.examples()))


def emotion_words() -> bytes:
    """For installations without the encoder."""
    return emotion.head(None, made_from(emotion.examples()))


MAKERS: Final[dict[str, Callable[[], bytes]]] = {
    "intent": intent,
    "emotion": emotion_head,
    "emotion-words": emotion_words,
    "dialogue": dialogue.gate,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.shipped_models", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MAKERS))
    for name in parser.parse_args().names or list(MAKERS):
        data = MAKERS[name]()
        (SHIPPED / f"{name}.npz").write_bytes(data)
        print(f"{name}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
