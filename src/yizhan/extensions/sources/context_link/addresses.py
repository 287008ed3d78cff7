"""Addresses with ``{{variables}}`` in them. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from yizhan.domains.panel.contract import Follower, Question

TOKEN = "token"  # noqa: S105 -- the name of a variable
_VARIABLE = re.compile(r"\{\{\s*([a-z_.A-Z0-9]+)\s*\}\}")
_REACHES = ("email", "phone", "external_id", "app_user")
KNOWN = frozenset(
    (
        TOKEN, "customer.id", "customer.name", "customer.company",
        *(f"customer.{kind}" for kind in _REACHES),
        "ticket.id", "ticket.number", "ticket.subject", "agent.id", "agent.name",
    )
)  # fmt: skip
_FIELDS = ("customer.field.", "ticket.field.")


def names(template: str) -> list[str]:
    """The variables of an address, each once."""
    return list(dict.fromkeys(_VARIABLE.findall(template)))


def unknown(template: str) -> str | None:
    """The first thing in braces that is no variable."""
    for name in names(template):
        if name not in KNOWN and not name.startswith(_FIELDS):
            return name
    rest = _VARIABLE.sub("", template)
    return rest[rest.index("{{") :][:40] if "{{" in rest else None


def values(question: Question, follower: Follower | None) -> dict[str, str]:
    """What the variables stand for; what is not known is empty."""
    customer, ticket = question.customer, question.ticket
    found = {
        "customer.id": customer.id,
        "customer.name": customer.name,
        "customer.company": customer.company,
    }
    for kind in _REACHES:
        found[f"customer.{kind}"] = next(iter(customer.values(kind)), "")
    found |= _custom("customer", customer.fields)
    if ticket is not None:
        found |= {
            "ticket.id": ticket.id,
            "ticket.number": str(ticket.number),
            "ticket.subject": ticket.subject,
        } | _custom("ticket", ticket.fields)
    if follower is not None:
        found |= {"agent.id": follower.id, "agent.name": follower.name}
    return found


def _custom(what: str, fields: Mapping[str, object]) -> dict[str, str]:
    return {
        f"{what}.field.{key}": str(value)
        for key, value in fields.items()
        if isinstance(value, (str, int, float)) and not isinstance(value, bool)
    }


def fill(template: str, known: Mapping[str, str]) -> str:
    """The address; every value is percent-encoded, so that it stays where it was put."""
    return _VARIABLE.sub(lambda found: quote(known.get(found[1], ""), safe=""), template)


def with_token(template: str) -> str:
    """An address that says nothing of the token carries it as a parameter."""
    if TOKEN in names(template):
        return template
    head, mark, fragment = template.partition("#")
    joint = "&" if "?" in head else "?"
    return f"{head}{joint}{TOKEN}={{{{{TOKEN}}}}}{mark}{fragment}"
