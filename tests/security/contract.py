"""The whole API's description against the API: schemathesis makes the requests, the desk answers in-process.

``python -m tests.security.contract --examples 50 --seed 1`` runs it at length; `make test` runs few examples.
Ids are aimed at things that there are: a made-up one only ever finds nothing.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any, cast

import httpx2
import hypothesis
import msgspec
import requests
import schemathesis
from schemathesis import checks, errors
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks as openapi

EXAMPLES, SEED = "YIZHAN_CONTRACT_EXAMPLES", "YIZHAN_CONTRACT_SEED"
# What nobody can wait for, or what ends the run itself.
SKIPPED = {
    "GET /api/v1/stream",  # never ends; tests/domains/realtime looks at it
    "POST /api/v1/auth/logout",
}
# Reading first, removing last: there is something to find as long as possible.
ORDER = ["GET", "POST", "PUT", "PATCH", "DELETE"]
CHECKS = [
    checks.not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_schema_conformance,
    openapi.response_headers_conformance,
]
_QUIET = list(hypothesis.HealthCheck)


class Result(msgspec.Struct):
    """What came of a run."""

    sent: int = 0
    statuses: Counter[int] = msgspec.field(default_factory=Counter)
    met: set[str] = msgspec.field(default_factory=set)  # operations that did something
    broken: dict[str, str] = msgspec.field(default_factory=dict)  # the first of each kind


def operations(document: dict[str, Any]) -> list[Any]:
    """The document's operations in the order that they are tried in."""
    schema = schemathesis.openapi.from_dict(document)
    found: list[Any] = [one.ok() for one in cast("Any", schema.get_all_operations())]
    kept = [one for one in found if one.label not in SKIPPED]
    return sorted(kept, key=lambda one: (ORDER.index(one.method.upper()), one.label))


def cases(operation: Any, *, examples: int, seed: int, negative: bool) -> list[Any]:
    """Requests as the description allows them, or with something that it forbids."""
    mode = schemathesis.GenerationMode
    made: list[Any] = []

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=examples,
        database=None,
        deadline=None,
        suppress_health_check=_QUIET,
        phases=[hypothesis.Phase.generate],
    )
    @hypothesis.given(
        operation.as_strategy(generation_mode=mode.NEGATIVE if negative else mode.POSITIVE)
    )
    def keep(case: Any) -> None:
        made.append(case)

    try:
        keep()
    except (hypothesis.errors.Unsatisfiable, errors.SerializationNotPossible):
        return made  # nothing can be wrong here, for one
    return made


def aimed(value: Any, ids: dict[str, str], chance: random.Random, *, name: str = "") -> Any:
    """The same value with most ids replaced by those of things that there are."""
    if isinstance(value, dict):
        return {key: aimed(inner, ids, chance, name=str(key)) for key, inner in value.items()}
    if isinstance(value, list):
        return [aimed(inner, ids, chance, name=name.removesuffix("s")) for inner in value]
    known = ids.get(name) or ids.get(f"{name}_id")
    if isinstance(value, str | int) and known is not None and chance.random() < 0.8:
        return known
    return value


def request_of(case: Any, ids: dict[str, str], chance: random.Random) -> Any:
    """The request as it goes over the line."""
    case.path_parameters = aimed(case.path_parameters, ids, chance)
    case.body = aimed(case.body, ids, chance)
    sent = case.as_transport_kwargs(base_url="http://desk.test")
    for ours in ("headers", "cookies"):
        sent[ours] = {
            name: value
            for name, value in (sent.get(ours) or {}).items()
            if name.lower() not in ("authorization", "yz_session")
        }
    return requests.Request(**sent).prepare()


async def attempt(api: httpx2.AsyncClient, case: Any, made: Any, result: Result) -> None:
    """Send one request and hold the answer against the description."""
    label = case.operation.label
    try:
        answer = await api.request(
            made.method, made.url, content=made.body, headers=dict(made.headers)
        )
    except httpx2.InvalidURL:
        return
    result.sent += 1
    result.statuses[answer.status_code] += 1
    if answer.is_success:
        result.met.add(label)
    stream = answer.headers.get("content-type", "").startswith("text/event-stream")
    try:
        # Of a stream the description tells the text of all of it, and schemathesis looks at each event.
        case.validate_response(answer, checks=CHECKS[:3] if stream else CHECKS)
    except FailureGroup as group:
        for failure in group.exceptions:
            what = f"{label}: {type(failure).__name__} {answer.status_code}"
            result.broken.setdefault(what, _told(made, answer, failure))


def _told(made: Any, answer: httpx2.Response, failure: BaseException) -> str:
    body = (made.body or b"")[:600]
    return f"{made.method} {made.url[:300]} {body!r}\n  {answer.text[:300]}\n  {str(failure)[:900]}"


def plan(document: dict[str, Any], *, examples: int, seed: int) -> Iterator[Any]:
    """All requests of a run. A single example is an allowed one: what is forbidden takes longer to find."""
    for operation in operations(document):
        for negative in (False, True) if examples > 1 else (False,):
            yield from cases(operation, examples=examples, seed=seed, negative=negative)


def main() -> int:
    """The long form, as the tests run it."""
    import pytest

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=20, help="of each kind for an operation")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    os.environ |= {EXAMPLES: str(args.examples), SEED: str(args.seed)}
    return int(
        pytest.main(
            ["-q", "-s", "-o", "timeout=0", "-o", "faulthandler_timeout=0"]
            + [f"tests/security/{name}.py" for name in ("test_contract", "test_walk")]
        )
    )


if __name__ == "__main__":
    sys.exit(main())
