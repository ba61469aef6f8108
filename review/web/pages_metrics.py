"""What a monitoring system reads: counts, seconds, ages as OpenMetrics, for this machine or the bearer of a token."""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Iterable

from fastapi import HTTPException, Request
from fastapi.responses import Response
from prometheus_client import CollectorRegistry
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from data.store.clock import utc_now
from data.store.figures import Figures, read_figures
from data.store.measures import Measure
from data.words import tr
from review.web.access import Desk, DeskHere

#: A proxy on this machine would make everybody look like this machine.
_PROXIED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


def metrics(request: Request, desk: DeskHere) -> Response:
    """The figures of this moment. 403 for anybody else: who works where is nobody's business."""
    if not _may_ask(request, desk):
        raise HTTPException(403, tr("只限本机或持有令牌者", "for this machine or the bearer of the token"))
    registry = CollectorRegistry()
    registry.register(_Collector(read_figures(desk.store)))
    text = generate_latest(registry)  # type: ignore[no-untyped-call]
    return Response(text, media_type=CONTENT_TYPE_LATEST)


def _may_ask(request: Request, desk: Desk) -> bool:
    wanted = desk.settings.metrics_token
    if wanted is not None:
        sent = request.headers.get("authorization", "")
        return secrets.compare_digest(sent.encode(), f"Bearer {wanted}".encode())
    if request.client is None or any(name in request.headers for name in _PROXIED):
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


class _Collector(Collector):
    """Hands the figures to the library that writes them."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def collect(self) -> Iterable[Metric]:
        """Every family with its samples."""
        found = self._figures
        yield _counted("runs", "Runs by state.", ["area", "state"], found.runs)
        yield _counted(
            "attempts", "Beginnings of a run by what began them.", ["area", "origin", "state"], found.attempts
        )
        yield _counted("uploads", "Files handed in, by state.", ["area", "state"], found.uploads)
        yield from self._queue()
        yield from _measured(found.measures)

    def _queue(self) -> Iterable[Metric]:
        n_open = GaugeMetricFamily("longlou_queue_open", "Open queue items.", labels=["area", "kind"])
        age = GaugeMetricFamily("longlou_queue_oldest_seconds", "Age of the oldest.", labels=["area", "kind"])
        for waiting in self._figures.queue:
            n_open.add_metric([waiting.area, waiting.kind], waiting.n_open)
            if waiting.since is not None:
                age.add_metric([waiting.area, waiting.kind], round((utc_now() - waiting.since).total_seconds()))
        return n_open, age


def _counted(name: str, text: str, labels: list[str], counts: list[tuple[tuple[str, ...], int]]) -> Metric:
    family = GaugeMetricFamily(f"longlou_{name}", text, labels=labels)
    for key, n in counts:
        family.add_metric(key, n)
    return family


def _measured(measures: list[Measure]) -> Iterable[Metric]:
    """Of the last run of each area."""
    ended = GaugeMetricFamily("longlou_last_run_ended_timestamp_seconds", "When it ended.", labels=["area"])
    seconds = GaugeMetricFamily("longlou_last_run_step_seconds", "Seconds of each step.", labels=["area", "step"])
    whole = GaugeMetricFamily("longlou_last_run_seconds", "Took, and was expected to.", labels=["area", "kind"])
    peak = GaugeMetricFamily("longlou_last_run_peak_bytes", "Peak memory, and expected.", labels=["area", "kind"])
    rows = GaugeMetricFamily("longlou_last_run_rows", "Accepted rows.", labels=["area"])
    speed = GaugeMetricFamily("longlou_last_run_rows_per_second", "Rows by the seconds it took.", labels=["area"])
    for one in measures:
        ended.add_metric([one.area], one.ended_at.timestamp())
        rows.add_metric([one.area], one.n_rows)
        speed.add_metric([one.area], round(one.n_rows / one.seconds, 1) if one.seconds else 0)
        for step, took in one.steps.items():
            seconds.add_metric([one.area, step], took)
        whole.add_metric([one.area, "took"], one.seconds)
        peak.add_metric([one.area, "took"], one.peak_mb * 2**20)
        if one.expected_seconds is not None and one.expected_mb is not None:
            whole.add_metric([one.area, "expected"], one.expected_seconds)
            peak.add_metric([one.area, "expected"], one.expected_mb * 2**20)
    return ended, rows, speed, seconds, whole, peak
