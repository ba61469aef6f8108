"""How do offices write a day? 1985-07-01, 1985.7.1, 1985年7月1日, 19850701, and months alone."""

from __future__ import annotations

import numpy as np

from data.synthetic.errors import Objects
from data.synthetic.people import Days, ymd

DAY_STYLES = ("{y}-{mm}-{dd}", "{y}.{m}.{d}", "{y}年{m}月{d}日", "{y}{mm}{dd}", "{y}/{m}/{d}")
MONTH_STYLES = ("{y}-{mm}", "{y}.{m}", "{y}年{m}月", "{y}{mm}", "{y}/{m}")
ISO = DAY_STYLES[0]


def written(days: Days, style: str) -> Objects:
    """Days in one style, '' for NaT; each distinct day is written once."""
    distinct, place = np.unique(days.astype("datetime64[D]"), return_inverse=True)
    numbers = ymd(np.where(np.isnat(distinct), np.datetime64("2000-01-01"), distinct))
    texts = np.array([_one(int(number), style) for number in numbers], dtype=object)
    texts[np.isnat(distinct)] = ""
    return texts[place]


def _one(number: int, style: str) -> str:
    year, month, day = number // 10_000, number // 100 % 100, number % 100
    return style.format(y=year, m=month, mm=f"{month:02d}", d=day, dd=f"{day:02d}")
