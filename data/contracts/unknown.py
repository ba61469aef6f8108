"""Which columns were not read? Counted for every table, and told where somebody may have meant one of the contract.

Columns left out on purpose (ethnicity, education, household registration ...) are counted and not remarked on (P2).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from data.contracts.field import FeedContract, Field
from data.contracts.left_out import LEFT_OUT, LINE_NUMBERS
from data.contracts.reason import Reason
from data.contracts.reasons.headers import COLUMNS_UNKNOWN, NO_STRONG_COLUMN
from data.model import PERSON_SIDE
from data.sources.layout.header import HeaderMap, normalise_header
from data.sources.layout.likeness import nearest
from data.sources.raw import RawTable
from data.words import tr

_STRONG = ("id_no", "mobile", "birth")
#: What a column may be by the shape of its values: a hint in the message, never a guess.
_SHAPES = (
    ("公民身份号码", "identity number", r"\s*'?[1-9]\d{16}[\dXx]\s*|[1-9]\.\d+[Ee]\+17"),
    ("统一社会信用代码", "credit code", r"\s*[159][1239]\d{6}[0-9A-Z]{10}\s*"),
    ("手机号码", "mobile number", r"\s*(?:\+?86)?1[3-9]\d{9}\s*"),
    ("注册号或15位身份证号", "15-digit number", r"\s*\d{15}\s*"),
    ("日期", "date", r"\s*(?:19|20)\d{2}[-./年]\d{1,2}(?:[-./月](?:\d{1,2}日?)?)?\s*|\s*(?:19|20)\d{4}(?:\d{2})?\s*"),
)
_MIN_CELLS, _MIN_SHARE = 3, 0.9
#: How alike headers must be to be named together (身份正号, 身份证号: 0.75; 所长意见, 结婚时间: nothing).
_LIKE = 0.7
_MIN_LETTERS = 3


def unknown_columns(table: RawTable, header_map: HeaderMap) -> Counter[str]:
    """Filled cells of the columns outside the contract, by header; nothing of them goes further (P2)."""
    counts: Counter[str] = Counter()
    for position in header_map.unknown:
        n_filled = int(table.cells[position].notna().sum())
        if n_filled and normalise_header(table.headers[position]) not in LINE_NUMBERS:
            counts[table.headers[position] or f"({position + 1})"] += n_filled
    counts.update(table.n_untaken)
    return counts


def unknown_note(table: RawTable, header_map: HeaderMap, contract: FeedContract) -> tuple[Reason, str] | None:
    """The reason and message about columns not understood; stronger where a table of persons has no column that
    tells people apart. None when every column is known or left out on purpose."""
    free = [field for field in contract.fields if field.name not in header_map.columns]
    described = [_described(table, position, free) for position in header_map.unknown if _is_strange(table, position)]
    described += [header for header in table.n_untaken if normalise_header(header) not in LINE_NUMBERS | LEFT_OUT]
    if not described:
        return None
    headers = "、".join(described)
    strong = [field for field in contract.fields if field.name in _STRONG]
    if contract.kind in PERSON_SIDE and not any(field.name in header_map.columns for field in strong):
        expected = "、".join(field.title for field in strong)
        return NO_STRONG_COLUMN, NO_STRONG_COLUMN.message(expected=expected, headers=headers)
    return COLUMNS_UNKNOWN, COLUMNS_UNKNOWN.message(headers=headers)


def _is_strange(table: RawTable, position: int) -> bool:
    word = normalise_header(table.headers[position])
    return word not in LINE_NUMBERS and word not in LEFT_OUT and bool(table.cells[position].notna().any())


def _described(table: RawTable, position: int, free: Sequence[Field]) -> str:
    """The header, with what nine tenths of its cells look like, else the free field whose header it is like."""
    header = table.headers[position] or tr(f"第 {position + 1} 列（无表头）", f"column {position + 1} (no header)")
    if (shape := _shape(table.cells[position].dropna())) is not None:
        return header + tr(f"（像{shape[0]}）", f" (looks like: {shape[1]})")
    if (field := _like(table.headers[position], free)) is not None:
        line = f'columns = {{ {field.name} = "{header}" }}'
        return header + tr(f"（像是“{field.title}”，若是可写 {line}）", f" (like “{field.title}”; if so write {line})")
    return header


def _like(header: str, free: Sequence[Field]) -> Field | None:
    """The field whose title or synonym is most like a header of three characters or more."""
    word = normalise_header(header)
    if len(word) < _MIN_LETTERS:
        return None
    known = {
        normalise_header(own): field for field in reversed(free) for own in (*reversed(field.synonyms), field.title)
    }
    found = nearest(word, [own for own in known if len(own) >= _MIN_LETTERS], _LIKE)
    return known[found] if found else None


def _shape(filled: pd.Series) -> tuple[str, str] | None:
    if len(filled) < _MIN_CELLS:
        return None
    shares = ((zh, en, filled.str.fullmatch(pattern).mean()) for zh, en, pattern in _SHAPES)
    return next(((zh, en) for zh, en, share in shares if share >= _MIN_SHARE), None)
