"""A training from the wish to the version: asked for in a transaction, done by a job."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from yizhan.domains.identity import permissions
from yizhan.domains.understanding.training import errors, events, priors, repository, work
from yizhan.domains.understanding.training.service import labels, versions
from yizhan.domains.understanding.training.types import Cause, Example, Head, Version
from yizhan.kernel.storage import FileMissing, Store
from yizhan.kernel.tx import Tx

JOB: Final = "understanding.train"
LEAST: Final = 10
"""Labels in all without which nothing is trained."""
LEAST_CLASSES: Final = 2


def too_few(found: Sequence[str]) -> dict[str, Any] | None:
    """What is missing before anything can be learned; None when there is enough."""
    classes = len(set(found))
    if len(found) >= LEAST and classes >= LEAST_CLASSES:
        return None
    return {
        "labels": len(found),
        "classes": classes,
        "least": LEAST,
        "least_classes": LEAST_CLASSES,
    }


async def start(tx: Tx, head: Head, *, cause: Cause = "button") -> Version:
    """Train a new version in the background. Errors: TrainingRuns, TooFewLabels."""
    permissions.require(tx.actor, versions.PERMISSION)
    await repository.hold(tx, head)
    if await repository.in_state(tx, head, state="training") is not None:
        raise errors.TrainingRuns
    missing = too_few([one.label for one in await labels.gather(tx, head)])
    if missing is not None:
        raise errors.TooFewLabels(**missing)
    row = Version(
        id=tx.new_id(),
        head=head,
        number=await repository.next_number(tx, head),
        state="training",
        cause=cause,
        reason="",
        started_by=tx.actor.stamp(),
        stage="waiting",
        done=0,
        total=0,
        seed=1,
        encoder="",
        sha256=None,
        measured=None,
        size=0,
        threshold=None,
        snapshot={},
        report={},
        seconds=None,
        created_at=tx.now,
        finished_at=None,
        promoted_at=None,
    )
    await repository.add(tx, row)
    tx.defer(JOB, key=f"{JOB}:{row.id}", version_id=row.id)
    tx.emit(events.TrainingStarted(model_id=row.id, head=head, number=row.number, cause=cause))
    return row


async def prepare(tx: Tx, version_id: int) -> tuple[Version, list[Example], Version | None] | None:
    """What the job learns from, and what is in use. None when the training was cancelled."""
    row = await repository.version(tx, version_id, lock=True)
    if row is None or row.state != "training":
        return None
    examples = await labels.gather(tx, row.head)
    missing = too_few([one.label for one in examples])
    if missing is not None:
        await versions.end(tx, row, state="failed", reason="too_few_labels")
        return None
    await repository.change(tx, row.id, stage="reading", snapshot=labels.snapshot(examples))
    return row, examples, await repository.in_state(tx, row.head, state="in_use")


async def order(
    store: Store, workspace_id: int, *, row: Version, examples: Sequence[Example],
    rival: Version | None, target: float, cache: str,
) -> work.Order:  # fmt: skip
    """All that the training process needs. No transaction is open: it reads files."""
    own = [one.label for one in examples]
    prior = priors.fitting(row.head, own)
    content, seen = b"", 0
    if rival is not None:
        until = rival.snapshot.get("until") or ""
        seen = sum(one.at.isoformat() <= until for one in examples)
        content = await _bytes(store, workspace_id, sha256=rival.measured or rival.sha256)
    return work.Order(
        head=row.head,
        texts=[one.text for one in examples],
        labels=own,
        prior_texts=[one.text for one in prior],
        prior_labels=[one.label for one in prior],
        prior_typical=[one.typical for one in prior],
        seed=row.seed,
        target=target,
        cache=cache,
        rival=content,
        rival_name=f"version:{rival.number}" if rival is not None and content else "",
        rival_seen=seen,
    )


async def _bytes(store: Store, workspace_id: int, *, sha256: str | None) -> bytes:
    """Of a model that is lost nothing: then there is none to be compared with."""
    try:
        return b"" if sha256 is None else await store.get(workspace_id, sha256)
    except FileMissing:
        return b""


async def progress(tx: Tx, version_id: int, *, told: work.Progress) -> bool:
    """Note how far it is. False when it was cancelled meanwhile."""
    row = await repository.version(tx, version_id, lock=True)
    if row is None or row.state != "training":
        return False
    await repository.change(tx, version_id, stage=told.stage, done=told.done, total=told.total)
    return True


async def finish(
    tx: Tx, version_id: int, *, result: work.Result, names: tuple[str, str | None], seconds: float
) -> Version | None:
    """Keep what was learned; take it into use if it is better. ``names``: its files in the store."""
    row = await repository.version(tx, version_id)
    if row is None:
        return None
    await repository.hold(tx, row.head)
    row = await repository.version(tx, version_id, lock=True)
    if row is None or row.state != "training":
        return None
    use, reason = versions.verdict(result.report, await repository.settings(tx))
    row = await versions.end(
        tx,
        row,
        state="candidate",
        reason=reason,
        sha256=names[0],
        measured=names[1],
        size=len(result.model),
        encoder=result.encoder,
        threshold=result.report["threshold"],
        report=result.report,
        seconds=seconds,
    )
    if use and not await versions.held(tx, row, by_itself=True):
        return await versions.put_into_use(tx, row, reason=reason, by_itself=True)
    return row


async def fail(tx: Tx, version_id: int, *, reason: str) -> None:
    row = await repository.version(tx, version_id, lock=True)
    if row is not None and row.state == "training":
        await versions.end(tx, row, state="failed", reason=reason)


def counts(examples: Sequence[Example]) -> Counter[str]:
    return Counter(one.label for one in examples)
