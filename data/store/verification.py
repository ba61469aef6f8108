"""What do people find out about a member? Cases opened from questions, steps that named people take, nothing by itself.

A match, a rule or a model never writes a step: `record_step` asks for a person's name, and the machine's is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from data.errors import ConfigError, InvalidTransition
from data.store import audit
from data.store.clock import utc_now
from data.store.guard import masked
from data.store.people import require_reason, require_reviewer
from data.store.scope import EVERYTHING, OutOfScope, Scope
from data.store.session import Store
from data.store.tables_verification import CASES, STEPS
from data.store.transitions import CaseState, check_transition
from data.words import tr

#: Codes of the feed contact_log.
CHANNELS = ("phone", "visit", "family", "employer", "organization")
OUTCOMES = ("reached", "not_reached", "refused", "left_work")
#: Ends: nothing more to do.
ENDS = (CaseState.CONFIRMED, CaseState.RULED_OUT)
#: A move out of these tells of an attempt, and no other does.
_IN_CONTACT = (CaseState.PHONE, CaseState.VISIT)


@dataclass(frozen=True)
class Attempt:
    """Somebody tried to reach the member. channel: of CHANNELS; outcome: of OUTCOMES; contacted_by: who tried."""

    channel: str
    contacted_by: str
    done_on: date
    outcome: str


@dataclass(frozen=True)
class Step:
    """What is recorded: where the case goes, the attempt that was made (from phone and visit), a note."""

    state: CaseState
    attempt: Attempt | None = None
    note: str = ""


@dataclass(frozen=True)
class CaseFilter:
    """Which cases; null means any. area: a prefix. may_list: only those that may stand on a list (not hidden ones)."""

    state: CaseState | None = None
    area: str | None = None
    township: str | None = None
    scope: Scope = EVERYTHING
    may_list: bool = False

    def conditions(self, book: str) -> list[ColumnElement[bool]]:
        """As SQL, inside a book."""
        found: list[ColumnElement[bool]] = [CASES.c.run_area == book]
        inside = self.scope.rows(book, CASES.c.area)
        if inside is not None:
            found.append(inside)
        if self.state is not None:
            found.append(CASES.c.state == self.state)
        if self.area is not None:
            found.append(CASES.c.area.startswith(self.area, autoescape=True))
        if self.township is not None:
            found.append(func.coalesce(CASES.c.township, "") == self.township)
        if self.may_list:
            # Contacting a hidden member is a private task of the own branch, never a list (guard-rail 4).
            found.append(func.coalesce(CASES.c.primary_class, "") != "hidden")
        return found


Case = Mapping[str, Any]


def list_cases(store: Store, book: str, which: CaseFilter, limit: int = 50, offset: int = 0) -> list[Case]:
    """Cases by area, township and name of the branch, the oldest first within it."""
    order = (CASES.c.area, CASES.c.township, CASES.c.branch, CASES.c.opened_at, CASES.c.case_id)
    query = select(CASES).where(*which.conditions(book)).order_by(*order).limit(limit).offset(offset)
    with store.read() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def count_cases(store: Store, book: str, which: CaseFilter) -> dict[tuple[str, str, CaseState], int]:
    """Number of cases by area, township ('' where unknown) and state; absent means none."""
    area, township = func.coalesce(CASES.c.area, ""), func.coalesce(CASES.c.township, "")
    query = select(area, township, CASES.c.state, func.count()).where(*which.conditions(book))
    with store.read() as connection:
        rows = connection.execute(query.group_by(area, township, CASES.c.state)).all()
    return {(area, township, CaseState(state)): n for area, township, state, n in rows}


def get_case(store: Store, book: str, case_id: str, scope: Scope = EVERYTHING) -> Case:
    """One case. Raises OutOfScope when the book has none or it is not the person's."""
    query = select(CASES).where(*CaseFilter(scope=scope).conditions(book), CASES.c.case_id == case_id)
    with store.read() as connection:
        row = connection.execute(query).mappings().first()
    if row is None:
        raise OutOfScope
    return dict(row)


