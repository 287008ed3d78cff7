"""Our Prometheus figures in OpenTelemetry's form: counted once, read in two ways."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import cast

import prometheus_client
from opentelemetry.sdk.metrics.export import (
    AggregationTemporality,
    Gauge,
    Histogram,
    HistogramDataPoint,
    Metric,
    MetricsData,
    NumberDataPoint,
    ResourceMetrics,
    ScopeMetrics,
    Sum,
)
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.util.instrumentation import InstrumentationScope
from prometheus_client import metrics_core
from prometheus_client.samples import Sample

_OURS = ("yizhan_", "process_")
_BEGAN = time.time_ns()
_UNKNOWN = cast(float, None)  # optional on the wire; the SDK's type does not say so
_CUMULATIVE = AggregationTemporality.CUMULATIVE


def collected(resource: Resource) -> MetricsData:
    """Everything that this process has counted since it began."""
    now = time.time_ns()
    found = [
        metric
        for family in prometheus_client.REGISTRY.collect()
        if family.name.startswith(_OURS)
        for metric in _metric(family, now)
    ]
    scope = ScopeMetrics(InstrumentationScope("yizhan"), found, "")
    return MetricsData([ResourceMetrics(resource, [scope], "")])


def _metric(family: metrics_core.Metric, now: int) -> Iterator[Metric]:
    unit = "s" if family.name.endswith("_seconds") else "1"
    data: Sum | Gauge | Histogram
    if family.type == "histogram":
        points = list(_histograms(family.samples, now))
        data = Histogram(points, _CUMULATIVE)
    elif family.type == "counter":
        totals = [one for one in family.samples if one.name.endswith("_total")]
        data = Sum([_number(one, now) for one in totals], _CUMULATIVE, is_monotonic=True)
    elif family.type == "gauge":
        data = Gauge([_number(one, now) for one in family.samples])
    else:
        return
    if data.data_points:
        yield Metric(family.name, family.documentation, unit, data)


def _number(sample: Sample, now: int) -> NumberDataPoint:
    return NumberDataPoint(dict(sample.labels), _BEGAN, now, sample.value)


def _histograms(samples: Iterable[Sample], now: int) -> Iterator[HistogramDataPoint]:
    series: dict[tuple[tuple[str, str], ...], list[Sample]] = {}
    for one in samples:
        labels = tuple((key, value) for key, value in one.labels.items() if key != "le")
        series.setdefault(labels, []).append(one)
    for labels, found in series.items():
        buckets = [one for one in found if one.name.endswith("_bucket")]
        upto = [int(one.value) for one in buckets]
        yield HistogramDataPoint(
            attributes=dict(labels),
            start_time_unix_nano=_BEGAN,
            time_unix_nano=now,
            count=upto[-1],
            sum=next(one.value for one in found if one.name.endswith("_sum")),
            bucket_counts=[count - before for before, count in zip([0, *upto], upto, strict=False)],
            explicit_bounds=[float(one.labels["le"]) for one in buckets[:-1]],
            min=_UNKNOWN,
            max=_UNKNOWN,
        )
