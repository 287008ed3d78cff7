"""Sessions, identity, polling and files, over a real socket."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from tests.extensions.channels.chat.conftest import SECRET, ChatDesk
from yizhan.domains.channels import service as channels
from yizhan.domains.identity.service import brands


def proof(user: str, **more: str) -> dict[str, str]:
    made = hmac.new(SECRET.encode(), user.encode(), hashlib.sha256).hexdigest()
    return {"user_id": user, "user_hash": made, **more}


async def say(chat: ChatDesk, token: str, text: str, client_id: str = "m-0000001") -> str:
    answer = await chat.http.post(
        f"/chat/{chat.key}/messages",
        json={"visitor": token, "client_id": client_id, "text": text},
    )
    assert answer.status_code == 201, answer.text
    number: str = answer.json()["id"]
    return number


async def test_opening_the_chat_writes_nothing(chat: ChatDesk) -> None:
    first = (await chat.session()).json()
    assert (first["conversation_id"], first["messages"], first["seq"]) == (None, [], "0")
    assert (await chat.desk.api.get("/api/v1/contacts")).json()["items"] == []


async def test_the_same_message_again_is_the_same_message(chat: ChatDesk) -> None:
    token = await chat.visitor()
    assert await say(chat, token, "hello") == await say(chat, token, "hello")
    polled = (await chat.http.get(f"/chat/{chat.key}/messages", params={"visitor": token})).json()
    assert [m["text"] for m in polled["messages"]] == ["hello"]
    behind = {"visitor": token, "after": polled["seq"]}
    again = (await chat.http.get(f"/chat/{chat.key}/messages", params=behind)).json()
    assert again["messages"] == []


async def test_a_proven_user_is_one_contact_on_every_device(chat: ChatDesk) -> None:
    who = proof("u-7", name="Ann", email="ann@example.com")
    await say(chat, await chat.visitor(identity=who), "from the laptop")
    second = await chat.session(identity=who)
    assert [m["text"] for m in second.json()["messages"]] == ["from the laptop"]
    assert second.json()["contact"]["verified"] is True
    await say(chat, second.json()["visitor"], "from the phone", "m-0000002")
    people = (await chat.desk.api.get("/api/v1/contacts")).json()["items"]
    assert len(people) == 1
    kinds = {i["kind"]: i["strength"] for i in people[0]["identities"]}
    assert kinds["app_user"] == 3
    assert kinds["email"] == 1, "what the page says of an address proves nothing"
    assert len(await chat.tickets()) == 1


async def test_false_proof_is_refused_and_claims_prove_nothing(chat: ChatDesk) -> None:
    forged = await chat.session(identity={"user_id": "u-7", "user_hash": "0" * 64})
    assert (forged.status_code, forged.json()["code"]) == (401, "identity_invalid")
    await say(chat, await chat.visitor(identity=proof("u-7", email="ann@example.com")), "me")
    claimed = await chat.visitor(profile={"name": "Ann", "email": "ann@example.com"})
    await say(chat, claimed, "also me, I say")
    assert len((await chat.desk.api.get("/api/v1/contacts")).json()["items"]) == 2


async def test_known_customers_only(chat: ChatDesk) -> None:
    stranger = await chat.visitor()
    await chat.add_chat(identity_secret=SECRET, require_identity=True)
    refused = await chat.session()
    assert (refused.status_code, refused.json()["code"]) == (403, "identity_required")
    assert (await chat.session(identity=proof("u-1"))).status_code == 200
    assert (await chat.session(visitor=stranger)).status_code == 401


async def test_only_the_listed_website_gets_config_and_frame(chat: ChatDesk) -> None:
    await chat.add_chat(allowed_origins=["https://shop.example"], greeting="您好")
    good = {"parent": "https://shop.example"}
    config = await chat.http.get(f"/chat/{chat.key}/config", params=good)
    assert config.json()["greeting"] == "您好"
    assert config.headers["access-control-allow-origin"] == "https://shop.example"
    for path in ("config", "frame"):
        evil = await chat.http.get(
            f"/chat/{chat.key}/{path}", params={"parent": "https://evil.example"}
        )
        assert (evil.status_code, evil.json()["code"]) == (403, "origin_not_allowed")
        assert "access-control-allow-origin" not in evil.headers
    assert (await chat.http.get("/chat/no-such-key/config")).status_code == 404


async def test_files_travel_and_stay_private(chat: ChatDesk) -> None:
    token, other = await chat.visitor(), await chat.visitor()
    sent = await chat.http.post(
        f"/chat/{chat.key}/files",
        files={"file": ("截图.html", b"<script>alert(1)</script>", "text/html")},
        headers={"x-visitor": token},
    )
    assert sent.status_code == 201, sent.text
    body = {"client_id": "m-0000001", "text": "", "files": [sent.json()["id"]]}
    stolen = await chat.http.post(f"/chat/{chat.key}/messages", json={"visitor": other, **body})
    assert (stolen.status_code, stolen.json()["code"]) == (422, "file_unknown")
    done = await chat.http.post(f"/chat/{chat.key}/messages", json={"visitor": token, **body})
    assert done.status_code == 201, done.text
    session = (await chat.session(visitor=token)).json()
    file = session["messages"][0]["files"][0]
    got = await chat.http.get(f"/chat/{chat.key}/{file['url']}")
    assert got.content == b"<script>alert(1)</script>"
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-disposition"].startswith("attachment")
    bad = await chat.http.get(f"/chat/{chat.key}/{file['url'][:-4]}aaaa")
    assert bad.status_code == 404


async def add_mailbox(chat: ChatDesk) -> None:
    async with chat.desk.begin() as tx:
        await channels.create_inbox(
            tx,
            chat.desk.edge.vault,
            name="Support",
            channel_id="email",
            brand_id=(await brands.listed(tx))[0].id,
            settings={"address": "support@example.test"},
        )


async def later(chat: ChatDesk, minutes: int) -> None:
    """Let the answers be older than they are."""
    async with chat.desk.as_system() as tx:
        shift = timedelta(minutes=minutes)
        await tx.db.execute("UPDATE message SET created_at = created_at - $1::interval", shift)
        await tx.db.execute("UPDATE timer SET due_at = now() WHERE kind = 'chat_continue'")


async def mails(chat: ChatDesk, ticket_id: str) -> list[str]:
    listed = await chat.desk.api.get(f"/api/v1/tickets/{ticket_id}/messages")
    return [m["body_text"] for m in listed.json()["items"] if m["channel"] == "email"]


async def test_unread_answers_follow_by_mail_once(chat: ChatDesk) -> None:
    await add_mailbox(chat)
    token = await chat.visitor(profile={"name": "Ann", "email": "ann@example.com"})
    await say(chat, token, "my order?")
    ticket = (await chat.tickets())[0]["id"]
    await chat.answer(ticket, "It is on its way.")
    await chat.answer(ticket, "Tracking: 123")
    await chat.desk.run_jobs()
    assert await mails(chat, ticket) == [], "the visitor may still be reading"
    await later(chat, 30)
    await chat.desk.run_jobs(only="chat.continue")
    (mail,) = await mails(chat, ticket)
    assert "It is on its way." in mail
    assert "Tracking: 123" in mail
    await later(chat, 30)
    await chat.desk.run_jobs(only="chat.continue")
    assert len(await mails(chat, ticket)) == 1


async def test_who_reads_in_the_chat_gets_no_mail(chat: ChatDesk) -> None:
    await add_mailbox(chat)
    token = await chat.visitor(profile={"email": "ann@example.com"})
    await say(chat, token, "my order?")
    ticket = (await chat.tickets())[0]["id"]
    answer = await chat.answer(ticket, "It is on its way.")
    socket = await chat.dial(token)
    await socket.send(t="read", seq=answer["id"])
    await socket.send(t="ping")
    await socket.until("pong")
    await chat.desk.run_jobs()
    await later(chat, 30)
    await chat.desk.run_jobs(only="chat.continue")
    assert await mails(chat, ticket) == []
