"""Verification work: cases by place and state, one case with its steps, and the way into and out of a case."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from data.errors import ConfigError
from data.model import PrimaryClass
from data.store.cases import case_of, open_by_class, open_item, open_unsure
from data.store.queue import find_item
from data.store.scope import Scope
from data.store.transitions import CASE_TRANSITIONS, CaseState
from data.store.verification import (
    CHANNELS,
    ENDS,
    OUTCOMES,
    Attempt,
    CaseFilter,
    Step,
    count_cases,
    get_case,
    list_cases,
    record_step,
    steps_of,
)
from data.words import tr
from review.areas import area_name, areas_within
from review.call_columns import CHANNEL_WORDS, OUTCOME_WORDS, STATE_WORDS, in_words
from review.call_sheets_back import read_day
from review.web.access import Desk, DeskHere, Viewer, desk_of, user_of
from review.web.kinds import FIELD_WORDS
from review.web.overview_words import class_words
from review.web.rendering import page
from review.web.words import gettext as _

_PAGE = 50
_IN_CONTACT = (CaseState.PHONE, CaseState.VISIT)
#: Classes that the queue asks about.
_TO_FIND_OUT = (PrimaryClass.LOST, PrimaryClass.POCKET, PrimaryClass.HIDDEN)


class CaseQuery(BaseModel):
    """The page as its address says: the filter ('' means any), where it begins, how many cases were just opened."""

    model_config = ConfigDict(frozen=True)

    state: CaseState | None = None
    area: str = ""
    township: str | None = None
    at: int = Field(0, ge=0, le=10**6)
    opened: int | None = Field(None, ge=0, le=1000)

    def for_store(self, scope: Scope, *, may_list: bool = False) -> CaseFilter:
        """The store's filter, inside what the person may see."""
        return CaseFilter(self.state, self.area or None, self.township, scope, may_list)


CasesHere = Annotated[CaseQuery, Query()]


def list_page(
    request: Request,
    desk: DeskHere,
    viewer: Viewer,
    book: str,
    query: CasesHere,
) -> Response:
    """How many cases stand where, and the cases of the filter."""
    cases = list_cases(desk.store, book, query.for_store(viewer.scope), _PAGE + 1, query.at)
    counts = count_cases(desk.store, book, CaseFilter(scope=viewer.scope))
    places = sorted({(area, township) for area, township, _state in counts})
    table = {place: {state: counts.get((*place, state), 0) for state in CaseState} for place in places}
    return page(
        request,
        "cases.html",
        title=_("Verification"),
        cases=cases[:_PAGE],
        next_at=query.at + _PAGE if len(cases) > _PAGE else None,
        query=query,
        table=table,
        totals={state: sum(row[state] for row in table.values()) for state in CaseState},
        opened=query.opened,
        states=_state_words(),
        classes={name.value: word for name, word in class_words().items() if name in _TO_FIND_OUT},
        areas=areas_within(book, viewer.scope),
        area_name=area_name,
    )


def open_cases(
    desk: DeskHere,
    viewer: Viewer,
    book: str,
    what: Annotated[str, Form(max_length=20)],
    area: Annotated[str, Form(max_length=6)] = "",
    township: Annotated[str, Form(max_length=50)] = "",
) -> Response:
    """Take up members of a class, or what was answered with unsure (`what` = unsure)."""
    who = viewer.username
    if what == "unsure":
        n_opened = open_unsure(desk.store, book, who, scope=viewer.scope)
    elif what in list(_TO_FIND_OUT):
        wanted = PrimaryClass(what)
        n_opened = open_by_class(
            desk.store, book, wanted, who, area=area or None, township=township or None, scope=viewer.scope
        )
    else:
        raise ConfigError(_("Please say which members to take up."))
    return RedirectResponse(f"/{book}/verification?opened={n_opened}", 303)


def open_one(desk: DeskHere, viewer: Viewer, book: str, item_id: str) -> Response:
    """Take up the record of one question, and go to its case: the new one, or the one that is there."""
    item = find_item(desk.store, book, item_id, viewer.scope)
    open_item(desk.store, book, item_id, viewer.username, scope=viewer.scope)
    case = case_of(desk.store, book, item["unique_id"], viewer.scope)
    return RedirectResponse(f"/{book}/verification" + ("" if case is None else f"/cases/{case['case_id']}"), 303)


def show(request: Request, desk: DeskHere, viewer: Viewer, book: str, case_id: str) -> Response:
    """One case, its steps, and the form for the next one."""
    return _case(request, desk, book, case_id)


def take_step(
    request: Request,
    desk: DeskHere,
    viewer: Viewer,
    book: str,
    case_id: str,
    state: Annotated[CaseState, Form()],
    seen: Annotated[int, Form(ge=0, le=10**6)],
    done_on: Annotated[str, Form(max_length=20)] = "",
    channel: Annotated[str, Form(max_length=20)] = "",
    contacted_by: Annotated[str, Form(max_length=100)] = "",
    outcome: Annotated[str, Form(max_length=20)] = "",
    note: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Record a step; what is wrong with it is said on the page."""
    try:
        attempt = Attempt(channel, contacted_by, read_day(done_on), outcome) if channel or done_on else None
        step = Step(state, attempt, note)
        record_step(desk.store, book, case_id, step, viewer.username, scope=viewer.scope, seen_steps=seen)
    except ConfigError as error:
        return _case(request, desk, book, case_id, status=422, problem=str(error))
    return RedirectResponse(f"/{book}/verification/cases/{case_id}", 303)


def _case(
    request: Request, desk: Desk, book: str, case_id: str, *, status: int = 200, problem: str | None = None
) -> Response:
    viewer = user_of(request)
    case = get_case(desk_of(request).store, book, case_id, viewer.scope)
    state = CaseState(case["state"])
    return page(
        request,
        "case.html",
        status=status,
        title=_("Case"),
        problem=problem,
        case=case,
        steps=steps_of(desk.store, book, [case_id])[case_id],
        place=" ".join(filter(None, (area_name(case["area"]), case["township"]))),
        states=_state_words(),
        moves=CASE_TRANSITIONS[state],
        needs_attempt=state in _IN_CONTACT,
        needs_note=state in ENDS,
        channels={code: in_words(CHANNEL_WORDS)[code] for code in CHANNELS},
        outcomes={code: in_words(OUTCOME_WORDS)[code] for code in OUTCOMES},
        fields={name: word() for name, word in FIELD_WORDS.items()},
    )


def _state_words() -> dict[CaseState, str]:
    return {state: tr(*words) for state, words in STATE_WORDS.items()}
