"""One pull of one source: all or nothing, resumed where it broke off, one at a time.

Order at the end: the new snapshot with its watermark in one step, then the spool goes. A run that fails later loses
nothing, for the next one merges changes into the same snapshot.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pyarrow as pa
from filelock import FileLock, Timeout
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

from data.errors import InputRefused, SourceUnavailable
from data.settings import Settings, load_settings
from data.sources.manifest import Manifest, refuse_expired
from data.sources.pull_spec import HttpPull, SqlPull
from data.sources.pulls.columns import allow_list, key_columns
from data.sources.pulls.feed import BrokenOff, Feed, PullStopped, StartAgain
from data.sources.pulls.http import HttpFeed
from data.sources.pulls.http_page import backoff
from data.sources.pulls.marks import Mark
from data.sources.pulls.merge import merged
from data.sources.pulls.retention import destroy, destroy_expired, folder_name, open_folder
from data.sources.pulls.sealed import SealedFile
from data.sources.pulls.spool import Snapshot, Spool, read_snapshot, write_snapshot
from data.sources.pulls.sql import SqlFeed
from data.sources.pulls.table import raw_table
from data.sources.raw import RawTable
from data.sources.spec import SourceSpec
from data.store.clock import utc_now
from data.words import tr

_LOCK_SECONDS = 3600.0
log = logging.getLogger("longlou.pull")


def pull(source: str, spec: SourceSpec) -> RawTable:
    """The rows of a query or an endpoint, whole.

    Raises ManifestRefused before anything is asked or written; SourceUnavailable, to be tried again; SourceFileError
    when the answer cannot be used; ConfigError when a variable of the environment is missing.
    """
    settings, now = load_settings(), utc_now()
    manifest = _manifest(source, spec, now.date(), settings)
    feed = _feed(source, spec, settings)
    declared = spec.sql or spec.http
    assert declared is not None
    locks = settings.var_dir.resolve() / "locks"
    locks.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(locks / f"pull-{folder_name(source)}.lock", timeout=_LOCK_SECONDS):
            folder, key = open_folder(source, manifest.retention_on, settings)
            spool = SealedFile(folder / "spool", key, source, "spool")
            kept = SealedFile(folder / "snapshot", key, source, "snapshot")
            return _Pull(source, spec, declared, feed, spool, kept, settings, now).run()
    except Timeout:
        problem = tr("另一次取数占用了一个小时，请稍后再试", "another pull has been at it for an hour; try again later")
        raise SourceUnavailable(source, problem) from None


def _manifest(source: str, spec: SourceSpec, today: date, settings: Settings) -> Manifest:
    destroy_expired(today, settings)
    if spec.manifest is None or spec.manifest.retention_on < today:
        destroy(source, settings)
    refuse_expired(source, spec.manifest, today)
    assert spec.manifest is not None
    return spec.manifest


def _feed(source: str, spec: SourceSpec, settings: Settings) -> Feed:
    if spec.sql is not None:
        return SqlFeed(source, spec.sql, allow_list(source, f"sql:{source}", spec))
    assert spec.http is not None
    return HttpFeed(source, spec.http, allow_list(source, f"http:{source}", spec), settings)


@dataclass(frozen=True)
class _Pull:
    """One pull under its lock."""

    source: str
    spec: SourceSpec
    declared: SqlPull | HttpPull
    feed: Feed
    spool: SealedFile
    kept: SealedFile
    settings: Settings
    now: datetime

    def run(self) -> RawTable:
        """Pull, merge, keep."""
        snapshot = self._snapshot()
        base = snapshot if snapshot and not self._is_due(snapshot) else None
        mark = base.mark if base else None
        wanted = {"identity": self.feed.identity, "mark": mark, "base": base.name if base else None}
        spool = Spool(self.spool, wanted, self.now, timedelta(hours=self.settings.pull_resume_hours))
        self._log_start(spool, is_full=base is None)
        try:
            self._fill(spool, mark)
            table = self._merged(base.table if base else None, spool)
            found = raw_table(
                self.source,
                self.feed.where,
                self.spec,
                table,
                n_invisible=spool.n_invisible,
                n_untaken=spool.n_untaken,
            )
        except InputRefused:
            # What was refused once would be refused for ever if a later run went on behind it.
            spool.remove()
            raise
        if self.declared.has_watermark:
            self._keep(table, base, spool)
        spool.remove()
        n_rows, n_kept = f"{spool.n_rows:,}", f"{len(found.cells):,}"
        log.info(
            tr(
                f"来源“{self.source}”：取得 {n_rows} 行，合并后共 {n_kept} 行",
                f"source “{self.source}”: {n_rows} rows pulled, {n_kept} after merging",
            )
        )
        return found

    def _snapshot(self) -> Snapshot | None:
        """What may be merged into; a snapshot of another declaration goes."""
        snapshot = read_snapshot(self.kept, self.feed.identity) if self.declared.has_watermark else None
        if snapshot is None:
            self.kept.remove()
        return snapshot

    def _is_due(self, snapshot: Snapshot) -> bool:
        """Whether everything has to be pulled again: a pull by watermark cannot see what vanished."""
        age = self.now.date() - snapshot.full_on
        return snapshot.mark is None or age >= timedelta(days=self.declared.full_every_days)

    def _fill(self, spool: Spool, mark: Mark | None) -> None:
        """Until the feed has no more; after a break from where it stopped."""
        n_tries = 0

        def attempt() -> None:
            nonlocal n_tries
            n_tries += 1
            if not spool.is_begun or (spool.states and not self.feed.is_resumable):
                spool.begin(self.feed.begin())
            try:
                for chunk in self.feed.chunks(mark, spool.states):
                    spool.append(chunk)
                    log.debug(tr(f"来源“{self.source}”：{spool.n_rows:,} 行", f"{self.source}: {spool.n_rows:,} rows"))
            except StartAgain:
                spool.begin(self.feed.begin())
                raise

        try:
            self._retrying()(attempt)
        except PullStopped as stopped:
            raise stopped.told(self.source, n_tries, spool.n_rows) from None

    def _retrying(self) -> Retrying:
        return Retrying(
            stop=stop_after_attempt(self.settings.pull_attempts),
            wait=backoff(self.settings.pull_wait_seconds),
            retry=retry_if_exception_type((BrokenOff, StartAgain)),
            before_sleep=lambda _: log.warning(
                tr(f"来源“{self.source}”中途断开，稍后继续", f"source “{self.source}” broke off, going on shortly")
            ),
            reraise=True,
        )

    def _merged(self, base: pa.Table | None, spool: Spool) -> pa.Table:
        keys = key_columns(len(self.declared.key))
        return merged(base, spool.table(), keys, source=self.source, where=self.feed.where)

    def _keep(self, table: pa.Table, base: Snapshot | None, spool: Spool) -> None:
        mark = self.feed.watermark(spool.begun, spool.states, spool.seconds(utc_now()))
        full_on = base.full_on if base else self.now.date()
        earlier = base.mark if base else None
        write_snapshot(self.kept, self.feed.identity, table, mark or earlier, full_on)

    def _log_start(self, spool: Spool, *, is_full: bool) -> None:
        how = tr("全量", "everything") if is_full else tr("增量", "changes")
        resumed = tr(f"，续传，已有 {spool.n_rows:,} 行", f", resumed behind {spool.n_rows:,} rows")
        log.info(
            tr(f"来源“{self.source}”：开始取数（{how}）", f"source “{self.source}”: pulling {how}")
            + (resumed if spool.n_rows else "")
        )
