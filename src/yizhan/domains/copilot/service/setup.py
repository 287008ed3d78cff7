"""Model servers, policy and budget of a workspace."""

from __future__ import annotations

import time
from typing import Any

import msgspec

from yizhan.domains.copilot import errors, events, schemas
from yizhan.domains.copilot.repository import sent
from yizhan.domains.copilot.repository import setup as repository
from yizhan.domains.copilot.service import gateway
from yizhan.domains.copilot.service.gateway import Means
from yizhan.domains.copilot.types import FIELD_DEFAULTS, FIELDS, ModelServer, Place, Rule, Settings
from yizhan.domains.identity import permissions
from yizhan.kernel import egress, guards, ids, llm, pagination
from yizhan.kernel import errors as kernel_errors
from yizhan.kernel.actor import Actor
from yizhan.kernel.crypto import Vault
from yizhan.kernel.tx import Tx
from yizhan.learning import privacy

PERMISSION = "model:manage"
_DAY_MS = 86_400_000
_KEPT = frozenset({"version", "updated_at", "resting_until"})  # by the desk itself


async def read(tx: Tx) -> schemas.SetupOut:
    """Errors: Forbidden."""
    permissions.require(tx.actor, PERMISSION)
    rules = await repository.rules(tx)
    told = {row.subject: row.allowed for row in rules if row.kind == "field"}
    fields = [
        schemas.FieldRule(field=one, allowed=told.get(one, FIELD_DEFAULTS.get(one, "cloud")))
        for one in FIELDS
    ]
    others = [
        schemas.SubjectRule(kind=row.kind, id=row.subject, allowed=row.allowed)
        for row in rules
        if row.kind != "field"
    ]
    used = await sent.used(tx, month=sent.month_of(tx.now))
    return schemas.SetupOut(
        servers=[schemas.server_out(row) for row in await repository.servers(tx)],
        policy=schemas.policy_out(await repository.settings(tx), fields, others),
        used=[schemas.UsedOut(**msgspec.structs.asdict(one)) for one in used],
        kinds=[one for one in privacy.KINDS if one != "TEXT"],
        held={
            place: one
            for place in gateway.PLACES
            if (one := (await guards.waiting(tx, "server", [place])).get(place))
        },
    )


async def put_policy(tx: Tx, data: schemas.PolicyBody) -> None:
    """All of it at once. Errors: Forbidden, ModelSettingsInvalid."""
    permissions.require(tx.actor, PERMISSION)
    _check(data)
    values = msgspec.structs.asdict(data)
    values.pop("fields")
    values.pop("rules")
    values["numbers"] = msgspec.to_builtins(data.numbers)
    row = Settings(**values)
    rules = {("field", one.field): Rule("field", one.field, one.allowed) for one in data.fields} | {
        (one.kind, one.id): Rule(one.kind, one.id, one.allowed) for one in data.rules
    }
    before, known = await repository.settings(tx), await repository.rules(tx)
    changes = [
        name for name in Settings.__struct_fields__ if getattr(before, name) != getattr(row, name)
    ]
    if set(known) != set(rules.values()):
        changes.append("rules")
    if not changes:
        return
    await repository.put_settings(tx, row)
    await repository.put_rules(tx, list(rules.values()))
    tx.emit(events.ModelPolicyChanged(changes=changes))


def _check(data: schemas.PolicyBody) -> None:
    for number, one in enumerate(data.numbers):
        rule = privacy.NumberRule(one.prefix, one.least, one.most, one.letters)
        if (problem := rule.problem()) is not None:
            raise errors.ModelSettingsInvalid(
                f"Order numbers, rule {number + 1}: {problem}.", field=f"numbers.{number}"
            )
    for kind in data.unhidden:
        if kind not in privacy.KINDS or kind == "TEXT":
            raise errors.ModelSettingsInvalid(
                f"{kind} is no kind of personal data that is replaced.", field="unhidden"
            )


async def put_server(
    tx: Tx, place: Place, data: schemas.ServerIn, *, vault: Vault, allow: tuple[str, ...]
) -> ModelServer:
    """Set up or change. Errors: Forbidden, ModelSettingsInvalid."""
    permissions.require(tx.actor, PERMISSION)
    before = await repository.server(tx, place, lock=True)
    _check_address(data.url, allow)
    if data.quiet_seconds > data.whole_seconds:
        raise errors.ModelSettingsInvalid(
            "The wait for the first word cannot be longer than the wait for all of them.",
            field="quiet_seconds",
        )
    key = before.key if before else None
    if data.key is not None:
        key = None
        if data.key:
            key = vault.encrypt(
                data.key.encode(),
                workspace_id=tx.workspace_id,
                place=gateway.place_of(place),
            )
    elif before is not None and key is not None and _host(before.url) != _host(data.url):
        # A key is for whom it was given; whoever may change the address does not get it sent elsewhere.
        raise errors.ModelSettingsInvalid(
            "The address is another host's: enter the key again, or remove it.", field="key"
        )
    values = msgspec.structs.asdict(data) | {"key": key}
    version = before.version + 1 if before else 1
    row = ModelServer(place=place, version=version, updated_at=tx.now, **values)
    if await _is_held(tx, before, row):
        if before is not None:
            return before
        row = msgspec.structs.replace(row, active=False)  # known, and asked once it was checked
    return await _keep(tx, before, row)


