"""Files handed in as sources of the run: which ones count, how a run takes them up, and what becomes of them.

An accepted file stays a source night after night, until a newer file of the same name, kind and area replaces it.
"""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from data.errors import ConfigError, InvalidTransition, LonglouError, SourceFileError, StoreUnavailable
from data.settings import Settings
from data.sources.spec import SourceSpec, SourcesSpec, UploadsSpec
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


def uploads_of_run(store: Store, spec: SourcesSpec, states: Sequence[UploadState] = IN_FORCE) -> list[Upload]:
    """The files that a run of the book reads: of each kind, area and name the newest, by the name of their source."""
    newest = {(upload.kind, upload.area, upload.file_name): upload for upload in uploads_in(store, states, spec.area)}
    return sorted(newest.values(), key=source_name)


def check_kind(spec: UploadsSpec | None, kind: str) -> UploadsSpec:
    """Raise ConfigError where `sources.toml` does not say by what right files of this kind are handed in."""
    if spec is None or kind not in spec.kinds:
        raise ConfigError(
            tr(
                f"sources.toml 没有声明可以上传“{kind}”：请写 [uploads] kinds 和数据清单",
                f"sources.toml does not declare uploads of “{kind}”: write [uploads] kinds and a manifest",
            )
        )
    return spec


def with_uploads(spec: SourcesSpec, uploads: Sequence[Upload], settings: Settings) -> SourcesSpec:
    """The sources of the run, the files handed in among them. Raises ConfigError for a kind that is not declared."""
    folder = settings.uploads_dir.resolve()
    own = {
        source_name(upload): SourceSpec(
            kind=upload.kind,
            location=(glob.escape(str(file_of(folder, upload.upload_id))),),
            area=upload.area,
            code_system=upload.code_system,
            columns=dict(upload.columns),
            shown_as=upload.file_name,
            manifest=check_kind(spec.uploads, upload.kind).manifest,
        )
        for upload in uploads
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
    releases it releases them.
    """
    with open_store(settings.database) as store:
        uploads = uploads_of_run(store, spec)
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


def _let_go(store: Store, upload: Upload, error: Exception) -> None:
    text = str(error) if isinstance(error, LonglouError) else type(error).__name__
    move_upload(store, upload.upload_id, UploadState.FAILED, MACHINE, problem=text)
    if not (isinstance(error, SourceFileError) and error.source == source_name(upload)):
        move_upload(store, upload.upload_id, UploadState.ACCEPTED, MACHINE)
