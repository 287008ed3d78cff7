"""The committed description of the API is the one of the code."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.desk import Desk

ROOT = Path(__file__).resolve().parents[2]


def _generated() -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "yizhan.app.cli", "openapi", "--json"],
        check=True,
        capture_output=True,
    )
    document: dict[str, Any] = json.loads(done.stdout)
    return document


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """What the running code says of itself."""
    return _generated()


def test_the_committed_document_is_current(document: dict[str, Any]) -> None:
    document = dict(document, info=dict(document["info"]))
    committed = json.loads((ROOT / "openapi.json").read_text("utf-8"))
    # The version comes from git's tags and differs from clone to clone.
    document["info"].pop("version")
    committed["info"].pop("version")
    assert committed == document, "run: make openapi"
    assert document["openapi"].startswith("3.1")


def _all(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            yield method, path, operation


def _public(operation: dict[str, Any]) -> bool:
    return operation.get("security") == [{}]


def test_every_operation_documents_its_errors(document: dict[str, Any]) -> None:
    missing = []
    for method, path, operation in _all(document):
        wanted = set() if _public(operation) else {"401", "403", "429", "503"}
        wanted |= {"404"} if "{" in path else set()
        wanted |= {"400", "422"} if "requestBody" in operation else set()
        lacking = wanted - operation["responses"].keys()
        if lacking or not any(status.startswith("2") for status in operation["responses"]):
            missing.append((method, path, lacking))
    assert missing == []


def test_every_error_is_the_one_problem(document: dict[str, Any]) -> None:
    shapes = {
        json.dumps(answer.get("content"), sort_keys=True)
        for _, _, operation in _all(document)
        for status, answer in operation["responses"].items()
        if not status.startswith("2")
    }
    reference = {"$ref": "#/components/schemas/Problem"}
    assert shapes == {json.dumps({"application/problem+json": {"schema": reference}})}
    assert {"status", "code", "detail"} <= set(
        document["components"]["schemas"]["Problem"]["required"]
    )


def test_names_are_stable_and_answers_have_one(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, _, operation in _all(document)]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+([A-Z][a-z]+)*", name) for name in names), names
    assert all(re.fullmatch(r"[A-Za-z]+", name) for name in document["components"]["schemas"])
    nameless = []
    for method, path, operation in _all(document):
        for status, answer in operation["responses"].items():
            schema = answer.get("content", {}).get("application/json", {}).get("schema")
            if schema is not None and "$ref" not in (schema.get("items") or schema):
                nameless.append((method, path, status))
    assert nameless == []


@pytest.mark.parametrize(
    ("accept", "title"),
    [("en-GB,en;q=0.9", "API of this desk"), ("zh-CN,en;q=0.5", "本服务台的 API")],
)
async def test_the_page_of_the_api_needs_nothing_from_elsewhere(
    desk: Desk, document: dict[str, Any], accept: str, title: str
) -> None:
    answer = await desk.api.get("/docs", headers={"Accept-Language": accept})
    assert answer.status_code == 200
    assert f"<title>{title}</title>" in answer.text
    assert not re.search(r"<script|(src|href)=.?(https?:)?//", answer.text)
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    for _, path, operation in _all(document):
        assert f"<code>{path}</code>" in answer.text
        assert f'id="{operation["operationId"]}"' in answer.text
    linked = set(re.findall(r'href="#([^"]+)"', answer.text))
    assert linked <= set(re.findall(r'id="([^"]+)"', answer.text))


async def test_programs_find_the_same_description_beside_the_page(desk: Desk) -> None:
    there = await desk.api.get("/docs/openapi.json")
    assert there.json() == (await desk.api.get("/openapi.json")).json()
