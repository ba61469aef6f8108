"""Who has left the membership, and what shows it? Marks: one status stated about one entry, with its evidence.

Sources, strongest first: decisions and documents (status events), the roster row itself, a remark on a claim.
Nothing is final here: each mark is a proposal until a reviewer decides (guard-rail 3).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.model import EvidenceGrade, FeedKind, IdStatus, StatusEvent
from data.values.columns import map_unique, none_for_null
from data.values.identifiers import id_status, to_id18
from data.words import tr
from rules.case import Case, none_unless
from rules.clocks import NO_DAY, Days, first_days, last_days, latest_at, latest_per_person
from rules.firings import document_evidence, row_evidence
from rules.life import attended, attendees
from rules.names import name_key, near_name_pairs, near_pairs
from rules.organisations import are_same_or_above
from rules.remarks import status_of_remark

#: What a later restoration takes back. Death and a transfer are not taken back by it.
RESTORABLE = (
    StatusEvent.EXPELLED,
    StatusEvent.REMOVED,
    StatusEvent.PROBATION_CANCELLED,
    StatusEvent.SUSPENDED,
    StatusEvent.NEVER_ADMITTED,
    StatusEvent.IRREGULAR_ADMISSION,
)

_WORDS = {
    StatusEvent.DECEASED: ("去世", "deceased"),
    StatusEvent.EXPELLED: ("开除党籍", "expelled"),
    StatusEvent.REMOVED: ("除名", "removed"),
    StatusEvent.PROBATION_CANCELLED: ("取消预备党员资格", "probation cancelled"),
    StatusEvent.SUSPENDED: ("停止党籍", "suspended"),
    StatusEvent.RESTORED: ("恢复党籍", "restored"),
    StatusEvent.TRANSFERRED_OUT: ("转出", "transferred out"),
    StatusEvent.NEVER_ADMITTED: ("核实非党员", "never admitted"),
    StatusEvent.IRREGULAR_ADMISSION: ("违规入党，不予承认", "irregular admission"),
    StatusEvent.ADMITTED: ("接收为预备党员", "admitted"),
    StatusEvent.CONVERTED: ("转正", "converted"),
    StatusEvent.PROBATION_EXTENDED: ("延长预备期", "probation extended"),
    StatusEvent.READMITTED: ("重新入党", "admitted again"),
}
#: Steps into or within the membership: no marks; of the history of a membership they are steps (rules/membership).
_WITHIN = (StatusEvent.CONVERTED, StatusEvent.PROBATION_EXTENDED)
#: Read as a restoration: who was admitted again is a member, whatever ended the membership before.
_AGAIN = (StatusEvent.ADMITTED, StatusEvent.READMITTED)

MARK_COLUMNS = ("unique_id", "person_id", "event", "day", "grade", "branch", "origin", "evidence")


def event_words(event: str) -> str:
    """The status in the reader's language."""
    return tr(*_WORDS[StatusEvent(event)])


def marks(case: Case) -> pd.DataFrame:
    """One row an entry and status in effect on `as_of`; case.once(marks).

    Columns MARK_COLUMNS: event (StatusEvent), day (ordinal it counts from, 0 unknown), grade, branch (the one the
    event names), origin (`event`, `roster`, `claim`), evidence (a JSON object). Transfers out of a roster row stay
    with that row; every other status is the person's and marks all entries of the person.
    """
    stated = pd.concat([_from_events(case), _from_rows(case)], ignore_index=True)
    stated = stated[~_is_taken_back(stated)]
    stated = stated[stated["event"] != StatusEvent.RESTORED]
    return _without_contradicted(case, stated).reset_index(drop=True)


def events_in_force(case: Case) -> pd.DataFrame:
    """Status events by `as_of` that agree with the entries of their person, with the `grade` of that agreement;
    case.once(events_in_force)."""
    events = case.facts.status_events
    events = events[events["person_id"].notna() & events["event"].notna()]
    events = events[first_days(events["decided_on"]) <= case.today]
    events = events.assign(grade=_agreement(case, events))
    return events[events["grade"].notna()].reset_index(drop=True)


