"""Whole columns of enterprise names taken apart: those of region, brand, trade and form all at once, others one by one.

The grammar is that of `enterprise_names`; most names are put together of few heads (文昌市) and tails (建材有限公司),
and each distinct one is asked once.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.values.coded import Coded
from matching import enterprise_words as words
from matching.arrays import Mask, Objects
from matching.characters import canonical_text
from matching.enterprise_names import NOT_AN_EMPLOYER, ParsedName, parse_name, take_tail
from matching.public_bodies import public_patterns
from matching.regions import Region, may_be_misspelt, misspelt_county, place_patterns, take_region
from matching.texts import Codes32, Points, Starts, bytes_of, points_of, starts_of

_HAN = "^[\u4e00-\u9fff]+$"
_KINDS = {"industry": "int64", "form": "int64", "is_employer": "bool", "is_public": "bool"}
#: Bytes of a Han character.
_BYTES = 3
#: Stands behind a head for the rest of the name: no region begins with it or sounds like it.
_REST = "某某某某"
#: Texts that say more than a name, or may name a branch. All that begin to say so fit; `parse_name` reads these.
_MORE = (
    "退休|离休|下岗|待业|失业|无业|个体|信用|农信|^(?:现|已|原|长期|目前|在|自营|经营|就职|任职|受雇|中国)",
    rf"(?:{'|'.join(words.DUTIES)})$",
    rf"^(?:{'|'.join(words.NOT_EMPLOYED)})(?:人员)?$",
    "(?:公司|合作社|集团).*(?:公司|[部店行社厂所厅处站场]|车间|食堂|仓库)$",
    "(?:分公司|支公司|分店|分行|支行|分社|分厂|分部|号店|营业部|营业厅|项目部|办事处)$",
)


def parse_names(texts: pd.Series) -> pd.DataFrame:
    """Parse a column of enterprise names or employer texts; each distinct text once.

    Returns a frame with the input's index and the columns of `ParsedName`; null and 务农 ... give is_employer False.
    """
    coded = Coded.of(texts)
    columns = _parsed(coded.values)
    frame = pd.DataFrame({field: column[coded.codes] for field, column in columns.items()}, index=texts.index)
    return frame.astype(_KINDS)


def parse_distinct(texts: pa.LargeStringArray) -> pd.DataFrame:
    """The same for distinct texts without nulls: one row each."""
    return pd.DataFrame({field: column[:-1] for field, column in _parsed(texts).items()}).astype(_KINDS)


def _parsed(texts: pa.LargeStringArray) -> dict[str, Objects]:
    """Per field the value of each text and, last, of null."""
    columns = {field: np.empty(len(texts) + 1, dtype=object) for field in ParsedName._fields}
    rows, names = _plain(texts)
    found, said = _read(names)
    for field, values in said.items():
        columns[field][rows[found]] = values
    is_other = np.ones(len(texts), dtype=bool)
    is_other[rows[found]] = False
    others = np.flatnonzero(is_other)
    alone = [*map(parse_name, texts.take(pa.array(others)).to_pylist()), NOT_AN_EMPLOYER]
    for field, told in zip(ParsedName._fields, zip(*alone, strict=True), strict=True):
        columns[field][np.append(others, len(texts))] = _objects(told)
    return columns


def _plain(texts: pa.LargeStringArray) -> tuple[Starts, pa.LargeStringArray]:
    """Rows of the texts that are a name in Han characters and no more, and these names in canonical characters."""
    rows = np.flatnonzero(_fit(texts, _HAN))
    names = _canonical(points_of(texts.take(pa.array(rows))))
    is_plain = _fit(names, _HAN)
    for pattern in (*_MORE, *public_patterns(), place_patterns().store):
        is_plain &= ~_fit(names, pattern)
    return rows[is_plain], names.filter(pa.array(is_plain))


def _read(names: pa.LargeStringArray) -> tuple[Starts, dict[str, Objects]]:
    """Which of the plain names were read, and what they say. Left are those whose region or brand is in doubt."""
    places, size = place_patterns(), _size(names)
    after = pc.replace_substring_regex(names, places.head, "")
    head, heads = _coded(_cut(names, 0 * size, size - _size(after)))
    kind = head + len(heads) * _fit(names, "公司|集团")
    regions, begins = _regions(heads)
    is_sure = (_size(after) > 0) & ~_fit(after, places.strange) & ~_fit(after, places.any)
    is_sure &= np.array([bool(region.county) for region in regions], dtype=bool)[kind] | ~_is_misspelt(after)
    begin = begins[kind]
    rest = _cut(names, begin, size)
    # From behind: the words of the tail, always the longest that fits.
    end = begin + _size(pc.replace_substring_regex(pc.utf8_reverse(rest), _tail(), ""))
    # A brand of one character may be half of one: `take_tail` looks.
    found = np.flatnonzero(is_sure & (end > begin + 1))
    names, begin, end, size, kind = names.take(pa.array(found)), begin[found], end[found], size[found], kind[found]
    tail, tails = _coded(_cut(names, end, size))
    told = [take_tail(text)[1:] for text in tails]
    return found, {
        "core": _objects(names),
        "province": _objects([region.province for region in regions])[kind],
        "region": _objects([region.county for region in regions])[kind],
        "township": _objects([region.township for region in regions])[kind],
        "brand": _objects(_cut(names, begin, end)),
        **{field: _objects([one[n] for one in told])[tail] for n, field in enumerate(("trade", "industry", "form"))},
        **{field: np.full(len(found), value, dtype=object) for field, value in _ALWAYS.items()},
    }


#: What every name says that is read here.
_ALWAYS = {"branch": "", "duty": "", "is_employer": True, "is_public": False}


def _regions(heads: list[str]) -> tuple[list[Region], Starts]:
    """Region of the names with these heads, of those that are no company and then of companies, and where it ends."""
    found = [take_region(head + _REST, is_company=is_company) for is_company in (False, True) for head in heads]
    ends = [len(head) + len(_REST) - len(rest) for head, (_, rest) in zip([*heads, *heads], found, strict=True)]
    return [region for region, _ in found], np.array(ends, dtype=np.int64)


def _is_misspelt(texts: pa.LargeStringArray) -> Mask:
    """Which begin with a county written by its sound?"""
    code, firsts = _coded(pc.utf8_slice_codeunits(texts, 0, 2))
    out = np.array([may_be_misspelt(first) for first in firsts], dtype=bool)[code]
    # What follows is looked at where it decides.
    out[out] = [bool(misspelt_county(text)) for text in texts.filter(pa.array(out)).to_pylist()]
    return out


@cache
def _tail() -> str:
    """The words that a name ends in, from behind."""
    longest_first = sorted(words.TAIL_WORDS, key=lambda word: (-len(word), word))
    return f"^(?:{'|'.join(word[::-1] for word in longest_first)})+"


def _canonical(names: Points) -> pa.LargeStringArray:
    """Names in canonical characters."""
    table = np.arange(int(names.points.max(initial=0)) + 1, dtype=np.uint32)
    for point in names.distinct():
        table[point] = ord(canonical_text(chr(point)))
    return Points(table[names.points], names.starts).texts()


def _fit(texts: pa.LargeStringArray, pattern: str) -> Mask:
    return np.asarray(pc.match_substring_regex(texts, pattern), dtype=bool)


def _size(names: pa.LargeStringArray) -> Starts:
    """Characters of texts of Han characters."""
    return np.diff(bytes_of(names)[1]) // _BYTES


def _cut(names: pa.LargeStringArray, begin: Starts, end: Starts) -> pa.LargeStringArray:
    """Of each text of Han characters those from `begin` up to `end`."""
    joined, starts = bytes_of(names)
    cut = starts_of(end - begin)
    where = np.repeat(starts[:-1] // _BYTES + begin - cut[:-1], end - begin) + np.arange(cut[-1])
    characters = joined.view(f"V{_BYTES}")[where]
    return pa.LargeStringArray.from_buffers(len(names), pa.py_buffer(cut * _BYTES), pa.py_buffer(characters.tobytes()))


def _coded(texts: pa.LargeStringArray) -> tuple[Codes32, list[str]]:
    encoded = texts.dictionary_encode()
    return np.asarray(encoded.indices, dtype=np.int32), encoded.dictionary.to_pylist()


def _objects(values: pa.Array | list[str] | list[int] | tuple[object, ...]) -> Objects:
    if isinstance(values, pa.Array):
        return np.asarray(values.to_numpy(zero_copy_only=False), dtype=object)
    return np.fromiter(values, dtype=object, count=len(values))
