"""Handing a file in: put it down, read what the check says of every cell, accept it, watch the run that takes it up."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import FileResponse, RedirectResponse, Response
from starlette.background import BackgroundTask
from starlette.datastructures import UploadFile

from data.contracts.code_systems import CODE_SYSTEMS, NEEDS_CODE_SYSTEM
from data.contracts.feeds import CONTRACTS
from data.errors import ConfigError
from data.model import FeedKind
from data.store import audit
from data.store.clock import utc_now
from data.store.progress import Attempt, AttemptState, last_attempts
from data.store.scope import OutOfScope
from data.store.transitions import UploadState
from data.store.uploads import Upload, get_upload, list_uploads
from data.store.users import User
from review.areas import area_name, areas_within
from review.intake_check import workbook_of
from review.uploads import TakenIn, accept_upload, check, check_again, refuse_upload, take_in
from review.web.access import Desk, DeskHere, Viewer
from review.web.forms import FormHere, text_of
from review.web.rendering import page
from review.web.upload_words import ATTEMPT_WORDS, LEVEL_WORDS, ORIGIN_WORDS, STATE_WORDS, STEP_WORDS, TAKEN_WORDS
from review.web.words import gettext as _

#: Problems on one page.
_PAGE = 100
#: Runs told of below the files.
_ATTEMPTS = 10
#: States in which the page looks again by itself.
_MOVING = (UploadState.RECEIVED, UploadState.ACCEPTED, UploadState.QUEUED, UploadState.RUNNING)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def list_page(request: Request, desk: DeskHere, viewer: Viewer, book: str) -> Response:
    """The form, and what was handed in before."""
    return _listed(request, desk, viewer, book)


def receive(request: Request, desk: DeskHere, viewer: Viewer, book: str, form: FormHere) -> Response:
    """Keep a file and have it checked; a file that was there before leads to what was said of it then."""
    try:
        taken = _take_in(desk, viewer, book, form)
    except ConfigError as error:
        return _listed(request, desk, viewer, book, status=422, problem=str(error))
    address = f"/{book}/uploads/{taken.upload.upload_id}"
    if taken.is_known:
        return RedirectResponse(f"{address}?known=true", 303)
    return RedirectResponse(address, 303, background=BackgroundTask(check, desk.store, desk.settings, taken.upload))


def show(
    request: Request,
    desk: DeskHere,
    viewer: Viewer,
    book: str,
    upload_id: str,
    known: bool = False,
    at: Annotated[int, Query(ge=0, le=10**6)] = 0,
) -> Response:
    """One file: what the check says, or how far the run is."""
    upload = get_upload(desk.store, upload_id, book, viewer.scope)
    is_mine = upload.uploaded_by == viewer.username
    answer = upload.answer or {}
    problems = answer.get("problems", [])
    return page(
        request,
        "upload.html",
        title=_("File handed in"),
        upload=upload,
        answer=answer,
        kind_title=CONTRACTS[upload.kind].title,
        area=area_name(upload.area),
        state=STATE_WORDS[upload.state](),
        is_moving=upload.state in _MOVING,
        is_mine=is_mine,
        was_known=known,
        problems=problems[at : at + _PAGE],
        at=at,
        n_page=_PAGE,
        n_listed=len(problems),
        fields={field.name: field.title for field in CONTRACTS[upload.kind].fields},
        level_words={name: word() for name, word in LEVEL_WORDS.items()},
        taken_words={name: word() for name, word in TAKEN_WORDS.items()},
        has_workbook=is_mine and workbook_of(desk.settings, upload_id) is not None,
        attempt=_attempt(desk, upload),
        UploadState=UploadState,
        steps={name: word() for name, word in STEP_WORDS.items()},
        attempts=last_attempts(desk.store, book, 1) if upload.state is UploadState.RUNNING else [],
    )


def map_columns(desk: DeskHere, viewer: Viewer, book: str, upload_id: str, form: FormHere) -> Response:
    """The owner says which column is which, or asks once more: the check begins anew."""
    upload = _own(desk, viewer, book, upload_id)
    fields = set(CONTRACTS[upload.kind].names())
    headers = {str(entry["header"]) for entry in (upload.answer or {}).get("mapping", ())}
    # `column:出生年月` = birth: the field that a header is to be read as; each field has one header.
    chosen = {name.removeprefix("column:"): text_of(form, name) for name in form if name.startswith("column:")}
    columns = {field: header for header, field in chosen.items() if field in fields and header in headers}
    upload = check_again(desk.store, upload, columns or upload.columns, viewer.username)
    work = BackgroundTask(check, desk.store, desk.settings, upload)
    return RedirectResponse(f"/{book}/uploads/{upload_id}", 303, background=work)


def accept(desk: DeskHere, viewer: Viewer, book: str, upload_id: str) -> Response:
    """The next run shall use it."""
    accepted = accept_upload(desk.store, _own(desk, viewer, book, upload_id), viewer.username)
    work = BackgroundTask(desk.on_accepted, accepted.digest)
    return RedirectResponse(f"/{book}/uploads/{upload_id}", 303, background=work)


def refuse(desk: DeskHere, viewer: Viewer, book: str, upload_id: str) -> Response:
    """Take it back: the bytes go."""
    refuse_upload(desk.store, desk.settings, _own(desk, viewer, book, upload_id), viewer.username)
    return RedirectResponse(f"/{book}/uploads", 303)


def workbook(desk: DeskHere, viewer: Viewer, book: str, upload_id: str) -> Response:
    """问题清单: the owner's own file with its problems marked. It holds what the owner handed in, so nobody else's."""
    upload = _own(desk, viewer, book, upload_id)
    path = workbook_of(desk.settings, upload_id)
    if path is None:
        raise OutOfScope
    with audit.changing(desk.store) as connection:
        told = {"digest": upload.digest}
        subject = f"upload {upload_id}"
        audit.append(
            connection, now=utc_now(), actor=viewer.username, action="answer taken", subject=subject, details=told
        )
    return FileResponse(path, media_type=_XLSX, filename=_("Problems") + ".xlsx")


def _take_in(desk: Desk, viewer: User, book: str, form: FormHere) -> TakenIn:
    file, area = form.get("file"), text_of(form, "area") or book
    if text_of(form, "kind") not in list(FeedKind):
        raise ConfigError(_("Please say what kind of file it is."))
    kind = FeedKind(text_of(form, "kind"))
    if area not in areas_within(book, viewer.scope):
        raise OutOfScope
    if not isinstance(file, UploadFile):
        raise ConfigError(_("Please choose a file."))
    system = text_of(form, "code_system") if kind in NEEDS_CODE_SYSTEM else None
    if system is not None and system not in CODE_SYSTEMS[kind]:
        raise ConfigError(_("Please say in which system the codes are written."))
    name, by = file.filename or "", viewer.username
    keep = desk.store, desk.settings, file.file, name
    return take_in(*keep, book=book, area=area, kind=kind, by=by, code_system=system)


def _attempt(desk: Desk, upload: Upload) -> Attempt | None:
    """How far the run is that works on the file; None when none does."""
    if upload.state is not UploadState.RUNNING:
        return None
    newest = next(iter(last_attempts(desk.store, upload.book, 1)), None)
    return newest if newest is not None and newest.state is AttemptState.RUNNING else None


def _own(desk: Desk, viewer: User, book: str, upload_id: str) -> Upload:
    """The upload, for whoever handed it in; to others it is not there."""
    upload = get_upload(desk.store, upload_id, book, viewer.scope)
    if upload.uploaded_by != viewer.username:
        raise OutOfScope
    return upload


def _listed(
    request: Request, desk: Desk, viewer: User, book: str, *, status: int = 200, problem: str | None = None
) -> Response:
    return page(
        request,
        "uploads.html",
        status=status,
        title=_("Hand in a file"),
        problem=problem,
        uploads=list_uploads(desk.store, book, viewer.scope),
        kinds={kind.value: contract.title for kind, contract in CONTRACTS.items()},
        code_systems=sorted({name for kind in NEEDS_CODE_SYSTEM for name in CODE_SYSTEMS[kind]}),
        areas=areas_within(book, viewer.scope),
        area_name=area_name,
        states={state: word() for state, word in STATE_WORDS.items()},
        limit_mb=desk.settings.upload_mb,
        # Why a run failed may name a file of another area.
        sees_all=viewer.scope.sees_all(book),
        attempts=last_attempts(desk.store, book, _ATTEMPTS),
        steps={name: word() for name, word in STEP_WORDS.items()},
        origins={origin: word() for origin, word in ORIGIN_WORDS.items()},
        attempt_words={state: word() for state, word in ATTEMPT_WORDS.items()},
        AttemptState=AttemptState,
    )
