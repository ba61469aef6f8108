"""F04-F07: the person has died, lost or suspended the membership. Evidence: documents, the row itself."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.model import EvidenceGrade, StatusEvent
from data.words import tr
from rules.case import Case
from rules.clocks import NO_DAY, day_texts
from rules.firings import fill, firings, joined, strongest_per_subject
from rules.standing import event_words, marks


def find_deceased(case: Case) -> pd.DataFrame:
    """F04: entries of a person recorded as dead."""
    return of_events(case, (StatusEvent.DECEASED,))


def find_removed(case: Case) -> pd.DataFrame:
    """F05: entries of a person expelled or removed, and not admitted again since."""
    return of_events(case, (StatusEvent.EXPELLED, StatusEvent.REMOVED))


def find_probation_cancelled(case: Case) -> pd.DataFrame:
    """F06: entries of a person whose probation was cancelled."""
    return of_events(case, (StatusEvent.PROBATION_CANCELLED,))


def find_suspended(case: Case) -> pd.DataFrame:
    """F07: entries of a suspended member; never false, the membership stands and only its state changes."""
    found = _marked(case, (StatusEvent.SUSPENDED,))
    message = tr(
        "已停止党籍：仍是党员，不计入活动统计，不剔除",
        "suspended: still a member, not counted as active, not struck out",
    )
    return strongest_per_subject(
        [firings(found, grade=_grades(found), message=message, evidence=joined(list(found["evidence"])))]
    )


def of_events(case: Case, events: tuple[StatusEvent, ...]) -> pd.DataFrame:
    """Firings for entries marked with one of `events`: A strikes, B strikes only a claim on no roster."""
    found = _marked(case, events)
    if found.empty:
        return firings(found, message="")
    grade = _grades(found)
    is_struck = is_proposed(case, found, grade)
    words = found["event"].map(event_words).to_numpy(dtype=object)
    day = found["day"].to_numpy(dtype=np.int64)
    dates = np.where(day == NO_DAY, tr("日期不详", "date unknown"), day_texts(day)).astype(object)
    strike = fill(tr("建议剔除：{}（{}）", "proposed to strike out: {} ({})"), words, dates)
    doubt = fill(
        tr("须核实：{}（{}），证据不足或与其他记录矛盾", "to be checked: {} ({}), evidence thin or contradicted"),
        words,
        dates,
    )
    message = np.where(is_struck, strike, doubt)
    return strongest_per_subject(
        [
            firings(
                found, grade=grade, is_false_entry=is_struck, message=message, evidence=joined(list(found["evidence"]))
            )
        ]
    )


def is_proposed(case: Case, entries: pd.DataFrame, grade: npt.NDArray[np.object_]) -> npt.NDArray[np.bool_]:
    """Which firings propose a removal: grade A alone, grade B together with absence from every roster."""
    is_alone = np.asarray(grade == EvidenceGrade.A, dtype=bool)
    return np.asarray(is_alone | ((grade == EvidenceGrade.B) & case.is_unlisted(entries)), dtype=bool)


def _grades(found: pd.DataFrame) -> npt.NDArray[np.object_]:
    return found["grade"].to_numpy(dtype=object)


def _marked(case: Case, events: tuple[StatusEvent, ...]) -> pd.DataFrame:
    """Marks of these events with `kind` and `is_listed` of their entry."""
    known = case.once(_marked_entries)
    return known[known["event"].isin(events)].reset_index(drop=True)


def _marked_entries(case: Case) -> pd.DataFrame:
    known, entries = case.once(marks), case.entries
    entries = entries.loc[entries["unique_id"].isin(known["unique_id"].unique()), ["unique_id", "kind", "is_listed"]]
    return known.merge(entries, on="unique_id")
