"""What visitors do: begin, write, read, leave an address, send a file. One transaction each."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from yizhan.domains.channels import service as channels
from yizhan.domains.contacts import normal
from yizhan.domains.contacts import service as contacts
from yizhan.domains.contacts.types import CLAIMED, KNOWN, PROVEN, Identity
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.service import customer
from yizhan.domains.tickets.service.files import StoredContent
from yizhan.domains.tickets.types import Conversation
from yizhan.extensions.channels.chat import chats, connector, continuation, wire
from yizhan.extensions.channels.chat import visitor as visitors
from yizhan.extensions.channels.chat.chats import Chat
from yizhan.extensions.channels.chat.turns import Turns
from yizhan.extensions.channels.chat.visitor import Visitor
from yizhan.kernel import clock, errors
from yizhan.kernel.actor import system
from yizhan.kernel.crypto import Vault
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Tx

_turns = Turns()
_FILE = "chat-file"
_MAC = 32
_NEWEST = 50
_LONGEST_URL = 400  # it travels within the token
_LONGEST_TITLE = 120


class NothingSaid(errors.Invalid):
    """A message needs text or a file."""


class NotAccepted(errors.Forbidden):
    """This message was not accepted."""


class FileUnknown(errors.Invalid):
    """The file was not uploaded in this chat."""


class AddressInvalid(errors.Invalid):
    """This is not an e-mail address."""


# ----------------------------------------------------------------------------------- sessions


async def begin(edge: Edge, chat: Chat, *, data: wire.SessionIn) -> wire.SessionOut:
    """Continue where the token says, or anew. Nothing is written before the first message."""
    async with edge.database.begin(system(chat.workspace_id)) as tx:
        who = await _recognise(tx, edge, chat, data=data)
        found = await customer.conversation(tx, inbox_id=chat.inbox_id, key=who.key)
        lines: list[customer.Line] = []
        seen = 0
        if found is not None:
            lines = await customer.newest(tx, found.id, most=_NEWEST)
            seen = await customer.seen_by_agents(tx, found.ticket_id)
        token = visitors.seal(edge.vault, who, workspace_id=tx.workspace_id, now=tx.now)
    talk_id = found.id if found else 0
    shown = [message_out(edge.vault, chat, line=x, conversation_id=talk_id) for x in lines]
    return wire.SessionOut(
        visitor=token,
        conversation_id=str(found.id) if found else None,
        contact=wire.ContactOut(
            name=who.name,
            email=who.email or (found.reply_to if found else None),
            verified=who.verified,
        ),
        messages=shown,
        seq=shown[-1].seq if shown else "0",
        read=str(seen),
    )


async def _recognise(tx: Tx, edge: Edge, chat: Chat, *, data: wire.SessionIn) -> Visitor:
    now = clock.now()
    who = visitors.fresh(chat.inbox_id)
    if data.visitor:
        place = {"workspace_id": tx.workspace_id, "inbox_id": chat.inbox_id}
        who = visitors.unseal(edge.vault, data.visitor, now=now, **place)
    if data.identity is not None:
        person = visitors.check(data.identity, secret=chat.settings.identity_secret, now=now)
        known = await customer.conversation(tx, inbox_id=chat.inbox_id, key=who.key)
        who = visitors.introduce(who, person, has_conversation=known is not None)
    if chat.settings.require_identity and not who.verified:
        raise visitors.IdentityRequired
    given = data.profile
    return msgspec.structs.replace(
        who,
        name=given.name.strip() or who.name,
        email=address(given.email) if given.email else who.email,
        page_url=data.page.url[:_LONGEST_URL] or who.page_url,
        page_title=data.page.title[:_LONGEST_TITLE] or who.page_title,
        locale=data.locale or who.locale,
    )


def address(typed: str) -> str:
    """An e-mail address in its one form. Errors: AddressInvalid."""
    try:
        return normal.email(typed)
    except errors.Invalid as error:
        raise AddressInvalid from error


# ----------------------------------------------------------------------------------- messages


def message_out(
    vault: Vault, chat: Chat, *, line: customer.Line, conversation_id: int
) -> wire.MessageOut:
    """A line as the widget shows it. Addresses of files are relative to the frame."""
    return wire.MessageOut(
        seq=str(line.id),
        id=str(line.id),
        client_id=line.client_id if line.mine else None,
        from_="visitor" if line.mine else "agent",
        name=None if line.mine else line.author_name,
        text=line.text,
        files=tuple(
            wire.FileOut(
                id=str(file.id),
                name=file.name,
                type=file.content_type,
                size=file.size,
                url=_url(vault, chat, conversation_id, file.id),
            )
            for file in line.files
        ),
        at=clock.text(line.at),
    )


def _url(vault: Vault, chat: Chat, conversation_id: int, file_id: int) -> str:
    mac = _pass(vault, chat, conversation_id, file_id)
    return f"files/{conversation_id}/{file_id}/{mac}"


def _pass(vault: Vault, chat: Chat, conversation_id: int, file_id: int) -> str:
    text = f"{chat.inbox_id}:{conversation_id}:{file_id}"
    return vault.sign(text, workspace_id=chat.workspace_id, purpose=_FILE, size=_MAC)


async def open_file(
    edge: Edge, chat: Chat, *, conversation_id: int, file_id: int, mac: str
) -> tuple[StoredContent, bytes]:
    """A file by the signed address that a message carried. Errors: NotFound."""
    good = _pass(edge.vault, chat, conversation_id, file_id)
    if not visitors.equal(good, mac):
        raise errors.NotFound
    async with edge.database.begin(system(chat.workspace_id)) as tx:
        stored = await customer.open_file(tx, conversation_id, file_id=file_id)
    return stored, await edge.store.get(chat.workspace_id, stored.sha256)


async def say(edge: Edge, chat: Chat, *, who: Visitor, said: wire.Say) -> wire.AckOut:
    """Store a message; it is committed when this returns. The same again is the same message."""
    if not said.text.strip() and not said.files:
        raise NothingSaid
    # One at a time for each conversation: a flood of one visitor must not hold all connections
    # while it waits for its own lock in the database.
    async with _turns[chat.inbox_id, who.key]:
        written = connector.Written(
            visitor=who,
            client_id=said.client_id,
            text=said.text,
            files=await _files(edge, chat, who=who, refs=said.files),
        )
        prepared = await channels.prepare_inline(edge, chat.ready, item=connector.item(written))
        async with edge.database.begin(chat.actor) as tx:
            outcome = await channels.ingest_inline(tx, edge, chat.ready, prepared=prepared)
            at = tx.now
    if outcome is None or outcome.message_id is None:
        raise NotAccepted
    number = str(outcome.message_id)
    return wire.AckOut(client_id=said.client_id, id=number, seq=number, at=clock.text(at))


async def _files(
    edge: Edge, chat: Chat, *, who: Visitor, refs: Sequence[str]
) -> tuple[connector.WrittenFile, ...]:
    """Only what this visitor uploaded: the reference carries a signature over both."""
    if not refs:
        return ()
    found = []
    async with edge.database.begin(chat.actor) as tx:
        for ref in refs:
            number, _, mac = ref.partition(".")
            good = edge.vault.signed(
                f"{number}:{who.id}", mac, workspace_id=tx.workspace_id, purpose=_FILE, size=_MAC
            )
            stored = await customer.file(tx, int(number)) if good else None
            if stored is None:
                raise FileUnknown
            found.append(connector.WrittenFile(stored.id, stored.name, stored.content_type))
    return tuple(found)


async def upload(
    edge: Edge, chat: Chat, *, who: Visitor, name: str, content_type: str, content: bytes
) -> wire.UploadOut:
    """Keep a file until a message carries it."""
    kept = await tickets.put_file(
        edge.store, chat.workspace_id, name=name, content_type=content_type, content=content
    )
    async with edge.database.begin(chat.actor) as tx:
        stored = await tickets.record_file(tx, kept)
    mac = edge.vault.sign(
        f"{stored.id}:{who.id}", workspace_id=chat.workspace_id, purpose=_FILE, size=_MAC
    )
    return wire.UploadOut(
        id=f"{stored.id}.{mac}",
        name=stored.name,
        content_type=stored.content_type,
        size=stored.size,
        url="",
    )


# ------------------------------------------------------------------------- reading and leaving


async def conversation(edge: Edge, chat: Chat, *, who: Visitor) -> Conversation | None:
    """The visitor's conversation, once there is one."""
    async with edge.database.begin(system(chat.workspace_id)) as tx:
        return await customer.conversation(tx, inbox_id=chat.inbox_id, key=who.key)


