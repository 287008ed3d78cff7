"""What a workspace makes for itself, so that its screens have something to show: fields of every type
with rules and a form, a view with groups, a macro, bulk work. Made once a desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.served import Served

_made: dict[str, dict[str, str]] = {}


def _options(*ids: str) -> list[dict[str, Any]]:
    return [{"id": one, "name": {"zh": f"选项 {one}", "en": f"Option {one}"}} for one in ids]


_TREE = [
    {"id": "ear", "name": {"zh": "耳机", "en": "Earphones"}, "children": _options("air", "pro")}
]
FIELDS: list[tuple[str, str, dict[str, Any]]] = [
    ("order_no", "text", {"indexed": True, "customer": "edit"}),
    ("details", "long_text", {"customer": "edit"}),
    ("count", "number", {}),
    ("amount", "money", {"config": {"currencies": ["CNY", "USD"]}, "customer": "edit"}),
    ("bought_on", "date", {"customer": "edit"}),
    ("visit_at", "datetime", {}),
    ("kind", "choice", {"options": _options("refund", "repair"), "customer": "edit"}),
    ("parts", "multi_choice", {"options": _options("cable", "box"), "customer": "edit"}),
    ("product", "tree", {"options": _TREE, "customer": "edit"}),
    ("expert", "person", {}),
    ("related", "relation", {"config": {"target": "customer"}}),
    ("proof", "file", {"config": {"multiple": True}}),
    ("insured", "checkbox", {"customer": "edit"}),
    ("total", "formula", {"config": {"formula": "count * 10", "result": "number"}}),
]
NESTED = {
    "all": [
        {"any": [
            {"field": "kind", "op": "is", "value": "refund"},
            {"all": [{"field": "product", "op": "under", "value": "ear"},
                     {"not": {"field": "insured", "op": "is", "value": True}}]},
        ]},
        {"not": {"field": "ticket.priority", "op": "in", "value": ["low"]}},
    ]
}  # fmt: skip
WANTED = {
    "all": [
        {"field": "category", "op": "in", "value": ["new", "open", "pending"]},
        {"any": [
            {"field": "priority", "op": "in", "value": ["high", "urgent", "normal"]},
            {"not": {"field": "tags", "op": "has_any", "value": ["spam"]}},
        ]},
    ]
}  # fmt: skip


def made(desk: Served) -> dict[str, str]:
    """Ids by name."""
    if desk.url not in _made:
        _made[desk.url] = _make(desk)
    return _made[desk.url]


def _make(desk: Served) -> dict[str, str]:
    for key, kind, more in FIELDS:
        name = {"zh": f"字段 {key}", "en": f"Field {key}"}
        desk.post("/fields", object="ticket", key=key, type=kind, name=name, **more)
    effects = [{"do": do, "field": "amount"} for do in ("show", "require")]
    desk.post("/field-rules", object="ticket", name="Amount", condition=NESTED, effects=effects)
    keys = [key for key, _, _ in FIELDS]
    sections = [{"title": {"zh": "订单", "en": "Order"}, "fields": keys[:7]},
                {"title": {"zh": "更多", "en": "More"}, "fields": keys[7:]}]  # fmt: skip
    uses = ["new", "panel", "hosted"]
    desk.post("/forms", object="ticket", name="Care", uses=uses, sections=sections)
    view = desk.post(
        "/views",
        name="Crafted view",
        condition=WANTED,
        columns=["number", "subject", "requester", "status", "priority", "tags", "updated"],
        sort="updated",
        group_by="status",
        sharing={"all": True},
    )
    actions = [
        {"action": "set_field", "params": {"field": "kind", "value": "refund"}},
        {"action": "add_tags", "params": {"tags": ["recall"]}},
    ]
    variants = [{"locale": "en", "body": "Dear {{customer.name}}",
                 "html": "<p>Dear <strong>{{customer.name}}</strong></p>"}]  # fmt: skip
    desk.post("/macros", title="Crafted macro", reach="all", variants=variants, actions=actions,
              condition=WANTED)  # fmt: skip
    listed = desk.get("/tickets", view="all", limit=12)["items"]
    ids = [row["id"] for row in listed]
    desk.post("/bulk", selection={"ids": ids}, actions=[actions[1]], name="Crafted work")
    fields = {"order_no": "A-1001", "kind": "refund", "amount": {"amount": "99.5"}, "count": 3,
              "parts": ["cable", "box"], "product": "ear/pro", "insured": True}  # fmt: skip
    desk.patch(f"/tickets/{ids[0]}", fields=fields)
    return {"view": view["id"], "ticket": ids[0]}


def at(path: str) -> Callable[[Served], str]:
    """A screen that shows some of it."""
    return lambda desk: path.format(**made(desk))


SCREENS: dict[str, Callable[[Served], str]] = {
    "view-with-groups": at("/inbox?view={view}"),
    "ticket-with-fields": at("/inbox?view=all&ticket={ticket}"),
    "search": at("/search"),
    "search-hits": at("/search?q=A-1001"),
    "search-why": at("/search?q=field:order_no=a-1001%20is:open%20colour:red"),
    "search-nothing": at("/search?q=zzzqqq"),
    "macros": at("/macros"),
    "bulk": at("/bulk"),
    "fields": at("/admin/fields"),
    "fields-of-customers": at("/admin/fields?object=customer"),
    "field-rules": at("/admin/fields?tab=rules"),
    "field-forms": at("/admin/fields?tab=forms"),
}
# A panel: where it is, and the name of the button that opens it; each has its own.
PANELS: dict[str, tuple[str, str]] = {
    "field-rule": ("/admin/fields?tab=rules", "Amount"),
    "field-form": ("/admin/fields?tab=forms", "Care"),
    "macro": ("/macros", "Crafted macro"),
    "bulk-outcomes": ("/bulk", "Crafted work"),
}