def steps_of(store: Store, book: str, case_ids: Sequence[str]) -> dict[str, list[Mapping[str, Any]]]:
    """The steps of each case, in order."""
    query = select(STEPS).where(STEPS.c.run_area == book, STEPS.c.case_id.in_(case_ids))
    found: dict[str, list[Mapping[str, Any]]] = {case_id: [] for case_id in case_ids}
    with store.read() as connection:
        for row in connection.execute(query.order_by(STEPS.c.case_id, STEPS.c.number)).mappings():
            found[row["case_id"]].append(dict(row))
    return found


def record_step(
    store: Store,
    book: str,
    case_id: str,
    step: Step,
    by: str,
    *,
    scope: Scope = EVERYTHING,
    seen_steps: int | None = None,
    now: datetime | None = None,
) -> Case:
    """Append a step and move the case. seen_steps: how many steps the person saw; more by now is a conflict.

    Raises OutOfScope, InvalidTransition for a move that is not allowed or a case that went on meanwhile, ConfigError
    for a missing name, reason or attempt, or a day to come.
    """
    now = now or utc_now()
    require_reviewer(by)
    with audit.changing(store) as connection:
        case = _for_change(connection, book, case_id, scope)
        state = CaseState(case["state"])
        if seen_steps is not None and seen_steps != case["n_steps"]:
            raise InvalidTransition(f"case {case_id}", f"{state} ({case['n_steps']})", step.state)
        check_transition("verification case", case_id, state, step.state)
        _check(step, state, now.date())
        number = case["n_steps"] + 1
        connection.execute(insert(STEPS).values(_step_values(case, step, number, by, now)))
        changed = {"state": step.state, "n_steps": number, "changed_at": now}
        connection.execute(update(CASES).where(_key(book, case_id)).values(changed))
        told = {"was": state, "channel": step.attempt and step.attempt.channel, "note": step.note}
        _note(connection, f"case {step.state}", by, now, f"case {book}/{case_id}", **told)
        return {**case, **changed}


def _check(step: Step, state: CaseState, today: date) -> None:
    if (step.attempt is not None) != (state in _IN_CONTACT):
        raise ConfigError(
            tr("电话、走访须写明日期、方式、联系人和结果", "a call or visit needs its day, channel, person and outcome")
            if step.attempt is None
            else tr(
                "此案件不在电话或走访阶段，不能登记联系", "the case is not at calls or visits: no attempt belongs here"
            )
        )
    if step.state in ENDS or state in ENDS:
        require_reason(step.note)
    if step.attempt is None:
        return
    if step.attempt.channel not in CHANNELS or step.attempt.outcome not in OUTCOMES:
        raise ConfigError(tr("不认识的联系方式或结果", "unknown channel or outcome"))
    if not step.attempt.contacted_by.strip():
        raise ConfigError(tr("须写明联系人", "who called or went is missing"))
    # The day of Hainan begins before that of UTC; a day too many is mended by the next step, a year is not.
    if (step.attempt.done_on - today).days > 1:
        raise ConfigError(tr("联系日期在将来", "the day of the attempt is to come"))


def _step_values(case: Case, step: Step, number: int, by: str, now: datetime) -> dict[str, Any]:
    attempt = step.attempt
    return {
        "run_area": case["run_area"],
        "case_id": case["case_id"],
        "number": number,
        "state_before": case["state"],
        "state_after": step.state,
        "channel": attempt and attempt.channel,
        "contacted_by": attempt and masked(attempt.contacted_by.strip()),
        "done_on": attempt and attempt.done_on,
        "outcome": attempt and attempt.outcome,
        "note": masked(step.note.strip()),
        "recorded_by": by,
        "recorded_at": now,
    }


def _for_change(connection: Connection, book: str, case_id: str, scope: Scope) -> Case:
    query = select(CASES).where(*CaseFilter(scope=scope).conditions(book), CASES.c.case_id == case_id)
    row = connection.execute(query.with_for_update()).mappings().first()
    if row is None:
        raise OutOfScope
    return dict(row)


def _key(book: str, case_id: str) -> ColumnElement[bool]:
    return (CASES.c.run_area == book) & (CASES.c.case_id == case_id)


def _note(connection: Connection, action: str, by: str, now: datetime, subject: str, **details: object) -> None:
    audit.append(connection, now=now, actor=by, action=action, subject=subject, details=details)
