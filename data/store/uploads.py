"""Which files were handed in, and what became of each? Every move has its audit row; the bytes lie in `uploads_dir`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, insert, select, update

from data.digests import random_id
from data.model import FeedKind
from data.store import audit
from data.store.clock import utc_now
from data.store.guard import masked, masked_json
from data.store.scope import EVERYTHING, OutOfScope, Scope
from data.store.session import Store
from data.store.tables_uploads import UPLOADS
from data.store.transitions import UploadState, check_transition

#: Problems of an answer kept with the row; the workbook has all.
N_PROBLEMS = 1_000
_N_RANDOM_BYTES = 16


@dataclass(frozen=True)
class NewUpload:
    """A file that has just arrived. `digest`: SHA-256 of its bytes in hex; `book`: the area whose run reads it."""

    upload_id: str
    book: str
    area: str
    kind: FeedKind
    file_name: str
    digest: str
    n_bytes: int
    columns: Mapping[str, str] = field(default_factory=dict)
    code_system: str | None = None


@dataclass(frozen=True)
class Upload(NewUpload):
    """A file and where it stands; the fields as in data.store.tables_uploads."""

    state: UploadState = UploadState.RECEIVED
    uploaded_by: str = ""
    uploaded_at: datetime | None = None
    changed_at: datetime | None = None
    answer: Mapping[str, Any] | None = None
    run_id: str | None = None
    problem: str | None = None


def new_upload_id() -> str:
    """A name that nobody guesses and that says nothing."""
    return random_id(_N_RANDOM_BYTES)


def file_of(uploads_dir: Path, upload_id: str) -> Path:
    """Where the bytes lie, readable by the owner of the process alone."""
    return uploads_dir / upload_id


def answer_folder(uploads_dir: Path, upload_id: str) -> Path:
    """Where the workbook of the check lies."""
    return uploads_dir / f"{upload_id}.answer"


def add_upload(store: Store, new: NewUpload, by: str, now: datetime | None = None) -> Upload:
    """Note a file that lies in `uploads_dir` by now; its state is `received`."""
    now = now or utc_now()
    values = {
        **{name: getattr(new, name) for name in ("upload_id", "area", "digest", "n_bytes")},
        "run_area": new.book,
        "kind": new.kind.value,
        "file_name": masked(new.file_name)[:200],
        "columns": dict(new.columns),
        "code_system": new.code_system,
        "state": UploadState.RECEIVED,
        "uploaded_by": by,
        "uploaded_at": now,
        "changed_at": now,
    }
    with audit.changing(store) as connection:
        connection.execute(insert(UPLOADS).values(values))
        _note(connection, new.upload_id, "file received", by, now, kind=new.kind, area=new.area, digest=new.digest)
        return _for_change(connection, new.upload_id)


def same_file(store: Store, digest: str, kind: FeedKind, area: str) -> Upload | None:
    """The newest upload of the same bytes for the same kind and area that was not refused and has not failed."""
    dead = (UploadState.REFUSED, UploadState.FAILED)
    query = select(UPLOADS).where(UPLOADS.c.digest == digest, UPLOADS.c.kind == kind, UPLOADS.c.area == area)
    query = query.where(UPLOADS.c.state.not_in(dead)).order_by(UPLOADS.c.uploaded_at.desc()).limit(1)
    with store.read() as connection:
        row = connection.execute(query).mappings().first()
    return None if row is None else _upload(row)


def get_upload(store: Store, upload_id: str, book: str | None = None, scope: Scope = EVERYTHING) -> Upload:
    """One file. Raises OutOfScope when there is none, or it is of another book or outside the scope."""
    query = select(UPLOADS).where(UPLOADS.c.upload_id == upload_id)
    if book is not None:
        query = _within(query.where(UPLOADS.c.run_area == book), book, scope)
    with store.read() as connection:
        row = connection.execute(query).mappings().first()
    if row is None:
        raise OutOfScope
    return _upload(row)


def list_uploads(store: Store, book: str, scope: Scope = EVERYTHING, limit: int = 50) -> list[Upload]:
    """The newest files of a book, without their answers."""
    columns = [column for column in UPLOADS.c if column.name != "answer"]
    query = _within(select(*columns).where(UPLOADS.c.run_area == book), book, scope)
    with store.read() as connection:
        rows = connection.execute(query.order_by(UPLOADS.c.uploaded_at.desc()).limit(limit)).mappings().all()
    return [_upload(row) for row in rows]


def uploads_in(store: Store, states: Sequence[UploadState], book: str | None = None) -> list[Upload]:
    """The files in one of the states, oldest first: what a run has to take up."""
    query = select(UPLOADS).where(UPLOADS.c.state.in_(states))
    if book is not None:
        query = query.where(UPLOADS.c.run_area == book)
    with store.read() as connection:
        rows = connection.execute(query.order_by(UPLOADS.c.uploaded_at, UPLOADS.c.upload_id)).mappings().all()
    return [_upload(row) for row in rows]


def keep_answer(store: Store, upload_id: str, answer: Mapping[str, Any], now: datetime | None = None) -> Upload:
    """The check read the file: `checked`, or `refused` with the reason. The list of problems is cut to N_PROBLEMS."""
    refused = answer.get("refused")
    state = UploadState.REFUSED if refused else UploadState.CHECKED
    kept = {**answer, "problems": list(answer.get("problems", ()))[:N_PROBLEMS]}
    values = {"answer": masked_json(kept), "problem": masked(refused["message"]) if refused else None}
    return move_upload(store, upload_id, state, audit.MACHINE, now=now, **values)


def move_upload(
    store: Store, upload_id: str, state: UploadState, by: str, *, now: datetime | None = None, **values: object
) -> Upload:
    """The file is in another state; `values`: other columns that change with it (run_id, problem, answer, columns).

    Raises InvalidTransition for a move that data.store.transitions does not allow, OutOfScope for an unknown file.
    """
    now = now or utc_now()
    with audit.changing(store) as connection:
        found = _for_change(connection, upload_id)
        check_transition("upload", upload_id, found.state, state)
        changed = {"state": state, "changed_at": now, **values}
        connection.execute(update(UPLOADS).where(UPLOADS.c.upload_id == upload_id).values(changed))
        told = {name: value for name, value in values.items() if name in ("run_id", "problem") and value}
        _note(connection, upload_id, f"file {state}", by, now, was=found.state, **told)
        return _for_change(connection, upload_id)


def _within(query: Select[Any], book: str, scope: Scope) -> Select[Any]:
    inside = scope.rows(book, UPLOADS.c.area)
    return query if inside is None else query.where(inside)


def _for_change(connection: Connection, upload_id: str) -> Upload:
    query = select(UPLOADS).where(UPLOADS.c.upload_id == upload_id).with_for_update()
    row = connection.execute(query).mappings().first()
    if row is None:
        raise OutOfScope
    return _upload(row)


def _upload(row: RowMapping) -> Upload:
    values = {name: value for name, value in row.items() if name != "run_area"}
    kind, state = FeedKind(row["kind"]), UploadState(row["state"])
    return Upload(**{**values, "book": row["run_area"], "kind": kind, "state": state})


def _note(connection: Connection, upload_id: str, action: str, by: str, now: datetime, **details: object) -> None:
    audit.append(connection, now=now, actor=by, action=action, subject=f"upload {upload_id}", details=details)
