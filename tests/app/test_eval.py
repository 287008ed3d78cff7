"""`yizhan eval intent` and `category`: the figures that the contract names, from files alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from yizhan.app import cli
from yizhan.learning import embedding

TRAIN = [
    (text.format(thing), label)
    for label, things in {
        "Order > Status": ["包裹", "my parcel", "快递"],
        "Order > Refund": ["退款", "my refund", "退钱"],
        "Account > Sign-in": ["密码", "my password", "登录"],
    }.items()
    for thing in things
    for text in ("{}的问题", "about {}", "{}怎么还没好", "please look at {}")
]
TEST = [
    ("我的包裹呢", "Order > Status"),
    ("where is my refund", "Order>Refund"),
    ("密码错误", "Account > Sign-in"),
]


@pytest.fixture(autouse=True)
def _words_only(monkeypatch: pytest.MonkeyPatch) -> Any:
    """As an installation without the encoder, which would take a second to start."""
    monkeypatch.setenv("YIZHAN_ENCODER", "none")
    embedding.default.cache_clear()
    yield
    embedding.default.cache_clear()


def _file(path: Path, rows: list[tuple[str, str]]) -> str:
    path.write_text(
        "".join(json.dumps({"text": text, "label": label}) + "\n" for text, label in rows)
    )
    return str(path)


def _run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, Any]:
    code = cli.main([*argv, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_intents_are_scored_with_scope(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    strange = [(f"{what} {at}", "oos") for what in ("天气", "joke", "poem") for at in range(4)]
    train = _file(tmp_path / "train.jsonl", TRAIN + strange)
    test = _file(tmp_path / "test.jsonl", [*TEST, ("天气怎么样", "oos")])
    argv = ("eval", "intent", "--train", train, "--test", test, "--data", str(tmp_path))
    code, said = _run(capsys, *argv)
    assert code == 0
    assert len(said["predictions"]) == said["items"] == 4
    assert said["predictions"][3]["label"] == "oos"
    for share in ("accuracy", "macro_f1", "in_scope_accuracy", "oos_recall", "coverage", "ece"):
        assert 0 <= said[share] <= 1, share
    assert said["train_seconds"] > 0 < said["ms_per_item"]
    again = _run(capsys, *argv)[1]
    assert again["predictions"] == said["predictions"]


def test_categories_are_scored_by_level(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    train, test = _file(tmp_path / "a.jsonl", TRAIN), _file(tmp_path / "b.jsonl", TEST)
    code, said = _run(
        capsys, "eval", "category", "--train", train, "--test", test, "--data", str(tmp_path)
    )
    assert code == 0
    assert said["exact_path"] == said["accuracy"] == 1.0
    assert said["per_level"] == [1.0, 1.0]
    assert said["oos_recall"] is None
    assert [step["name"] for step in said["predictions"][0]["levels"]] == ["Order", "Status"]


def test_a_broken_line_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    train = _file(tmp_path / "train.jsonl", TRAIN)
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"text": "a", "label": "b"}\n{"text": 5}\n')
    code, said = _run(
        capsys,
        *("eval", "intent", "--train", train, "--test", str(broken)),
        "--data",
        str(tmp_path),
    )
    assert code != 0
    assert "line 2" in said["error"]["message"]


def test_what_ships_is_measured_on_a_folder_of_suites(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    rows = [
        ("我忘了密码怎么重置", "reset_password"),
        ("how do I reset my password", "reset_password"),
    ]
    (tmp_path / "test").mkdir()
    (tmp_path / "test" / "own.messages.jsonl").write_text(
        "".join(json.dumps({"text": t, "intent": i, "lang": "zh"}) + "\n" for t, i in rows)
    )
    (tmp_path / "taxonomy.jsonl").write_text(
        json.dumps({"intent": "reset_password", "category": "Account > Sign-in > Reset password"})
    )
    turns = [
        {"role": "user", "text": "我忘了密码怎么重置", "intent": "reset_password"},
        {"role": "agent", "text": "请问手机号是多少？"},
        {"role": "user", "text": "13900002716", "intent": "reset_password"},
    ]
    (tmp_path / "test" / "own.dialogues.jsonl").write_text(json.dumps({"turns": turns}))
    argv = ("eval", "suites", "--suites", str(tmp_path), "--data", str(tmp_path))
    code, said = _run(capsys, *argv)
    assert code == 0
    assert said["intent"]["among_three"] == 1.0
    assert said["category"]["per_level"][0] == 1.0
    assert said["dialogue"]["intent_accuracy"] == 1.0
    code, said = _run(capsys, "eval", "suites", "--suites", str(tmp_path / "none"))
    assert code != 0
    assert "test/NAME.messages.jsonl" in said["error"]["message"]
