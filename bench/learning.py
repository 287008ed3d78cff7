"""What understanding costs on one thread: ``python -m bench.learning [--messages 300] [--examples 10000]``.

Reads messages one at a time with every head that ships, encoding included and nothing remembered, and
trains the heads for intent and emotion on as many examples, whose vectors are known. Wall clock is what a
user waits; the processor's time is what it would be on a machine with nothing else to do.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from yizhan.domains.understanding.reading import heads, shipped
from yizhan.domains.understanding.types import Settings
from yizhan.learning import classify, embedding, emotion, lexicon

SUITES: Final = Path(__file__).resolve().parents[1] / "evals" / "suites" / "train"
WARM: Final = 10
"""Messages before the clock runs: a worker has read some, too."""


class Spent(NamedTuple):
    """Seconds."""

    wall: float
    cpu: float


def timed(work: Callable[[], Any]) -> Spent:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - wall, time.process_time() - cpu)


def lines() -> list[dict[str, str]]:
    """Our own labelled messages."""
    return [
        json.loads(line)
        for path in sorted(SUITES.glob("*.messages.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]


def reading(texts: Sequence[str]) -> list[Spent]:
    """Every head on each message."""
    encoder = embedding.fast()
    known = heads.Heads(
        models=shipped.models(),
        settings=Settings(),
        words=lexicon.shipped(),
        categories=shipped.categories(),
    )

    def read(text: str) -> None:
        vector = None if encoder is None else encoder.embed([text])[0]
        heads.read(heads.Asked(message_id=1, ticket_id=1, text=text), vector, known)

    for text in texts[:WARM]:
        read(text)
    return [timed(functools.partial(read, text)) for text in texts[WARM:]]


def many(count: int, choose: random.Random) -> list[dict[str, str]]:
    """As many examples as wanted: messages of an intent joined two by two, for ours are fewer."""
    known = lines()
    by_intent: dict[str, list[str]] = {}
    for line in known:
        by_intent.setdefault(line["intent"], []).append(line["text"])
    return [
        {**line, "text": f"{line['text']} {choose.choice(by_intent[line['intent']])}"}
        for line in choose.choices(known, k=count)
    ]


def vectors(labels: Sequence[str], *, seed: int) -> embedding.Vectors:
    """In place of what an encoder would have made of them: learning takes as long from these."""
    drawn = np.random.default_rng(seed)
    place = {label: at for at, label in enumerate(sorted(set(labels)))}
    centres = drawn.standard_normal((len(place), 384))
    found = centres[[place[label] for label in labels]]
    found = found + 2 * drawn.standard_normal(found.shape)
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), dtype=np.float32)


def training(count: int, *, seed: int) -> dict[str, Spent]:
    """Intent and emotion, each from as many examples."""
    rows = many(count, random.Random(seed))  # noqa: S311 -- a choice, not a secret
    texts, known = (
        [row["text"] for row in rows],
        vectors([row["intent"] for row in rows], seed=seed),
    )
    intents, felt = [row["intent"] for row in rows], [row["emotion"] for row in rows]
    return {
        "intent": timed(lambda: classify.Classifier.fit(texts, intents, vectors=known)),
        "emotion": timed(lambda: emotion.EmotionHead.fit(texts, felt, vectors=known)),
    }


def quantiles(spent: Sequence[float]) -> str:
    return ", ".join(
        f"p{share} {1000 * float(np.quantile(spent, share / 100)):.1f}" for share in (50, 95, 99)
    )


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=300)
    parser.add_argument("--examples", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    print(f"load of the machine: {', '.join(f'{one:.1f}' for one in os.getloadavg())}")
    choose = random.Random(args.seed)  # noqa: S311 -- a choice, not a secret
    texts = choose.sample([line["text"] for line in lines()], args.messages + WARM)
    spent = reading(texts)
    print(f"a message, all heads, of {len(spent)}:")
    print(f"  wall clock, ms: {quantiles([one.wall for one in spent])}")
    print(f"  processor, ms:  {quantiles([one.cpu for one in spent])}")
    for name, one in training(args.examples, seed=args.seed).items():
        print(
            f"training {name}, {args.examples} examples: {one.wall:.1f} s, processor {one.cpu:.1f} s"
        )


if __name__ == "__main__":
    main()
