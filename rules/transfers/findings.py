"""TR1-TR7: what is wrong with a letter of introduction. The subject is the letter by its unique_id (domain rules §1.7).

A register that contradicts itself proves nothing about the member: each finding names the step and asks to look.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.model import EvidenceGrade
from data.words import tr
from rules.case import Case
from rules.clocks import NO_DAY, day_texts, first_days, last_days, plus_months
from rules.firings import Texts, document_evidence, fill, firings, joined
from rules.letters import waiting_letters
from rules.names import parse_org
from rules.transfers.histories import histories
from rules.transfers.states import ARRIVED, LetterEvent, LetterState, letter_event_words, state_words

Mask = npt.NDArray[np.bool_]


def find_steps(case: Case) -> pd.DataFrame:
    """TR1: the first step of a letter that the table of transitions does not have, or whose date comes too early."""
    letters, steps = case.once(histories)
    wrong = steps[~steps["is_allowed"].to_numpy(dtype=bool) | steps["is_reversed"].to_numpy(dtype=bool)]
    wrong = wrong.drop_duplicates("letter")
    keys = list(zip(wrong["before"], wrong["event"], wrong["is_reversed"] & wrong["is_allowed"], strict=True))
    said = {key: _step_words(*key) for key in set(keys)}
    message = np.array([said[key] for key in keys], dtype=object)
    return _fired(letters.iloc[wrong["letter"]], message, EvidenceGrade.B)


def _step_words(before: str, event: str, is_early: bool) -> str:
    if is_early:
        return tr(
            f"须核实：“{letter_event_words(event)}”的日期早于前一步（{state_words(before)}）",
            f"to be checked: {letter_event_words(event)} dated before the step it follows ({state_words(before)})",
        )
    return tr(
        f"须核实：介绍信{state_words(before)}，不能再“{letter_event_words(event)}”",
        f"to be checked: no {letter_event_words(event)} can follow, the letter is {state_words(before)}",
    )


def find_receipt_overdue(case: Case) -> pd.DataFrame:
    """TR2: received, and the receipt came later than the limit or has not come; electronic transfers need none.

    A register in which no letter has a receipt does not record receipts: it lacks data.
    """
    letters = case.once(histories).letters
    receipt = _earlier(first_days(letters["receipt_on"]), first_days(letters["filed_on"]))
    limit = plus_months(_received(case, letters), case.params.transfer.receipt_months.value)
    is_due = letters["state"].isin(ARRIVED).to_numpy() & (letters["mode"] != "electronic").to_numpy()
    came = np.where((receipt == NO_DAY) | (receipt > case.today), case.today, receipt)
    late = is_due & (limit != NO_DAY) & (came > limit) & bool((receipt != NO_DAY).any())
    found = letters[late]
    message = fill(
        tr("回执逾期：最迟应于 {} 寄回转出方", "receipt overdue: it was due at the sender by {}"),
        day_texts(limit[late]),
    )
    return _fired(found, message, EvidenceGrade.C)


def find_validity(case: Case) -> pd.DataFrame:
    """TR3: a stated validity that no letter may have."""
    letters = case.once(histories).letters
    days = pd.to_numeric(letters["valid_days"], errors="coerce")
    longest = case.params.transfer.max_valid_days.value
    found = letters[((days < 1) | (days > longest)).to_numpy()]
    message = tr(f"有效期应在 1 至 {longest} 天之间", f"the validity should be 1 to {longest} days")
    return _fired(found, message, EvidenceGrade.C)


def find_same_organisation(case: Case) -> pd.DataFrame:
    """TR4: a letter from an organisation to itself."""
    letters = case.once(histories).letters
    pairs = pd.MultiIndex.from_frame(letters[["from_org", "to_org"]])
    known = letters[["from_org", "to_org"]].notna().all(axis=1).to_numpy()
    same = {pair for pair in pairs[known].unique() if parse_org(pair[0]) == parse_org(pair[1])}
    is_same = np.array([pair in same for pair in pairs], dtype=bool)
    message = tr("转出、转入是同一党组织", "the letter leads back to the organisation that issued it")
    return _fired(letters[known & is_same], message, EvidenceGrade.B)


def find_several_open(case: Case) -> pd.DataFrame:
    """TR5: an earlier letter of a member still waits although a later one was issued; one entered twice is one."""
    waiting = waiting_letters(case.facts.transfers, case.as_of, case.params.pocket.default_valid_days.value)
    waiting = waiting.assign(_letter=waiting["letter_no"].where(waiting["letter_no"].notna(), waiting["unique_id"]))
    waiting = waiting.drop_duplicates(["person_id", "_letter", "from_org"], keep="last")
    found = waiting[waiting.duplicated("person_id", keep="last").to_numpy()]
    message = tr(
        "同一党员另有后开的介绍信未接收：请收回或作废其中一份",
        "a later letter of the same member waits too: withdraw one of them",
    )
    return _fired(found, message, EvidenceGrade.B)


def find_rejected_without_reason(case: Case) -> pd.DataFrame:
    """TR6: sent back, and no reason is written: 不得无故拒转拒接."""
    letters, steps = case.once(histories)
    sent_back = steps.loc[(steps["event"] == LetterEvent.REJECTED) & steps["is_allowed"], "letter"].unique()
    found = letters.iloc[np.sort(sent_back)]
    found = found[(found["reject_reason"].isna() & found["rejected_on"].notna()).to_numpy()]
    message = tr("介绍信被退回而没有写明原因", "the letter was sent back without a reason")
    return _fired(found, message, EvidenceGrade.C)


def find_late_reception(case: Case) -> pd.DataFrame:
    """TR7: received after the validity had run out: a certificate and the member's application belong to it."""
    letters, steps = case.once(histories)
    late = steps[(steps["event"] == LetterEvent.RECEIVED) & (steps["before"] == LetterState.EXPIRED)]
    found = letters.iloc[late["letter"]]
    until = day_texts(found["last_valid_day"].to_numpy(dtype=np.int64))
    message = fill(
        tr(
            "介绍信有效期至 {}，过期后才接收：请补存支部证明和本人申请",
            "valid until {} and received later: keep the branch's certificate and the member's application with it",
        ),
        until,
    )
    return _fired(found, message, EvidenceGrade.C)


def _received(case: Case, letters: pd.DataFrame) -> npt.NDArray[np.int64]:
    received = last_days(letters["received_on"])
    return np.where(first_days(letters["received_on"]) <= case.today, received, NO_DAY)


def _earlier(left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return np.where((left == NO_DAY) | (right == NO_DAY), np.maximum(left, right), np.minimum(left, right))


def _fired(letters: pd.DataFrame, message: Texts, grade: EvidenceGrade) -> pd.DataFrame:
    letters = letters.sort_values("unique_id", kind="stable") if isinstance(message, str) else letters
    whats = [message] * len(letters) if isinstance(message, str) else message
    evidence = joined(document_evidence(letters["letter_no"], whats))
    return firings(letters.reset_index(drop=True), message=message, grade=grade, evidence=evidence)
