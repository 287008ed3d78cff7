"""Golden sets hold what resolved tickets taught, run the same every time, and leave as files."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from tests.domains.lab import golden
from tests.domains.understanding import learned
from tests.support.desk import Desk, api_token, client, make_workspace
from yizhan.app.evals import intent
from yizhan.domains.lab import grading, likeness
from yizhan.domains.lab.service import tickets
from yizhan.domains.lab.types import GoldenFilters, Said

LAB = golden.LAB


@pytest.fixture(autouse=True)
def _words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The encoder takes a second to start and nothing here depends on it."""
    monkeypatch.setenv("YIZHAN_ENCODER", "none")


async def test_cases_come_from_what_was_solved_for_good(desk: Desk) -> None:
    _, number = await golden.solved(
        desk, "Please refund my order, call me on 13812345678", label="refund_status"
    )
    await golden.solved(
        desk, "please refund my order, call me on 13987654321", label="refund_status"
    )
    await golden.solved(desk, "the invoice has a wrong title", label="request_invoice")
    again, _ = await golden.solved(desk, "my parcel never arrived", label="track_order")
    await golden.move(desk, again, "open")
    await golden.move(desk, again, "resolved")
    await golden.solved(desk, "nobody has solved this yet", label="other", status="open")
    made = await golden.golden_set(desk)
    empty = await desk.api.post(f"{LAB}/sets/{made['id']}/runs", json={})
    assert empty.json()["code"] == "set_empty"

    gathering = await desk.api.post(f"{LAB}/sets/{made['id']}/gather")
    assert gathering.json()["gathering"]["state"] == "running"
    await desk.run_jobs(only="lab.gather")

    found = (await desk.api.get(f"{LAB}/sets/{made['id']}")).json()
    assert (found["cases"], found["gathering"]["added"], found["gathering"]["alike"]) == (2, 2, 1)
    cases = (await desk.api.get(f"{LAB}/sets/{made['id']}/cases")).json()["items"]
    assert sorted(one["expected"][0] for one in cases) == ["refund_status", "request_invoice"]
    (refund,) = [one for one in cases if one["expected"] == ["refund_status"]]
    assert "‹PHONE_1›" in refund["text"]
    assert not any(digits in refund["text"] for digits in ("13812345678", "13987654321"))
    # What is measured with is not learned from, nor what says the same; retired, it may be.
    assert await learnable(desk) == 3
    retired = await desk.api.patch(f"{LAB}/cases/{refund['id']}", json={"active": False})
    assert retired.json()["active"] is False
    assert await learnable(desk) == 4
    # The same ticket by its number: the set knows its words.
    twice = await desk.api.post(f"{LAB}/sets/{made['id']}/cases", json={"ticket_number": number})
    assert twice.json()["code"] == "case_alike"
    missing = await desk.api.post(f"{LAB}/sets/{made['id']}/cases", json={"ticket_number": 99999})
    assert missing.status_code == 404


async def learnable(desk: Desk) -> int:
    found = await desk.api.get("/api/v1/learning/labels", params={"head": "intent"})
    return int(found.json()["total"])


async def test_another_workspace_sees_and_changes_nothing(desk: Desk) -> None:
    made = await golden.golden_set(desk)
    lines = [{"text": text, "label": label} for text, label in learned.sentences(3)]
    await golden.fill(desk, made, lines)
    case = (await desk.api.get(f"{LAB}/sets/{made['id']}/cases")).json()["items"][0]
    await golden.solved(desk, "refund me at once", label="refund_status")
    other = await make_workspace(desk.edge, name="Other", email="other@example.test")
    token = await api_token(desk.database, int(other.workspace.id))
    async with client(desk.app, token=token) as api:
        assert (await api.get(f"{LAB}/sets")).json()["items"] == []
        assert (await api.get(f"{LAB}/sets/{made['id']}/cases")).status_code == 404
        path = f"{LAB}/cases/{case['id']}"
        assert (await api.patch(path, json={"active": False})).status_code == 404
        own = (await api.post(f"{LAB}/sets", json={"name": "Own", "kind": "intent"})).json()
        await api.post(f"{LAB}/sets/{own['id']}/gather")
        await desk.run_jobs(only="lab.gather")
        assert (await api.get(f"{LAB}/sets/{own['id']}")).json()["cases"] == 0


async def test_a_run_is_the_same_twice_says_what_broke_and_can_be_cancelled(desk: Desk) -> None:
    made = await golden.golden_set(desk)
    lines = [{"text": text, "label": label} for text, label in learned.sentences(9, first=100)]
    await golden.fill(desk, made, lines)
    await golden.version(desk, 1, state="in_use")
    first, second = await golden.run(desk, made), await golden.run(desk, made)
    assert (first["state"], second["number"]) == ("done", 2)
    assert first["report"]["right"]["value"] == 1.0
    assert (first["snapshot"], first["fingerprint"]) == (second["snapshot"], second["fingerprint"])
    assert second["report"]["comparison"]["verdict"] == "same"
    said = [
        (one["case_id"], one["said"], one["worth"])
        for one in await golden.outcomes(desk, first["id"])
    ]
    assert said == [
        (one["case_id"], one["said"], one["worth"])
        for one in await golden.outcomes(desk, second["id"])
    ]

    bad = await golden.version(desk, 2, shuffled=True)
    tried = await golden.run(desk, made, version_id=bad)
    assert tried["report"]["comparison"]["against"] == 2
    assert len(await golden.outcomes(desk, tried["id"], "broke")) == 9
    nothing = await desk.api.post(f"{LAB}/sets/{made['id']}/runs", json={"version_id": "17"})
    assert nothing.json()["code"] == "version_unfit"

    waiting = (await desk.api.post(f"{LAB}/sets/{made['id']}/runs", json={})).json()
    path = f"{LAB}/runs/{waiting['id']}/cancel"
    assert (await desk.api.post(path)).json()["state"] == "cancelled"
    await desk.run_jobs(only="lab.run")
    assert (await desk.api.get(f"{LAB}/runs/{waiting['id']}")).json()["report"] is None
    assert (await desk.api.post(path)).json()["code"] == "run_over"


