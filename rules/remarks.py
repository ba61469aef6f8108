"""What does a clerk's remark say of the row itself? Explicit patterns over whole clauses; anything else says nothing.

A remark about somebody else (父亲去世), an intention (拟转出) or an arrival (2015年转入) must not fire, so a
clause counts only when every character of it is understood.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from data.model import StatusEvent
from data.values.dates import earliest, parse_partial_date


class RemarkStatus(NamedTuple):
    """What a remark says, and since when if it names a date (ISO partial)."""

    event: StatusEvent
    on: str | None


_CLAUSES = re.compile(r"[，,；;。、()（）\[\]【】\s]+")
_DATE = r"(?P<on>\d{4}[年.\-/]?(?:\d{1,2}(?:[月.\-/]?(?:\d{1,2}日?)?)?份?)?)?"
_WHO = r"(?:备注[:：])?(?:(?:该|此)?(?:党员|同志|人)|本人)?"
_WHEN = rf"(?:已经|已)?(?:于|在|自)?{_DATE}(?:已经|已|被|已被)?"
_CAUSE = r"(?:因病|因故|因意外|因车祸|意外)?"
_OUT_TO = r"(?:(?:至|到|往|去)(?![本我该此])[^未待拟又回退入]{2,30})?"
_RELATION = r"(?:(?:正式)?(?:党)?(?:组织)?关系)?"

#: Each status and the clauses that state it, tried on whole clauses.
PATTERNS: tuple[tuple[StatusEvent, re.Pattern[str]], ...] = tuple(
    (event, re.compile(f"{_WHO}{body}"))
    for event, body in (
        (StatusEvent.DECEASED, rf"{_WHEN}{_CAUSE}(?:去世|死亡|病故|病逝|逝世|亡故|身故|已故)"),
        (StatusEvent.EXPELLED, rf"{_WHEN}(?:给予)?开除(?:党籍|出党)?(?:处分)?"),
        (StatusEvent.REMOVED, rf"{_WHEN}(?:按)?(?:予以|给予)?(?:自行脱党|退党|劝退)?(?:予以)?(?:党内)?除名(?:处理)?"),
        (StatusEvent.REMOVED, rf"{_WHEN}(?:自行脱党|劝退出党|退党)"),
        (StatusEvent.PROBATION_CANCELLED, rf"{_WHEN}取消预备(?:党员)?资格"),
        (StatusEvent.SUSPENDED, rf"{_WHEN}(?:予以)?停止党籍"),
        (StatusEvent.RESTORED, rf"{_WHEN}(?:予以)?恢复党籍"),
        (StatusEvent.RESTORED, rf"{_RELATION}{_WHEN}(?:又)?(?:重新)?转回(?:本支部)?"),
        (StatusEvent.TRANSFERRED_OUT, rf"{_RELATION}{_WHEN}{_RELATION}(?:转出|转走){_OUT_TO}"),
        (StatusEvent.TRANSFERRED_OUT, rf"{_RELATION}{_WHEN}{_RELATION}转往(?![本我该此])[^未待拟又回退入]{{2,30}}"),
        (StatusEvent.NEVER_ADMITTED, r"(?:经)?(?:核实|核查|查实)?(?:为|系)?(?:非党员|不是党员|未入党)"),
    )
)

_FLOW_IN = re.compile(r"流入|临时组织关系|(?<!非)流动党员")


def status_of_remark(remark: str, as_of: date) -> RemarkStatus | None:
    """The last status the remark states; None when it states none. A dated clause after `as_of` is not read."""
    found = None
    for clause in _CLAUSES.split(remark):
        for event, pattern in PATTERNS:
            match = pattern.fullmatch(clause)
            if match is None:
                continue
            written = match.groupdict().get("on")
            on = parse_partial_date(written) if written else None
            if on is None or earliest(on) <= as_of:
                found = RemarkStatus(event, on)
            break
    return found


def is_flow_in(remark: str) -> bool:
    """Does the remark say that the row registers an incoming floating member, whose formal branch is elsewhere?"""
    return _FLOW_IN.search(remark) is not None
