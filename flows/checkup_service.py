"""Will tonight happen, and does nothing leave the house? Scheduler, worker, next night, telemetry, backup, messages."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from data.settings import Settings
from data.store.backup import finished
from data.store.clock import utc_now
from data.store.restore import read_manifest
from data.words import tr
from flows.found import Found, Health
from flows.nights import TIME_ZONE
from flows.scheduler import SchedulerUnavailable, scheduler_of
from flows.triggers import NIGHT

#: A backup older than this is none of last night.
_BACKUP_AGE = timedelta(days=2)


def scheduler(settings: Settings) -> Found:
    """Does the scheduler answer: the one declared, or the one that `longlou serve` runs over this `var_dir`?"""
    found = scheduler_of(settings)
    fix = tr(
        "启动 longlou serve；没有它也可以上传和手动核对", "start longlou serve; upload and reconcile work without it"
    )
    if found is None:
        return Found("scheduler", Health.WARNING, tr("没有在运行", "none is running"), fix)
    if not found.is_alive():
        return Found("scheduler", Health.BAD, tr("没有应答", "does not answer"), fix)
    return Found("scheduler", Health.GOOD, found.api)


def worker(settings: Settings) -> Found:
    """Does a worker ask for the runs of the night?"""
    found = scheduler_of(settings)
    if found is None or not found.is_alive():
        return Found("worker", Health.WARNING, tr("没有调度服务，无法检查", "cannot be checked without a scheduler"))
    if not found.is_served(NIGHT):
        fix = tr("启动 longlou serve，或 longlou serve --only worker", "start longlou serve, or its --only worker")
        return Found("worker", Health.BAD, tr("没有执行进程在取任务", "no worker asks for runs"), fix)
    return Found("worker", Health.GOOD, tr("在取任务", "asks for runs"))


def next_night(settings: Settings) -> Found:
    """Is the next night planned? The pair of versions that breaks the schedule in silence shows here."""
    found = scheduler_of(settings)
    try:
        begins = None if found is None else found.next_start(NIGHT)
    except SchedulerUnavailable:
        found, begins = None, None
    if found is None:
        return Found("night", Health.WARNING, tr("没有调度服务，无法检查", "cannot be checked without a scheduler"))
    if begins is None:
        fix = tr("查看 var/logs/scheduler.log，检查版本", "look into var/logs/scheduler.log, check the versions")
        return Found("night", Health.BAD, tr("没有排定下一次夜间核对", "no next night is planned"), fix)
    return Found("night", Health.GOOD, f"{begins.astimezone(ZoneInfo(TIME_ZONE)):%Y-%m-%d %H:%M} {TIME_ZONE}")


def telemetry(settings: Settings) -> Found:
    """Does anything report home? The running server is asked; exporters of OpenTelemetry may be set by others."""
    exporters = sorted(name for name in os.environ if name.startswith("OTEL_EXPORTER"))
    if exporters:
        fix = tr("取消这些环境变量", "unset these variables")
        return Found("telemetry", Health.WARNING, ", ".join(exporters), fix)
    found = scheduler_of(settings)
    try:
        is_on = found is not None and found.reports_home()
    except SchedulerUnavailable:
        return Found("telemetry", Health.WARNING, tr("调度服务没有应答，无法检查", "the scheduler does not answer"))
    if is_on:
        fix = tr("用 longlou serve 启动调度服务", "set PREFECT_SERVER_ANALYTICS_ENABLED=false for that server")
        return Found("telemetry", Health.BAD, tr("调度服务会向外发送统计", "the scheduler sends statistics"), fix)
    return Found("telemetry", Health.GOOD, tr("已关闭", "off"))


def transport(settings: Settings) -> Found:
    """Is the desk reachable from elsewhere without HTTPS?"""
    if settings.is_https or settings.web_host in ("127.0.0.1", "::1", "localhost"):
        return Found("transport", Health.GOOD, f"{settings.web_host}:{settings.web_port}")
    fix = tr("在前面放 HTTPS 反向代理并设 is_https = true", "put HTTPS in front and set is_https = true")
    message = tr(f"{settings.web_host} 上没有 HTTPS", f"no HTTPS on {settings.web_host}")
    return Found("transport", Health.WARNING, message, fix)


def backups(settings: Settings) -> Found:
    """Is there a backup, and is it of these days?"""
    if settings.backup_dir is None:
        fix = tr("设 backup_dir（另一块盘）和 backup_keys_dir", "set backup_dir (another disk) and backup_keys_dir")
        return Found("backup", Health.WARNING, tr("没有设置备份", "no backups are made"), fix)
    whole = finished(settings.backup_dir)
    if not whole:
        return Found("backup", Health.WARNING, tr("还没有备份", "there is none yet"), "longlou backup")
    age = utc_now() - datetime.fromisoformat(read_manifest(whole[-1]).made_at).astimezone(UTC)
    message = tr(f"{len(whole)} 份，最近 {whole[-1].name}", f"{len(whole)}, the last {whole[-1].name}")
    if age > _BACKUP_AGE:
        fix = tr("看 longlou serve 的日志", "look into the logs of longlou serve")
        return Found("backup", Health.BAD, message, fix)
    if _same_disk(settings.backup_dir, settings.var_dir):
        fix = tr("把 backup_dir 放到另一块盘", "put backup_dir on another disk")
        return Found("backup", Health.WARNING, message + tr("，与数据同盘", ", on the disk of the data"), fix)
    return Found("backup", Health.GOOD, message)


def messages(settings: Settings) -> Found:
    """Who is told of a night that failed?"""
    if not settings.notify_urls:
        fix = tr("需要时设 notify_urls", "set notify_urls if somebody should be told")
        return Found("messages", Health.GOOD, tr(f"没有人会收到通知；{fix}", f"nobody is told; {fix}"))
    n = len(settings.notify_urls)
    return Found("messages", Health.GOOD, tr(f"{n} 个接收方（longlou notify test 试发）", f"{n} (longlou notify test)"))


def _same_disk(one: Path, other: Path) -> bool:
    return one.stat().st_dev == other.stat().st_dev


SERVICE_CHECKS: tuple[Callable[[Settings], Found], ...] = (
    scheduler,
    worker,
    next_night,
    telemetry,
    transport,
    backups,
    messages,
)
