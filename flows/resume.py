"""What did the run before leave? A killed one is noted, a finished one whose files are missing gets them back."""

from __future__ import annotations

import json
import logging
from typing import Any

from data.settings import Settings
from data.store.archive import Archive, ArchiveDamaged
from data.store.runs import close_killed
from data.store.session import Store
from data.words import tr
from flows import tasks
from flows.finish import Setting
from flows.lookback import Past
from flows.memory import Memory
from reports.staging import SEAL, staged

log = logging.getLogger("longlou.run")


def close_interrupted(store: Store, settings: Settings, area: str) -> None:
    """Note the runs of the area that were killed; what they had archived goes. The caller holds the area's lock."""
    for run_id in close_killed(store, area):
        Archive.of(settings).forget(run_id)
        log.warning(
            tr(
                f"运行 {run_id} 中途被终止，没有发布任何内容，已记为失败；本次照常进行",
                f"run {run_id} was killed before it published anything; noted as failed, this run goes on",
            )
        )


def remembered(store: Store, area: str, past: Past | None) -> Memory:
    """What the store knows before matching, or knew on that past night."""
    then = None if past is None else past.known()
    return tasks.remember(store, area) if then is None else Memory.of(then)


def same_night(at: Setting) -> dict[str, Any] | None:
    """The summary of the published night, when nothing that decides a result has changed since; None otherwise.

    Its files lie in OUT; where they do not, because the process died after the commit, they come from the archive.
    """
    if at.before is None:
        return None
    shown = (at.before.run_id, at.before.republishes)
    seal = at.out / SEAL
    if seal.is_file():
        summary: dict[str, Any] = json.loads(seal.read_text(encoding="utf-8"))
        if summary.get("fingerprint") == at.mark and summary.get("run_id") in shown:
            log.info(
                tr(
                    "没有任何变化，沿用上次结果（--full 可重跑）",
                    "nothing changed, the last result stands (--full runs anyway)",
                )
            )
            return summary
    return _brought_back(at)


def _brought_back(at: Setting) -> dict[str, Any] | None:
    """The published night's files into the folder where they belong, from the archive."""
    if at.before is None or at.before.archive is None:
        return None
    try:
        manifest = at.archive.manifest(at.before.run_id, at.before.archive)
        if manifest.notes != {"fingerprint": at.mark, "out": str(at.out.resolve())}:
            return None
        with staged(at.out) as folder:
            at.archive.restore(manifest, folder)
            summary: dict[str, Any] = json.loads((folder / SEAL).read_text(encoding="utf-8"))
    except ArchiveDamaged:
        # Made anew instead; the archive is a convenience here.
        return None
    log.warning(
        tr(
            f"运行 {at.before.run_id} 已发布而文件不在，已从存档补齐",
            f"run {at.before.run_id} is published but its files were missing: they came from the archive",
        )
    )
    return summary
