"""All SQL of fields, rules and forms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import msgspec

from yizhan.domains.fields.types import Field, Form, Object, Rule
from yizhan.kernel.tx import Tx

T = TypeVar("T", bound=msgspec.Struct)
# What takes part in every change of definitions: one at a time in a workspace.
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('fields:' || $1, 0))"


def _names(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    return tuple(field.name for field in msgspec.structs.fields(kind))


_FIELD, _RULE, _FORM = _names(Field), _names(Rule), _names(Form)


async def _all(
    tx: Tx, kind: type[T], table: str, *, where: str = "", args: Sequence[Any] = ()
) -> list[T]:
    rows = await tx.db.fetch(
        f"SELECT {', '.join(_names(kind))} FROM {table} WHERE workspace_id = $1 {where}"
        " ORDER BY position, id",
        tx.workspace_id,
        *args,
    )
    return [msgspec.convert(dict(row), kind) for row in rows]


async def _save(tx: Tx, table: str, row: msgspec.Struct) -> None:
    values = {name: _plain(getattr(row, name)) for name in row.__struct_fields__}
    names = ("workspace_id", *values)
    places = ", ".join(f"${n}" for n in range(1, len(names) + 1))
    changed = ", ".join(f"{name} = EXCLUDED.{name}" for name in values if name != "id")
    await tx.db.execute(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})"
        f" ON CONFLICT (workspace_id, id) DO UPDATE SET {changed}",
        tx.workspace_id,
        *values.values(),
    )


def _plain(value: Any) -> Any:
    """Structs as JSON; plain lists of ids and words as arrays."""
    if isinstance(value, msgspec.Struct):
        return msgspec.to_builtins(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


async def lock(tx: Tx) -> None:
    """One change of definitions at a time, so that no two of them contradict each other unseen."""
    await tx.db.execute(_LOCK, str(tx.workspace_id))


async def revision(tx: Tx) -> int:
    """The state of all definitions; 0 in a workspace that has none."""
    found: int | None = await tx.db.fetchval(
        "SELECT revision FROM field_catalog WHERE workspace_id = $1", tx.workspace_id
    )
    return found or 0


async def advance(tx: Tx) -> None:
    """Say that definitions changed."""
    await tx.db.execute(
        "INSERT INTO field_catalog (workspace_id, revision) VALUES ($1, $2)"
        " ON CONFLICT (workspace_id) DO UPDATE SET revision = EXCLUDED.revision",
        tx.workspace_id,
        tx.new_id(),
    )


async def fields(tx: Tx) -> list[Field]:
    return await _all(tx, Field, "field")


async def field(tx: Tx, field_id: int) -> Field | None:
    found = await _all(tx, Field, "field", where="AND id = $2", args=[field_id])
    return found[0] if found else None


async def save_field(tx: Tx, field: Field) -> None:
    await _save(tx, "field", field)


async def set_index_ready(tx: Tx, field_id: int) -> None:
    """All that is stored stands in the index, unless the field has gone out of use meanwhile."""
    tag = await tx.db.execute(
        "UPDATE field SET index_ready = true"
        " WHERE workspace_id = $1 AND id = $2 AND indexed AND active AND NOT index_ready",
        tx.workspace_id,
        field_id,
    )
    if not tag.endswith(" 0"):
        await advance(tx)


async def rules(tx: Tx) -> list[Rule]:
    return await _all(tx, Rule, "field_rule")


async def save_rule(tx: Tx, rule: Rule) -> None:
    await _save(tx, "field_rule", rule)


async def delete_rule(tx: Tx, rule_id: int) -> None:
    await tx.db.execute(
        "DELETE FROM field_rule WHERE workspace_id = $1 AND id = $2", tx.workspace_id, rule_id
    )


async def forms(tx: Tx) -> list[Form]:
    return await _all(tx, Form, "form")


async def save_form(tx: Tx, form: Form) -> None:
    """Write a form and keep this version of it."""
    await _save(tx, "form", form)
    await tx.db.execute(
        "INSERT INTO form_version (workspace_id, form_id, version, content, actor, at)"
        " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        tx.workspace_id,
        form.id,
        form.version,
        msgspec.to_builtins(form) | {"id": str(form.id)},
        tx.actor.stamp(),
        tx.now,
    )


async def form_versions(tx: Tx, form_id: int) -> list[Any]:
    """(version, content, actor, at), newest first."""
    return await tx.db.fetch(
        "SELECT version, content, actor, at FROM form_version WHERE workspace_id = $1 AND form_id = $2"
        " ORDER BY version DESC LIMIT 200",
        tx.workspace_id,
        form_id,
    )


# ---------------------------------------------------------------------------------------- values


_FORGET_VALUES = """
DELETE FROM field_value v USING unnest($4::text[], $5::text[]) AS u (key, value)
WHERE v.workspace_id = $1 AND v.object = $2 AND v.object_id = $3 AND v.key = u.key AND v.value = u.value
"""
_KEEP_VALUES = """
INSERT INTO field_value (workspace_id, object, object_id, key, value)
SELECT $1, $2, $3, u.key, u.value FROM unnest($4::text[], $5::text[]) AS u (key, value) ON CONFLICT DO NOTHING
"""


async def set_index(
    tx: Tx,
    of: Object,
    object_id: int,
    *,
    gone: Iterable[tuple[str, str]],
    new: Iterable[tuple[str, str]],
) -> None:
    """Keep the values by which a record is looked up: pairs of key and folded value."""
    for pairs, statement in ((list(gone), _FORGET_VALUES), (list(new), _KEEP_VALUES)):
        if pairs:
            keys, values = [key for key, _ in pairs], [value for _, value in pairs]
            await tx.db.execute(statement, tx.workspace_id, of, object_id, keys, values)


async def look_up(tx: Tx, of: Object, keys: Sequence[str], *, value: str, most: int) -> list[int]:
    """Records with this folded value in one of the fields, newest first."""
    rows = await tx.db.fetch(
        "SELECT DISTINCT f.id FROM unnest($2::text[]) AS k (key), yizhan_with_field($1, k.key, $3) AS f (id)"
        " ORDER BY f.id DESC LIMIT $4",
        of,
        list(keys),
        [value],
        most,
    )
    return [row[0] for row in rows]


async def agents(tx: Tx, ids: Sequence[int]) -> dict[int, str]:
    """Names of agents who are there."""
    rows = await tx.db.fetch(
        "SELECT id, name FROM agent WHERE workspace_id = $1 AND id = ANY($2) AND active",
        tx.workspace_id,
        list(ids),
    )
    return {row[0]: row[1] for row in rows}


async def files(tx: Tx, ids: Sequence[int]) -> dict[int, str]:
    """Names of files that are there."""
    rows = await tx.db.fetch(
        "SELECT id, name FROM file WHERE workspace_id = $1 AND id = ANY($2)",
        tx.workspace_id,
        list(ids),
    )
    return {row[0]: row[1] for row in rows}


async def existing(tx: Tx, table: str, ids: Sequence[int]) -> set[int]:
    """Which roles or brands are there."""
    if table not in ("role", "brand"):
        raise ValueError(table)
    rows = await tx.db.fetch(
        f"SELECT id FROM {table} WHERE workspace_id = $1 AND id = ANY($2)",
        tx.workspace_id,
        list(ids),
    )
    return {row[0] for row in rows}
