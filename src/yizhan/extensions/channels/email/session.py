"""One logged-in IMAP connection. Blocking; lives in a thread of its own (see :mod:`imap`)."""

from __future__ import annotations

import contextlib
import imaplib
import re
import ssl
from datetime import UTC, datetime
from typing import Any

import imap_tools
from imap_tools import imap_utf7

from yizhan.domains.channels.contract import Pulled, RawItem
from yizhan.extensions.channels.email import envelope, replies
from yizhan.extensions.channels.email.settings import Settings

BATCH_MAILS = 50
_WINDOW = 1_000  # uids of one search: an answer line must stay far below a megabyte
_MAX_WINDOW = 50_000
_HEAD = 256 * 1024  # bytes of a mail that is too large to take
_UID = re.compile(rb"UID (\d+)")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_DATE = re.compile(rb'INTERNALDATE "([^"]+)"')


class Problem(Exception):
    """The server refused something; ``step`` says what: connect, login or folder."""

    def __init__(self, step: str, detail: str) -> None:
        super().__init__(detail)
        self.step = step


def tls(settings: Settings) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if settings.allow_insecure_tls:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _text(error: BaseException) -> str:
    said = error.args[0] if len(error.args) == 1 else error
    return (said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said))[:300]


class Session:
    """Connect, log in, select; then fetch in batches behind a cursor."""

    def __init__(self, settings: Settings, *, token: str = "") -> None:
        self.settings = settings
        self.box = self._connect()
        try:
            self._login(token)
            self._introduce()
            self.select()
        except BaseException:
            self.close()
            raise

    @property
    def client(self) -> imaplib.IMAP4:
        return self.box.client

    def _connect(self) -> imap_tools.BaseMailBox:
        settings = self.settings
        host, port, timeout = settings.imap_host, settings.imap_port, settings.timeout_seconds
        try:
            if settings.imap_security == "tls":
                return imap_tools.MailBox(host, port, timeout=timeout, ssl_context=tls(settings))
            if settings.imap_security == "starttls":
                return imap_tools.MailBoxStartTls(
                    host, port, timeout=timeout, ssl_context=tls(settings)
                )
            return imap_tools.MailBoxUnencrypted(host, port, timeout=timeout)
        except (OSError, imaplib.IMAP4.error, imap_tools.ImapToolsError) as error:
            raise Problem("connect", f"{type(error).__name__}: {_text(error)}") from error

    def _login(self, token: str) -> None:
        user = self.settings.imap_username or self.settings.address
        try:
            if self.settings.auth == "xoauth2":
                self._xoauth2(user, token)
            elif user.isascii() and self.settings.imap_password.isascii():
                self.box.login(user, self.settings.imap_password, initial_folder=None)
            else:
                self.box.login_utf8(user, self.settings.imap_password, initial_folder=None)
        except (OSError, imaplib.IMAP4.error, imap_tools.ImapToolsError) as error:
            raise Problem("login", _text(error)) from error

    def _xoauth2(self, user: str, token: str) -> None:
        answer = f"user={user}\x01auth=Bearer {token}\x01\x01".encode()
        asked: list[bytes] = []

        def respond(challenge: bytes) -> bytes:
            asked.append(challenge)
            # A second challenge is the server's complaint; an empty line ends the exchange.
            return answer if len(asked) == 1 else b""

        try:
            self.client.authenticate("XOAUTH2", respond)
        except imaplib.IMAP4.error as error:
            complaint = asked[1].decode("utf-8", "replace") if len(asked) > 1 else ""
            raise Problem("login", complaint[:300] or _text(error)) from error

    def _introduce(self) -> None:
        """Some providers (163, 126) refuse programs that do not say who they are."""
        self.client.capability()
        if "ID" in self.capabilities():
            with contextlib.suppress(imaplib.IMAP4.error, OSError):
                self.client.xatom("ID", '("name" "Yizhan" "version" "1" "vendor" "Yizhan")')

    def capabilities(self) -> set[str]:
        _, data = self.client.response("CAPABILITY")
        words = b" ".join(item for item in data if isinstance(item, bytes)) if data else b""
        known = set(self.client.capabilities) if self.client.capabilities else set()
        return {word.upper() for word in words.decode("ascii", "replace").split()} | known

    def select(self) -> tuple[int, int]:
        """(UIDVALIDITY, UIDNEXT) as they are now."""
        name = imap_utf7.utf7_encode(self.settings.imap_folder or "INBOX").decode("ascii")
        quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
        status, data = self.client.select(quoted)
        if status != "OK":
            detail = data[0].decode("utf-8", "replace") if data and data[0] else status
            raise Problem("folder", detail[:300])
        self.told()  # the number of mails that belongs to this answer is no news
        return self._number("UIDVALIDITY"), self._number("UIDNEXT")

    def told(self) -> bool:
        """Whether the server spoke of new mail beside an answer, since this was last asked.

        It will not say so again in an IDLE that begins later.
        """
        _, data = self.client.response("EXISTS")
        return bool(data) and data != [None]

    def _number(self, name: str) -> int:
        _, data = self.client.response(name)
        value = data[-1] if data else None
        return int(value) if isinstance(value, bytes) and value.isdigit() else 0

    def close(self) -> None:
        with contextlib.suppress(Exception):
            self.client.sock.settimeout(2)
            self.client.logout()
        with contextlib.suppress(Exception):
            self.client.shutdown()

    # ------------------------------------------------------------------------------- fetching

    def fetch(self, cursor: dict[str, Any]) -> Pulled:
        """The next batch behind ``cursor``, which says: everything up to it is stored."""
        validity, following = self.select()
        cursor = self._entered(cursor, validity, following)
        self._settle(cursor)
        cursor = {**cursor, "done_uid": cursor["last_uid"], "kept": []}
        uids, behind = self._search(cursor, following)
        listed = self._list(uids[:BATCH_MAILS])
        taken = replies.first_bytes(listed)
        items = self._items(taken, validity)
        if taken:
            cursor["last_uid"] = taken[-1].uid
            cursor["kept"] = [one.uid for one in taken if one.size > self.settings.max_bytes]
        elif uids:  # all of them vanished meanwhile
            cursor["last_uid"] = cursor["done_uid"] = uids[:BATCH_MAILS][-1]
        more = bool(uids) and (behind or cursor["last_uid"] < uids[-1])
        return Pulled(tuple(items), cursor, more=more)

    def _entered(self, cursor: dict[str, Any], validity: int, following: int) -> dict[str, Any]:
        """The cursor for this numbering of the folder; a new numbering starts over."""
        if cursor.get("uidvalidity") == validity:
            return {"done_uid": cursor["last_uid"], "kept": [], **cursor}
        fresh: dict[str, Any] = {"uidvalidity": validity, "last_uid": 0, "done_uid": 0, "kept": []}
        since = cursor.get("since")
        if not cursor and self.settings.first_fetch == "new":
            fresh["last_uid"] = fresh["done_uid"] = max(0, following - 1)
            since = datetime.now(UTC).date().isoformat()
        return {**fresh, "since": since} if since else fresh

    def _search(self, cursor: dict[str, Any], following: int) -> tuple[list[int], bool]:
        """Uids behind the cursor, ascending, and whether there may be more beyond them.

        Looked for in windows: the answer for a whole folder could be a line of many megabytes.
        """
        start, window = cursor["last_uid"] + 1, _WINDOW
        since = cursor.get("since")
        extra = f" SINCE {replies.imap_date(since)}" if since else ""
        if not following:  # a server that does not tell the next uid
            return [uid for uid in self._uids(f"UID {start}:*{extra}") if uid >= start], False
        while start < following:
            stop = min(start + window - 1, following - 1)
            if found := self._uids(f"UID {start}:{stop}{extra}"):
                return found, stop + 1 < following
            start, window = stop + 1, min(window * 4, _MAX_WINDOW)
        return [], False

    def _uids(self, criteria: str) -> list[int]:
        status, data = self.client.uid("SEARCH", criteria)
        replies.ok(status, data)
        return sorted({int(word) for line in data if line for word in line.split()})

    def _list(self, uids: list[int]) -> list[replies.Listed]:
        if not uids:
            return []
        status, data = self.client.uid(
            "FETCH", replies.joined(uids), "(UID RFC822.SIZE INTERNALDATE)"
        )
        replies.ok(status, data)
        found = []
        for line in data:
            raw = b" ".join(line) if isinstance(line, tuple) else line or b""
            uid, size, when = _UID.search(raw), _SIZE.search(raw), _DATE.search(raw)
            if uid and int(uid[1]) in uids:
                arrived = replies.internal_date(when[1]) if when else None
                found.append(replies.Listed(int(uid[1]), int(size[1]) if size else 0, arrived))
        return sorted(found)

    def _items(self, listed: list[replies.Listed], validity: int) -> list[RawItem]:
        limit = self.settings.max_bytes
        bodies = self._bodies([one.uid for one in listed if one.size <= limit], "BODY.PEEK[]")
        large = [one.uid for one in listed if one.size > limit]
        bodies |= self._bodies(large, f"BODY.PEEK[]<0.{_HEAD}>")
        items = []
        for one in listed:
            if (raw := bodies.get(one.uid)) is None:
                continue  # deleted between the two commands
            meta: dict[str, Any] = {"uid": one.uid, "uidvalidity": validity}
            if one.uid in large:
                meta |= {"truncated": True, "size": one.size}
            items.append(
                RawItem(
                    dedupe_key=envelope.dedupe_key(raw),
                    body=raw,
                    content_type="message/rfc822",
                    meta=meta,
                    occurred_at=one.arrived,
                )
            )
        return items

    def _bodies(self, uids: list[int], what: str) -> dict[int, bytes]:
        if not uids:
            return {}
        status, data = self.client.uid("FETCH", replies.joined(uids), f"(UID {what})")
        replies.ok(status, data)
        found: dict[int, bytes] = {}
        waiting: bytes | None = None  # a body whose uid stands behind it
        for line in data:
            if isinstance(line, tuple):
                uid = _UID.search(line[0])
                waiting = None if uid else line[1]
                if uid:
                    found[int(uid[1])] = line[1]
            elif waiting is not None and line and (uid := _UID.search(line)):
                found[int(uid[1])] = waiting
                waiting = None
        return found

    # --------------------------------------------------------------- what happens to stored mail

    def _settle(self, cursor: dict[str, Any]) -> None:
        """Mark, move or delete what the host has stored; never what it holds only in part."""
        action, first, last = self.settings.after_fetch, cursor["done_uid"] + 1, cursor["last_uid"]
        if action == "keep" or first > last:
            return
        uids = [uid for uid in self._uids(f"UID {first}:{last}") if uid not in cursor["kept"]]
        for start in range(0, len(uids), 500):
            self._settle_some(replies.joined(uids[start : start + 500]), action)

    def _settle_some(self, uids: str, action: str) -> None:
        if action == "seen":
            replies.ok(*self.client.uid("STORE", uids, "+FLAGS.SILENT", r"(\Seen)"))
            return
        known = self.capabilities()
        if action == "move":
            name = imap_utf7.utf7_encode(self.settings.move_to or "Archive").decode("ascii")
            with contextlib.suppress(imaplib.IMAP4.error):
                self.client.create(f'"{name}"')
            if "MOVE" in known:
                replies.ok(*self.client.uid("MOVE", uids, f'"{name}"'))
                return
            replies.ok(*self.client.uid("COPY", uids, f'"{name}"'))
        replies.ok(*self.client.uid("STORE", uids, "+FLAGS.SILENT", r"(\Deleted)"))
        if "UIDPLUS" in known:
            self.client.uid("EXPUNGE", uids)
        else:
            self.client.expunge()