async def read(edge: Edge, chat: Chat, *, conversation_id: int, up_to: int) -> None:
    """The visitor has seen the answers."""
    async with edge.database.begin(chat.actor) as tx:
        await customer.mark_read(tx, conversation_id, up_to=up_to)


async def typing(edge: Edge, chat: Chat, *, who: Visitor, on: bool) -> None:
    """Tell the agents who see the ticket. Nothing is stored."""
    async with edge.database.begin(system(chat.workspace_id)) as tx:
        talk = await customer.conversation(tx, inbox_id=chat.inbox_id, key=who.key)
        where = await customer.place(tx, talk.ticket_id) if talk is not None else None
    if talk is None or where is None:
        return
    edge.notifier.live(
        {
            "kind": "visitor_typing",
            "workspace_id": str(chat.workspace_id),
            "ticket_id": str(talk.ticket_id),
            "name": who.name,
            "on": on,
            "where": where,
        }
    )


async def leave_address(edge: Edge, chat: Chat, *, who: Visitor, typed: str) -> Visitor:
    """Answers go there when the visitor has left. A typed address is a claim and proves nothing."""
    found = msgspec.structs.replace(who, email=address(typed))
    async with edge.database.begin(chat.actor) as tx:
        talk = await customer.conversation(tx, inbox_id=chat.inbox_id, key=who.key)
        if talk is not None:
            await contacts.resolve(tx, _claims(found), source=chats.CHANNEL)
            await customer.set_reply_to(tx, talk.id, address=found.email)
            await continuation.plan(tx, talk, settings=chat.settings)
    return found


def _claims(who: Visitor) -> list[Identity]:
    return [
        Identity(
            kind=i.kind,
            value=i.value,
            scope=i.scope,
            strength={3: PROVEN, 2: KNOWN}.get(i.strength, CLAIMED),
            verified=i.verified,
        )
        for i in who.identities()
    ]


async def poll(edge: Edge, chat: Chat, *, who: Visitor, after: int) -> wire.PolledOut:
    """News for those who have no socket."""
    is_online = await chats.online(edge, chat)
    async with edge.database.begin(system(chat.workspace_id)) as tx:
        talk = await customer.conversation(tx, inbox_id=chat.inbox_id, key=who.key)
        if talk is None:
            return wire.PolledOut(messages=[], seq=str(after), online=is_online, read="0")
        lines = await customer.since(tx, talk.id, after=after)
        seen = await customer.seen_by_agents(tx, talk.ticket_id)
    shown = [message_out(edge.vault, chat, line=line, conversation_id=talk.id) for line in lines]
    seq = shown[-1].seq if shown else str(after)
    return wire.PolledOut(messages=shown, seq=seq, online=is_online, read=str(seen))