async def _is_held(tx: Tx, before: ModelServer | None, row: ModelServer) -> bool:
    """Whether other answers have to wait for a check. What is switched off is at once."""
    if not row.active:
        await guards.overtake(tx, "server", row.place)
        return False
    if before is not None and _answers(before) == _answers(row):
        return False
    change = guards.Change(
        kind="server",
        subject=row.place,
        variant=row.model,
        title=row.model,
        detail=msgspec.to_builtins(row),
    )
    return await guards.hold(tx, change)


def _answers(row: ModelServer) -> tuple[object, ...]:
    return row.url, row.model, row.active, row.hides


async def _keep(tx: Tx, before: ModelServer | None, row: ModelServer) -> ModelServer:
    await repository.put_server(tx, row)
    tx.emit(events.ModelServerChanged(place=row.place, changes=_changes(before, row)))
    return row


def wanted(detail: dict[str, Any]) -> ModelServer:
    """The server of a change that is held. Errors: ValidationError."""
    return msgspec.convert(detail, ModelServer)


async def put_checked(tx: Tx, row: ModelServer) -> None:
    """A server as the guard that held it lets pass."""
    before = await repository.server(tx, row.place, lock=True)
    version = before.version + 1 if before else 1
    await _keep(tx, before, msgspec.structs.replace(row, version=version, updated_at=tx.now))


def _changes(before: ModelServer | None, row: ModelServer) -> list[str]:
    names = [one for one in ModelServer.__struct_fields__ if one not in _KEPT]
    if before is None:
        return names
    return [name for name in names if getattr(before, name) != getattr(row, name)]


def _host(url: str) -> str:
    try:
        return llm.endpoint(url)
    except egress.EgressRefused:
        return url


def _check_address(url: str, allow: tuple[str, ...]) -> None:
    try:
        egress.Guard(allow).parse(llm.endpoint(url))
    except egress.EgressRefused as error:
        raise errors.ModelSettingsInvalid(
            f"{error.detail} A server in your own network must be allowed by whoever runs this"
            " installation: YIZHAN_MODEL_ALLOW.",
            field="url",
        ) from error


async def delete_server(tx: Tx, place: Place) -> None:
    """Errors: Forbidden, ServerNotFound."""
    permissions.require(tx.actor, PERMISSION)
    if await repository.server(tx, place, lock=True) is None:
        raise errors.ServerNotFound
    await guards.overtake(tx, "server", place)
    await repository.delete_server(tx, place)
    tx.emit(events.ModelServerChanged(place=place, changes=["removed"]))


async def test(means: Means, who: Actor, place: Place) -> schemas.ServerTried:
    """Ask a server for one word, whatever its breaker says. Errors: Forbidden, ServerNotFound."""
    async with means.database.begin(who) as tx:
        permissions.require(tx.actor, PERMISSION)
        row = await repository.server(tx, place)
        settings = await repository.settings(tx)
    if row is None:
        raise errors.ServerNotFound
    began = time.monotonic()
    route = gateway.Route(row, settings)
    reason: str | None = None
    detail: str | None = None
    answer = ""
    try:
        server = gateway.target(means, route, workspace_id=who.workspace_id)
        said = [llm.Said("user", "Answer with the word OK only.")]
        answer = (await llm.ask(server, said, llm.Options(most_tokens=500))).text[:200]
    except llm.ModelFailed as error:
        reason, detail = error.reason, error.detail
    except kernel_errors.YizhanError as error:
        reason, detail = "key", error.detail
    took = round((time.monotonic() - began) * 1000)
    return schemas.ServerTried(
        ok=reason is None, reason=reason, detail=detail, answer=answer, took_ms=took
    )


async def hide(tx: Tx, text: str) -> schemas.HideOut:
    """What would leave of a text. Errors: Forbidden."""
    permissions.require(tx.actor, PERMISSION)
    settings = await repository.settings(tx)
    rules = privacy.Rules(
        orders=tuple(msgspec.convert(settings.numbers, list[privacy.NumberRule])),
        skip=frozenset(settings.unhidden),
    )
    veil = privacy.Veil(rules)
    hidden = veil.hide(text)
    return schemas.HideOut(
        hidden, [schemas.HiddenValue(token, value) for token, value in veil.values.items()]
    )


async def left(
    tx: Tx, *, limit: int | None, cursor: str | None, ticket_id: int | None, outcome: str | None
) -> pagination.Page[schemas.SentOut]:
    """What left, the newest first. Errors: Forbidden."""
    permissions.require(tx.actor, PERMISSION)
    settings = await repository.settings(tx)
    oldest = int(tx.now.timestamp() * 1000) - settings.kept_days * _DAY_MS
    await sent.forget(tx, before=ids.first_at(oldest))
    size = pagination.limit_of(limit)
    key = pagination.decode(cursor, int)
    rows = await sent.listed(
        tx, before=key[0] if key else None, limit=size + 1, ticket_id=ticket_id, outcome=outcome
    )
    page = pagination.page(rows, size, lambda row: (row.id,))
    return pagination.Page([schemas.sent_out(row) for row in page.items], page.next_cursor)


async def one_left(tx: Tx, sent_id: int) -> schemas.SentOut:
    """With the words. Errors: Forbidden, SentNotFound."""
    permissions.require(tx.actor, PERMISSION)
    row = await sent.one(tx, sent_id)
    if row is None:
        raise errors.SentNotFound
    return schemas.sent_out(row, whole=True)