def _from_events(case: Case) -> pd.DataFrame:
    """Status events in effect, spread over all entries of the person they agree with."""
    events = case.once(events_in_force)
    is_again = events["event"].isin(_AGAIN) & events["decided_on"].notna()
    events = events.assign(event=events["event"].mask(is_again, StatusEvent.RESTORED.value))
    events = events[~events["event"].isin([*_WITHIN, *_AGAIN])]
    events = events.assign(
        day=last_days(events["decided_on"]), evidence=document_evidence(events["document"], _event_whats(events))
    )
    entries = case.entries
    is_meant = case.are_of(entries, case.persons_of(events["person_id"]))
    entries = entries.loc[is_meant, ["unique_id", "person_id"]]
    spread = events.drop(columns="unique_id").merge(entries, on="person_id")
    return spread.assign(origin="event")[list(MARK_COLUMNS)]


def _event_whats(events: pd.DataFrame) -> list[str]:
    dates = events["decided_on"].fillna(tr("日期不详", "date unknown"))
    return [f"{event_words(event)} {on}" for event, on in zip(events["event"], dates, strict=True)]


def _agreement(case: Case, events: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Grade of each event against the entries of its person: A when name and number agree (up to a slip), or name and
    branch where a usable number is missing; B when only the name does; None when the numbers contradict."""
    number = map_unique(events["id_no"], to_id18)
    status = map_unique(events["id_no"], lambda text: str(id_status(text, case.as_of)))
    left = events.assign(
        _row=np.arange(len(events)), _key=name_key(events["name"]),
        _id=none_unless(number, status == IdStatus.VALID), _raw=number,
    )  # fmt: skip
    columns = ["person_id", "name_key", "id18", "id_status", "branch"]
    known = case.entries.loc[case.are_of(case.entries, case.persons_of(left["person_id"])), columns]
    pairs = left.merge(known, on="person_id", suffixes=("", "_entry"))
    usable = none_unless(pairs["id18"], pairs["id_status"] == IdStatus.VALID)
    same_id = near_pairs(pairs["_raw"], pairs["id18"])
    contradicts = np.asarray(pairs["_id"].notna() & usable.notna(), dtype=bool) & ~same_id
    same_name = near_name_pairs(pairs["_key"], pairs["name_key"]) | (pairs["_key"].isna().to_numpy() & same_id)
    same_branch = (pairs["branch"] == pairs["branch_entry"]).to_numpy() & pairs["branch"].notna().to_numpy()
    strength = np.select([same_name & same_id, same_name & same_branch & ~contradicts, ~contradicts], [3, 2, 1], 0)
    best = np.zeros(len(events), dtype=np.int64)
    np.maximum.at(best, pairs["_row"].to_numpy(), strength)
    against = np.zeros(len(events), dtype=bool)
    np.logical_or.at(against, pairs["_row"].to_numpy(), contradicts)
    # One entry of the person with another valid number outweighs agreement by name alone.
    best = np.where(against & (best < 3), 0, best)
    return np.array([None, EvidenceGrade.B.value, EvidenceGrade.A.value, EvidenceGrade.A.value], dtype=object)[best]


def _from_rows(case: Case) -> pd.DataFrame:
    """Statuses that the entries state of themselves: party status, or the remark, which is later and more specific."""
    entries = case.entries
    read = {text: status_of_remark(text, case.as_of) for text in entries["remark"].dropna().unique()}
    understood = {text: status for text, status in read.items() if status is not None}
    receiver = map_unique(entries["remark"], lambda text: understood[text].to if text in understood else None)
    # 转至红海村党支部 on the roster of that very branch tells of an arrival.
    has_arrived = are_same_or_above(case, receiver, entries[["branch", "township", "area"]])
    remarks = entries["remark"].mask(has_arrived)
    remarked = remarks.map({text: status.event.value for text, status in understood.items()})
    stated_on = map_unique(remarks, lambda text: understood[text].on if text in understood else None)
    event = none_for_null(remarked.where(remarked.notna(), entries["party_status"]))
    is_stated = event.isin([item.value for item in StatusEvent]).to_numpy()
    rows = entries[is_stated].assign(event=event[is_stated], day=last_days(stated_on[is_stated]))
    rows = rows.assign(evidence=_row_objects(rows))
    on_roster = rows[rows["kind"] == FeedKind.MEMBER_ROSTER]
    is_transfer = on_roster["event"] == StatusEvent.TRANSFERRED_OUT
    personal = on_roster[~is_transfer]
    nobody = personal[personal["person_id"].isna()]
    personal = personal.dropna(subset=["person_id"]).drop(columns="unique_id")
    theirs = entries.loc[case.are_of(entries, personal["person"].to_numpy()), ["unique_id", "person_id"]]
    personal = personal.merge(theirs, on="person_id")
    claimed = rows[rows["kind"] == FeedKind.CLAIMS]
    return pd.concat(
        [
            personal.assign(grade=EvidenceGrade.A.value, origin="roster"),
            nobody.assign(grade=EvidenceGrade.A.value, origin="roster"),
            on_roster[is_transfer].assign(grade=EvidenceGrade.A.value, origin="roster"),
            # The field unit that wrote the list is not the organisation: its remark needs a second ground.
            claimed.assign(grade=EvidenceGrade.B.value, origin="claim"),
        ]
    )[list(MARK_COLUMNS)]


def _row_objects(rows: pd.DataFrame) -> list[str]:
    objects: dict[object, str] = {}
    for event, group in rows.groupby("event", sort=True):
        what = tr(f"该行注明：{event_words(str(event))}", f"the row says: {event_words(str(event))}")
        objects.update(zip(group.index, row_evidence(group, what), strict=True))
    return [objects[row] for row in rows.index]


def _is_taken_back(stated: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Statuses that a later restoration ends; where a date is missing, in doubt for the member."""
    restored = stated[stated["event"] == StatusEvent.RESTORED]
    undated = restored[restored["day"] == NO_DAY]["unique_id"]
    last = stated["unique_id"].map(restored.groupby("unique_id")["day"].max()).fillna(NO_DAY).astype("int64")
    later = stated["unique_id"].isin(restored["unique_id"]) & (
        stated["unique_id"].isin(undated) | (stated["day"] == NO_DAY) | (last >= stated["day"])
    )
    return np.asarray(later & stated["event"].isin(RESTORABLE), dtype=bool)


def _without_contradicted(case: Case, stated: pd.DataFrame) -> pd.DataFrame:
    """Deaths weakened to B where the person was seen later; removals dropped where admitted again later."""
    persons = pd.Index(stated["person_id"].dropna().unique())
    position = persons.get_indexer(pd.Index(stated["person_id"]))
    # A mark without a person has position -1: the last place, which holds no day.
    seen, admitted = (
        np.append(days, NO_DAY)[position] for days in (_last_seen(case, persons), _last_joined(case, persons))
    )
    dated = (stated["day"] != NO_DAY).to_numpy()
    is_alive = (stated["event"] == StatusEvent.DECEASED).to_numpy() & dated & (seen > stated["day"].to_numpy())
    again = stated["event"].isin(RESTORABLE).to_numpy() & dated & (admitted > stated["day"].to_numpy())
    weakened = stated.assign(grade=np.where(is_alive, EvidenceGrade.B.value, stated["grade"]))
    return weakened[~again]


def _last_seen(case: Case, persons: pd.Index) -> Days:
    events = case.once(attended)
    position = persons.get_indexer(case.once(attendees).persons)[events["person"]]
    return latest_at(position, events["first"].to_numpy(), len(persons))


def _last_joined(case: Case, persons: pd.Index) -> Days:
    """The latest admission any roster states for the person: a person removed may be admitted again later."""
    is_theirs = case.are_of(case.roster, case.persons_of(persons))
    roster = case.roster.loc[is_theirs, ["person_id", "category", "join_on"]]
    roster = roster[roster["category"].isin(["formal", "probationary"])]
    return latest_per_person(roster["person_id"], first_days(roster["join_on"]), persons)
