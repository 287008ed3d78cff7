"""The training process: ``python -m`` this, an :class:`Order` on standard input, frames on standard output.

It sees texts and labels, no database and no network. It ends by itself when its parent is gone.
"""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from yizhan.domains.understanding.training import machines, rivals
from yizhan.domains.understanding.training.types import OOS, Head
from yizhan.learning import embedding, judging, metrics, split
from yizhan.learning.embedding import Vectors
from yizhan.learning.judging import Said
from yizhan.learning.later import np
from yizhan.learning.vectors import Remembering

LONGEST_SECONDS: Final = 3600
MEMORY: Final = 4 << 30
NEW_ENOUGH: Final = 10
"""Labels that the version in use has not seen, without which nothing is compared with it."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """Examples in the order of time; ``prior`` are those that come with the program."""

    head: Head
    texts: list[str]
    labels: list[str]
    prior_texts: list[str] = []
    prior_labels: list[str] = []
    prior_typical: list[bool] = []
    seed: int = 1
    target: float = 0.9
    cache: str = ""  # a file that remembers vectors; empty: words alone
    rival: bytes = b""  # what is in use, as it was measured
    rival_name: str = ""
    rival_seen: int = 0  # how many of the examples it may have learned from


class Progress(msgspec.Struct, frozen=True, tag=True):
    """How far it is."""

    stage: str
    done: int
    total: int


class Result(msgspec.Struct, frozen=True, tag=True):
    """What became of it. ``measured`` is empty where every example was measured in turn."""

    model: bytes
    measured: bytes
    encoder: str
    report: dict[str, Any]


Frame = Progress | Result


def _write(frame: Frame) -> None:
    content = msgspec.msgpack.encode(frame)
    sys.stdout.buffer.write(len(content).to_bytes(4, "big") + content)
    sys.stdout.buffer.flush()


class _Bench:
    """An order with the vectors of its texts."""

    def __init__(self, order: Order, *, parent: int) -> None:
        self.order = order
        self._parent = parent
        self.encoder = ""
        self.vectors: Vectors | None = None
        self.prior_vectors: Vectors | None = None

    def tell(self, stage: str, done: int, *, total: int) -> None:
        if os.getppid() != self._parent:
            raise SystemExit(1)  # nobody waits for it any more
        _write(Progress(stage, done, total))

    def encode(self) -> None:
        inner = embedding.fast() if self.order.cache else None
        if inner is None:
            return
        encoder = Remembering(
            inner,
            Path(self.order.cache),
            progress=lambda done, total: self.tell("vectors", done, total=total),
        )
        self.encoder = encoder.name
        self.vectors = encoder.embed(self.order.texts)
        self.prior_vectors = encoder.embed(self.order.prior_texts)
        encoder.close()

    def fit(self, places: Sequence[int]) -> machines.Machine:
        """A machine from some of the examples and all of the prior."""
        order = self.order
        texts = [order.texts[at] for at in places] + order.prior_texts
        labels = [order.labels[at] for at in places] + order.prior_labels
        vectors = None
        if self.vectors is not None and self.prior_vectors is not None:
            vectors = np.concatenate([self.vectors[list(places)], self.prior_vectors])
        return machines.fit(
            order.head,
            texts,
            labels=labels,
            vectors=vectors,
            seed=order.seed,
            typical=[True] * len(places) + order.prior_typical,
        )

    def say(self, machine: machines.Machine, places: Sequence[int]) -> list[Said]:
        vectors = None if self.vectors is None else self.vectors[list(places)]
        texts = [self.order.texts[at] for at in places]
        return machines.say(machine, texts, vectors=vectors, outside=self.outside)

    @property
    def outside(self) -> bool:
        """Whether anybody labels what fits no class here."""
        return OOS in self.order.labels


def train(order: Order, *, parent: int) -> Result:
    """Learn from the earlier examples, measure on the later ones, then learn from all."""
    bench = _Bench(order, parent=parent)
    bench.encode()
    parts = split.parts(order.labels, seed=order.seed)
    said: dict[int, Said] = {}
    machine = None
    for at, part in enumerate(parts):
        bench.tell("fitting", at, total=len(parts) + 1)
        machine = bench.fit(part.learn)
        said.update(zip(part.measure, bench.say(machine, part.measure), strict=True))
    bench.tell("fitting", len(parts), total=len(parts) + 1)
    final = bench.fit(range(len(order.texts)))
    bench.tell("measuring", 0, total=1)
    places = sorted(said)
    truth = [order.labels[at] for at in places]
    report = judging.report(truth, [said[at] for at in places], target=order.target)
    alone = len(parts) == 1
    report |= {
        "method": "time" if alone else "folds",
        "learned_from": len(parts[0].learn),
        "comparison": _compared(bench, said, alone=alone),
        "usual": _usual(order, truth),
    }
    return Result(
        model=final.dump(),
        measured=machine.dump() if alone and machine is not None else b"",
        encoder=bench.encoder,
        report=report,
    )


def _usual(order: Order, truth: Sequence[str]) -> dict[str, float]:
    right = judging.majority(truth, seen=order.labels)
    return metrics.share(sum(right), len(right))._asdict()


def _compared(bench: _Bench, said: dict[int, Said], *, alone: bool) -> dict[str, Any]:
    """The new one beside what is in use, or beside saying always the same."""
    order = bench.order
    places = sorted(said)
    if order.rival and not alone:
        # What it may have learned from would flatter it.
        places = [at for at in places if at >= order.rival_seen]
    truth = [order.labels[at] for at in places]
    new = judging.hits(truth, [said[at] for at in places])
    old, name = _rival(bench, places, truth)
    difference = metrics.better(old, new, seed=order.seed)
    return {
        "against": name,
        "difference": difference._asdict(),
        "examples": len(places),
        "enough": len(places) >= NEW_ENOUGH,
        "old": metrics.share(sum(old), len(old))._asdict(),
        "new": metrics.share(sum(new), len(new))._asdict(),
    }


def _rival(bench: _Bench, places: Sequence[int], truth: Sequence[str]) -> tuple[list[bool], str]:
    """What is in use is right where; else what the program says; else the most frequent label."""
    order = bench.order
    if order.rival:
        rival = machines.load(order.head, order.rival)
        return judging.hits(truth, bench.say(rival, places)), order.rival_name
    shipped = None
    if order.prior_texts:  # otherwise the workspace has labels of which the program knows nothing
        texts = [order.texts[at] for at in places]
        vectors = None if bench.vectors is None else bench.vectors[list(places)]
        shipped = rivals.say(
            order.head, texts, vectors=vectors, labels=order.labels, outside=bench.outside
        )
    if shipped is None:
        return judging.majority(truth, seen=order.labels), "usual"
    return judging.hits(truth, shipped), "shipped"


def main() -> None:
    os.nice(5)  # whoever answers customers goes first
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_SECONDS, LONGEST_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    parent = os.getppid()
    order = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Order)
    _write(train(order, parent=parent))


if __name__ == "__main__":
    main()
