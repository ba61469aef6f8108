"""Do several tables stand side by side? The same headers in the same order again, further to the right."""

from __future__ import annotations

from collections.abc import Sequence

from data.sources.layout.header import Vocabulary, normalise_header

_MIN_FIELDS = 2
#: Free text at the end may stand once for all blocks.
_AT_THE_END = "remark"


def blocks(headers: Sequence[str | None], vocabulary: Vocabulary) -> list[list[int]]:
    """Column positions of each table side by side, left to right; one block with all columns when there is but one.

    Every block has the same headers in the same order and what the contract needs; 姓名 电话 姓名 电话 关系 is one.
    """
    everything = [list(range(len(headers)))]
    words = [normalise_header(text) if text else "" for text in headers]
    fields = [vocabulary.field(text) for text in headers]
    first = next((position for position, name in enumerate(fields) if name), None)
    if first is None:
        return everything
    start = _start(words, first)
    starts = [position for position, word in enumerate(words) if word == words[start]]
    if len(starts) < 2:
        return everything
    parts = [list(range(a, b)) for a, b in zip(starts, [*starts[1:], len(words)], strict=True)]
    contents = [_content(part, words, fields) for part in parts]
    named = {name for position in parts[0] if (name := fields[position])}
    is_same = all(content == contents[0] for content in contents)
    if not is_same or len(named) < _MIN_FIELDS or not vocabulary.is_complete(named):
        return everything
    return [[*range(start), *parts[0]], *parts[1:]]


def _start(words: Sequence[str], first: int) -> int:
    """Where a block begins: at the running number or whatever else is repeated left of the first known header."""
    return next((position for position in range(first) if words[position] and words.count(words[position]) > 1), first)


def _content(part: Sequence[int], words: Sequence[str], fields: Sequence[str | None]) -> list[str]:
    """The headers of a block without blanks, and without the remark."""
    return [words[position] for position in part if words[position] and fields[position] != _AT_THE_END]
