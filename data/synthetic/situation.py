"""What does the organisation know of each member? Dates of admission, last life and dues, and the roster's own words.

Every value follows from the member's case, so that the truth can be told from the delivered files.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.synthetic import words_places
from data.synthetic.cases import Case
from data.synthetic.numbers import Ints
from data.synthetic.people import Days
from data.synthetic.streams import stream
from data.values.dates import add_months

CLOCK_MONTHS = 6
Bools = npt.NDArray[np.bool_]
_NAT_DAY = np.datetime64("NaT", "D")
_RECENT = (
    *(Case.NORMAL, Case.NORMAL_VALID_LETTER, Case.NORMAL_RECEIVED, Case.NORMAL_RECENT_FLOW),
    *(Case.NORMAL_LEFT_WORK, Case.NORMAL_CLOSED_WORK, Case.HIDDEN_ZERO, Case.HIDDEN_CHIEF),
)
_FLAGGED = (Case.FLOATING_FLAG, Case.FLOATING_DOUBLE)
_LOST = (Case.LOST, Case.LOST_BOUNDARY, Case.LOST_SUSPENDED)
_POCKET = (Case.POCKET_EXPIRED, Case.POCKET_IN_HAND)
_ADULT_DAYS = 18 * 365 + 70
_LONGEST_WAIT = 11_000
_PROBATIONARY_SHARE = 0.03


def last_lost_day(as_of: date) -> np.datetime64:
    """The latest day on which a member can have been seen and yet be lost on `as_of`: 2015-12-16 for 2016-06-16."""
    day = as_of - timedelta(days=178)
    while add_months(day, CLOCK_MONTHS) > as_of:
        day -= timedelta(days=1)
    return np.datetime64(day, "D")


def reported_day(as_of: date) -> np.datetime64:
    """The day that last year's annual reports tell of: its 31 December (domain rules §4.4)."""
    return np.datetime64(f"{as_of.year - 1}-12-31")


def settled_day(as_of: date) -> np.datetime64:
    """A day before both: what reports tell of, and the last day of the six months of floating members."""
    return min(reported_day(as_of) - np.timedelta64(1, "D"), last_lost_day(as_of))


def tell_situations(members: pd.DataFrame, birth: Days, area: str, seed: int, as_of: date) -> None:
    """Adds the columns of admission, life and the roster's words to members (days, or NaT; texts, or '')."""
    rng = stream(seed, area, "situations")
    _admission(rng, members, birth, as_of)
    _life(rng, members, as_of)
    _flow(rng, members, area, as_of)
    _lost(rng, members)
    _stale_words(rng, members, as_of)


def _admission(rng: np.random.Generator, members: pd.DataFrame, birth: Days, as_of: date) -> None:
    n = len(members)
    today = np.datetime64(as_of, "D")
    cases = members["case"].to_numpy()
    adult = birth + np.timedelta64(_ADULT_DAYS, "D")
    last = today - np.timedelta64(800, "D")
    span = np.clip((last - adult).astype(np.int64), 0, _LONGEST_WAIT)
    join = adult + (rng.beta(1.2, 2.0, n) * span).astype("timedelta64[D]")
    is_probationary = (rng.random(n) < _PROBATIONARY_SHARE) & np.isin(cases, _RECENT) | (cases == Case.F06)
    late = today - np.where(cases == Case.F06, 330, rng.integers(40, 330, n)).astype("timedelta64[D]")
    join = np.where(is_probationary, late, join)
    full = np.where(is_probationary, _NAT_DAY, join + np.timedelta64(366, "D"))
    members["join_on"], members["full_on"] = join, full
    members["category"] = np.where(is_probationary, "预备党员", "正式党员")
    span = np.maximum((today - join).astype(np.int64) - 30, 1)
    members["registered_on"] = join + (rng.random(n) * span).astype("timedelta64[D]")


