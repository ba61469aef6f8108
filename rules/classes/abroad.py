"""出国(境): who is abroad, who studies there unasked for half a year, and whose stay ends the membership's activity.

Articles 24 and 34 of the 2019 regulation (domain rules §1.1). Read from the flow's destination, whole, or not at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.values.columns import map_unique
from data.words import tr
from rules.case import Case
from rules.clocks import NO_DAY, Days, day_texts, last_days, plus_months
from rules.firings import fill, firings, joined, no_firings, record_evidence
from rules.life import last_life, searches

Mask = npt.NDArray[np.bool_]

_PLACES = (
    "国外 境外 海外 美国 加拿大 英国 法国 德国 意大利 西班牙 荷兰 瑞士 瑞典 挪威 芬兰 丹麦 爱尔兰 比利时 奥地利 "
    "葡萄牙 俄罗斯 乌克兰 日本 韩国 新加坡 马来西亚 泰国 越南 柬埔寨 老挝 缅甸 菲律宾 印度尼西亚 印度 "
    "澳大利亚 新西兰 南非 巴西 阿联酋 香港 澳门 台湾 香港特别行政区 澳门特别行政区"
)
_PLACE = "|".join(sorted(_PLACES.split(), key=len, reverse=True))
_STUDY = "留学|学习|读书|就读|求学|攻读[^，。,]{0,8}|研修|进修|深造|访学"
_SETTLED = "定居|移民|入籍"
_OTHER = "务工|打工|工作|经商|就业|探亲|居住|生活"
_WORDS = re.compile(
    rf"(?:已|现|现已)?(?:(?:在|赴|去|到|前往)?(?P<place>{_PLACE})[一-鿿]{{0,8}}?|出国|出境|出国\(境\))"
    rf"(?:(?P<study>{_STUDY})|(?P<settled>{_SETTLED})|{_OTHER})?"
)
_STUDY_ALONE = re.compile(r"(?:出国)?留学")


@dataclass(frozen=True)
class Stays:
    """Per member: abroad at all, for study, settled there, and since when (0: not stated)."""

    is_abroad: Mask
    is_study: Mask
    is_settled: Mask
    since: Days


def stays(case: Case) -> Stays:
    """Who is abroad by the destination that the roster states; case.once(stays)."""
    members = case.facts.members
    kind = map_unique(members["flow_to"], _kind)
    is_gone = (members["is_floating"] != "no").to_numpy(dtype=bool)
    return Stays(
        is_gone & kind.notna().to_numpy(dtype=bool),
        is_gone & (kind == "study").to_numpy(dtype=bool),
        is_gone & (kind == "settled").to_numpy(dtype=bool),
        last_days(members["flow_since"]),
    )


def _kind(destination: str) -> str | None:
    """`study`, `settled` or `other` for a destination abroad; None for any other text."""
    text = re.sub(r"\s", "", destination).translate(str.maketrans("（）", "()"))
    if _STUDY_ALONE.fullmatch(text):
        return "study"
    found = _WORDS.fullmatch(text)
    if found is None:
        return None
    return "study" if found["study"] else "settled" if found["settled"] else "other"


def find_contact_overdue(case: Case) -> pd.DataFrame:
    """ABROAD_CONTACT_OVERDUE: studies abroad, and the last contact (or the leaving) is more than half a year ago."""
    rules = case.params.abroad
    if rules is None:
        return no_firings()
    found = case.once(stays)
    seen = np.maximum(case.once(last_life).day, case.once(searches).last_reached)
    since = np.maximum(seen, found.since)
    rows = found.is_study & (since != NO_DAY) & (plus_months(since, rules.contact_months.value) < case.today)
    words = tr(
        "出国(境)学习，最近一次联系或出国在 {}，已超过半年：至少每半年联系一次",
        "studies abroad, last contact or leaving {}: contact is due every half-year",
    )
    return _told(case, rows, since, words)


def find_long_stay(case: Case) -> pd.DataFrame:
    """ABROAD_LONG: settled abroad, or studying there for more than five years."""
    rules = case.params.abroad
    if rules is None:
        return no_firings()
    found = case.once(stays)
    months = rules.study_years.value * 12
    is_long = found.is_study & (found.since != NO_DAY) & (plus_months(found.since, months) < case.today)
    rows = is_long | found.is_settled
    return _told(case, rows, found.since, tr("出国(境)定居或学习超过五年未归（{}）：由支部或上级研究是否停止党籍",
                                             "settled abroad, or studying there for more than five years ({}): "
                                             "the branch or its superior decides about a suspension"))  # fmt: skip


def _told(case: Case, rows: Mask, since: Days, words: str) -> pd.DataFrame:
    if not rows.any():
        return no_firings()
    days = day_texts(since[rows])
    reason = fill(words, np.where(days == "", tr("时间不详", "date unknown"), days).astype(object))
    members = case.facts.members.loc[rows]
    evidence = joined(record_evidence(members["unique_id"], reason))
    return firings(members[["person_id"]], message=reason, evidence=evidence)
