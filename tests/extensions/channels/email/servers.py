"""Real mail servers for tests: Dovecot (IMAP, LMTP) and Postfix (SMTP), on free loopback ports.

Started in the foreground from a temporary configuration, as root, and gone with the test run::

    with MailServers.start() as servers:
        settings = servers.settings("support@brand.example")
        servers.deliver(raw, sender="li@customer.example", to=["support@brand.example"])
        servers.mailbox("li@customer.example")   # -> [bytes], oldest first
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import http.server
import imaplib
import json
import os
import shutil
import smtplib
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PASSWORD = "correct horse"
DOMAINS = ("brand.example", "customer.example")
# Accepted by Postfix, refused by Dovecot: a real bounce comes back.
GHOST = "ghost@customer.example"
USERS = (
    "support@brand.example",
    "sales@brand.example",
    "oauth@brand.example",
    "big@brand.example",
    "li@customer.example",
    "wang@customer.example",
)
ALIASES = {"help@brand.example": "support@brand.example"}
_START_SECONDS = 60.0


def missing() -> str:
    """Why the servers cannot run here, "" when they can."""
    if os.geteuid() != 0:
        return "real mail servers need root"
    wanted = ("dovecot", "postfix", "openssl")
    path = os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin"
    absent = [name for name in wanted if shutil.which(name, path=path) is None]
    if not Path("/usr/lib/dovecot/lmtp").exists():
        absent.append("dovecot-lmtpd")
    return f"not installed: {', '.join(absent)}" if absent else ""


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def until(probe: Callable[[], Any], *, seconds: float = 15.0) -> Any:
    """Ask again until the answer is true. Raises AssertionError at the deadline."""
    deadline = time.monotonic() + seconds
    while True:
        if found := probe():
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds:g} s")
        time.sleep(0.05)


@dataclass
class MailServers:
    """Both servers, their ports and their users."""

    root: Path
    imap_port: int = field(default_factory=free_port)
    imaps_port: int = field(default_factory=free_port)
    lmtp_port: int = field(default_factory=free_port)
    sasl_port: int = field(default_factory=free_port)
    smtp_port: int = field(default_factory=free_port)
    tokens: dict[str, str] = field(default_factory=dict)  # OAuth access token -> user
    _running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _oauth: http.server.ThreadingHTTPServer | None = None

    @classmethod
    @contextlib.contextmanager
    def start(cls) -> Iterator[MailServers]:
        root = Path(tempfile.mkdtemp(prefix="mail-servers-"))
        root.chmod(0o755)
        servers = cls(root)
        try:
            servers._begin()
            yield servers
        finally:
            servers.stop()
            shutil.rmtree(root, ignore_errors=True)

    # ------------------------------------------------------------------------------ for tests

    def settings(self, address: str, **changes: Any) -> dict[str, Any]:
        """The settings of an e-mail inbox on these servers, as the API takes them."""
        return {
            "address": address,
            "imap_host": "127.0.0.1",
            "imap_port": self.imap_port,
            "imap_security": "none",
            "imap_username": address,
            "imap_password": PASSWORD,
            "smtp_host": "127.0.0.1",
            "smtp_port": self.smtp_port,
            "smtp_security": "none",
            "smtp_username": address,
            "smtp_password": PASSWORD,
            "poll_seconds": 5,
            "timeout_seconds": 15,
            **changes,
        }

    def deliver(self, raw: bytes, *, sender: str, to: list[str]) -> None:
        """Send a mail by SMTP, as a stranger's server would."""
        with smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=20) as smtp:
            smtp.sendmail(sender, to, raw)

    def deposit(self, raw: bytes, *, to: str, sender: str = "") -> None:
        """Put a mail straight into a mailbox (LMTP)."""
        with smtplib.LMTP("127.0.0.1", self.lmtp_port) as lmtp:
            lmtp.sendmail(sender, [to], raw)

    @contextlib.contextmanager
    def imap(self, user: str, folder: str = "INBOX") -> Iterator[imaplib.IMAP4]:
        client = imaplib.IMAP4("127.0.0.1", self.imap_port, timeout=15)
        try:
            client.login(user, PASSWORD)
            client.select(folder)
            yield client
        finally:
            with contextlib.suppress(OSError, imaplib.IMAP4.error):
                client.logout()

    def mailbox(self, user: str, folder: str = "INBOX") -> list[bytes]:
        """Every mail of a mailbox, oldest first."""
        with self.imap(user, folder) as client:
            _, found = client.uid("SEARCH", "ALL")
            uids = found[0].split() if found and found[0] else []
            out = []
            for uid in uids:
                _, data = client.uid("FETCH", uid.decode(), "(BODY.PEEK[])")
                out += [part[1] for part in data if isinstance(part, tuple)]
            return out

    def wait_for(self, user: str, test: Callable[[bytes], bool], *, seconds: float = 20) -> bytes:
        """The first mail of a mailbox that passes; waits for it."""
        found: bytes = until(
            lambda: next((raw for raw in self.mailbox(user) if test(raw)), None), seconds=seconds
        )
        return found

    def empty(self, user: str) -> None:
        with self.imap(user) as client:
            client.uid("STORE", "1:*", "+FLAGS.SILENT", r"(\Deleted)")
            client.expunge()

    def renumber(self, user: str) -> None:
        """Give the mailbox a new UIDVALIDITY, as a restored server does."""
        for name in (
            "dovecot-uidlist",
            "dovecot.index.log",
            "dovecot.index",
            "dovecot.index.cache",
        ):
            for file in (self.root / "mail" / user / "Maildir").glob(name):
                file.unlink()

    # ---------------------------------------------------------------------------- the servers

    def stop(self) -> None:
        for process in reversed(self._running):
            process.terminate()
        for process in self._running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            if process.poll() is None:
                process.kill()
        if self._oauth is not None:
            self._oauth.shutdown()
            self._oauth.server_close()

    def _begin(self) -> None:
        self._certificate()
        self._start_oauth()
        self._start_dovecot()
        self._start_postfix()
        for port in (self.imap_port, self.imaps_port, self.lmtp_port, self.smtp_port):
            until(functools.partial(_answers, port), seconds=_START_SECONDS)

    def _run(self, *command: str) -> None:
        # The servers end with the test run, however it ends.
        full = ("setpriv", "--pdeathsig", "TERM", *command) if shutil.which("setpriv") else command
        with (self.root / "output.log").open("ab") as log:
            self._running.append(subprocess.Popen(full, stdout=log, stderr=log))

    def _certificate(self) -> None:
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
             "/CN=localhost", "-keyout", self.root / "key.pem", "-out", self.root / "cert.pem"],
            check=True, capture_output=True,
        )  # fmt: skip

    def _start_oauth(self) -> None:
        tokens = self.tokens

        class Introspection(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
                user = tokens.get(bearer)
                body = json.dumps({"active": bool(user), "email": user or ""}).encode()
                self.send_response(200 if user else 401)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Quiet."""

        self._oauth = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Introspection)
        threading.Thread(target=self._oauth.serve_forever, daemon=True).start()

    def _start_dovecot(self) -> None:
        assert self._oauth is not None
        folder = self.root / "dovecot"
        folder.mkdir()
        (self.root / "mail").mkdir()
        shutil.chown(self.root / "mail", "mail", "mail")
        users = "".join(f"{user}:{{PLAIN}}{PASSWORD}\n" for user in USERS)
        (folder / "users").write_text(users)
        (folder / "oauth2.conf").write_text(
            f"introspection_url = http://127.0.0.1:{self._oauth.server_address[1]}/\n"
            "introspection_mode = auth\nactive_attribute = active\nactive_value = true\n"
            "username_attribute = email\n"
        )
        values = {
            "folder": folder, "root": self.root, "imap": self.imap_port, "imaps": self.imaps_port,
            "lmtp": self.lmtp_port, "sasl": self.sasl_port,
        }  # fmt: skip
        (folder / "dovecot.conf").write_text(_DOVECOT % values)
        self._run("/usr/sbin/dovecot", "-F", "-c", str(folder / "dovecot.conf"))

    def _start_postfix(self) -> None:
        folder = self.root / "postfix"
        for name in ("conf", "queue", "data"):
            (folder / name).mkdir(parents=True)
        shutil.chown(folder / "data", "postfix", "postfix")
        conf = folder / "conf"
        (conf / "mailboxes").write_text("".join(f"{user} x\n" for user in (*USERS, GHOST)))
        (conf / "aliases").write_text("".join(f"{a} {b}\n" for a, b in ALIASES.items()))
        values = {"folder": folder, "root": self.root, "smtp": self.smtp_port, "lmtp": self.lmtp_port,
                  "sasl": self.sasl_port, "domains": " ".join(DOMAINS)}  # fmt: skip
        (conf / "main.cf").write_text(_MAIN % values)
        (conf / "master.cf").write_text(_MASTER % values)
        subprocess.run(
            ["/usr/sbin/postfix", "-c", str(conf), "check"], check=False, capture_output=True
        )
        self._run("/usr/lib/postfix/sbin/master", "-c", str(conf), "-d")


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2):
            return True
    except OSError:
        return False


def today() -> str:
    return dt.datetime.now(dt.UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")


_DOVECOT = """
base_dir = %(folder)s/run
state_dir = %(folder)s/state
log_path = %(folder)s/log
protocols = imap lmtp
listen = 127.0.0.1
mail_location = maildir:~/Maildir
mail_home = %(root)s/mail/%%u
first_valid_uid = 1
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2 oauthbearer
recipient_delimiter = +
lmtp_save_to_detail_mailbox = no
ssl = yes
ssl_cert = <%(root)s/cert.pem
ssl_key = <%(root)s/key.pem
ssl_dh =
mail_max_userip_connections = 100
auth_failure_delay = 0
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = %(folder)s/oauth2.conf
}
passdb {
  driver = passwd-file
  args = scheme=PLAIN %(folder)s/users
}
userdb {
  driver = static
  args = uid=mail gid=mail
}
service imap-login {
  inet_listener imap {
    port = %(imap)d
  }
  inet_listener imaps {
    port = %(imaps)d
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    port = %(lmtp)d
  }
}
service auth {
  inet_listener sasl {
    port = %(sasl)d
  }
}
service stats {
  unix_listener stats-writer {
    mode = 0666
  }
}
protocol lmtp {
  postmaster_address = postmaster@brand.example
}
"""

_MAIN = """
compatibility_level = 3.6
queue_directory = %(folder)s/queue
data_directory = %(folder)s/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = %(root)s/postfix.log
maillog_file_prefixes = %(root)s
myhostname = mx.brand.example
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
virtual_mailbox_domains = %(domains)s
virtual_mailbox_maps = texthash:%(folder)s/conf/mailboxes
virtual_alias_maps = texthash:%(folder)s/conf/aliases
virtual_transport = lmtp:inet:127.0.0.1:%(lmtp)d
recipient_delimiter = +
default_transport = error:no mail leaves the tests
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:%(sasl)d
smtpd_tls_security_level = may
smtpd_tls_cert_file = %(root)s/cert.pem
smtpd_tls_key_file = %(root)s/key.pem
smtputf8_enable = yes
message_size_limit = 60000000
mailbox_size_limit = 0
virtual_mailbox_limit = 0
biff = no
append_dot_mydomain = no
smtpd_client_connection_count_limit = 0
smtpd_peername_lookup = no
"""

_MASTER = """
127.0.0.1:%(smtp)d inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""
