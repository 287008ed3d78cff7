"""Fixtures of the e-mail channel."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.extensions.channels.email import servers as mail


@pytest.fixture(scope="session")
def mail_servers() -> Iterator[mail.MailServers]:
    """Dovecot and Postfix, once for the run."""
    if reason := mail.missing():
        pytest.skip(reason)
    with mail.MailServers.start() as servers:
        yield servers
