"""Cases and their steps: allowed moves only, a person's name on each, nothing confirmed from papers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from data.errors import ConfigError, InvalidTransition
from data.model import PrimaryClass
from data.store import audit
from data.store.cases import open_by_class, open_item, open_unsure
from data.store.contacts import CONTACT_COLUMNS, contact_log
from data.store.publish import publish
from data.store.queue import decide, item_for_change
from data.store.scope import OutOfScope, Scope
from data.store.session import Store
from data.store.tables_verification import STEPS
from data.store.transitions import CaseState
from data.store.verification import (
    Attempt,
    CaseFilter,
    Step,
    count_cases,
    get_case,
    list_cases,
    record_step,
    steps_of,
)
from tests.data.store.builders import AREA, NOW, candidate, handed, item, run

CALL = Attempt("phone", "陈录", date(2016, 6, 16), "not_reached")
VISIT = Attempt("visit", "陈录", date(2016, 6, 17), "reached")


def ask(store: Store) -> None:
    """Two members out of contact, one hidden; a question of each class, and one about a match."""
    classes = {"P1": "lost", "P2": "hidden"}
    kinds = {"kind": "classification", "candidates": "[]"}
    asked = (
        item("q1", **kinds),
        item("q2", **kinds, unique_id="c", person_id="P2", township="文城镇"),
        item("q3", candidate("x"), unique_id="b"),
    )
    publish(store, run(), handed(classes=classes, asked=asked), NOW)


def case_at(store: Store, *states: CaseState) -> str:
    """The case of a lost member, brought through states."""
    ask(store)
    assert open_by_class(store, AREA, PrimaryClass.LOST, "王", now=NOW) == 1
    (case,) = list_cases(store, AREA, CaseFilter())
    for state in states:
        attempt = CALL if case["state"] in ("phone", "visit") else None
        case = record_step(store, AREA, case["case_id"], Step(state, attempt, "理由"), "王", now=NOW)
    return str(case["case_id"])


def test_from_lead_to_confirmed(store: Store) -> None:
    case_id = case_at(store, CaseState.CHECK, CaseState.PHONE)
    record_step(store, AREA, case_id, Step(CaseState.VISIT, CALL), "王", now=NOW)
    done = record_step(store, AREA, case_id, Step(CaseState.CONFIRMED, VISIT, "本人在家"), "李", now=NOW)
    assert (done["state"], done["n_steps"]) == (CaseState.CONFIRMED, 4)
    steps = steps_of(store, AREA, [case_id])[case_id]
    assert [(step["state_before"], step["state_after"]) for step in steps] == [
        ("lead", "check"), ("check", "phone"), ("phone", "visit"), ("visit", "confirmed"),
    ]  # fmt: skip
    assert (steps[2]["channel"], steps[2]["contacted_by"], steps[2]["done_on"]) == ("phone", "陈录", CALL.done_on)
    assert audit.verify_chain(store).is_intact


@pytest.mark.parametrize(
    ("states", "step", "by", "error"),
    [
        ((), Step(CaseState.CONFIRMED, None, "r"), "王", InvalidTransition),
        ((CaseState.CHECK,), Step(CaseState.CONFIRMED, None, "r"), "王", InvalidTransition),
        ((), Step(CaseState.CHECK), "longlou", ConfigError),
        ((), Step(CaseState.CHECK), " ", ConfigError),
        ((), Step(CaseState.CHECK, CALL), "王", ConfigError),
        ((), Step(CaseState.RULED_OUT), "王", ConfigError),
        ((CaseState.CHECK, CaseState.PHONE), Step(CaseState.VISIT), "王", ConfigError),
        ((CaseState.CHECK, CaseState.PHONE), Step(CaseState.CONFIRMED, CALL), "王", ConfigError),
        (
            (CaseState.CHECK, CaseState.PHONE),
            Step(CaseState.PHONE, Attempt("letter", "陈", CALL.done_on, "reached")),
            "王",
            ConfigError,
        ),
        (
            (CaseState.CHECK, CaseState.PHONE),
            Step(CaseState.PHONE, Attempt("phone", " ", CALL.done_on, "reached")),
            "王",
            ConfigError,
        ),
        (
            (CaseState.CHECK, CaseState.PHONE),
            Step(CaseState.PHONE, Attempt("phone", "陈", NOW.date() + timedelta(days=2), "reached")),
            "王",
            ConfigError,
        ),
    ],
)
def test_a_refused_step_changes_nothing(
    store: Store, states: tuple[CaseState, ...], step: Step, by: str, error: type[Exception]
) -> None:
    case_id = case_at(store, *states)
    before = get_case(store, AREA, case_id), steps_of(store, AREA, [case_id]), audit.verify_chain(store)
    with pytest.raises(error):
        record_step(store, AREA, case_id, step, by, now=NOW)
    assert (get_case(store, AREA, case_id), steps_of(store, AREA, [case_id]), audit.verify_chain(store)) == before


def test_who_saw_an_older_state_is_told(store: Store) -> None:
    case_id = case_at(store, CaseState.CHECK)
    with pytest.raises(InvalidTransition):
        record_step(store, AREA, case_id, Step(CaseState.PHONE), "王", seen_steps=0, now=NOW)
    record_step(store, AREA, case_id, Step(CaseState.PHONE), "王", seen_steps=1, now=NOW)


def test_steps_only_grow(store: Store) -> None:
    case_at(store, CaseState.CHECK)
    with pytest.raises(DatabaseError), store.write() as connection:
        connection.execute(STEPS.update().values(note="anders"))
    with pytest.raises(DatabaseError), store.write() as connection:
        connection.execute(STEPS.delete())
    with store.read() as connection:
        assert connection.execute(select(STEPS.c.note)).scalars().all() == ["理由"]


def test_a_question_is_taken_up_once(store: Store) -> None:
    case_id = case_at(store, CaseState.RULED_OUT)
    assert open_by_class(store, AREA, PrimaryClass.LOST, "王", now=NOW) == 0
    assert open_item(store, AREA, "q1", "王", now=NOW) == 0
    assert open_item(store, AREA, "q3", "王", now=NOW) == 1
    assert len(list_cases(store, AREA, CaseFilter())) == 2
    record_step(store, AREA, case_id, Step(CaseState.CHECK, None, "又有线索"), "王", now=NOW)
    with pytest.raises(ConfigError):
        open_item(store, AREA, "nothing", "王", now=NOW)


def test_what_was_answered_with_unsure_is_taken_up(store: Store) -> None:
    ask(store)
    assert open_unsure(store, AREA, "王", now=NOW) == 0
    with audit.changing(store) as connection:
        decide(connection, item_for_change(connection, AREA, "q3"), "unsure", "王", "需电话核实", NOW)
    assert open_unsure(store, AREA, "王", now=NOW) == 1
    assert open_unsure(store, AREA, "王", now=NOW) == 0


def test_hidden_members_are_on_no_list(store: Store) -> None:
    ask(store)
    for name in (PrimaryClass.LOST, PrimaryClass.HIDDEN):
        open_by_class(store, AREA, name, "王", now=NOW)
    assert [case["unique_id"] for case in list_cases(store, AREA, CaseFilter(may_list=True))] == ["a"]
    assert count_cases(store, AREA, CaseFilter()) == {
        (AREA, "文城镇", CaseState.LEAD): 1, (AREA, "龙楼镇", CaseState.LEAD): 1,
    }  # fmt: skip
    assert [case["unique_id"] for case in list_cases(store, AREA, CaseFilter(township="文城镇"))] == ["c"]


def test_another_area_s_case_is_not_there(store: Store) -> None:
    case_id = case_at(store)
    other = Scope.of(["469021"])
    assert list_cases(store, AREA, CaseFilter(scope=other)) == []
    assert open_by_class(store, AREA, PrimaryClass.HIDDEN, "王", scope=other, now=NOW) == 0
    with pytest.raises(OutOfScope):
        get_case(store, AREA, case_id, other)
    with pytest.raises(OutOfScope):
        record_step(store, AREA, case_id, Step(CaseState.CHECK), "王", scope=other, now=NOW)


def test_attempts_become_rows_of_the_contact_log(store: Store) -> None:
    case_at(store, CaseState.CHECK, CaseState.PHONE, CaseState.VISIT)
    own, around, elsewhere = (contact_log(store, area) for area in (AREA, "46", "469021"))
    assert list(own.columns) == CONTACT_COLUMNS
    assert own.to_dict("records") == [
        {"unique_id": "a", "person_id": "P1", "tried_on": "2016-06-16", "channel": "phone",
         "outcome": "not_reached", "contacted_by": "陈录"}
    ]  # fmt: skip
    assert around["unique_id"].tolist() == ["a"]
    assert around["person_id"].tolist() == [None]
    assert elsewhere.empty
