"""Where is an enterprise, a branch, a member? Market, village or community, township, county: the hierarchy is the
distance, so that no map is needed."""

from __future__ import annotations

import re
from enum import IntEnum

import pandas as pd

from data.values.columns import map_unique

#: The place columns, nearest first; each is said within the ones after it.
PLACE = ("market", "village", "township", "area")

#: No unit is without one of these; most addresses are, and the search is slow.
_WORDS = re.compile("[村居]|社区")
_UNITS = "村民委员会|社区居民委员会|居民委员会|村委会|居委会|社区|村"
#: 文昌市龙楼镇红海村12号 -> 红海村; 人民路3号 names none.
_VILLAGE = re.compile(rf"(?P<stem>[^\d省市县区镇乡]{{1,8}}?)(?P<unit>{_UNITS})(?!路|街|道|口)")
_BEFORE = re.compile(r"^.*(?:街道|(?<!社)[省市县区镇乡])(?=.)")


class Level(IntEnum):
    """How near: what two places have in common."""

    MARKET = 0
    VILLAGE = 1
    TOWNSHIP = 2
    COUNTY = 3


def villages(texts: pd.Series) -> pd.Series:
    """The village or community that an address or a name of a branch speaks of, in one spelling; None for none.

    红海村民委员会, 龙楼镇红海村12号 and 红海村党支部 -> 红海村; 龙楼墟社区居民委员会 -> 龙楼墟社区.
    """
    return map_unique(texts, _village)


def _village(text: str) -> str | None:
    if not _WORDS.search(text):
        return None
    found = _VILLAGE.search(_BEFORE.sub("", text)) or _VILLAGE.search(text)
    if found is None:
        return None
    return found["stem"] + ("村" if found["unit"].startswith("村") else "社区")
