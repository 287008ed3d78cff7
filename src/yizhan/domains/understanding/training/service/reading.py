"""What people see of learning: how far each head is, and which labels there are."""

from __future__ import annotations

from collections import Counter
from typing import Final, Literal

from yizhan.domains.identity import permissions
from yizhan.domains.understanding.training import repository, schemas
from yizhan.domains.understanding.training.service import labels, training, versions
from yizhan.domains.understanding.training.types import HEADS, Head
from yizhan.kernel.tx import Tx

FEW: Final = 10
ENOUGH: Final = 50
"""Examples of a label: measured on public sets, accuracy rises steeply up to about so many."""


async def overview(tx: Tx) -> schemas.Learning:
    """Every head."""
    versions.may_read(tx)
    return schemas.Learning(
        heads=[await state(tx, head) for head in HEADS],
        settings=schemas.settings_out(await repository.settings(tx)),
        manage=permissions.can(tx.actor, versions.PERMISSION),
    )


async def state(tx: Tx, head: Head) -> schemas.HeadState:
    examples = await labels.gather(tx, head)
    last = await repository.newest(tx, head)
    until = "" if last is None else last.snapshot.get("until") or ""
    using = await repository.in_state(tx, head, state="in_use")
    running = await repository.in_state(tx, head, state="training")
    return schemas.HeadState(
        head=head,
        labels=len(examples),
        classes=len({one.label for one in examples}),
        new_labels=sum(one.at.isoformat() > until for one in examples),
        least=training.LEAST,
        ready=training.too_few([one.label for one in examples]) is None,
        in_use=None if using is None else schemas.version_out(using),
        training=None if running is None else schemas.version_out(running),
    )


async def label_set(tx: Tx, head: Head) -> schemas.LabelSet:
    """What a head can learn from now."""
    versions.may_read(tx)
    examples = await labels.gather(tx, head)
    counts = Counter(one.label for one in examples)
    return schemas.LabelSet(
        head=head,
        total=len(examples),
        least=training.LEAST,
        least_classes=training.LEAST_CLASSES,
        sources=dict(Counter(one.source for one in examples)),
        items=[
            schemas.LabelCount(label=label, examples=count, word=_word(count))
            for label, count in sorted(counts.items(), key=lambda item: (item[1], item[0]))
        ],
    )


def _word(count: int) -> Literal["few", "some", "enough"]:
    return "few" if count < FEW else "some" if count < ENOUGH else "enough"
