"""Finding people by name, address, number or company, and companies by name or domain."""

from __future__ import annotations

from collections.abc import Sequence

from yizhan.domains.contacts import repository
from yizhan.domains.contacts.searching import values
from yizhan.domains.contacts.types import Contact, IdentityRow
from yizhan.domains.identity import permissions
from yizhan.kernel import finding, marks, pagination, query, text
from yizhan.kernel.tx import Tx

_NEWEST = (1 << 63) - 1
_MATCHED = """
SELECT h.id FROM yizhan_search_others($2::tsquery, 'contact', $3, $4) AS h
JOIN contact c ON c.workspace_id = $1 AND c.id = h.id AND c.merged_into IS NULL ORDER BY h.id DESC
"""
_HELD = """
SELECT DISTINCT i.contact_id FROM identity i JOIN contact c
  ON c.workspace_id = i.workspace_id AND c.id = i.contact_id AND c.merged_into IS NULL
WHERE i.workspace_id = $1 AND i.value = ANY($2) LIMIT $3
"""


async def ids(tx: Tx, words: str, *, most: int) -> list[int]:
    """Contacts by the words of their names and addresses, or by one exact identity."""
    return list(dict.fromkeys([*await _held(tx, words, most), *await _matched(tx, words, most)]))


async def _held(tx: Tx, words: str, most: int) -> list[int]:
    wanted = values.of(words)
    if not wanted:
        return []
    rows = await tx.db.fetch(_HELD, tx.workspace_id, wanted, most)
    return [row[0] for row in rows]


async def _matched(tx: Tx, words: str, most: int, before: int = _NEWEST) -> list[int]:
    asked = text.query(words)
    if asked is None:
        return []
    # The last word may still be being typed.
    rows = await tx.db.fetch(_MATCHED, tx.workspace_id, asked + ":*", before, most)
    return [row[0] for row in rows]


def words_of(wanted: query.Query) -> str:
    """What is asked besides operators."""
    return " ".join(term.text for term in wanted.words())


async def people(tx: Tx, wanted: query.Query, limit: int, cursor: str | None) -> finding.Found:
    """People that match, those with exactly this address or number first, then the newest."""
    words = words_of(wanted)
    if not words or not permissions.can(tx.actor, "contact:read"):
        return finding.Found([])
    key = pagination.decode(cursor, int)
    held = await _held(tx, words, limit) if key is None else []
    found = await _matched(tx, words, limit + 1, key[0] if key else _NEWEST)
    kept = found[:limit]
    shown = list(dict.fromkeys([*held, *kept]))
    rows = await repository.contacts(tx, shown)
    identities = await repository.identities_of(tx, shown)
    companies = await repository.company_names(
        tx, [row.company_id for row in rows.values() if row.company_id]
    )
    hits = [
        _person(rows[one], [i for i in identities if i.contact_id == one], companies, words)
        for one in shown
        if one in rows
    ]
    return finding.Found(hits, pagination.encode(kept[-1]) if len(found) > limit else None)


def _person(
    contact: Contact, identities: Sequence[IdentityRow], companies: dict[int, str], words: str
) -> finding.Hit:
    marked = _marks(words)
    held = set(values.of(words))
    matches = []
    for field, content in (
        ("name", contact.name),
        *((row.kind, row.display or row.value) for row in identities),
        *(("tag", tag) for tag in contact.tags),
        ("note", contact.note),
    ):
        parts = marks.snippet(content, marked) if content else None
        if parts is not None:
            matches.append(finding.Match(field, parts))
    if not matches:
        matches = [
            finding.Match(row.kind, [marks.Part(row.display or row.value, hit=True)])
            for row in identities
            if row.value in held
        ]
    first = identities[0].display or identities[0].value if identities else ""
    company = companies.get(contact.company_id or 0, "")
    return finding.Hit(
        kind="contact",
        id=str(contact.id),
        title=contact.name or first,
        snippet=" · ".join(part for part in (company, first) if part),
        at=contact.updated_at,
        matches=matches,
    )


def _marks(words: str) -> list[str]:
    return [*text.normal(words).split(), *text.wanted(words)]


async def companies(tx: Tx, wanted: query.Query, limit: int, cursor: str | None) -> finding.Found:
    """Companies whose name holds these words, or that have this domain."""
    words = words_of(wanted)
    if not words or not permissions.can(tx.actor, "contact:read"):
        return finding.Found([])
    rows = await repository.companies(
        tx, before=pagination.moment_and_id(cursor), limit=limit + 1, q=words
    )
    hits = []
    for row in rows[:limit]:
        fields = (("name", row.name), *(("domain", domain) for domain in row.domains))
        found = [(name, marks.snippet(content, [text.normal(words)])) for name, content in fields]
        hits.append(
            finding.Hit(
                kind="company",
                id=str(row.id),
                title=row.name,
                snippet=", ".join(row.domains),
                at=row.created_at,
                matches=[finding.Match(name, parts) for name, parts in found if parts],
            )
        )
    last = rows[limit - 1] if len(rows) > limit else None
    return finding.Found(hits, pagination.encode(last.created_at, last.id) if last else None)
