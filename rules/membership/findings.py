"""MS1-MS4: memberships whose history or dates cannot be, or wait for a decision (domain rules §1.2, §1.8).

Each says what to look at; none changes a membership, which only a branch and its committee can.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.model import EvidenceGrade, StatusEvent
from data.words import tr
from rules.case import Case
from rules.clocks import NO_DAY, both_days, day_texts, first_days, last_days, plus_months
from rules.firings import document_evidence, fill, firings, joined, no_firings, row_evidence
from rules.membership.histories import memberships
from rules.membership.states import LEFT, MemberState, member_state_words
from rules.standing import event_words

#: Admissions of these years had no probation (constitutions of the 9th and 10th congress).
_WITHOUT_PROBATION = ("1969-04-01", "1977-08-31")


def find_steps(case: Case) -> pd.DataFrame:
    """MS1: the first decision about a person that the table of transitions does not have. The subject is the person."""
    steps = case.once(memberships).steps
    wrong = steps[~steps["is_allowed"].to_numpy(dtype=bool)].drop_duplicates("person_id")
    keys = list(zip(wrong["before"], wrong["event"], strict=True))
    said = {key: _step_words(*key) for key in set(keys)}
    message = np.array([said[key] for key in keys], dtype=object)
    evidence = joined(document_evidence(wrong["document"], _dated(wrong)))
    return firings(wrong[["person_id"]], message=message, grade=EvidenceGrade.B, evidence=evidence)


def _step_words(before: str, event: str) -> str:
    return tr(
        f"须核实：此前为“{member_state_words(before)}”，不能再“{event_words(event)}”",
        f"to be checked: {member_state_words(before)} before, “{event_words(event)}” cannot follow",
    )


def _dated(steps: pd.DataFrame) -> list[str]:
    return [f"{event_words(event)} {on}" for event, on in zip(steps["event"], steps["on"], strict=True)]


def find_conversion_gap(case: Case) -> pd.DataFrame:
    """MS2: a conversion earlier than the probation allows, or later than its longest extension; entries of rosters.

    Partial dates are read the way that is best for the person; who was admitted between April 1969 and August 1977
    had no probation.
    """
    rules = case.params.membership
    has_both = case.roster["join_on"].notna().to_numpy() & case.roster["full_on"].notna().to_numpy()
    rows = case.roster.loc[has_both, ["join_on", "full_on"]]
    (joined_first, joined_last), (full_first, full_last) = both_days(rows["join_on"]), both_days(rows["full_on"])
    since, until = first_days(pd.Series(_WITHOUT_PROBATION, dtype=object))
    is_exempt = (joined_last >= since) & (joined_first <= until)
    is_short = (full_last < plus_months(joined_first, rules.probation_months.value)) & (full_last >= joined_first)
    is_long = full_first > plus_months(joined_last, rules.extended_months.value)
    odd = ~is_exempt & (is_short | is_long)
    found = case.roster.loc[rows.index[odd]]
    message = np.where(
        is_short[odd],
        tr("转正距入党不满一年，请核对入党志愿书", "converted within the year of probation: check the application"),
        tr(
            "转正距入党超过两年，请核对是否延长预备期",
            "converted after more than two years: was the probation extended?",
        ),
    ).astype(object)
    evidence = joined(row_evidence(found, tr("该行的入党、转正日期", "dates of admission and conversion of the row")))
    return firings(found, message=message, grade=EvidenceGrade.C, evidence=evidence)


def find_stale_probation(case: Case) -> pd.DataFrame:
    """MS3: the probation ended more than a year ago, without conversion, extension or cancellation. The subject is the
    entry. A probation that was extended ends later; who left since is not meant."""
    rules = case.params.membership
    rows = case.roster[((case.roster["category"] == "probationary") & case.roster["full_on"].isna()).to_numpy()]
    rows = rows[rows["join_on"].notna().to_numpy()]
    histories = case.once(memberships)
    state = rows["person_id"].map(histories.states)
    extended = histories.steps.loc[histories.steps["event"] == StatusEvent.PROBATION_EXTENDED, "person_id"]
    months = np.where(
        rows["person_id"].isin(extended), rules.extended_months.value, rules.probation_months.value
    ).astype(np.int64)
    joined_on = last_days(rows["join_on"])
    end = np.zeros(len(rows), dtype=np.int64)
    for length in np.unique(months):
        end[months == length] = plus_months(joined_on[months == length], int(length))
    is_stale = plus_months(end, rules.stale_months.value) < case.today
    is_stale &= ~state.isin([*LEFT, MemberState.FORMAL, MemberState.NEVER_ADMITTED]).to_numpy()
    found = rows[is_stale]
    message = fill(
        tr("预备期已于 {} 届满，至今没有转正、延长或取消的决定",
           "the probation ended on {}, and nothing was decided about it"), day_texts(end[is_stale]))  # fmt: skip
    evidence = joined(row_evidence(found, tr("该行的入党日期和人员类别", "date of admission and category of the row")))
    return firings(found, message=message, grade=EvidenceGrade.C, evidence=evidence)


def find_long_suspension(case: Case) -> pd.DataFrame:
    """MS4: suspended for two years, and neither restored nor removed. The subject is the person."""
    if case.params.suspension is None:
        return no_firings()
    states, steps = case.once(memberships)
    resting = states.index[(states == MemberState.SUSPENDED).to_numpy()]
    steps = steps[(steps["event"] == StatusEvent.SUSPENDED).to_numpy() & steps["person_id"].isin(resting).to_numpy()]
    last = steps.drop_duplicates("person_id", keep="last")
    since = last_days(last["on"])
    due = plus_months(since, case.params.suspension.rest_months.value)
    is_due = (since != NO_DAY) & (due <= case.today)
    found = last[is_due]
    message = fill(
        tr("停止党籍自 {} 起已满两年：由支部和上级决定恢复或除名",
           "suspended since {}, two years ago: the branch and its superior decide to restore or to remove"),
        day_texts(since[is_due]))  # fmt: skip
    evidence = joined(document_evidence(found["document"], _dated(found)))
    return firings(found[["person_id"]], message=message, grade=EvidenceGrade.C, evidence=evidence)
