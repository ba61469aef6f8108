"""Which class is each member in? One primary class by precedence, all flags kept, and a reason a clerk understands.

Precedence: lost > pocket > floating > hidden > normal > unknown (domain rules §1.5). Who is no member has no class.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.model import FeedKind, PrimaryClass, StatusEvent
from data.values.columns import none_for_null
from data.words import tr
from rules.case import Case
from rules.classes import abroad
from rules.classes.pocket import letters
from rules.clocks import NO_DAY, day_texts
from rules.firings import fill
from rules.life import branches_with_life, last_life, searches
from rules.populations import CLOSED, populations, strongest_employments
from rules.reports_of_entities import find_unreported
from rules.standing import marks

Mask = npt.NDArray[np.bool_]


def classifications(case: Case, by_class: Mapping[PrimaryClass, pd.DataFrame], struck: pd.Index) -> pd.DataFrame:
    """CLASSIFICATIONS sorted by person_id: every member but the `struck` (all of whose roster rows are false entries).

    by_class: the firings of each class rule, keyed by class; one firing a person.
    """
    members = case.facts.members
    persons = case.persons
    place = {kind: persons.get_indexer(pd.Index(fired["person_id"])) for kind, fired in by_class.items()}
    flags = {kind.value: np.zeros(len(persons), dtype=bool) for kind in by_class}
    primary = np.full(len(persons), PrimaryClass.UNKNOWN.value, dtype=object)
    reason = _unknown_reasons(case)
    for kind in reversed(PrimaryClass):
        if kind in by_class:
            flags[kind.value][place[kind]] = True
            primary[place[kind]] = kind.value
            reason[place[kind]] = by_class[kind]["message"].to_numpy(dtype=object)
    work = case.once(_work)
    found = pd.DataFrame(
        {
            "person_id": members["person_id"].to_numpy(dtype=object),
            "primary_class": primary,
            "flags": join_flags({**flags, **_side_flags(case, flags)}, len(persons)),
            "population": populations(persons, work),
            "area": members["area"].to_numpy(dtype=object),
            "township": members["township"].to_numpy(dtype=object),
            "branch": members["branch"].to_numpy(dtype=object),
            "entity_id": _none(work["entity_id"].reindex(persons)),
            "reason": reason,
        }
    )
    kept = found[~found["person_id"].isin(struck)]
    return kept.sort_values("person_id", kind="stable").reset_index(drop=True)


def _side_flags(case: Case, classes: Mapping[str, Mask]) -> dict[str, Mask]:
    """Flags beside the classes; each says something a clerk can act on, none changes the primary class."""
    members, life, search = case.facts.members, case.once(last_life), case.once(searches)
    persons = case.persons
    known = case.once(marks)
    suspended = known.loc[known["event"] == StatusEvent.SUSPENDED, "person_id"]
    is_probationary = (members["category"] == "probationary").to_numpy(dtype=bool)
    is_lost = classes[PrimaryClass.LOST.value]
    has_data = life.day != NO_DAY
    return {
        "contact_overdue": has_data & ~classes[PrimaryClass.NORMAL.value],
        "no_org_life_feed": ~case.once(branches_with_life),
        "suspended": np.asarray(persons.isin(suspended), dtype=bool),
        "probationary": is_probationary,
        # A lost probationary member's probation is cancelled, the membership is never suspended (§1.2).
        "lost_on_probation": is_lost & is_probationary,
        "stated_lost": (members["is_lost"] == "yes").to_numpy(dtype=bool) & ~is_lost,
        "reached_since": search.last_reached != NO_DAY,
        "contact_refused": search.has_refused,
        "search_incomplete": search.is_incomplete & ~is_lost,
        "abroad": case.once(abroad.stays).is_abroad,
        "letter_open": np.asarray(persons.isin(case.once(letters).index), dtype=bool),
        "workplace_closed": _workplace_closed(case, persons),
        "private_contact_task": classes[PrimaryClass.HIDDEN.value]
        | np.asarray(persons.isin(case.once(find_unreported)["person_id"]), dtype=bool),
    }


def _work(case: Case) -> pd.DataFrame:
    return strongest_employments(case.facts.employments, case.as_of)


def _workplace_closed(case: Case, persons: pd.Index) -> Mask:
    """Members with an employment at a closed entity and no active one: ask for the new workplace."""
    jobs = case.facts.employments
    closed = jobs.loc[jobs["status"].isin(CLOSED), "person_id"].dropna()
    active = case.once(_work).index
    return np.asarray(persons.isin(closed) & ~persons.isin(active), dtype=bool)


def _unknown_reasons(case: Case) -> npt.NDArray[np.object_]:
    """Why nothing can be said, in words, for every member; classes overwrite it."""
    day, feeds = case.once(last_life).day, case.facts.feeds
    if not len(day):
        return np.array([], dtype=object)
    silent = tr("没有组织生活和党费记录，情况不明", "no record of organisation life or dues: unknown")
    if FeedKind.ORG_LIFE not in feeds:
        silent = tr("未提供组织生活记录，情况不明", "no organisation-life feed was supplied: unknown")
    overdue = fill(
        tr("最近一次组织生活或党费 {}，已超过半年，查找记录不足，情况不明",
           "last organisation life or dues {}, more than half a year ago, search evidence missing: unknown"),
        day_texts(day),
    )  # fmt: skip
    return np.where(day == NO_DAY, silent, overdue).astype(object)


def join_flags(flags: Mapping[str, Mask], n_rows: int) -> npt.NDArray[np.object_]:
    """The names of the flags set in each row, sorted and joined by `|`; each distinct combination is written once."""
    names = sorted(flags)
    bits = np.zeros(n_rows, dtype=np.int64)
    for place, name in enumerate(names):
        bits |= flags[name].astype(np.int64) << place
    distinct, codes = np.unique(bits, return_inverse=True)
    words = ["|".join(name for place, name in enumerate(names) if combination >> place & 1) for combination in distinct]
    return np.array(words, dtype=object)[codes] if n_rows else np.array([], dtype=object)


def _none(column: pd.Series) -> npt.NDArray[np.object_]:
    values: npt.NDArray[np.object_] = none_for_null(column).to_numpy(dtype=object)
    return values
