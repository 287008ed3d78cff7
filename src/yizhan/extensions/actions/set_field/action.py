"""A custom field's value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from yizhan.domains.automation.contract import Data, ParamsInvalid, Why, changed, put_back
from yizhan.domains.fields import service as fields
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Ticket
from yizhan.kernel.tx import Tx


class Params(msgspec.Struct, frozen=True):
    field: Annotated[
        str, msgspec.Meta(min_length=1, max_length=100, extra_json_schema={"x-of": "field"})
    ]
    value: Annotated[
        str | float | bool | list[str] | dict[str, str] | None,
        msgspec.Meta(extra_json_schema={"x-of": "field_value"}),
    ] = None


async def check(tx: Tx, params: Params) -> None:
    if not await fields.would_take(tx, "ticket", key=params.field, value=params.value):
        raise ParamsInvalid(action="set_field", field="value")


def together(_params: Params) -> bool:
    return True


async def run(tx: Tx, ticket: Ticket, *, params: Params, why: Why) -> Data | None:
    fields = {params.field: params.value}
    after = await tickets.update(tx, ticket.id, held=ticket, cause=why.cause(), fields=fields)
    return changed(ticket, after)


async def undo(tx: Tx, ticket: Ticket, *, data: Mapping[str, Any], why: Why) -> list[str]:
    return await put_back(tx, ticket, data=data, why=why)
