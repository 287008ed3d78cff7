"""A worker tells its figures where it was told to, and works on where it cannot."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request

import pytest

from tests.support.logged import logged
from yizhan.app import figures
from yizhan.kernel import metrics
from yizhan.kernel.config import BadSetting


def _free() -> str:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{taken.getsockname()[1]}"


def test_prometheus_is_answered_until_the_end() -> None:
    address = _free()
    metrics.job_wait.observe(0.25)
    with figures.served(address):
        found = urllib.request.urlopen(f"http://{address}/metrics", timeout=5).read().decode()
        with logged() as said, figures.served(address):
            assert "figures_not_served" in said.getvalue()
    assert "yizhan_job_wait_seconds_bucket" in found
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"http://{address}/metrics", timeout=5)


@pytest.mark.parametrize("address", ["9101", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:99999"])
def test_an_address_is_a_host_and_a_port(address: str) -> None:
    with pytest.raises(BadSetting, match="host:port"), figures.served(address):
        raise AssertionError
