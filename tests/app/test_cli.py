"""The command line for programs: one JSON object, whatever happens, and the exit code that fits."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import pytest

from yizhan.app import cli


def _run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, Any]:
    try:
        code = cli.main([*argv, "--json"])
    except SystemExit as ended:
        code = int(str(ended.code))
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    "argv",
    [
        ("nothing_like_this",),
        ("serve", "--port", "many"),
        ("mail",),
        ("workspace", "create"),
        ("bench", "everything"),
    ],
)
def test_wrong_arguments_are_named(
    capsys: pytest.CaptureFixture[str], argv: tuple[str, ...]
) -> None:
    code, said = _run(capsys, *argv)
    assert code == 2
    assert said["error"]["code"] == "wrong_arguments"


def test_an_unknown_fault_repeats_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(_args: object, _config: object) -> None:
        raise ValueError("no such person: canary@example.test")

    monkeypatch.setattr("yizhan.app.commands.doctor.run", fail)
    code = cli.main(["doctor", "--json", "--data", str(tmp_path)])
    out, err = capsys.readouterr()
    assert (code, json.loads(out)["error"]["code"]) == (1, "internal_error")
    assert "command_failed" in err
    assert "canary" not in out + err


def test_a_database_that_is_not_there_is_said_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("YIZHAN_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    code, said = _run(capsys, "migrate", "--data", str(tmp_path))
    assert (code, said["error"]["code"]) == (1, "database_refused")


def test_the_web_process_alone_does_not_share_a_port(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("YIZHAN_PORT", "YIZHAN_DATA"):
        monkeypatch.setenv(name, "0" if name == "YIZHAN_PORT" else str(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, said = _run(capsys, "web", "--port", port, "--data", str(tmp_path))
    assert (code, said["error"]["code"]) == (1, "port_taken")
