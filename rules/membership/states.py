"""Which way does a membership go? Its states and the decisions between them (domain rules §1.8, §1.2).

A transfer changes the organisation, never the state. Who was removed is not restored, but may be admitted again.
"""

from __future__ import annotations

from enum import StrEnum

from data.model import StatusEvent
from data.words import tr
from rules.machine import Machine, Transition


class MemberState(StrEnum):
    """Where a membership stands. UNSTATED: the records begin later than the membership, so that any step may come."""

    UNSTATED = "unstated"
    APPLICANT = "applicant"
    ACTIVIST = "activist"
    DEVELOPMENT_TARGET = "development_target"
    NEVER_ADMITTED = "never_admitted"
    PROBATIONARY = "probationary"
    EXTENDED = "extended"
    FORMAL = "formal"
    SUSPENDED = "suspended"
    RESTORED = "restored"
    CANCELLED = "cancelled"
    REMOVED = "removed"
    EXPELLED = "expelled"
    DECEASED = "deceased"


#: Not yet, or never, a member: must not be counted.
NOT_MEMBERS = (
    MemberState.APPLICANT,
    MemberState.ACTIVIST,
    MemberState.DEVELOPMENT_TARGET,
    MemberState.NEVER_ADMITTED,
)
#: No longer a member.
LEFT = (MemberState.CANCELLED, MemberState.REMOVED, MemberState.EXPELLED, MemberState.DECEASED)

_CHARTER = "《中国共产党章程》第七条"
_RULE = "《中国共产党党员教育管理工作条例》第24条"
_LEAVE = "《中国共产党党员教育管理工作条例》第24、30、31条；纪律处分条例"
_HANDLING = "2016年失联党员处置口径：预备党员取消资格，不停止党籍"
_BASIS = "党内统计口径：转出、死亡、出党分别登记"
_OWN = "本项目口径"

_S, _E = MemberState, StatusEvent
_FULL = (_S.FORMAL, _S.RESTORED)
_ON_PROBATION = (_S.PROBATIONARY, _S.EXTENDED)
_MEMBERS = (*_ON_PROBATION, *_FULL)
_OUT = (_S.CANCELLED, _S.REMOVED, _S.EXPELLED)
_BEFORE = (_S.APPLICANT, _S.ACTIVIST, _S.DEVELOPMENT_TARGET)

#: Where each step leads when nothing is known of what came before.
_FIRST_STEPS = {
    _E.ADMITTED: _S.PROBATIONARY,
    _E.CONVERTED: _S.FORMAL,
    _E.PROBATION_EXTENDED: _S.EXTENDED,
    _E.READMITTED: _S.PROBATIONARY,
    _E.IRREGULAR_ADMISSION: _S.NEVER_ADMITTED,
    _E.DECEASED: _S.DECEASED,
    _E.EXPELLED: _S.EXPELLED,
    _E.REMOVED: _S.REMOVED,
    _E.PROBATION_CANCELLED: _S.CANCELLED,
    _E.SUSPENDED: _S.SUSPENDED,
    _E.RESTORED: _S.RESTORED,
    _E.TRANSFERRED_OUT: _S.UNSTATED,
    _E.NEVER_ADMITTED: _S.NEVER_ADMITTED,
}


def _from(states: tuple[MemberState, ...], event: StatusEvent, after: MemberState, citation: str) -> list[Transition]:
    return [Transition(before, event, after, citation) for before in states]


MEMBERSHIP_MACHINE = Machine(
    MemberState,
    StatusEvent,
    (
        *(Transition(_S.UNSTATED, event, after, _OWN) for event, after in _FIRST_STEPS.items()),
        *_from(_BEFORE, _E.ADMITTED, _S.PROBATIONARY, _CHARTER + "；" + _RULE),
        *_from(_BEFORE, _E.NEVER_ADMITTED, _S.NEVER_ADMITTED, _RULE),
        *_from(_BEFORE, _E.IRREGULAR_ADMISSION, _S.NEVER_ADMITTED, _RULE),
        Transition(_S.NEVER_ADMITTED, _E.ADMITTED, _S.PROBATIONARY, _CHARTER),
        *_from(_ON_PROBATION, _E.CONVERTED, _S.FORMAL, _CHARTER),
        Transition(_S.PROBATIONARY, _E.PROBATION_EXTENDED, _S.EXTENDED, _CHARTER),
        *_from(_ON_PROBATION, _E.PROBATION_CANCELLED, _S.CANCELLED, _CHARTER),
        *_from(_FULL, _E.SUSPENDED, _S.SUSPENDED, _RULE + "；" + _HANDLING),
        *_from((*_FULL, _S.SUSPENDED), _E.REMOVED, _S.REMOVED, _LEAVE),
        *_from(_FULL, _E.EXPELLED, _S.EXPELLED, _LEAVE),
        Transition(_S.SUSPENDED, _E.RESTORED, _S.RESTORED, _RULE),
        *_from(_OUT, _E.ADMITTED, _S.PROBATIONARY, _RULE + "：重新入党"),
        *_from(_OUT, _E.READMITTED, _S.PROBATIONARY, _RULE + "：重新入党"),
        *_from(_MEMBERS, _E.NEVER_ADMITTED, _S.NEVER_ADMITTED, _RULE),
        *_from((*_MEMBERS, _S.SUSPENDED), _E.IRREGULAR_ADMISSION, _S.NEVER_ADMITTED, _RULE),
        *(Transition(state, _E.TRANSFERRED_OUT, state, _BASIS) for state in _MEMBERS),
        *_from((*_BEFORE, _S.NEVER_ADMITTED, *_MEMBERS, _S.SUSPENDED, *_OUT), _E.DECEASED, _S.DECEASED, _BASIS),
    ),
)

_STATE_WORDS = {
    MemberState.UNSTATED: ("状态不明", "not stated"),
    MemberState.APPLICANT: ("入党申请人", "applicant"),
    MemberState.ACTIVIST: ("入党积极分子", "activist"),
    MemberState.DEVELOPMENT_TARGET: ("发展对象", "development target"),
    MemberState.NEVER_ADMITTED: ("非党员", "never admitted"),
    MemberState.PROBATIONARY: ("预备党员", "probationary"),
    MemberState.EXTENDED: ("延长预备期", "probation extended"),
    MemberState.FORMAL: ("正式党员", "formal"),
    MemberState.SUSPENDED: ("停止党籍", "suspended"),
    MemberState.RESTORED: ("恢复党籍", "restored"),
    MemberState.CANCELLED: ("已取消预备党员资格", "probation cancelled"),
    MemberState.REMOVED: ("已除名", "removed"),
    MemberState.EXPELLED: ("已开除", "expelled"),
    MemberState.DECEASED: ("已去世", "deceased"),
}


def member_state_words(state: str) -> str:
    """The state in the reader's language."""
    return tr(*_STATE_WORDS[MemberState(state)])
