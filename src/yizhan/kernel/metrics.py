"""What the desk measures about itself, for Prometheus."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

requests = Counter("yizhan_http_requests_total", "Answered requests", ["method", "route", "status"])
request_seconds = Histogram(
    "yizhan_http_request_seconds",
    "Time to answer",
    ["route"],
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
job_seconds = Histogram("yizhan_job_seconds", "Run time of jobs", ["job"])
job_failures = Counter("yizhan_job_failures_total", "Jobs that raised", ["job"])
job_wait = Histogram("yizhan_job_wait_seconds", "Time that due jobs waited for a worker")
stream_lag = Histogram("yizhan_stream_lag_seconds", "Age of events when live streams get them")
consumer_events = Counter("yizhan_consumer_events_total", "Events read from the log", ["consumer"])
consumer_failures = Counter("yizhan_consumer_failures_total", "Batches that failed", ["consumer"])
streams = Gauge("yizhan_streams", "Connected live streams", ["kind"])
envelopes = Counter(
    "yizhan_envelopes_total", "Inbound envelopes by outcome", ["channel", "outcome"]
)
deliveries = Counter(
    "yizhan_deliveries_total", "Outgoing messages by outcome", ["channel", "outcome"]
)
untrusted_proxy = Counter(
    "yizhan_untrusted_proxy_total", "Requests forwarded by a near proxy that is not trusted"
)
queue_age = Gauge("yizhan_queue_age_seconds", "Age of the oldest due job that no worker has taken")
queue_length = Gauge("yizhan_queue_length", "Due jobs that no worker has taken, up to 10000")
promise_burn = Gauge(
    "yizhan_promise_burn_rate",
    "How many times as fast as allowed a promise fails, over a window; of the whole installation",
    ["measure", "window"],
)
promise_state = Gauge(
    "yizhan_promise_state",
    "How a promise is kept: 0 well, 1 in danger, 2 broken; of the whole installation",
    ["measure"],
)
