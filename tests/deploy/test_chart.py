"""The chart for Kubernetes is linted and rendered as operators would."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

CHART = Path(__file__).resolve().parents[2] / "deploy" / "helm" / "yizhan"
HELM = Path(sys.executable).parent / "helm"
NEEDED = (
    "secret.SECRET_KEY=key",
    "secret.DATABASE_URL=postgresql://desk@pooler/desk",
    "settings.FILES_URL=s3://desk/files",
)


@pytest.fixture(autouse=True)
def _there() -> None:
    if not HELM.exists():
        assert not os.environ.get("CI"), "make setup installs helm"
        pytest.skip("helm is not installed")


def _helm(*arguments: str, values: tuple[str, ...] = NEEDED) -> subprocess.CompletedProcess[str]:
    setting = [part for value in values for part in ("--set", value)]
    return subprocess.run(
        [str(HELM), *arguments, *setting], capture_output=True, text=True, check=False
    )


def _rendered(*more: str) -> dict[str, dict[str, Any]]:
    done = _helm("template", "desk", str(CHART), values=(*NEEDED, *more))
    assert done.returncode == 0, done.stderr
    return {
        f"{one['kind']}/{one['metadata']['name']}": one
        for one in yaml.safe_load_all(done.stdout)
        if one
    }


def test_the_chart_is_well_formed_and_each_part_can_be_watched_scaled_and_drained() -> None:
    assert _helm("lint", str(CHART), "--strict").returncode == 0
    found = _rendered("worker.autoscaling.kind=external", "ingress.enabled=true")
    for part in ("web", "stream", "worker", "poller"):
        deployment = found[f"Deployment/desk-yizhan-{part}"]["spec"]
        pod = deployment["template"]["spec"]
        container = pod["containers"][0]
        assert container["livenessProbe"], part
        assert container["resources"]["limits"]["memory"], part
        assert container["securityContext"]["readOnlyRootFilesystem"], part
        labels = deployment["template"]["metadata"]["labels"]
        assert deployment["selector"]["matchLabels"].items() <= labels.items()
        budget = found[f"PodDisruptionBudget/desk-yizhan-{part}"]["spec"]
        assert budget["selector"]["matchLabels"].items() <= labels.items()
        assert budget["minAvailable"] < deployment.get("replicas", 2)
    web = found["Deployment/desk-yizhan-web"]["spec"]["template"]["spec"]["containers"][0]
    assert web["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert web["livenessProbe"]["httpGet"]["path"] == "/healthz", "a restart mends no database"
    scaled = found["HorizontalPodAutoscaler/desk-yizhan-worker"]["spec"]
    assert scaled["metrics"][0]["external"]["metric"]["name"] == "yizhan_queue_age_seconds"
    assert "replicas" not in found["Deployment/desk-yizhan-worker"]["spec"]
    paths = found["Ingress/desk-yizhan"]["spec"]["rules"][0]["http"]["paths"]
    assert {one["path"]: one["backend"]["service"]["name"] for one in paths} == {
        "/": "desk-yizhan-web",
        "/api/v1/stream": "desk-yizhan-stream",
        "/chat": "desk-yizhan-stream",
    }


def test_the_schema_is_migrated_first_and_secrets_stay_in_a_secret() -> None:
    found = _rendered(
        "worker.autoscaling.kind=keda", "secret.FILES_SECRET=hidden", "metrics.serviceMonitor=true"
    )
    job = found["Job/desk-yizhan-migrate"]
    assert job["metadata"]["annotations"]["helm.sh/hook"] == "pre-install,pre-upgrade"
    assert job["spec"]["template"]["spec"]["containers"][0]["args"] == ["migrate"]
    assert found["Secret/desk-yizhan"]["stringData"]["YIZHAN_FILES_SECRET"] == "hidden"
    assert "hidden" not in str({name: one for name, one in found.items() if "Secret" not in name})
    trigger = found["ScaledObject/desk-yizhan-worker"]["spec"]["triggers"][0]["metadata"]
    assert "yizhan_queue_age_seconds" in trigger["query"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (NEEDED[1:], "SECRET_KEY"),
        (NEEDED[:2], "FILES_URL"),
        ((*NEEDED, "worker.autoscaling.kind=often"), "one of off, keda, external"),
        ((*NEEDED, "web.replcas=3"), "replcas"),
    ],
)
def test_what_is_missing_or_misspelt_is_said(values: tuple[str, ...], said: str) -> None:
    done = _helm("template", "desk", str(CHART), values=values)
    assert done.returncode != 0
    assert said in done.stderr
