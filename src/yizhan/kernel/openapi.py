"""The API's description, made whole: what each operation may answer besides success.

Litestar describes parameters, bodies and answers from the handlers' types. Errors, stable names and
what is common to all operations are added here, for all of them by the same rules.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute
from litestar.types import Method
from msgspec import UNSET, UnsetType

from yizhan.kernel import db, errors, http, idempotency, pagination, raising, ratelimit

Operation = dict[str, Any]
Kinds = frozenset[type[errors.YizhanError]]

_CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_PAGE = re.compile(rb"Page_(?:\w+\.)*(\w+?)_(?=\")")
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "Any text of one's own; sent again with the same request it gives the first answer.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "required": False,
}


class FieldProblem(msgspec.Struct):
    """What is wrong with one field of a request."""

    field: str
    message: str


class Problem(msgspec.Struct, kw_only=True):
    """An error (RFC 9457). Programs decide by ``code``; some codes bring more members."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldProblem] | UnsetType = UNSET


def operation_id(handler: HTTPRouteHandler, method: Method, _path: list[Any]) -> str:
    """``list_tickets`` is ``listTickets``, wherever its path may move."""
    first, *rest = handler.handler_name.split("_")
    name = first + "".join(word.capitalize() for word in rest)
    return name if len(handler.http_methods) == 1 else name + method.capitalize()


def describe(app: Litestar) -> dict[str, Any]:
    """The whole OpenAPI document."""
    raw = msgspec.json.encode(app.openapi_schema.to_schema())
    # A page is named after what is on it, not after the module which that comes from.
    document: dict[str, Any] = msgspec.json.decode(_PAGE.sub(rb"\1Page", raw))
    signed_in = raising.raised_by(app.state["authenticate"]) | {
        errors.Forbidden,
        ratelimit.RateLimited,
        db.DatabaseDown,
    }
    for handler, operation, method in _operations(app, document):
        _complete(handler, operation, method=method, signed_in=signed_in)
    _, components = msgspec.json.schema_components(
        [Problem], ref_template="#/components/schemas/{name}"
    )
    components["Problem"]["additionalProperties"] = True
    document["components"]["schemas"].update(components)
    return document


def _operations(
    app: Litestar, document: dict[str, Any]
) -> Iterator[tuple[HTTPRouteHandler, Operation, str]]:
    for route in app.routes:
        if not isinstance(route, HTTPRoute):
            continue
        described = document["paths"].get(route.path_format, {})
        for method, (handler, _) in route.route_handler_map.items():
            operation = described.get(method.lower())
            if operation is not None:
                yield handler, operation, method


# ``opt`` of a handler: ``public`` needs no sign-in; ``errors`` are those of what it calls by chance, as
# an extension's function.
def _complete(
    handler: HTTPRouteHandler, operation: Operation, *, method: str, signed_in: Kinds
) -> None:
    kinds = {*raising.raised_by(handler.fn), *handler.opt.get("errors", ())}
    if handler.opt.get("public"):
        operation["security"] = [{}]
    else:
        kinds |= signed_in if method in _CHANGING else signed_in - {http.CsrfMissing}
    if idempotency.heeded(handler):
        operation.setdefault("parameters", []).append(_KEY)
        kinds |= raising.raised_by(idempotency.once)
    found: dict[int, set[str]] = defaultdict(set)
    for kind in kinds | _before(operation):
        found[kind.status].add(kind.code)
    answers = {
        status: _tidy(status, answer)
        for status, answer in operation["responses"].items()
        if status.startswith("2")
    }
    answers |= {str(status): _problem(found[status]) for status in sorted(found)}
    operation["responses"] = answers


def _before(operation: Operation) -> Kinds:
    """What a request may meet before its handler runs."""
    kinds: set[type[errors.YizhanError]] = set()
    if "requestBody" in operation:
        kinds |= {errors.BadRequest, errors.TooLarge, errors.Invalid}
    places = {one["in"] for one in operation.get("parameters", ())}
    if "query" in places:
        kinds.add(errors.Invalid)
    if "path" in places:
        kinds |= {errors.NotFound, errors.Invalid}  # an id beyond all ids is not valid
    if any(one["name"] == "cursor" for one in operation.get("parameters", ())):
        kinds.add(pagination.BadCursor)  # read behind an order that is chosen at run time
    return frozenset(kinds)


def _tidy(status: str, answer: Operation) -> Operation:
    answer.pop("headers", None)
    if status == "204":
        answer.pop("content", None)
    if answer["description"] == "Additional response":
        answer["description"] = HTTPStatus(int(status)).description
    binary = answer.get("content", {}).get("application/octet-stream")
    if binary is not None:
        binary["schema"] = {"type": "string", "format": "binary"}
    return answer


def _problem(codes: set[str]) -> Operation:
    listed = ", ".join(f"`{code}`" for code in sorted(codes))
    return {
        "description": f"Codes: {listed}.",
        "content": {http.PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
