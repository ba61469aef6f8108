"""Files handed in as sources of the run: which ones count, how a run takes them up, and what becomes of them.

An accepted file stays a source night after night, until a newer file of the same name, kind and area replaces it.
"""

from __future__ import annotations

import glob
import hashlib
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from data.errors import InvalidTransition, LonglouError, SourceFileError, StoreUnavailable
from data.settings import Settings
from data.sources.spec import SourceSpec, SourcesSpec
from data.store.audit import MACHINE
from data.store.session import Store, open_store
from data.store.transitions import UploadState
from data.store.uploads import Upload, file_of, move_upload, uploads_in
from data.words import tr

#: In force: accepted, and what came of it did not end that.
IN_FORCE = (UploadState.ACCEPTED, UploadState.QUEUED, UploadState.RUNNING, UploadState.DONE)
#: No run has used them yet; `running` is what a killed run left behind.
WAITING = (UploadState.ACCEPTED, UploadState.QUEUED, UploadState.RUNNING)
_NAME_BYTES = 4

log = logging.getLogger("longlou.run")


def uploads_of_run(store: Store, spec: SourcesSpec, states: Sequence[UploadState] = IN_FORCE) -> list[Upload]:
    """The files that a run of the book reads: of each kind, area and name the newest, by the name of their source."""
    newest = {(upload.kind, upload.area, upload.file_name): upload for upload in uploads_in(store, states, spec.area)}
    return sorted(newest.values(), key=source_name)


def is_declared(spec: SourcesSpec, upload: Upload) -> bool:
    """Does `sources.toml` say by what right files of this kind are handed in?"""
    return spec.uploads is not None and upload.kind in spec.uploads.kinds


def with_uploads(spec: SourcesSpec, uploads: Sequence[Upload], settings: Settings) -> SourcesSpec:
    """The sources of the run, the files handed in among them; a file of a kind that is not declared is left out."""
    if spec.uploads is None:
        return spec
    folder = settings.uploads_dir.resolve()
    own = {
        source_name(upload): SourceSpec(
            kind=upload.kind,
            location=(glob.escape(str(file_of(folder, upload.upload_id))),),
            area=upload.area,
            code_system=upload.code_system,
            columns=dict(upload.columns),
            shown_as=upload.file_name,
            manifest=spec.uploads.manifest,
        )
        for upload in uploads
        if is_declared(spec, upload)
    }
    return spec.model_copy(update={"sources": {**spec.sources, **own}})


def source_name(upload: Upload) -> str:
    """The same for every file of one kind, area and name: rows that stayed as they were keep their unique_id."""
    digest = hashlib.blake2b(upload.file_name.encode(), digest_size=_NAME_BYTES).hexdigest()
    return f"upload_{upload.kind}_{upload.area}_{digest}"


def run_with_uploads(
    settings: Settings, spec: SourcesSpec, run: Callable[[SourcesSpec], dict[str, Any]]
) -> dict[str, Any]:
    """Run on the declared sources and the files handed in; returns the summary of the run.

    While it lasts the new files are `running`; then `done`, or `failed`, or back where they wait: a run that failed
    for another reason than a file takes it up again the next time. Files of a run that is held are done: whoever
    releases it releases them. A file of a kind that `sources.toml` does not declare fails by itself.
    """
    with open_store(settings.database) as store:
        uploads = _declared(store, spec, uploads_of_run(store, spec))
        new = [upload for upload in uploads if upload.state in WAITING]
        for upload in new:
            if upload.state is not UploadState.RUNNING:
                move_upload(store, upload.upload_id, UploadState.RUNNING, MACHINE)
        try:
            summary = run(with_uploads(spec, uploads, settings))
        except Exception as error:
            with suppress(StoreUnavailable, InvalidTransition):
                for upload in new:
                    _let_go(store, upload, error)
            raise
        for upload in new:
            move_upload(store, upload.upload_id, UploadState.DONE, MACHINE, run_id=summary["run_id"])
    return summary


def _declared(store: Store, spec: SourcesSpec, uploads: Sequence[Upload]) -> list[Upload]:
    """The files that may be read. One that waits and may not is `failed` with the reason; one that an earlier run read
    before its kind was struck from the list is left out from now on."""
    for upload in uploads:
        if is_declared(spec, upload):
            continue
        problem = tr(
            f"sources.toml 没有声明可以上传“{upload.kind}”：请写 [uploads] kinds 和数据清单",
            f"sources.toml does not declare uploads of “{upload.kind}”: write [uploads] kinds and a manifest",
        )
        log.warning("%s: %s", source_name(upload), problem)
        if upload.state in WAITING:
            if upload.state is UploadState.ACCEPTED:
                move_upload(store, upload.upload_id, UploadState.RUNNING, MACHINE)
            move_upload(store, upload.upload_id, UploadState.FAILED, MACHINE, problem=problem)
    return [upload for upload in uploads if is_declared(spec, upload)]


def _let_go(store: Store, upload: Upload, error: Exception) -> None:
    text = str(error) if isinstance(error, LonglouError) else type(error).__name__
    move_upload(store, upload.upload_id, UploadState.FAILED, MACHINE, problem=text)
    if not (isinstance(error, SourceFileError) and error.source == source_name(upload)):
        move_upload(store, upload.upload_id, UploadState.ACCEPTED, MACHINE)