async def test_exported_files_are_measured_without_a_desk(desk: Desk, tmp_path: Path) -> None:
    await learned.label(desk, learned.sentences(18))
    made = await golden.golden_set(desk)
    lines = [{"text": text, "label": label} for text, label in learned.sentences(6, first=100)]
    lines.append({"text": "give it to 13812345678", "label": "refund"})
    await golden.fill(desk, made, lines)
    for part in ("cases", "training"):
        answer = await desk.api.get(f"{LAB}/sets/{made['id']}/export", params={"part": part})
        assert answer.status_code == 200, answer.text
        assert "13812345678" not in answer.text
        (tmp_path / part).write_bytes(answer.content)
    args = argparse.Namespace(train=tmp_path / "training", test=tmp_path / "cases", seed=1)
    found = intent.run(args, desk.edge.config)
    assert found["items"] == 7
    assert found["accuracy"] > 0.8
    # What came out goes in again, and what is not a case says where.
    other = await golden.golden_set(desk)
    content = (tmp_path / "cases").read_text()
    again = await desk.api.post(f"{LAB}/sets/{other['id']}/import", json={"content": content})
    assert again.json() == {"added": 7, "alike": 0}
    broken = await desk.api.post(
        f"{LAB}/sets/{other['id']}/import", json={"content": f'{content}{{"text": "half'}
    )
    assert (broken.status_code, broken.json()["code"]) == (422, "lines_unreadable")
    assert broken.json()["detail"].startswith("Line 8")


def test_near_equal_texts_are_one_case() -> None:
    known = likeness.Known(["Where is my order 1001?"])
    assert not known.add("where is my order 2002 ?")
    assert known.add("我的快递三天没动了，帮我催一下")
    assert not known.add("我的快递三天没动了，帮我催一下！！")
    assert known.add("发票抬头写错了")


def test_every_label_gets_its_turn() -> None:
    found = [
        tickets.Candidate(
            text=str(at),
            expected=["often" if at < 8 else "rare"],
            ticket_id=at,
            message_id=at,
            requester="",
        )
        for at in range(10)
    ]
    chosen = tickets.stratified(found, GoldenFilters(most=5, per_label=4))
    assert [one.expected[0] for one in chosen] == ["often", "rare", "often", "rare", "often"]


def test_what_was_learned_from_proves_nothing() -> None:
    right = Said(answer=("a",), confidence=0.9, worth=1.0)
    wrong = Said(answer=("b",), confidence=0.9, worth=0.0)
    learned_from = Said(answer=("a",), confidence=0.9, worth=1.0, learned=True)
    found = grading.compared({1: wrong, 2: right}, {1: learned_from, 2: right}, tolerance=0.1)
    assert (found.verdict, found.turned, found.report["left_out"]) == ("same", {}, 1)
    found = grading.compared({1: wrong, 2: right}, {1: right, 2: right}, tolerance=0.1)
    assert (found.verdict, found.turned) == ("worse", {1: "broke"})
    assert grading.compared({1: wrong}, {}, tolerance=0.1).verdict == "nothing"
    assert grading.compared({1: wrong}, {1: right}, tolerance=1.0).verdict == "tolerated"


async def test_by_night_new_cases_of_the_brand_come_in_and_are_measured(desk: Desk) -> None:
    brands = (await desk.api.get("/api/v1/brands")).json()["items"]
    other = await desk.api.post("/api/v1/brands", json={"name": "Other", "color": "#123456"})
    assert other.status_code == 201, other.text
    mine, text = brands[0]["id"], "Where is my refund, please?"
    ticket, _ = await golden.solved(desk, text, label="refund")
    made = await golden.golden_set(desk, nightly=True, filters={"brand_id": mine})
    elsewhere = await golden.golden_set(
        desk, name="Elsewhere", nightly=True, filters={"brand_id": other.json()["id"]}
    )
    async with desk.as_system() as tx:
        await tx.db.execute(
            "UPDATE ticket SET brand_id = $3 WHERE workspace_id = $1 AND id = $2",
            tx.workspace_id, int(ticket), int(mine),
        )  # fmt: skip
        due = await tx.db.fetchval(
            "SELECT due_at FROM timer WHERE workspace_id = $1 AND kind = 'lab'", tx.workspace_id
        )
        tx.defer("lab.nightly")
    assert due is not None
    await desk.run_jobs(only="lab.nightly")
    await desk.run_jobs(only="lab.run")
    found = (await desk.api.get(f"{LAB}/sets/{made['id']}")).json()
    assert (found["cases"], found["gathering"]["added"]) == (1, 1)
    assert (found["last_run"]["cause"], found["last_run"]["state"]) == ("nightly", "done")
    empty = (await desk.api.get(f"{LAB}/sets/{elsewhere['id']}")).json()
    assert (empty["cases"], empty["last_run"]) == (0, None)
