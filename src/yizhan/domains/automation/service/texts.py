"""Texts with variables: ``{{customer.name|there}}``, ``{{date.today+3}}``. Pure but for the look-up.

A variable that does not exist is an error when the text is saved; one without a value becomes its
fallback, or nothing, and is named as missing.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from yizhan.domains.automation import errors
from yizhan.domains.automation.types import Variant
from yizhan.domains.tickets import custom
from yizhan.domains.tickets.types import Ticket
from yizhan.kernel.tx import Tx

_PLACE = re.compile(r"\{\{([^{}]*)\}\}")
_INNER = re.compile(
    r"\s{0,20}(?P<name>[a-z_]{1,40}(?:\.[\w-]{1,80}){1,5})\s{0,20}(?P<days>[+-]\s{0,5}\d{1,4})?\s{0,20}"
    r"(?:\|(?P<fallback>.*))?",
    re.DOTALL,
)
_DATES = ("date.today", "date.now")
_FIELD = "ticket.field."
# Name: what it stands for, for people.
VARIABLES: dict[str, tuple[str, str]] = {
    "customer.name": ("客户姓名", "Customer's name"),
    "customer.first_name": ("客户名字", "Customer's first name"),
    "customer.email": ("客户邮箱", "Customer's e-mail"),
    "company.name": ("客户公司", "Customer's company"),
    "ticket.number": ("工单编号", "Ticket number"),
    "ticket.subject": ("工单主题", "Ticket subject"),
    "ticket.channel": ("渠道", "Channel"),
    "agent.name": ("你的姓名", "Your name"),
    "agent.first_name": ("你的名字", "Your first name"),
    "team.name": ("团队", "Team"),
    "brand.name": ("品牌", "Brand"),
    "date.today": ("今天（可加减天数，如 +3）", "Today (or so many days on, +3)"),
    "date.now": ("现在的时间", "The time now"),
    "ticket.field.NAME": ("自定义字段", "A custom field"),
}
_VALUES = """
SELECT c.name AS customer, c.locale, coalesce(y.name, '') AS company, coalesce(m.name, '') AS team,
  coalesce(b.name, '') AS brand, b.locale AS brand_locale, w.locale AS own_locale, w.time_zone,
  coalesce((SELECT i.display FROM identity i WHERE i.workspace_id = $1 AND i.contact_id = c.id
    AND i.kind = 'email' ORDER BY i.strength DESC, i.id LIMIT 1), '') AS email
FROM workspace w
LEFT JOIN contact c ON c.workspace_id = $1 AND c.id = $2
LEFT JOIN company y ON y.workspace_id = $1 AND y.id = c.company_id
LEFT JOIN team m ON m.workspace_id = $1 AND m.id = $3
LEFT JOIN brand b ON b.workspace_id = $1 AND b.id = $4
WHERE w.workspace_id = $1
"""


class Values(msgspec.Struct, frozen=True):
    """What the variables stand for at one ticket, and the customer's language."""

    values: Mapping[str, str]
    fields: Mapping[str, Any]
    locale: str
    now: datetime  # in the workspace's time zone


class Filled(msgspec.Struct, frozen=True):
    """A text with its variables filled in; ``missing`` had neither value nor fallback."""

    text: str
    missing: list[str]
    html: str = ""


def check(text: str, *, place: str) -> None:
    """Errors: UnknownVariable, with its name."""
    for found in _PLACE.finditer(text):
        match = _INNER.fullmatch(found.group(1))
        if match is None or not _known(match["name"], days=match["days"]):
            name = found.group(1).partition("|")[0].strip()
            raise errors.UnknownVariable(field=place, variable=name)


def _known(name: str, *, days: str | None) -> bool:
    if days is not None:
        return name == "date.today"
    return name in VARIABLES or (name.startswith(_FIELD) and len(name) > len(_FIELD))


def fill(text: str, values: Values) -> Filled:
    """Put the values in. What :func:`check` would refuse stays as it is written."""
    return _fill(text, values, coded=False)


def fill_variant(variant: Variant | None, values: Values) -> Filled:
    """Both forms of a text; nothing where there is none."""
    if variant is None:
        return Filled("", [])
    filled = fill(variant.body, values)
    return msgspec.structs.replace(filled, html=_fill(variant.html, values, coded=True).text)


def _fill(text: str, values: Values, *, coded: bool) -> Filled:
    missing: list[str] = []

    def one(found: re.Match[str]) -> str:
        match = _INNER.fullmatch(html.unescape(found.group(1)) if coded else found.group(1))
        if match is None or not _known(match["name"], days=match["days"]):
            return found.group()
        value = _value(match["name"], match["days"], values)
        if not value and match["fallback"] is None:
            missing.append(match["name"])
        put = value or (match["fallback"] or "").strip()
        return html.escape(put).replace("\n", "<br>") if coded else put

    return Filled(_PLACE.sub(one, text), missing)


def _value(name: str, days: str | None, values: Values) -> str:
    if name in _DATES:
        moment = values.now + timedelta(days=int((days or "0").replace(" ", "")))
        return _date(moment, values.locale) if name == "date.today" else f"{moment:%H:%M}"
    if name.startswith(_FIELD):
        return _plain(values.fields.get(name.removeprefix(_FIELD)))
    return values.values.get(name, "")


def _plain(value: Any) -> str:
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    return str(value)


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _date(moment: datetime, locale: str) -> str:
    if locale.startswith("zh"):
        return f"{moment.year}年{moment.month}月{moment.day}日"
    if locale.startswith("en"):
        return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
    return f"{moment:%Y-%m-%d}"


def choose(variants: Sequence[Variant], locale: str) -> Variant | None:
    """The text for a language: the same, else the same language elsewhere, else the first."""
    language = locale.partition("-")[0].lower()
    for fits in (
        lambda one: one.locale.lower() == locale.lower(),
        lambda one: one.locale.partition("-")[0].lower() == language,
        lambda _one: True,
    ):
        for one in variants:
            if fits(one):
                return one
    return None


def _first(name: str) -> str:
    """The first name. Chinese names are not cut: 张 of 张伟 would be the family."""
    return name if not name.isascii() else name.partition(" ")[0]


async def values(tx: Tx, ticket: Ticket) -> Values:
    """Look up what the variables stand for at a ticket, for the actor who writes."""
    row = await tx.db.fetchrow(
        _VALUES, tx.workspace_id, ticket.requester_id, ticket.team_id, ticket.brand_id
    )
    found: Mapping[str, Any] = row or {}
    customer, agent = found.get("customer") or "", tx.actor.name
    return Values(
        values={
            "customer.name": customer,
            "customer.first_name": _first(customer),
            "customer.email": found.get("email") or "",
            "company.name": found.get("company") or "",
            "ticket.number": str(ticket.number),
            "ticket.subject": ticket.subject,
            "ticket.channel": ticket.channel,
            "agent.name": agent,
            "agent.first_name": _first(agent),
            "team.name": found.get("team") or "",
            "brand.name": found.get("brand") or "",
        },
        fields=await custom.shown(tx, ticket.fields),
        locale=found.get("locale") or found.get("brand_locale") or found.get("own_locale") or "en",
        now=tx.now.astimezone(ZoneInfo(found.get("time_zone") or "UTC")),
    )
