"""What does a header of two or three rows say? For each column the one text that names it, top and bottom joined.

工作单位 over 名称 and 统一社会信用代码 -> 工作单位名称, 统一社会信用代码. A header that no way of reading explains
keeps all its levels: 联系人_姓名.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from data.contracts.left_out import LEFT_OUT, LINE_NUMBERS
from data.sources.layout.header import Vocabulary, normalise_header
from data.values.text import fold_width

Texts = Sequence[str | None]
Span = tuple[int, int]
#: Groups that only gather what is the person's own: what stands below means what it says.
NEUTRAL = re.compile(
    "(?:党员|本人|个人|人员|成员|党籍|基本|入党|联系|通讯|身份|流动|失联|组织关系|党组织|其他|相关|主要)+"
    "(?:基本)?(?:信息|情况|方式|资料|内容|项目)?"
)
#: Groups about somebody else: a name below is not the name that the row is about.
OTHERS = re.compile("联系人|配偶|爱人|父|母|家属|亲属|家庭成员|子女|介绍人|推荐人|监护人|代理人|经办|填报|紧急")
#: How well a column is explained: by its own text or all its levels, by its lower level, by an upper one.
_WHOLE, _LOWER, _UPPER, _NOT = range(4)


@dataclass(frozen=True)
class _Reading:
    text: str
    field: str | None
    quality: int
    group: str


def joined(levels: Sequence[str]) -> str:
    """All levels of a column as messages show them and `columns` of a source may name them."""
    return "_".join(levels)


def collapse(text: str | None) -> str:
    """A header text half-width on one line."""
    return " ".join(fold_width(text).split()) if text else ""


def spans(upper: Texts, lower: Texts, merged: Sequence[Span]) -> list[Span]:
    """Groups of the upper level: cells merged across, or a text with blanks to its right over filled lower cells."""
    found = [span for span in merged if upper[span[0]]]
    inside = {position for first, last in found for position in range(first, last + 1)}
    for first, text in enumerate(upper):
        last = first
        while (
            last + 1 < len(upper)
            and not upper[last + 1]
            and lower[last + 1]
            and last + 1 not in inside
            and (last > first or lower[first])
        ):
            last += 1
        if text and first not in inside and last > first:
            found.append((first, last))
    return sorted(found)


def stacked_levels(rows: Sequence[Texts], merged: Sequence[Sequence[Span]]) -> list[list[str]]:
    """For each column its header texts from top to bottom, group texts spread over their columns, repeats once."""
    levels: list[list[str]] = [[] for _ in rows[0]]
    for depth, row in enumerate(rows):
        texts = [collapse(text) for text in row]
        if depth + 1 < len(rows):
            for first, last in spans(row, rows[depth + 1], merged[depth]):
                texts[first : last + 1] = [texts[first]] * (last + 1 - first)
        for own, text in zip(levels, texts, strict=True):
            if text and (not own or normalise_header(own[-1]) != normalise_header(text)):
                own.append(text)
    return levels


def flatten(levels: Sequence[Sequence[str]], vocabulary: Vocabulary) -> list[str]:
    """One header a column: the reading that explains it best; what only guessing could decide stays joined."""
    readings = [_read(own, vocabulary) for own in levels]
    for name in {reading.field for reading in readings if reading.field}:
        own = [position for position, reading in enumerate(readings) if reading.field == name]
        best = min(readings[position].quality for position in own)
        groups = {readings[position].group for position in own if readings[position].quality == best}
        is_riddle = best == _LOWER and len(groups) > 1
        is_riddle |= best == _UPPER and sum(readings[position].quality == best for position in own) > 1
        for position in own:
            if is_riddle or readings[position].quality > best:
                readings[position] = _unread(levels[position])
    return [reading.text for reading in readings]


def _unread(levels: Sequence[str]) -> _Reading:
    return _Reading(joined(levels), None, _NOT, "")


def _read(levels: Sequence[str], vocabulary: Vocabulary) -> _Reading:
    """The best reading of one column by itself."""
    if len(levels) < 2:
        text = levels[0] if levels else ""
        return _Reading(text, vocabulary.field(text), _WHOLE, "")
    own = {normalise_header(header): header for header in vocabulary.overrides.values()}
    for text in (joined(levels), *reversed(levels)):
        if normalise_header(text) in own:
            return _Reading(text, vocabulary.field(text), _WHOLE, "")
    for start in range(len(levels) - 1):
        text = "".join(levels[start:])
        if name := vocabulary.field(text):
            return _Reading(text, name, _WHOLE, "")
    return _by_one_level(levels, vocabulary)


def _by_one_level(levels: Sequence[str], vocabulary: Vocabulary) -> _Reading:
    *upper, lower = levels
    group = joined(upper)
    words = [normalise_header(text) for text in upper]
    lower_word = normalise_header(lower)
    if (name := vocabulary.field(lower)) and not any(map(OTHERS.search, words)):
        is_own = all(
            vocabulary.field(text) == name or NEUTRAL.fullmatch(word) for text, word in zip(upper, words, strict=True)
        )
        return _Reading(lower, name, _WHOLE if is_own else _LOWER, group)
    if name is None and lower_word not in LEFT_OUT and lower_word not in LINE_NUMBERS:
        for text in reversed(upper):
            if found := vocabulary.field(text):
                return _Reading(text, found, _UPPER, group)
    return _unread(levels)
