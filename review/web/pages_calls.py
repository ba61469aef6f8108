"""Lists for calls and visits: on paper by township, as a workbook, and the workbook back again."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from data.errors import ConfigError
from data.settings import record_key
from data.store import audit
from data.store.clock import utc_now
from data.store.transitions import CaseState
from data.store.users import User
from data.store.verification import list_cases, steps_of
from data.words import tr
from review.areas import area_name
from review.call_columns import STATE_WORDS
from review.call_sheets import CallRow, by_place, last_attempt, write_call_book
from review.call_sheets_back import MOST_BYTES, ReadBack, read_call_book
from review.web.access import Desk, DeskHere, Viewer
from review.web.forms import FormHere
from review.web.pages_verification import CaseQuery, CasesHere
from review.web.rendering import page
from review.web.words import gettext as _

#: More than anybody calls in a week.
_MOST = 2_000
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def printed(request: Request, desk: DeskHere, viewer: Viewer, book: str, query: CasesHere) -> Response:
    """The list to print, a page a township."""
    state = query.state if query.state in (CaseState.PHONE, CaseState.VISIT) else CaseState.PHONE
    rows = _rows(desk, viewer, book, query.model_copy(update={"state": state}))
    _note(desk, viewer, book, "call list printed", len(rows))
    return page(
        request,
        "call_list.html",
        title=_("Call list") if state is CaseState.PHONE else _("Visit list"),
        places={(area_name(area), township): found for (area, township), found in by_place(rows).items()},
        n_rows=len(rows),
        most=_MOST,
        today=utc_now(),
        state=tr(*STATE_WORDS[state]),
    )


def workbook(desk: DeskHere, viewer: Viewer, book: str, query: CasesHere) -> Response:
    """The same as a workbook to fill in."""
    rows = _rows(desk, viewer, book, query)
    content = write_call_book(book, rows, record_key(desk.settings), utc_now().date())
    _note(desk, viewer, book, "call workbook taken", len(rows))
    headers = {"Content-Disposition": f'attachment; filename="calls-{book}.xlsx"'}
    return Response(content, media_type=_XLSX, headers=headers)


def read_back(request: Request, desk: DeskHere, viewer: Viewer, book: str, form: FormHere) -> Response:
    """A filled workbook comes back: good rows are recorded, wrong ones told."""
    try:
        file = form.get("file")
        content = file.file.read(MOST_BYTES + 1) if isinstance(file, UploadFile) else b""
        if not content or len(content) > MOST_BYTES:
            raise ConfigError(_("Please choose the filled workbook, 10 MB at most."))
        key = record_key(desk.settings)
        done = read_call_book(desk.store, book, content, key, viewer.username, viewer.scope)
    except ConfigError as error:
        return _read(request, ReadBack(), status=422, problem=str(error))
    return _read(request, done, status=200, problem=None)


def _read(request: Request, done: ReadBack, *, status: int, problem: str | None) -> Response:
    title = _("Workbook read back")
    return page(request, "calls_back.html", status=status, title=title, done=done, problem=problem)


def _rows(desk: Desk, viewer: User, book: str, query: CaseQuery) -> list[CallRow]:
    wanted = [query.state] if query.state in (CaseState.PHONE, CaseState.VISIT) else [CaseState.PHONE, CaseState.VISIT]
    cases = []
    for state in wanted:
        which = query.model_copy(update={"state": state}).for_store(viewer.scope, may_list=True)
        cases += list_cases(desk.store, book, which, _MOST)
    steps = steps_of(desk.store, book, [case["case_id"] for case in cases])
    return [CallRow(case, last_attempt(steps[case["case_id"]])) for case in cases]


def _note(desk: Desk, viewer: User, book: str, action: str, n_rows: int) -> None:
    """Names leave the desk: that is written down."""
    with audit.changing(desk.store) as connection:
        told = {"n": n_rows}
        audit.append(
            connection, now=utc_now(), actor=viewer.username, action=action, subject=f"book {book}", details=told
        )
