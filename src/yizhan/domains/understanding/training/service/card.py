"""The report card: how good what is in use is, where it is weak, whether times have changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from yizhan.domains.understanding.training import repository, schemas
from yizhan.domains.understanding.training.service import reading, versions
from yizhan.domains.understanding.training.types import OOS, Head
from yizhan.kernel import ids
from yizhan.kernel.tx import Tx
from yizhan.learning import drift, metrics

ADOPTED_DAYS: Final = 30
WEEK: Final = timedelta(days=7)
BEFORE: Final = timedelta(days=35)
FEW: Final = 10
WEAK: Final = 0.7
"""Below this recall a label is weak."""
OFTEN: Final = 0.2
"""The share of a label that goes to one other from which they count as confused."""
MOST_WEAK: Final = 8

# Tickets that a person answered while they saw what was read. Uses the index signal_head.
_ADOPTION = """
SELECT date_trunc('week', m.created_at) AS week, count(DISTINCT s.ticket_id) AS seen,
  count(DISTINCT s.ticket_id) FILTER (WHERE EXISTS (SELECT FROM signal_correction c
    WHERE c.workspace_id = $1 AND c.ticket_id = s.ticket_id AND c.head = $2 AND c.was IS NOT NULL
      AND c.was <> c.now AND c.was_by <> 'agent')) AS corrected
FROM signal s JOIN message m ON m.workspace_id = s.workspace_id AND m.id = s.message_id
WHERE s.workspace_id = $1 AND s.head = $2 AND s.message_id >= $3
  AND s.label IS NOT NULL AND NOT s.abstained
  AND EXISTS (SELECT FROM message o WHERE o.workspace_id = $1 AND o.ticket_id = s.ticket_id
    AND o.direction = 'out' AND o.author_kind = 'agent')
GROUP BY 1 ORDER BY 1
"""
_MIX = """
SELECT s.message_id >= $4 AS now, s.abstained, CASE WHEN s.in_scope THEN coalesce(s.label, '') ELSE $5 END AS label,
  count(*) AS count
FROM signal s WHERE s.workspace_id = $1 AND s.head = $2 AND s.message_id >= $3
GROUP BY 1, 2, 3
"""


async def card(tx: Tx, head: Head) -> schemas.ReportCard:
    """All that is known of a head."""
    versions.may_read(tx)
    using = await repository.in_state(tx, head, state="in_use")
    shown = using or await repository.newest(tx, head)
    rows = await repository.versions(tx, head=head, limit=30)
    version = None if shown is None else schemas.version_out(shown, whole=True)
    return schemas.ReportCard(
        state=await reading.state(tx, head),
        version=version,
        trend=[schemas.version_out(row) for row in reversed(rows) if row.report],
        adoption=await _adoption(tx, head),
        drift=await _drift(tx, head, learned=shown.snapshot.get("labels") if shown else None),
        weak=[] if version is None or version.report is None else weak(version.report),
    )


def weak(report: schemas.ModelReport) -> list[schemas.WeakLabel]:
    """Labels that it knows badly, with what would help; the worst first."""
    found = []
    for line in report.labels:
        if not line.examples or line.recall.value >= WEAK:
            continue
        taken = [one for one in report.confusions if one.truth == line.label]
        worst = taken[0] if taken and taken[0].count >= max(2, OFTEN * line.examples) else None
        found.append(
            schemas.WeakLabel(
                label=line.label,
                recall=line.recall,
                examples=line.examples,
                advice="confused" if worst else "few" if line.examples < FEW else "mixed",
                other=worst.said if worst else None,
            )
        )
    return sorted(found, key=lambda one: (one.recall.high, one.label))[:MOST_WEAK]


def _since(tx: Tx, ago: timedelta) -> int:
    return ids.first_at(int((tx.now - ago).timestamp() * 1000))


async def _adoption(tx: Tx, head: Head) -> schemas.HeadAdoption:
    since = _since(tx, timedelta(days=ADOPTED_DAYS))
    rows = await tx.db.fetch(_ADOPTION, tx.workspace_id, head, since)
    seen, corrected = sum(row["seen"] for row in rows), sum(row["corrected"] for row in rows)
    return schemas.HeadAdoption(
        days=ADOPTED_DAYS,
        seen=seen,
        corrected=corrected,
        kept=None if not seen else _share(seen - corrected, seen),
        weeks=[
            schemas.AdoptionWeek(week=row["week"], seen=row["seen"], corrected=row["corrected"])
            for row in rows
        ],
    )


def _share(hits: int, of: int) -> schemas.Measured:
    return schemas.Measured(*metrics.share(hits, of))


async def _drift(tx: Tx, head: Head, *, learned: dict[str, int] | None) -> schemas.Drift:
    """This week beside the four before: corrections alone would be a skewed picture of what is usual."""
    rows = await tx.db.fetch(_MIX, tx.workspace_id, head, _since(tx, BEFORE), _since(tx, WEEK), OOS)
    now = [row for row in rows if row["now"]]
    before = [row for row in rows if not row["now"]]
    found = drift.compare(_mix(before), _mix(now))
    return schemas.Drift(
        distance=found.distance,
        word=found.word,
        now=_period(now),
        before=_period(before),
        shifts=[schemas.DriftShift(*shift) for shift in found.shifts],
        learned=_from_labels(learned, _mix(now)),
    )


def _from_labels(
    learned: dict[str, int] | None, now: dict[str, int]
) -> schemas.DriftFromLabels | None:
    if not learned:
        return None
    said = {label: count for label, count in now.items() if label}
    found = drift.compare(learned, said)
    return schemas.DriftFromLabels(
        distance=found.distance,
        word=found.word,
        shifts=[schemas.DriftShift(*shift) for shift in found.shifts],
    )


def _mix(rows: list[Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        found[row["label"]] = found.get(row["label"], 0) + row["count"]
    return found


def _period(rows: list[Any]) -> schemas.DriftPeriod:
    total = sum(row["count"] for row in rows)
    abstained = sum(row["count"] for row in rows if row["abstained"])
    outside = sum(row["count"] for row in rows if row["label"] == OOS)
    return schemas.DriftPeriod(
        messages=total,
        unsure=None if not total else _share(abstained, total),
        outside=None if not total else _share(outside, total),
    )
