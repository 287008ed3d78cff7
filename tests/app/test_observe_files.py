"""Alarms and dashboards speak of what the desk measures, and say what to do."""

from __future__ import annotations

import importlib
import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.support.desk import Desk
from yizhan.domains.system import recording
from yizhan.kernel import health, metrics

FOLDER = Path(__file__).parents[2] / "deploy" / "observe"
# Prometheus' own, and those of its client that only some systems have.
FOREIGN = {"up", "process_resident_memory_bytes", "process_cpu_seconds_total"}
_NAME = re.compile(r"\b(?:yizhan_\w+|process_\w+|up)\b(?=[{\[)\s=]|$)")
_LABELS = re.compile(r"(yizhan_\w+)\{([^}]*)\}")


def _rules() -> list[dict[str, Any]]:
    found = importlib.import_module("yaml").safe_load((FOLDER / "alerts.yml").read_text("utf-8"))
    return [rule for group in found["groups"] for rule in group["rules"]]


def _expressions() -> list[str]:
    board = json.loads((FOLDER / "dashboard.json").read_text("utf-8"))
    panels = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    return [*panels, *(rule["expr"] for rule in _rules())]


async def test_every_figure_that_is_asked_for_is_measured(desk: Desk) -> None:
    health.tally("jobs", good=1, total=10, at=int(time.time()) - 120)
    metrics.requests.labels("GET", "/api/v1/tickets", "200").inc()
    metrics.request_seconds.labels("/api/v1/tickets").observe(0.1)
    await recording.write(desk.database, until=time.time())
    text = (await desk.api.get("/metrics")).text
    measured: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(text):
        names = {family.name, f"{family.name}_total", f"{family.name}_bucket"}
        for name in names:
            measured[name] = {key for sample in family.samples for key in sample.labels}
    asked = _expressions()
    names = {name for one in asked for name in _NAME.findall(one)}
    assert len(names) > 8
    assert names - FOREIGN <= measured.keys()
    for name, labels in (found for one in asked for found in _LABELS.findall(one)):
        wanted = set(re.findall(r"(\w+)=", labels))
        assert wanted <= measured[name], (name, labels)
    assert 'yizhan_promise_state{measure="jobs"}' in text
    burns = [
        float(one) for one in re.findall(r'burn_rate\{measure="jobs",window="1h"\} (\S+)', text)
    ]
    assert burns == [pytest.approx(90)]


@pytest.mark.parametrize("rule", _rules(), ids=lambda rule: rule["alert"])
def test_every_alarm_says_what_to_do(rule: dict[str, Any]) -> None:
    assert rule["labels"]["severity"] in ("critical", "warning")
    assert len(rule["annotations"]["runbook"]) > 40
    assert re.search(r"[\u4e00-\u9fff]", rule["annotations"]["runbook_zh"])
    assert rule["annotations"]["summary"]
