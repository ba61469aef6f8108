"""What happened? Letters of introduction, organisation life and dues, searches and decisions, as each case demands.

Frames of this module name a person by number and carry days; data.synthetic.event_feeds writes them as offices do.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from data.synthetic import words_places
from data.synthetic.cases import Case
from data.synthetic.numbers import Ints
from data.synthetic.streams import stream

_MEETINGS = np.array(["党员大会", "组织生活会", "党课", "主题党日", "民主评议"], dtype=object)
_LOST = (Case.LOST, Case.LOST_BOUNDARY, Case.LOST_SUSPENDED)
_MISSES = (*_LOST, Case.UNKNOWN_OVERDUE, Case.FLOATING_FLAG, Case.FLOATING_TOWN)
_VALID_DAYS = (7, 10, 30, 60, 90)
_DEFAULT_VALID_DAYS = 90
_DECISIONS = {
    Case.F01: "核实非党员",
    Case.F04: "去世",
    Case.F05: "开除党籍",
    Case.F06: "取消预备党员资格",
    Case.F08: "转出",
}
_OUT = "中共{}委组织部"


def org_life(members: pd.DataFrame, area: str, seed: int, as_of: date) -> pd.DataFrame:
    """person, branch, day, event, is_present: last attendance, earlier ones, payments, and meetings missed since."""
    rng = stream(seed, area, "org_life")
    seen = members[members["last_life"].notna()]
    last = seen["last_life"].to_numpy().astype("datetime64[D]")
    n = len(seen)
    kinds = rng.choice(_MEETINGS, n)
    attended = _life_rows(seen, last, kinds, "是")
    before = rng.random(n) < 0.35
    earlier = last - rng.integers(25, 150, n).astype("timedelta64[D]")
    rows = [attended, _life_rows(seen[before], earlier[before], rng.choice(_MEETINGS, int(before.sum())), "是")]
    pays = rng.random(n) < 0.4
    paid = last - rng.integers(0, 28, n).astype("timedelta64[D]")
    rows.append(_life_rows(seen[pays], paid[pays], np.full(int(pays.sum()), "交纳党费", dtype=object), "是"))
    missed = members[members["case"].isin(_MISSES) & members["last_life"].notna()]
    meeting = np.datetime64(as_of, "D") - rng.integers(5, 160, len(missed)).astype("timedelta64[D]")
    later = meeting > missed["last_life"].to_numpy()
    rows.append(_life_rows(missed[later], meeting[later], rng.choice(_MEETINGS, int(later.sum())), "否"))
    return pd.concat(rows, ignore_index=True).sort_values(["branch", "day", "person"], kind="stable", ignore_index=True)


def _life_rows(who: pd.DataFrame, day: np.ndarray, event: np.ndarray, is_present: str) -> pd.DataFrame:
    columns = {"person": who["person"].to_numpy(), "branch": who["branch"].to_numpy(), "day": day, "event": event}
    return pd.DataFrame({**columns, "is_present": is_present})


def contact_log(members: pd.DataFrame, area: str, seed: int, as_of: date) -> pd.DataFrame:
    """person, branch, day, channel, outcome, remark: searches for the lost, poor searches for others, visits."""
    rng = stream(seed, area, "contacts")
    lost = members[members["case"].isin(_LOST)]
    overdue = members[members["case"] == Case.UNKNOWN_OVERDUE]
    n_found = len(overdue) // 3
    found, once = overdue.iloc[:n_found], overdue.iloc[n_found:]
    works = members[members["population"].ne("elsewhere") & ~members["case"].isin((*_LOST, Case.UNKNOWN_OVERDUE))]
    visited = works[rng.random(len(works)) < 0.3]
    parts = [
        (lost, 40, "电话", ("无人接听", "停机", "空号", "关机")),
        (lost, 25, "走访", ("无人在家", "已搬离", "去向不明")),
        (lost[rng.random(len(lost)) < 0.6], 12, "亲属邻居", ("未联系上", "去向不明")),
        (found, 35, "电话", ("无人接听", "停机")),
        (found, 30, "走访", ("无人在家",)),
        (found, 8, "亲属邻居", ("已联系上",)),
        (once, 30, "电话", ("无人接听", "关机")),
        (once, 15, "电话", ("无人接听", "关机")),
        (visited, 20, "走访", ("已联系上", "取得联系")),
    ]
    frames = [_tries(rng, *part, as_of=as_of) for part in parts]
    return pd.concat(frames, ignore_index=True).sort_values(["day", "person"], kind="stable", ignore_index=True)


def _tries(
    rng: np.random.Generator, who: pd.DataFrame, days_ago: int, channel: str, outcomes: tuple[str, ...], *, as_of: date
) -> pd.DataFrame:
    day = np.datetime64(as_of, "D") - (days_ago - rng.integers(0, 7, len(who))).astype("timedelta64[D]")
    outcome = rng.choice(np.array(outcomes, dtype=object), len(who))
    columns = {"person": who["person"].to_numpy(), "branch": who["branch"].to_numpy(), "day": day}
    return pd.DataFrame({**columns, "channel": channel, "outcome": outcome})


def transfers(members: pd.DataFrame, branches: np.ndarray, area: str, seed: int, as_of: date) -> pd.DataFrame:
    """person, from_org, to_org, issued_on, valid_days ('' not stated), received_on, receipt_on, in_hand."""
    rng = stream(seed, area, "transfers")
    outside = np.array([_OUT.format(place) for place in words_places.FAR_PLACES], dtype=object)
    today = np.datetime64(as_of, "D")
    frames = []
    for case in (Case.POCKET_EXPIRED, Case.POCKET_IN_HAND, Case.NORMAL_VALID_LETTER, Case.NORMAL_RECEIVED, Case.F08):
        who = members[members["case"] == case]
        if case == Case.F08:
            who = who[rng.random(len(who)) < 0.7]
        n = len(who)
        own, far = branches[who["branch"].to_numpy()], rng.choice(outside, n)
        valid = rng.choice(_VALID_DAYS, n)
        ago = _days_ago(rng, case, who, valid, as_of)
        issued = today - ago.astype("timedelta64[D]")
        is_received = case in (Case.NORMAL_RECEIVED, Case.F08)
        received = issued + np.minimum(rng.integers(3, 40, n), np.maximum(ago - 1, 0)).astype("timedelta64[D]")
        received = np.where(is_received, received, np.datetime64("NaT", "D"))
        is_in = case == Case.NORMAL_RECEIVED
        is_stated = (rng.random(n) < 0.9) | (ago <= _DEFAULT_VALID_DAYS)
        columns = {
            "person": who["person"].to_numpy(),
            "from_org": far if is_in else own,
            "to_org": own if is_in else far,
            "issued_on": issued,
            "valid_days": np.where(is_stated, valid.astype("U2"), "").astype(object),
            "received_on": received,
            "receipt_on": np.where(rng.random(n) < 0.5, received, np.datetime64("NaT", "D")),
            "in_hand": "是" if case == Case.POCKET_IN_HAND else "",
        }
        frames.append(pd.DataFrame(columns))
    return pd.concat(frames, ignore_index=True).sort_values(["issued_on", "person"], kind="stable", ignore_index=True)


def _days_ago(rng: np.random.Generator, case: Case, who: pd.DataFrame, valid: Ints, as_of: date) -> Ints:
    """How long ago the letter was issued; on the last day of its validity a letter still holds."""
    n = len(who)
    if case == Case.POCKET_EXPIRED:
        beyond = np.where(rng.random(n) < 0.15, 1, rng.integers(2, 400, n))
        return valid + beyond
    if case == Case.POCKET_IN_HAND:
        return rng.integers(2, 7, n)
    if case == Case.NORMAL_VALID_LETTER:
        return np.where(rng.random(n) < 0.3, valid, rng.integers(1, 7, n))
    if case == Case.F08:
        return (np.datetime64(as_of, "D") - who["ended_on"].to_numpy().astype("datetime64[D]")).astype(np.int64)
    return rng.integers(120, 900, n)


def status_events(
    members: pd.DataFrame, with_letter: Ints, applicants: Ints, area: str, seed: int, as_of: date
) -> pd.DataFrame:
    """person, branch, event, day, document: what ended or suspended a membership.

    `with_letter`: persons whose move a letter shows; the others who moved need an event. `applicants`: persons
    declared never admitted.
    """
    rng = stream(seed, area, "status_events")
    is_gone = members["case"].isin((Case.F04, Case.F05, Case.F06, Case.F08, Case.LOST_SUSPENDED))
    has_letter = (members["case"] == Case.F08) & members["person"].isin(with_letter)
    gone = members[(is_gone & ~has_letter) | members["person"].isin(applicants)]
    event = np.full(len(gone), "停止党籍", dtype=object)
    for case, word in _DECISIONS.items():
        event[gone["case"].eq(case).to_numpy()] = word
    removed = gone["case"].eq(Case.F05) & gone["party_status"].ne("开除") & gone["remark"].eq("")
    event[removed.to_numpy()] = "自行脱党除名"
    # A membership is suspended after the six months, and an applicant looked into, shortly before today.
    recent = np.datetime64(as_of, "D") - rng.integers(3, 25, len(gone)).astype("timedelta64[D]")
    ended = gone["ended_on"].to_numpy().astype("datetime64[D]")
    day = np.where(np.isnat(ended), recent, ended)
    number = rng.integers(1, 90, len(gone)).astype("U2").astype(object)
    columns = {"person": gone["person"].to_numpy(), "branch": gone["branch"].to_numpy(), "event": event, "day": day}
    return pd.DataFrame({**columns, "document": "党组〔" + _years(day) + "〕" + number + "号"})


def _years(day: np.ndarray) -> np.ndarray:
    return (day.astype("datetime64[Y]").astype(np.int64) + 1970).astype("U4").astype(object)
