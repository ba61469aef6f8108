"""The difference between two nights as people and programs read it: differences.csv and a workbook, a sheet a kind."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from data.contracts.frames import without_nan
from data.model import CLASS_TITLES, PrimaryClass
from reports.columns import looked_up
from reports.differences import COLUMNS, KINDS, tally
from reports.staging import staged
from reports.workbook import Column, Sheet, open_workbook, split, write_sheet

FILE_NAME = "differences.csv"
TITLE = "两次核对差异"

_SEQ = Column("序号", "seq", 6, "count")
_PLACE = (Column("乡镇", "township", 10, "code"), Column("党支部", "branch", 34))
_PERSON = (Column("姓名", "name", 10, "code"), Column("人员编号", "person_id", 22, "code"))
_OTHER = Column("原属人员编号", "other_person_id", 22, "code")
_CLASSES = (Column("原类别", "was_label", 14, "code"), Column("现类别", "now_label", 14, "code"))
_FINDING = (Column("规则", "rule_code", 8, "code"), Column("查核结果编号", "finding_id", 24, "code"))
_RECORD = Column("记录键", "unique_id", 34, "code")
_SHOWN: dict[str, tuple[Column, ...]] = {
    "new": (*_PERSON, *_PLACE),
    "gone": (*_PERSON, *_PLACE),
    "merged": (*_PERSON, Column("并入人员编号", "other_person_id", 22, "code"), *_PLACE),
    "split": (*_PERSON, _OTHER, *_PLACE),
    "moved": (*_PERSON, _OTHER, _RECORD, *_PLACE),
    "class_changed": (*_PERSON, *_CLASSES, *_PLACE),
    "finding_new": (*_FINDING, *_PERSON, _RECORD, *_PLACE),
    "finding_gone": (*_FINDING, *_PERSON, _RECORD, *_PLACE),
}


def write_differences(out: Path, found: pd.DataFrame) -> Path:
    """Write differences.csv into `out`; its path. found: as `reports.differences.differences` gives it."""
    path = out / FILE_NAME
    found[list(COLUMNS)].to_csv(path, index=False, encoding="utf-8", lineterminator="\n")
    return path


def write_differences_book(out: Path, found: pd.DataFrame, names: pd.Series, as_of: date, unit: str) -> Path:
    """Write 两次核对差异.xlsx into `out`; its path.

    names: name by person_id of tonight's members: nobody's name is known any more who is gone. Two nights without a
    difference give the same bytes, whichever they are: summary.json says which night was compared with.
    """
    with staged(out) as folder, open_workbook(folder / f"{TITLE}.xlsx", as_of) as book:
        for sheet in _sheets(found, names, as_of, unit):
            write_sheet(book, sheet)
    return out / f"{TITLE}.xlsx"


def _sheets(found: pd.DataFrame, names: pd.Series, as_of: date, unit: str) -> list[Sheet]:
    particulars = f"填报单位：{unit}    截止日期：{as_of.year}年{as_of.month}月{as_of.day}日    与上一次发布相比"
    counts = tally(found)
    rows = {"kind_label": list(KINDS.values()), "n": [counts[kind] for kind in KINDS]}
    overview = (Column("变动", "kind_label", 24), Column("件数", "n", 10, "count"))
    sheets = [Sheet("汇总", TITLE, particulars, overview, pd.DataFrame(rows), n_frozen=1)]
    labels = {str(name): CLASS_TITLES[name] for name in PrimaryClass}
    shown = found.assign(name=looked_up(found["person_id"], names))
    # A list of names of members found hidden would be just what guard-rail 4 forbids: those are told by their ids.
    is_private = shown[["class_was", "class_now"]].isin([str(PrimaryClass.HIDDEN)]).any(axis=1)
    shown["name"] = shown["name"].mask(is_private, None)
    shown["was_label"] = looked_up(found["class_was"], pd.Series(labels, dtype=object))
    shown["now_label"] = looked_up(found["class_now"], pd.Series(labels, dtype=object))
    for kind, title in KINDS.items():
        part = without_nan(shown[shown["kind"] == kind].reset_index(drop=True))
        if len(part):
            part = part.assign(seq=range(1, len(part) + 1))
            whole = Sheet(title, f"{TITLE}：{title}", particulars, (_SEQ, *_SHOWN[kind]), part)
            sheets += split(whole, "township")
    return sheets
