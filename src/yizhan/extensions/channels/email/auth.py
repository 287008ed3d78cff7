"""What our own mail server found out about a sender (Authentication-Results, RFC 8601).

Anybody can write such a header. Only the topmost ones with the id of the server that the
administrator trusts count; without such an id nothing is proven.
"""

from __future__ import annotations

import re

from yizhan.extensions.channels.email import charset, mime

_RESULT = re.compile(r"^\s*(dmarc|spf|dkim)\s*=\s*([a-z]+)", re.IGNORECASE)
_FROM = re.compile(r"header\.from\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)
_COMMENT = re.compile(r"\([^()]{0,1000}\)")


def verdict(mail: mime.Part, *, trusted: str, sender_domain: str) -> str:
    """pass, fail or none."""
    if not trusted or not sender_domain:
        return "none"
    results = [item for text in _trusted(mail, trusted) for item in _results(text)]
    dmarc = {value for name, value, domain in results if name == "dmarc" and
             (not domain or _related(domain, sender_domain))}  # fmt: skip
    if "fail" in dmarc or (dmarc and dmarc & {"permerror"}):
        return "fail"
    if "pass" in dmarc:
        return "pass" if len(mail.all_raw("from")) == 1 else "none"
    spf = {value for name, value, _ in results if name == "spf"}
    dkim = {value for name, value, _ in results if name == "dkim"}
    return "fail" if "fail" in spf and "pass" not in dkim else "none"


def _trusted(mail: mime.Part, trusted: str) -> list[str]:
    """The topmost block of results by that server: a Received below it belongs to the sender."""
    found: list[str] = []
    for name, raw in mail.headers[:400]:
        if name == "received" and found:
            break
        if name == "authentication-results":
            text = _COMMENT.sub(" ", charset.decode(raw[:20_000]))
            server, _, rest = text.partition(";")
            if (
                server.split(maxsplit=1)[:1] == [trusted]
                or server.strip().lower() == trusted.lower()
            ):
                found.append(rest)
    return found


def _results(text: str) -> list[tuple[str, str, str]]:
    out = []
    for item in text.split(";"):
        match = _RESULT.match(item)
        if match:
            domain = _FROM.search(item)
            out.append((match[1].lower(), match[2].lower(), domain[1].lower() if domain else ""))
    return out


def _related(domain: str, sender_domain: str) -> bool:
    domain = domain.rpartition("@")[2].strip("<>.")
    return domain == sender_domain or sender_domain.endswith("." + domain)
