"""REMARK: what does a clerk's remark let suspect of a member's situation? Away, out of contact, a letter in the pocket.

An indication, grade C; grade B where another column or feed says the same. It never makes a class: the class rules
need dates, letters and searches. Clauses are read as in `rules.remarks`: whole, or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.model import EvidenceGrade
from data.values.dates import earliest
from data.words import tr
from rules.case import Case
from rules.classes.pocket import letters
from rules.firings import firings, joined, no_firings, row_evidence
from rules.remarks import NOT_RECEIVED, WHEN, WHO, dated_clauses, iso_of

Mask = npt.NDArray[np.bool_]


class Hint(StrEnum):
    """What a remark lets suspect."""

    AWAY = "away"
    OUT_OF_CONTACT = "out_of_contact"
    POCKET = "pocket"


_LONG = r"(?:长期|常年|一直|多年|均)?"
_ELSEWHERE = r"(?:外出|在外|在外地|到外地|去外地|(?:在|到|去|赴)(?![本我])[^未待拟父母妻夫子女]{2,8}?)"
_LIVES = r"(?:务工|打工|经商|就业|谋生)(?:党员|人员)?"
_LETTER = "(?:组织关系)?介绍信"
_HELD = r"(?:仍|还|一直)?(?:在|由)(?:其|本人|自己|其本人)?(?:手中|手里|手上|身上|保管|持有|口袋)"
_NOT_HANDED_IN = r"(?:但)?(?:尚|至今)?未(?:报到|落实|转接|交|接收|落地)"

#: Each hint and the clauses that give it, tried on whole clauses.
PATTERNS: tuple[tuple[Hint, re.Pattern[str]], ...] = tuple(
    (hint, re.compile(f"{WHO}{body}"))
    for hint, body in (
        (Hint.AWAY, rf"{WHEN}{_LONG}{_ELSEWHERE}{_LIVES}"),
        (Hint.AWAY, rf"{WHEN}(?:长期|常年|一直|多年)(?:外出|在外|在外地|不在家|不在本地)(?:居住|工作|生活)?"),
        (Hint.AWAY, rf"{WHEN}(?:外出|流出)?流动党员"),
        (Hint.AWAY, rf"{WHEN}流出(?:党员)?"),
        (Hint.OUT_OF_CONTACT, rf"{WHEN}(?:长期|一直|多次|多方)?(?:联系|查找)(?:不上|不到|无果|未果)(?:本人)?"),
        (Hint.OUT_OF_CONTACT, rf"{WHEN}(?:长期)?(?:无法|未能)(?:取得)?联系(?:上)?(?:本人)?"),
        (Hint.OUT_OF_CONTACT, rf"{WHEN}未联系上(?:本人)?"),
        (Hint.OUT_OF_CONTACT, rf"{WHEN}(?:与(?:党)?(?:支部|组织|党组织))?(?:失联|失去联系)(?:党员|人员)?"),
        (Hint.OUT_OF_CONTACT, rf"{WHEN}(?:下落不明|去向不明|查无下落)"),
        (Hint.OUT_OF_CONTACT, r"(?:联系)?(?:电话|手机)(?:号码)?(?:已|为|是)?(?:停机|空号|打不通|无法接通)"),
        (Hint.POCKET, rf"{WHEN}口袋党员"),
        (Hint.POCKET, rf"(?:组织)?关系{_HELD}"),
        (Hint.POCKET, rf"{_LETTER}{_HELD}"),
        (Hint.POCKET, rf"{WHEN}(?:持|持有|携带){_LETTER}(?:{_NOT_HANDED_IN})?"),
        (Hint.POCKET, rf"{WHEN}(?:开|开具|开出|已开|已开具){_LETTER}{_NOT_HANDED_IN}"),
    )
)
_MESSAGES = {
    Hint.AWAY: (
        "备注写明{}外出：请核实是否流动党员，补填流向和时间",
        "the remark says away{}: is the member floating? State where and since when",
    ),
    Hint.OUT_OF_CONTACT: (
        "备注写明{}联系不上：请按多种方式查找并登记",
        "the remark says out of contact{}: search over several channels and record it",
    ),
    Hint.POCKET: (
        "备注写明{}介绍信未落实：请联系转出、转入双方",
        "the remark says a letter was not handed in{}: ask both organisations",
    ),
}
_NOW = r"(?:现|目前|后|又)?(?:已)?(?:重新)?"
#: Clauses that end a situation told before.
_ENDED: dict[Hint, re.Pattern[str]] = {
    hint: re.compile(f"{WHO}{WHEN}{_NOW}(?:{words})(?:本人)?了?")
    for hint, words in {
        Hint.AWAY: "返乡|回乡|返回|回来|回村|返家|回家|回本地|返乡务农|回乡务农|回村务农",
        Hint.OUT_OF_CONTACT: "联系上|联系到|取得联系|找到|恢复联系",
        Hint.POCKET: "落实|报到|接收|转接|交回|被接收",
    }.items()
}


def hints_of_remark(remark: str, as_of: date) -> dict[Hint, str | None]:
    """What the remark lets suspect, each with the date it names (ISO partial) or None; ended situations are left out,
    and so is a clause dated after `as_of`."""
    found: dict[Hint, str | None] = {}
    for clause, on in dated_clauses(remark):
        found = {hint: since for hint, since in found.items() if not _ENDED[hint].fullmatch(clause)}
        if NOT_RECEIVED.fullmatch(clause):
            found[Hint.POCKET] = on
        for hint, pattern in PATTERNS:
            match = pattern.fullmatch(clause)
            since = (iso_of(match.groupdict().get("on")) or on) if match else None
            if match and (since is None or earliest(since) <= as_of):
                found[hint] = since
                break
    return found


def find(case: Case) -> pd.DataFrame:
    """Entries whose remark lets suspect something; grade B where what else is known of the person says the same."""
    read = {text: hints_of_remark(text, case.as_of) for text in case.entries["remark"].dropna().unique()}
    telling = [text for text, hints in read.items() if hints]
    entries = case.entries[case.entries["remark"].isin(telling)].reset_index(drop=True)
    if entries.empty:
        return no_firings()
    agrees = np.zeros(len(entries), dtype=bool)
    for hint, known in _known_otherwise(case, entries).items():
        agrees |= entries["remark"].isin([text for text in telling if hint in read[text]]).to_numpy(dtype=bool) & known
    message = entries["remark"].map(lambda text: _message(read[text])).to_numpy(dtype=object)
    evidence = joined(row_evidence(entries, tr("该行的备注", "remark of the row")))
    grade = np.where(agrees, EvidenceGrade.B.value, EvidenceGrade.C.value).astype(object)
    return firings(entries, grade=grade, message=message, evidence=evidence)


def _known_otherwise(case: Case, entries: pd.DataFrame) -> dict[Hint, Mask]:
    """For each hint the entries of whose person another column or feed says the same."""
    members, contacts = case.facts.members, case.facts.contacts
    persons = {
        Hint.AWAY: members.loc[members["is_floating"] == "yes", "person_id"],
        Hint.OUT_OF_CONTACT: pd.concat(
            [
                members.loc[members["is_lost"] == "yes", "person_id"],
                contacts.loc[contacts["outcome"] == "not_reached", "person_id"],
            ]
        ),
        Hint.POCKET: pd.Series(case.once(letters).index, dtype=object),
    }
    return {hint: entries["person_id"].isin(known.dropna()).to_numpy(dtype=bool) for hint, known in persons.items()}


def _message(hints: Mapping[Hint, str | None]) -> str:
    """One sentence a hint, with the date that the remark names."""
    said = [tr(*_MESSAGES[hint]).format(f" {on}" if (on := hints[hint]) else "") for hint in Hint if hint in hints]
    return tr("；", "; ").join(said)
