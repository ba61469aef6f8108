"""What did the clerk write beside the name? Notes in brackets and running numbers come off; rare characters stay.

王海(女), 王海波(预备), 1.王海 are names with a note; 王(jie) and 陈(女介) describe a character that no keyboard has.
Only listed notes come off, and only when two characters of a name are left.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from data.values.text import clean_name, fold_width

_DAY = r"\d{4}(?:[年.\-/]\d{1,2}(?:[月.\-/]\d{1,2}日?|月)?|年)?"
_NUMERAL = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
#: Whole texts of notes, by what they tell. A single character may also be a component: see `_AT_AN_END`.
_NOTES = re.compile(
    "|".join(
        (
            "男性?|女性?|男士|女士|先生|同志|大|小|老|新|[甲乙丙丁]|[A-D]",
            rf"第?{_NUMERAL}[号组队岁]?|第?{_NUMERAL}(?:小组|支部|社|村民小组)",
            "同名|同姓名?|同名同姓|重名|重复|本人|户主|配偶|妻子|丈夫|儿子|女儿|父亲|母亲|家属|亲属",
            "(?:中共)?(?:正式|预备)(?:党员)?|(?:中共|新|老|在册)?党员|(?:入党)?积极分子|(?:发展|培养)对象|入党申请人",
            "非党员|(?:共青)?团员|群众",
            rf"(?:已于?|于)?(?:{_DAY})?(?:已|因病|因故)?(?:故|去世|死亡|病故|病逝|逝世|亡故|身故|过世|离世)",
            rf"(?:已于?|于)?(?:{_DAY})?(?:已|被)?(?:转出|转入|转走|转回|开除(?:党籍)?|除名|退党|停止党籍|失联|调出|调走)",
            "(?:长期)?(?:在)?(?:外出|外地|流动|流出|流入|外出务工|务工|打工|经商)(?:党员)?|已?(?:退休|退职|离休|离职|离岗|内退|下岗)",
            "(?:党|团|总|原|前|现|村|兼|代|第一|常务|老)?(?:支部)?(?:副)?(?:书记|组长|小组长|党小组长|主任|委员|支书)",
            "(?:组织|宣传|纪检|统战|青年|妇女|生产|群工)委员|(?:副)?(?:村长|队长|会计|出纳|经理|总经理|董事长|校长|所长|站长|店长)",
            "老板|业主|经营者|法人(?:代表)?|法定代表人|负责人|联系人|联络员|股东|店主|员工|职工|困难|低保|残疾|生病|病重",
            "(?:曾用名?|原名?|又名|又叫|也叫|别名|小名|乳名|化名|绰号|外号|俗名|旧名|亦名|曾名|身份证名?|户口本?名?|现名|本名|真名)"
            "[:为是]?[^()]{1,12}",
            "[\u4e00-\u9fff]{2,12}(?:村|镇|乡|社区|支部|村委会|居委会|小组|农场|公司|学校|小学|中学)",
        )
    )
)
#: Ethnicity is no business of this project (guard-rail 5): such a note comes off and is not kept.
_NOT_KEPT = re.compile("[汉黎苗]族?|(?:回|壮|瑶|侗|土家|满|蒙古|畲|布依|彝|白|傣|藏|维吾尔|京|仡佬|水)族")
#: 女, 大, 二 inside a name may be a component of a rare character; at an end of it they are notes.
_AT_AN_END = 1
_OPEN, _CLOSE = "([{<【〔〈《「『", ")]}>】〕〉》」』"
_BRACKETED = re.compile(f"[{re.escape(_OPEN)}]([^{re.escape(_OPEN + _CLOSE)}]*)(?:[{re.escape(_CLOSE)}]|$)")
_AFTER_MARK = re.compile(
    r"(?<=[^\W\d_]{2})\s*[-/\\|—–―,、;:]+\s*([^-/\\|—–―,、;:()]+)$|(?<=[^\W\d_]{2})\s+([^\s()]{2,})$"
)
_LEADING_NUMBER = re.compile(
    r"^(?:[(\[【]\s*\d{1,4}\s*[)\]】]|\d{1,4}\s*[.、,:)\-]|\d{1,4})\s*(?=[^\W\d_年月日号人名个万岁])"
)
_TRAILING_NUMBER = re.compile(r"(?<=[^\W\d_A-Za-z])\s*[-.、]?\s*(\d{1,2})$")
_BETWEEN_NOTES = re.compile(r"[\s、,;/]+")
_SPACES = re.compile(r"\s+")
_MIN_LEFT = 2


class NamedPerson(NamedTuple):
    """A name cell taken apart. note: what stood beside the name, several joined by ；, None when there was nothing
    worth keeping. is_split: something came off, kept or not."""

    name: str | None
    note: str | None
    is_split: bool


def split_name(text: str | None) -> NamedPerson:
    """The name as `clean_name` gives it, without listed notes and running numbers, and the notes."""
    whole = clean_name(text)
    if whole is None or text is None:
        return NamedPerson(None, None, False)
    # A note set off by a space alone (王海 已故) is letters too, once the space is gone.
    if whole.isalpha() and not _SPACES.search(text.strip()):  # nearly every name
        return NamedPerson(whole, None, False)
    rest, notes = _without_brackets(_LEADING_NUMBER.sub("", fold_width(text).strip()))
    for pattern in (_AFTER_MARK, _TRAILING_NUMBER):
        found = pattern.search(rest)
        said = [group for group in found.groups() if group] if found else []
        if found and _are_notes(said):
            rest, notes = rest[: found.start()], [*notes, *said]
    name = clean_name(rest)
    if name is None or name == whole or _n_letters(name) < _MIN_LEFT:
        return NamedPerson(whole, None, False)
    kept = [f"编号{note}" if note.isdigit() else note for note in notes if not _NOT_KEPT.fullmatch(note)]
    return NamedPerson(name, "；".join(kept) or None, True)


def _without_brackets(text: str) -> tuple[str, list[str]]:
    """The text without the brackets whose content is notes, and those notes in order."""
    notes: list[str] = []

    def taken(found: re.Match[str]) -> str:
        compact = [_SPACES.sub("", found[1])]
        said = compact if _are_notes(compact) else [note for note in _BETWEEN_NOTES.split(found[1]) if note]
        is_inside = found.start() > 0 and bool(_BRACKETED.sub("", text[found.end() :]).strip())
        if not _are_notes(said) or (is_inside and len(found[1]) == _AT_AN_END):
            return found[0]
        notes.extend(said)
        return ""

    return _BRACKETED.sub(taken, text), notes


def _are_notes(texts: list[str]) -> bool:
    return all(_NOTES.fullmatch(text) or _NOT_KEPT.fullmatch(text) for text in texts)


def _n_letters(name: str) -> int:
    return sum(character.isalpha() or character in "□○?*" for character in name)
