"""`yizhan eval emotion`: trained on a file, as shipped, and what it says of files that are not its."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from yizhan.app import cli
from yizhan.learning import embedding

LINES = [
    (f"{what}{how}", label)
    for label, hows in {"negative": ["太差", "坏了"], "positive": ["很好", "满意"]}.items()
    for how in hows
    for what in ("味道", "服务", "快递", "房间", "软件")
]


@pytest.fixture(autouse=True)
def _words_only(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
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
    code = cli.main(["eval", "emotion", *argv, "--json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("learned", [LINES, []])
def test_emotion_is_scored(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, learned: list[tuple[str, str]]
) -> None:
    test = _file(
        tmp_path / "test.jsonl",
        [("菜太差", "negative"), ("很满意", "positive"), ("几点", "neutral")],
    )
    argv = ["--test", test, "--data", str(tmp_path)]
    if learned:
        argv += ["--train", _file(tmp_path / "train.jsonl", learned)]
    code, said = _run(capsys, *argv)
    assert code == 0
    assert said["trained"] is bool(learned)
    assert len(said["predictions"]) == said["items"] == 3
    assert said["predictions"][0]["label"] == "negative"
    assert said["negative_recall"] == 1
    for share in ("accuracy", "negative_precision", "negative_accuracy", "ece", "negative_ece"):
        assert 0 <= said[share] <= 1, share


@pytest.mark.parametrize(
    ("rows", "why"),
    [([("x", "angry")], "angry"), ([("x", "negative")], "at least two"), ([], "no lines")],
)
def test_a_file_that_cannot_be_learned_from_says_why(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, rows: list[tuple[str, str]], why: str
) -> None:
    train, test = _file(tmp_path / "a.jsonl", rows), _file(tmp_path / "b.jsonl", LINES)
    code, said = _run(capsys, "--test", test, "--train", train, "--data", str(tmp_path))
    assert code == 1
    assert why in said["error"]["message"]
