"""Raw mails from files: the same way, each with its outcome."""

from __future__ import annotations

from pathlib import Path

from tests.extensions.channels.email import build, test_machines
from tests.support.desk import Desk
from yizhan.app import mails


def test_mbox_and_folders_are_read(tmp_path: Path) -> None:
    one, two = build.mail("one\n>From me"), build.mail("two")
    mbox = b"From a@b Sun Nov 22\n" + one + b"\n\nFrom c@d Sun Nov 22\n" + two + b"\n"
    (tmp_path / "all.mbox").write_bytes(mbox)
    (tmp_path / "single.eml").write_bytes(two)
    found = list(mails.read([tmp_path]))
    assert [source.path.rpartition("/")[2] for source in found] == [
        "all.mbox#1", "all.mbox#2", "single.eml",
    ]  # fmt: skip
    assert b"\nFrom me" in found[0].raw


async def test_each_mail_is_reported(desk: Desk) -> None:
    inbox = await mails.mailbox(desk.edge, desk.workspace_id, address="support@brand.example")
    again = await mails.mailbox(desk.edge, desk.workspace_id, address=None)
    assert again.id == inbox.id
    raws = {
        "first": build.mail("你好"),
        "same": build.mail("你好"),
        "answer": build.mail("more", Message_ID="<a2@x>", In_Reply_To="<q1@customer.example>"),
        "machine": build.mail(Message_ID="<a3@x>", Auto_Submitted="auto-replied"),
        "bounce": test_machines.report("Final-Recipient: rfc822; a@b.example\r\nAction: failed"),
        "spam": build.mail(Message_ID="<a4@x>", X_Spam_Flag="YES"),
        "empty": b"",
    }
    found = {
        name: await mails.ingest(
            desk.edge, desk.workspace_id, inbox=inbox, source=mails.Source(name, raw)
        )
        for name, raw in raws.items()
    }
    assert {name: one["outcome"] for name, one in found.items()} == {
        "first": "message", "same": "duplicate", "answer": "message", "machine": "message",
        "bounce": "bounce", "spam": "quarantine", "empty": "ignored",
    }  # fmt: skip
    assert [found[name]["new_ticket"] for name in ("first", "answer", "machine")] == [
        True,
        False,
        True,
    ]
    assert found["answer"]["ticket"] == found["first"]["ticket"] == found["same"]["ticket"]
    assert found["machine"]["auto_submitted"]
    assert found["spam"]["reason"] == "spam"
    assert found["spam"]["from"] == "li@customer.example"
