"""Which way does a letter of introduction go? Its states and the steps between them (domain rules §1.7).

A register begins with the issue; what came before (application, approval) is not on it. Only `received` changes the
organisation that holds the formal relation.
"""

from __future__ import annotations

from enum import StrEnum

from data.words import tr
from rules.machine import Machine, Transition


class LetterState(StrEnum):
    """Where a letter stands."""

    NOT_ISSUED = "not_issued"
    ISSUED = "issued"
    EXPIRED = "expired"
    LETTER_LOST = "letter_lost"
    REJECTED = "rejected"
    RECEIVED = "received"
    ASSIGNED = "assigned"
    RECEIPT_SENT = "receipt_sent"
    CLOSED = "closed"
    REISSUED = "reissued"
    REVOKED = "revoked"


class LetterEvent(StrEnum):
    """What happens to a letter, in the order of one day."""

    ISSUED = "issued"
    EXPIRED = "expired"
    LETTER_LOST = "letter_lost"
    REJECTED = "rejected"
    REVOKED = "revoked"
    RECEIVED = "received"
    ASSIGNED = "assigned"
    RECEIPT_SENT = "receipt_sent"
    RECEIPT_FILED = "receipt_filed"
    REISSUED = "reissued"


#: Letters in these states wait for a reception: the sender counts the member, and is responsible.
WAITING = (LetterState.ISSUED, LetterState.EXPIRED)
#: Letters in these states have been received: the receiver counts the member.
ARRIVED = (LetterState.RECEIVED, LetterState.ASSIGNED, LetterState.RECEIPT_SENT, LetterState.CLOSED)
#: Letters in these states bind nobody any more: the sender counts the member.
VOID = (LetterState.LETTER_LOST, LetterState.REJECTED, LetterState.REISSUED, LetterState.REVOKED)

_FORM = "组通字〔2006〕45号：介绍信三联单及说明"
_ARTICLE = "《中国共产党党员教育管理工作条例》第25条"
_LATE = "党员组织关系管理的地方说明：过期的凭支部证明和本人申请接收或补开"
_LOST = "介绍信遗失的地方规定：原号作废，立即通知接收方，补开"
_OWN = "本项目口径"

_S, _E = LetterState, LetterEvent

LETTER_MACHINE = Machine(
    LetterState,
    LetterEvent,
    (
        Transition(_S.NOT_ISSUED, _E.ISSUED, _S.ISSUED, _FORM),
        Transition(_S.ISSUED, _E.RECEIVED, _S.RECEIVED, _ARTICLE),
        Transition(_S.ISSUED, _E.EXPIRED, _S.EXPIRED, _FORM),
        Transition(_S.ISSUED, _E.LETTER_LOST, _S.LETTER_LOST, _LOST),
        Transition(_S.ISSUED, _E.REJECTED, _S.REJECTED, _ARTICLE + "：不得无故拒转拒接"),
        Transition(_S.ISSUED, _E.REVOKED, _S.REVOKED, _FORM),
        Transition(_S.EXPIRED, _E.RECEIVED, _S.RECEIVED, _LATE),
        Transition(_S.EXPIRED, _E.REISSUED, _S.REISSUED, _LATE),
        Transition(_S.EXPIRED, _E.REVOKED, _S.REVOKED, _FORM),
        # A letter past its validity may be sent back for that reason; then a new one is issued.
        Transition(_S.EXPIRED, _E.REJECTED, _S.REJECTED, _OWN),
        Transition(_S.REJECTED, _E.REISSUED, _S.REISSUED, _OWN),
        Transition(_S.REJECTED, _E.REVOKED, _S.REVOKED, _FORM),
        Transition(_S.LETTER_LOST, _E.REISSUED, _S.REISSUED, _LOST),
        Transition(_S.LETTER_LOST, _E.REVOKED, _S.REVOKED, _LOST),
        Transition(_S.REVOKED, _E.REISSUED, _S.REISSUED, _LOST),
        Transition(_S.RECEIVED, _E.ASSIGNED, _S.ASSIGNED, _FORM),
        Transition(_S.RECEIVED, _E.RECEIPT_SENT, _S.RECEIPT_SENT, _FORM),
        Transition(_S.RECEIVED, _E.RECEIPT_FILED, _S.CLOSED, _FORM),
        Transition(_S.ASSIGNED, _E.RECEIPT_SENT, _S.RECEIPT_SENT, _FORM),
        Transition(_S.ASSIGNED, _E.RECEIPT_FILED, _S.CLOSED, _FORM),
        # The committee's receipt need not wait for the branch; its day is not always on the register.
        Transition(_S.RECEIPT_SENT, _E.ASSIGNED, _S.RECEIPT_SENT, _OWN),
        Transition(_S.RECEIPT_SENT, _E.RECEIPT_FILED, _S.CLOSED, _FORM),
        Transition(_S.CLOSED, _E.ASSIGNED, _S.CLOSED, _OWN),
    ),
)

_STATE_WORDS = {
    LetterState.NOT_ISSUED: ("未开具", "not issued"),
    LetterState.ISSUED: ("已开具未接收", "issued"),
    LetterState.EXPIRED: ("过期未接收", "expired"),
    LetterState.LETTER_LOST: ("已遗失", "lost"),
    LetterState.REJECTED: ("已退回", "rejected"),
    LetterState.RECEIVED: ("已接收", "received"),
    LetterState.ASSIGNED: ("已编入支部", "assigned to a branch"),
    LetterState.RECEIPT_SENT: ("已寄回执", "receipt sent"),
    LetterState.CLOSED: ("回执已归档", "closed"),
    LetterState.REISSUED: ("已补开", "reissued"),
    LetterState.REVOKED: ("已作废", "revoked"),
}
_EVENT_WORDS = {
    LetterEvent.ISSUED: ("开具", "issue"),
    LetterEvent.LETTER_LOST: ("遗失", "loss"),
    LetterEvent.REJECTED: ("退回", "rejection"),
    LetterEvent.REVOKED: ("作废", "revocation"),
    LetterEvent.RECEIVED: ("接收", "reception"),
    LetterEvent.ASSIGNED: ("编入支部", "assignment to a branch"),
    LetterEvent.RECEIPT_SENT: ("寄回执", "receipt"),
    LetterEvent.RECEIPT_FILED: ("回执归档", "filing of the receipt"),
    LetterEvent.EXPIRED: ("过期", "expiry"),
    LetterEvent.REISSUED: ("补开", "reissue"),
}


def state_words(state: str) -> str:
    """The state in the reader's language."""
    return tr(*_STATE_WORDS[LetterState(state)])


def letter_event_words(event: str) -> str:
    """The event in the reader's language."""
    return tr(*_EVENT_WORDS[LetterEvent(event)])
