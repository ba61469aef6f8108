"""What happens to a file that somebody hands in? Put aside under a random name, checked, accepted by its owner."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from data.errors import ConfigError
from data.model import FeedKind
from data.settings import Settings
from data.store.session import Store
from data.store.transitions import UploadState
from data.store.uploads import (
    NewUpload,
    Upload,
    add_upload,
    answer_folder,
    file_of,
    keep_answer,
    move_upload,
    new_upload_id,
    same_file,
)
from data.words import tr
from review.intake_check import check_upload

_CHUNK = 1024 * 1024
_MB = 1024 * 1024


@dataclass(frozen=True)
class TakenIn:
    """The upload, and whether the same file was there before: then nothing new was kept."""

    upload: Upload
    is_known: bool


def take_in(
    store: Store,
    settings: Settings,
    file: BinaryIO,
    file_name: str,
    *,
    book: str,
    area: str,
    kind: FeedKind,
    by: str,
    code_system: str | None = None,
) -> TakenIn:
    """Keep the bytes and note them. ConfigError for an empty file or one over the limit; nothing stays of it then."""
    upload_id = new_upload_id()
    folder = settings.uploads_dir.resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    place = file_of(folder, upload_id)
    try:
        digest, n_bytes = _keep(file, place, settings.upload_mb * _MB)
        known = same_file(store, digest, kind, area)
        if known is not None and known.book == book:
            place.unlink()
            return TakenIn(known, is_known=True)
        new = NewUpload(upload_id, book, area, kind, _plain_name(file_name), digest, n_bytes, {}, code_system)
        return TakenIn(add_upload(store, new, by), is_known=False)
    except BaseException:
        place.unlink(missing_ok=True)
        raise


def check(store: Store, settings: Settings, upload: Upload) -> Upload:
    """Ask the contract, and keep what it says."""
    return keep_answer(store, upload.upload_id, check_upload(settings, upload))


def check_again(store: Store, upload: Upload, columns: Mapping[str, str], by: str) -> Upload:
    """The owner said which column is which: the check begins anew. InvalidTransition when it was accepted already."""
    values: dict[str, Any] = {"columns": dict(columns), "answer": None, "problem": None}
    return move_upload(store, upload.upload_id, UploadState.RECEIVED, by, **values)


def accept_upload(store: Store, upload: Upload, by: str) -> Upload:
    """The owner wants it used: the next run takes it up."""
    return move_upload(store, upload.upload_id, UploadState.ACCEPTED, by)


def refuse_upload(store: Store, settings: Settings, upload: Upload, by: str) -> Upload:
    """The owner does not want it: the row stays, the bytes and the answer go."""
    problem = tr("上传人撤回", "taken back by its owner")
    refused = move_upload(store, upload.upload_id, UploadState.REFUSED, by, problem=problem, answer=None)
    folder = settings.uploads_dir.resolve()
    file_of(folder, upload.upload_id).unlink(missing_ok=True)
    answer = answer_folder(folder, upload.upload_id)
    for path in answer.iterdir() if answer.is_dir() else ():
        path.unlink()
    return refused


def _keep(file: BinaryIO, place: Path, limit: int) -> tuple[str, int]:
    """Digest and size of what was written; the file is its owner's alone from its first byte on."""
    whole, n_bytes = hashlib.sha256(), 0
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as kept:
        for chunk in _chunks(file):
            n_bytes += len(chunk)
            if n_bytes > limit:
                limit_mb = limit // _MB
                raise ConfigError(tr(f"文件超过 {limit_mb} MB", f"the file is larger than {limit_mb} MB"))
            whole.update(chunk)
            kept.write(chunk)
    if not n_bytes:
        raise ConfigError(tr("没有选择文件，或文件是空的", "no file was chosen, or it is empty"))
    return whole.hexdigest(), n_bytes


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


def _plain_name(file_name: str) -> str:
    """The last part of the name that the browser sent, without control characters."""
    last = file_name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in last if sign.isprintable())[:200] or tr("未命名", "unnamed")
