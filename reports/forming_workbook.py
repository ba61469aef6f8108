"""党建统计表: coverage, the six surveys, sizes and trades, and for the office's own use what could be formed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from data.model import POPULATION_TITLES
from reports.columns import chosen, looked_up
from reports.forming_tables import (
    BLOCK_TITLES,
    FORM_TITLES,
    LEVEL_TITLES,
    WHY_TITLES,
    FormingTables,
    coverage_table,
    said,
    survey_table,
)
from reports.staging import staged
from reports.workbook import Column, Sheet, open_workbook, split, write_sheet

TITLE = "党建统计表"
SIZE_TITLES = {
    "large": "大型",
    "medium": "中型",
    "small": "小型",
    "micro": "微型",
    "unknown": "数据不足",
    "excluded": "不在划型范围",
}
_BREAKDOWNS = {"area": "县（市）", "township": "乡镇", "population": "主体类型", "section": "行业门类"}
_NOT_STATED, _TOTAL = "（未填）", "合计"
_COVERAGE = (
    Column("指标", "title", 30),
    Column("口径版本", "version", 8, "code"),
    Column("分组", "breakdown", 10, "code"),
    Column("项目", "row", 16, "code"),
    Column("分子", "numerator", 10, "code"),
    Column("分母", "denominator", 10, "code"),
    Column("比率", "rate", 9, "code"),
    Column("分子口径", "numerator_is", 44),
    Column("分母口径", "denominator_is", 36),
)
_SURVEYS = (
    Column("摸清内容", "survey", 22, "code"),
    Column("指标", "title", 30),
    Column("分组", "breakdown", 10, "code"),
    Column("项目", "row", 16, "code"),
    Column("数量", "n", 10, "code"),
)
_SIZES = (
    Column("主体类型", "population", 12, "code"),
    Column("行业门类", "section", 10, "code"),
    Column("规模", "size_class", 14, "code"),
    Column("户数", "n", 10, "count"),
)
_PROPOSALS = (
    Column("组建方式", "form", 11, "code"),
    Column("乡镇", "township", 10, "code"),
    Column("范围", "level", 14, "code"),
    Column("单位", "unit_names", 44),
    Column("单位数", "n_units", 7, "count"),
    Column("党员", "names", 30),
    Column("正式党员", "n_formal", 9, "count"),
    Column("无待决事项", "n_ready", 10, "count"),
    Column("挂靠党组织", "host", 26),
    Column("须先解决", "blocks", 34),
    Column("依据", "citation", 40),
    Column("党委意见", "verdict", 12, "code", choices=("同意", "不同意", "缓办")),
    Column("记录键", "proposal_id", 18, is_hidden=True),
)
_NEAREST = (
    Column("姓名", "name", 10, "code"),
    Column("原因", "why", 26),
    Column("乡镇", "township", 10, "code"),
    Column("现党支部", "branch", 32),
    Column("就近党支部", "host", 32),
    Column("远近", "level", 16, "code"),
    Column("记录键", "person_id", 18, is_hidden=True),
)


def write_forming_book(
    out: Path, tables: FormingTables, members: pd.DataFrame, section_names: dict[str, str], as_of: date, unit: str
) -> Path:
    """Write 党建统计表.xlsx into `out`, all or none. members: person_id and name of members. section_names: letter ->
    name of GB/T 4754. The first three sheets may leave the bureau; the last two name members and stay inside."""
    particulars = f"填报单位：{unit}    截止日期：{as_of.year}年{as_of.month}月{as_of.day}日"
    inside = f"{particulars}    内部使用，不得外传"
    names = members.drop_duplicates("person_id").set_index("person_id")["name"]
    sheets = [
        Sheet("覆盖率", "党组织和党的工作覆盖率", particulars, _COVERAGE, _coverage(tables, section_names)),
        Sheet("六个摸清", "六个摸清统计表", particulars, _SURVEYS, _surveys(tables)),
        Sheet("规模和行业", "规模划型和行业门类", particulars, _SIZES, _sizes(tables, section_names)),
        *split(Sheet("组建建议", "党组织组建建议", inside, _PROPOSALS, _proposals(tables, names)), "township"),
        *split(Sheet("就近安排", "党员就近安排建议", inside, _NEAREST, _nearest(tables, names)), "township"),
    ]
    with staged(out) as folder, open_workbook(folder / f"{TITLE}.xlsx", as_of) as book:
        for sheet in sheets:
            write_sheet(book, sheet)
    return out / f"{TITLE}.xlsx"


def _labelled(table: pd.DataFrame, section_names: dict[str, str]) -> pd.DataFrame:
    words = {"total": _TOTAL, "": _NOT_STATED, **{str(k): title for k, title in POPULATION_TITLES.items()}}
    by_section = table["breakdown"].eq("section") & table["row"].isin(list(section_names))
    plain = looked_up(table["row"], pd.Series(words))
    row = chosen(plain.notna(), plain, table["row"])
    named = table["row"] + " " + looked_up(table["row"], pd.Series(section_names)).fillna("")
    return table.assign(
        row=chosen(by_section, named, row), breakdown=looked_up(table["breakdown"], pd.Series(_BREAKDOWNS))
    )


def _coverage(tables: FormingTables, section_names: dict[str, str]) -> pd.DataFrame:
    table = _labelled(coverage_table(tables), section_names)
    percent = [f"{float(rate):.2%}" if rate not in ("", "*") else rate for rate in table["rate"]]
    return table.assign(rate=pd.Series(percent, index=table.index, dtype=object))


def _surveys(tables: FormingTables) -> pd.DataFrame:
    titles = tables.surveys.drop_duplicates("survey").set_index("survey")["survey_title"]
    table = _labelled(survey_table(tables), {})
    return table.assign(survey=looked_up(table["survey"], titles))


def _sizes(tables: FormingTables, section_names: dict[str, str]) -> pd.DataFrame:
    populations = {str(k): title for k, title in POPULATION_TITLES.items()}
    section = tables.sizes["section"]
    names = pd.Series({letter: f"{letter} {name}" for letter, name in section_names.items()} | {"": _NOT_STATED})
    return tables.sizes.assign(
        population=looked_up(tables.sizes["population"], pd.Series(populations)),
        section=looked_up(section, names),
        size_class=looked_up(tables.sizes["size_class"], pd.Series(SIZE_TITLES)),
    )


def _proposals(tables: FormingTables, names: pd.Series) -> pd.DataFrame:
    rows = tables.proposals.sort_values(["is_blocked", "form", "township", "proposal_id"], na_position="last")
    people = rows["members"].str.split("|").explode()
    told = looked_up(people, names).fillna("").groupby(level=0, sort=False).agg("、".join)
    return rows.assign(
        form=said(rows["form"], FORM_TITLES),
        level=said(rows["level"], LEVEL_TITLES),
        blocks=said(rows["blocks"].where(rows["is_blocked"]), BLOCK_TITLES),
        names=told.astype(object),
        verdict=None,
    ).reset_index(drop=True)


def _nearest(tables: FormingTables, names: pd.Series) -> pd.DataFrame:
    rows = tables.nearest.sort_values(["township", "person_id"], na_position="last", ignore_index=True)
    return rows.assign(
        name=looked_up(rows["person_id"], names),
        why=said(rows["why"], WHY_TITLES),
        level=said(rows["level"], LEVEL_TITLES),
    )
