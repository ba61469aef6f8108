"""Are two names, two numbers, two organisations written alike? Exact tests; weighing belongs to matching."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from opencc import OpenCC

from data.values.columns import map_unique

Mask = npt.NDArray[np.bool_]

_UNREADABLE = "?？□*〓"
_PARTY = re.compile(r"中国共产党|中共|[\s()（）·,，]")
_BRANCH_SUFFIX = re.compile(r"(?:党?支部委员会|党?支部)$")
_PLACE_PREFIX = re.compile(
    r"^(?:海南省)?(?:[^省市县镇乡村]{2,4}[市县])?(?P<township>[^省市县镇乡村]{1,6}(?:镇|乡|街道))?(?=.{2})"
)
_TOWNSHIP_SUFFIX = re.compile(r"(?:人民政府|镇|乡|街道(?:办事处)?|(?:镇)?(?:工商|市场监管|市场监督管理)?所)$")


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def name_key(names: pd.Series) -> pd.Series:
    """Simplified form without the middle dot, for equality of names; null stays null."""
    distinct = names.dropna().unique()
    # One call for all names: the converter's start costs more than its work. No name holds a line break.
    folded = _converter().convert("\n".join(distinct)).split("\n")
    table = {name: key.replace("·", "") for name, key in zip(distinct, folded, strict=True)} if len(distinct) else {}
    return map_unique(names, table.__getitem__)


def are_names_near(left: str, right: str) -> bool:
    """Equal, or one character apart: replaced, or left out behind the surname; an unreadable character equals any."""
    if abs(len(left) - len(right)) == 1:
        longer, shorter = sorted((left, right), key=len, reverse=True)
        return len(shorter) > 1 and any(longer[:n] + longer[n + 1 :] == shorter for n in range(1, len(longer)))
    if len(left) != len(right):
        return False
    readable = [(a, b) for a, b in zip(left, right, strict=True) if a not in _UNREADABLE and b not in _UNREADABLE]
    return bool(readable) and sum(a != b for a, b in readable) <= min(1, len(readable) - 1)


def are_ids_near(left: str, right: str) -> bool:
    """Equal, or one slip apart: a digit replaced, left out or doubled, or two neighbours swapped."""
    if left == right:
        return True
    if len(left) == len(right):
        wrong = [place for place, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
        if len(wrong) == 1:
            return True
        first, last = wrong[0], wrong[-1]
        return len(wrong) == 2 and last == first + 1 and left[first] == right[last] and left[last] == right[first]
    longer, shorter = (left, right) if len(left) > len(right) else (right, left)
    if len(longer) != len(shorter) + 1:
        return False
    place = next((n for n, (a, b) in enumerate(zip(longer, shorter, strict=False)) if a != b), len(shorter))
    return longer[place + 1 :] == shorter[place:]


def near_pairs(left: pd.Series, right: pd.Series) -> Mask:
    """`are_ids_near` down two aligned columns; False where either is null."""
    return _pairwise(zip(left, right, strict=True), are_ids_near)


def near_name_pairs(left: pd.Series, right: pd.Series) -> Mask:
    """`are_names_near` down two aligned columns of name keys; False where either is null."""
    return _pairwise(zip(left, right, strict=True), are_names_near)


def _pairwise(pairs: Iterable[tuple[str | None, str | None]], test: object) -> Mask:
    assert callable(test)
    return np.array([a is not None and b is not None and test(a, b) for a, b in pairs], dtype=bool)


class OrgName(NamedTuple):
    """A party organisation's name in parts: the township it names (None: none) and what distinguishes it there."""

    township: str | None
    core: str

    def may_be(self, other: OrgName) -> bool:
        """One organisation, as far as the names tell: `红海村支部` may be `龙楼镇红海村党支部`, not 文城镇's."""
        if self.core != other.core:
            return False
        if self.township is None or other.township is None:
            return True
        return self.township.endswith(other.township) or other.township.endswith(self.township)


@lru_cache(maxsize=65_536)
def parse_org(name: str, township: str | None = None) -> OrgName:
    """`文昌市龙楼镇红海村党支部` -> (龙楼, 红海村); `township`: where it names none."""
    bare = _PARTY.sub("", name)
    core = _BRANCH_SUFFIX.sub("", bare)
    prefix = _PLACE_PREFIX.match(core)
    if prefix is None or not core[prefix.end() :]:
        return OrgName(township_core(township) if township else None, core or bare)
    named = prefix["township"] or township
    return OrgName(township_core(named) if named else None, core[prefix.end() :])


def township_key(names: pd.Series) -> pd.Series:
    """`龙楼镇`, `龙楼镇人民政府` and `龙楼工商所` -> `龙楼`; null stays null."""
    return map_unique(names, township_core)


def township_core(name: str) -> str:
    """The township without the word for its kind."""
    core = _TOWNSHIP_SUFFIX.sub("", name)
    return core if core == name else township_core(core) or name
