"""The columns of the workbook for calls and visits and the words to fill in; writing and reading share them."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from data.contracts.event_feeds import CONTACT_LOG
from data.store.transitions import CaseState
from data.words import tr

#: Stands in the hidden row of codes: a workbook without it is not one of ours.
MARK = "longlou:case"
CHECKSUM = "longlou:checksum"
_N_CHECKSUM = 16


@dataclass(frozen=True)
class CallColumn:
    """A column: its code in the hidden row, its header in both languages, its width; `is_filled` by people."""

    code: str
    zh: str
    en: str
    width: int
    is_filled: bool = False

    @property
    def title(self) -> str:
        """The header in the reader's language."""
        return tr(self.zh, self.en)


COLUMNS = (
    CallColumn("number", "序号", "no.", 6),
    CallColumn("name", "姓名", "name", 10),
    CallColumn("branch", "所在党支部", "branch", 24),
    CallColumn("employer", "工作单位", "employer", 24),
    CallColumn("township", "乡镇", "township", 10),
    CallColumn("mobile", "手机（脱敏）", "mobile (masked)", 14),
    CallColumn("reason", "线索", "lead", 36),
    CallColumn("last", "上次联系", "last attempt", 24),
    CallColumn("done_on", "联系日期", "day", 12, True),
    CallColumn("channel", "联系方式", "channel", 10, True),
    CallColumn("contacted_by", "联系人", "by whom", 10, True),
    CallColumn("outcome", "结果", "outcome", 12, True),
    CallColumn("next", "下一步", "next", 10, True),
    CallColumn("note", "备注", "note", 28, True),
)

CHANNEL_WORDS: Mapping[str, tuple[str, str]] = {
    "phone": ("电话", "phone"),
    "visit": ("走访", "visit"),
    "family": ("亲属邻居", "family or neighbours"),
    "employer": ("工作单位", "employer"),
    "organization": ("党组织", "organisation"),
}
OUTCOME_WORDS: Mapping[str, tuple[str, str]] = {
    "reached": ("联系上", "reached"),
    "not_reached": ("未联系上", "not reached"),
    "refused": ("拒绝", "refused"),
    "left_work": ("已离职", "no longer works there"),
}
STATE_WORDS: Mapping[CaseState, tuple[str, str]] = {
    CaseState.LEAD: ("线索", "lead"),
    CaseState.CHECK: ("复核", "check"),
    CaseState.PHONE: ("电话", "phone"),
    CaseState.VISIT: ("走访", "visit"),
    CaseState.CONFIRMED: ("确认", "confirmed"),
    CaseState.RULED_OUT: ("排除", "ruled out"),
}
#: Where a case goes after a call or a visit.
NEXT = (CaseState.PHONE, CaseState.VISIT, CaseState.CONFIRMED, CaseState.RULED_OUT)


def in_words(words: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Code -> word in the reader's language."""
    return {str(code): tr(*both) for code, both in words.items()}


def codes_of(field: str) -> dict[str, str]:
    """What somebody may have written for a channel, an outcome or a next state -> its code; both languages, and the
    words that the feed contact_log knows."""
    words: Mapping[str, tuple[str, str]] = {"channel": CHANNEL_WORDS, "outcome": OUTCOME_WORDS}.get(field) or {
        str(state): STATE_WORDS[state] for state in NEXT
    }
    known = {label: str(code) for code, both in words.items() for label in both}
    for own in CONTACT_LOG.fields:
        if own.name == field:
            known.update({label: code for label, code in own.codes if code in words})
    return known


def checksum(key: bytes, book: str, case_id: str, n_steps: int) -> str:
    """Says that a row is ours and how far its case was when it was written; nobody makes one up."""
    text = f"call sheet|{book}|{case_id}|{n_steps}"
    return f"{n_steps}-" + hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:_N_CHECKSUM]