def _life(rng: np.random.Generator, members: pd.DataFrame, as_of: date) -> None:
    n, cases, limit = len(members), members["case"].to_numpy(), last_lost_day(as_of)
    today = np.datetime64(as_of, "D")
    n_open = int((today - limit).astype(np.int64))
    recent = limit + rng.integers(1, n_open, n).astype("timedelta64[D]")
    old = limit - rng.integers(15, 700, n).astype("timedelta64[D]")
    draw = rng.random(n)
    life = np.full(n, _NAT_DAY)
    is_recent = (
        np.isin(cases, _RECENT) | (np.isin(cases, _POCKET) & (draw < 0.5)) | (np.isin(cases, _FLAGGED) & (draw < 0.2))
    )
    is_old = (
        np.isin(cases, (Case.LOST, Case.LOST_SUSPENDED, Case.UNKNOWN_OVERDUE))
        | (np.isin(cases, _POCKET) & (draw >= 0.5))
        | (np.isin(cases, _FLAGGED) & (draw >= 0.2) & (draw < 0.7))
        | ((cases == Case.FLOATING_TOWN) & (draw < 0.6))
    )
    life[is_recent], life[is_old] = recent[is_recent], old[is_old]
    life[cases == Case.NORMAL_BOUNDARY] = limit + np.timedelta64(1, "D")
    life[cases == Case.LOST_BOUNDARY] = limit
    members["last_life"] = life
    # Dues of the lost reach at most the month before: the payment itself is never the later sign of life.
    month = life.astype("datetime64[M]") - np.where(is_recent, 0, 1).astype("timedelta64[M]")
    months = np.where(rng.random(n) < 0.6, month, np.datetime64("NaT", "M"))
    members["dues_to"] = pd.Series(months.astype("datetime64[D]"), index=members.index)


def _flow(rng: np.random.Generator, members: pd.DataFrame, area: str, as_of: date) -> None:
    n, cases, limit = len(members), members["case"].to_numpy(), last_lost_day(as_of)
    flagged, recent = np.isin(cases, _FLAGGED), cases == Case.NORMAL_RECENT_FLOW
    away = limit - rng.integers(0, 1500, n).astype("timedelta64[D]")
    away[rng.random(n) < 0.08] = limit
    just = np.datetime64(as_of, "D") - rng.integers(15, 140, n).astype("timedelta64[D]")
    members["is_floating"] = np.where(flagged | recent, "是", "否")
    members["flow_since"] = np.where(flagged, away, np.where(recent, just, _NAT_DAY))
    far = rng.choice(np.array(words_places.FAR_PLACES, dtype=object), n)
    members["flow_to"] = np.where(flagged | recent, far, "")


def _lost(rng: np.random.Generator, members: pd.DataFrame) -> None:
    is_told = members["case"].isin(_LOST).to_numpy() & (rng.random(len(members)) < 0.6)
    members["is_lost"] = np.where(is_told, "是", "否")
    members["lost_since"] = members["last_life"].where(pd.Series(is_told, index=members.index))


def _stale_words(rng: np.random.Generator, members: pd.DataFrame, as_of: date) -> None:
    """What the roster itself lets slip about people who should no longer be on it; often it says nothing."""
    n, cases = len(members), members["case"].to_numpy()
    today = np.datetime64(as_of, "D")
    status, remark = np.full(n, "正常", dtype=object), np.full(n, "", dtype=object)
    draw = rng.random(n)
    # A probation is cancelled within its year; all else ended after admission, which is at least 800 days ago.
    ago = np.where(cases == Case.F06, rng.integers(5, 140, n), rng.integers(60, 780, n))
    ended = today - ago.astype("timedelta64[D]")
    members["ended_on"] = np.where(np.isin(cases, (Case.F04, Case.F05, Case.F06, Case.F08)), ended, _NAT_DAY)
    year_month = _year_month(ended)
    words = {
        Case.F04: ("死亡", "已去世"),
        Case.F05: ("开除", "已开除党籍"),
        Case.F06: ("取消预备党员资格", "取消预备党员资格"),
    }
    for case, (label, text) in words.items():
        rows = cases == case
        status[rows & (draw < 0.3)], remark[rows & (draw > 0.6)] = label, text
    moved = cases == Case.F08
    status[moved & (draw < 0.3)] = "已转出"
    remark[moved & (draw > 0.6)] = year_month[moved & (draw > 0.6)] + "转出"
    status[cases == Case.LOST_SUSPENDED] = "停止党籍"
    applicants = cases == Case.F01
    members.loc[applicants, "category"] = np.where(draw[applicants] < 0.5, "入党积极分子", "发展对象")
    members.loc[applicants, "full_on"] = pd.NaT
    members["party_status"], members["remark"] = status, remark


def _year_month(days: Days) -> npt.NDArray[np.object_]:
    months: Ints = days.astype("datetime64[M]").astype(np.int64)
    year, month = (months // 12 + 1970).astype("U4").astype(object), (months % 12 + 1).astype("U2").astype(object)
    texts: npt.NDArray[np.object_] = year + "." + month
    return texts
