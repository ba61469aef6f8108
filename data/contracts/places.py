"""Where do the rows of a sheet belong when they do not say so? Its titles and subtitles name townships and branches.

What a row says itself always counts; a subtitle goes before the title, the title before the sheet's and file's name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.reference.divisions import township_in, township_name
from data.sources.raw import RawTable
from data.values.columns import Objects, map_unique
from data.values.text import clean_name, fold_width

#: 三、 or (3) or 3. before what a subtitle names, and a count or a colon after it.
_NUMBERING = re.compile(
    r"^(?:[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、.．]\s*|第[一二三四五六七八九十\d]+部分[:：\s]*)"
)
_AFTER = re.compile(r"[(（][^()（）]*[)）]|[:：]|共?\s*\d+\s*[人名]")
_BODY = "党支部|支部|党总支|总支|党委|支部委员会|总支部|总支部委员会|委员会"
_BRANCH = re.compile(rf".{{1,38}}(?:{_BODY})")
#: A roster titled by its branch: 红海社区党支部党员花名册.
_TITLED = re.compile(
    r"(?P<branch>[^:]{1,38}支部)(?:委员会)?(?:在册|全体|正式|预备|流动)?(?:党员)?(?:基本)?(?:信息|情况)?"
    r"(?:花名册|名册|名单|台账|通讯录|登记表|信息表|统计表|一览表|采集表)?(?:[(（].*[)）])?"
)


def branch_in(text: str) -> str | None:
    """The branch or committee that a subtitle names and nothing else: 三、第三党支部（12人）： -> 第三党支部."""
    plain = _AFTER.sub("", _NUMBERING.sub("", fold_width(text).strip()))
    name = clean_name(plain)
    return name if name and _BRANCH.fullmatch(name) else None


def branch_of_title(lines: Sequence[str]) -> str | None:
    """The branch whose roster this is by its title; None for titles that only name who reports."""
    plain = ("".join(_NUMBERING.sub("", fold_width(line).strip()).split()) for line in lines)
    return next((found["branch"] for line in plain if (found := _TITLED.fullmatch(line))), None)


def with_place(
    rows: pd.DataFrame, tables: Sequence[RawTable], n_rows: Sequence[int], area: str, *, is_roster: bool
) -> pd.DataFrame:
    """Area of the source, townships as the reference table spells them, and what titles and subtitles say of rows that
    name no township or branch. n_rows: rows of each table, in the order of `rows`. The frame is changed in place."""
    rows["area"] = np.full(len(rows), area if len(area) == 6 else None, dtype=object)
    numbers = np.split(rows["source_row"].to_numpy(dtype=np.int64), np.cumsum(n_rows)[:-1])
    said = [_said(table, own, area, is_roster=is_roster) for table, own in zip(tables, numbers, strict=True)]
    if "township" in rows:
        own = map_unique(rows["township"], lambda text: township_name(text, area))
        rows["township"] = _filled(own, [townships for townships, _ in said])
    if "branch" in rows:
        rows["branch"] = _filled(rows["branch"], [branches for _, branches in said])
    return rows


def _filled(own: pd.Series, said: Sequence[Objects]) -> pd.Series:
    return own.where(own.notna(), pd.Series(np.concatenate(said), index=own.index, dtype=object))


def _said(table: RawTable, numbers: npt.NDArray[np.int64], area: str, *, is_roster: bool) -> tuple[Objects, Objects]:
    """Township and branch for each row of a table, by the subtitles above it and by the title.

    A subtitle that names a township ends the branch above it; one that names a branch stays in the township.
    """
    township = _township_of(table, area)
    branch = branch_of_title(table.title_lines) if is_roster else None
    in_force = [(township, branch)]
    for _, text in table.sections:
        if (found := branch_in(text)) is not None:
            township, branch = township_in(text, area) or township, found
        elif (place := township_in(text, area)) is not None:
            township, branch = place, None
        in_force.append((township, branch))
    section = np.searchsorted([row for row, _ in table.sections], numbers)
    both = [np.array([pair[side] for pair in in_force], dtype=object)[section] for side in (0, 1)]
    return both[0], both[1]


def _township_of(table: RawTable, area: str) -> str | None:
    """The township that the title, else the sheet's name, else the file's name speaks of."""
    texts = (" ".join(table.title_lines), table.sheet, PurePosixPath(table.source_file).stem)
    return next((place for text in texts if (place := township_in(text, area))), None)
