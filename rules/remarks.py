"""What does a clerk's remark say of the row itself? Explicit patterns over whole clauses; anything else says nothing.

A remark about somebody else (父亲去世), an intention (拟转出), a denial (未转出) or an arrival (2015年转入) must not
fire, so a clause counts only when every character of it is understood. A later clause may take an earlier one back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from data.model import StatusEvent
from data.values.dates import earliest, parse_partial_date


class RemarkStatus(NamedTuple):
    """What a remark says, since when if it names a date (ISO partial), and where to if it names a receiver."""

    event: StatusEvent
    on: str | None
    to: str | None = None


_CLAUSES = re.compile(r"[，,；;。、()（）\[\]【】\s]+")
_DAY = r"\d{4}[年.\-/]?(?:\d{1,2}(?:[月.\-/]?(?:\d{1,2}日?)?)?份?)?"
_DATE_ALONE = re.compile(rf"(?:时间|日期)?[:：]?(?:于|在|自)?(?P<on>{_DAY})")
_DATE_AFTER = re.compile(rf"(?P<what>\D{{2,12}}?)(?:时间|日期)?[:：]?(?P<on>{_DAY})")
WHO = r"(?:备注[:：])?(?:(?:该|此)?(?:党员|同志|人)|本人|其本人)?"
WHEN = rf"(?:已经|已|现已)?(?:于|在|自|从)?(?P<on>{_DAY})?(?:起|以来|开始)?(?:已经|已|现已|被|已被|受)?"
_CAUSE = r"(?:因病|因故|因意外|因车祸|意外|因公|因癌症|患病|不幸)?"
_WHY = r"(?:因(?:不参加|不交|不缴|[^未不拟待]){1,16}?)?(?:被|受|予以|给予)?"
#: Where a relation can go: a place or an organisation, not somebody's work or home.
_PLACE = r"(?![本我该此现])(?!.*(?:工作|务工|打工|居住|生活|上学|读书|就读|就业|治疗))[^未待拟又回退入]{2,30}"
_OUT_TO = rf"(?:(?:至|到|往|去)(?P<to>{_PLACE}))?"
_RELATION = r"(?:(?:正式)?(?:党)?(?:组织)?关系)?"
_DEAD = "去世|死亡|病故|病亡|病逝|逝世|亡故|身故|身亡|已故|过世|离世|殉职|牺牲"

#: Each status and the clauses that state it, tried on whole clauses.
PATTERNS: tuple[tuple[StatusEvent, re.Pattern[str]], ...] = tuple(
    (event, re.compile(f"{WHO}{body}"))
    for event, body in (
        (StatusEvent.DECEASED, rf"{WHEN}{_CAUSE}(?:{_DEAD})了?"),
        (StatusEvent.EXPELLED, rf"{WHEN}{_WHY}开除(?:党籍|出党)(?:处分)?"),
        (StatusEvent.EXPELLED, rf"{WHEN}(?:给予)?开除(?:处分)?"),
        (StatusEvent.REMOVED, rf"{WHEN}(?:按)?{_WHY}(?:自行脱党|退党|劝退)?(?:予以)?(?:党内)?除名(?:处理)?"),
        (StatusEvent.REMOVED, rf"{WHEN}(?:自行脱党|劝退出党|劝退|退党)"),
        (StatusEvent.PROBATION_CANCELLED, rf"{WHEN}{_WHY}取消(?:其)?(?:中共)?预备(?:党员)?资格"),
        (StatusEvent.SUSPENDED, rf"{WHEN}{_WHY}停止党籍"),
        (StatusEvent.RESTORED, rf"{WHEN}(?:予以)?恢复党籍"),
        (StatusEvent.RESTORED, rf"{_RELATION}{WHEN}(?:又)?(?:重新)?转回(?:本支部|原支部)?"),
        (StatusEvent.TRANSFERRED_OUT, rf"{_RELATION}{WHEN}{_RELATION}(?:转出|转走){_OUT_TO}"),
        (StatusEvent.TRANSFERRED_OUT, rf"{_RELATION}{WHEN}{_RELATION}转(?:往|至|到)(?P<to>{_PLACE})"),
        (StatusEvent.NEVER_ADMITTED, r"(?:经)?(?:核实|核查|查实)?(?:为|系|是)?(?:非党员|不是党员|未入党)"),
    )
)
#: After 已转出: nobody received the letter, so the relation has not moved.
NOT_RECEIVED = re.compile(
    r"(?:但|尚|但尚|还|至今|一直)?未(?:落实|接收|报到|落地|转接|收到回执|办理接收|被接收)(?:手续)?"
)
_FLOW_IN = re.compile(r"流入|临时组织关系|(?<!非)流动党员")


def status_of_remark(remark: str, as_of: date) -> RemarkStatus | None:
    """The last status the remark states; None when it states none. A dated clause after `as_of` is not read.

    A date may stand in the clause, before it (2015.3，转出), or after it (去世（2014年3月）).
    """
    found: RemarkStatus | None = None
    for clause, on in dated_clauses(remark):
        if found and found.event is StatusEvent.TRANSFERRED_OUT and NOT_RECEIVED.fullmatch(clause):
            found = None
        for event, pattern in PATTERNS:
            match = pattern.fullmatch(clause)
            if match is None:
                continue
            since = iso_of(match.groupdict().get("on")) or on
            if since is None or earliest(since) <= as_of:
                found = RemarkStatus(event, since, match.groupdict().get("to"))
            break
    return found


def is_flow_in(remark: str) -> bool:
    """Does the remark say that the row registers an incoming floating member, whose formal branch is elsewhere?"""
    return _FLOW_IN.search(remark) is not None


def dated_clauses(remark: str) -> Iterator[tuple[str, str | None]]:
    """Clauses in order, each with the date that a clause of its own or its own end gives it."""
    clauses = [clause for clause in _CLAUSES.split(remark) if clause]
    alone = [iso_of(found["on"]) if (found := _DATE_ALONE.fullmatch(clause)) else None for clause in clauses]
    for place, clause in enumerate(clauses):
        if alone[place]:
            continue
        near = [alone[side] for side in (place + 1, place - 1) if 0 <= side < len(clauses) and alone[side]]
        ending = _DATE_AFTER.fullmatch(clause)
        if ending and iso_of(ending["on"]):
            yield ending["what"], iso_of(ending["on"])
        else:
            yield clause, near[0] if near else None


def iso_of(text: str | None) -> str | None:
    """A date of a clause as ISO partial text; None for None."""
    return parse_partial_date(text) if text else None
