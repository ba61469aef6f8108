"""组织关系台账: does 应有数 equal 实有数, what explains the difference, and which annual reports are worth a visit?"""

from __future__ import annotations

import pandas as pd

from data.contracts.frames import without_nan
from reports.columns import with_columns
from reports.ledger_tables import LedgerTables, said
from reports.workbook import Column, Sheet, split

TITLE = "组织关系台账"
DIFFERENCES_TITLE = "差异明细"
LEADS_TITLE = "年报线索"

_LEVELS = {"branch": "支部", "township": "乡镇", "county": "市县", "total": "合计"}
KINDS = {
    "deceased": "已去世仍在册",
    "left": "已出党仍在册",
    "never_admitted": "非党员在册",
    "transferred": "已转出仍在册",
    "other": "其他不实",
    "suspended": "停止党籍",
    "flow_in": "流入登记",
    "double": "重复统计",
    "uncounted": "漏统",
}
_NUMBERS = {
    "opening": "上年底",
    "developed": "发展",
    "restored": "恢复党籍",
    "received": "转入",
    "left": "出党",
    "suspended": "停止党籍",
    "deceased": "死亡",
    "transferred": "转出",
    "expected": "应有数",
    "listed": "实有数",
    "difference": "差异",
    **{f"listed_{kind}" if kind != "uncounted" else kind: title for kind, title in KINDS.items()},
    "unexplained": "未说明",
}
_BALANCE_COLUMNS = (
    Column("级别", "level_label", 6, "code"),
    Column("乡镇", "township", 9, "code"),
    Column("党支部", "branch", 30),
    *(Column(title, name, 7, "count") for name, title in _NUMBERS.items()),
    Column("上年底依据", "basis", 9, "code"),
)
_DIFFERENCE_COLUMNS = (
    Column("序号", "seq", 5.5, "count"),
    Column("差异", "kind_label", 14, "code"),
    Column("姓名", "name", 9, "code"),
    Column("乡镇", "township", 9, "code"),
    Column("党支部", "branch", 34),
    Column("核实结果", "answer", 20),
    Column("记录键", "unique_id", 20, is_hidden=True),
)
_LEAD_COLUMNS = (
    Column("序号", "seq", 5.5, "count"),
    Column("规则", "rule_code", 8, "code"),
    Column("市场主体", "entity_name", 32),
    Column("乡镇", "township", 9, "code"),
    Column("说明", "message", 60),
    Column("核实结果", "answer", 20),
    Column("记录键", "unique_id", 20, is_hidden=True),
)
_ORDER = {level: place for place, level in enumerate(("total", "county", "township", "branch"))}


def relation_sheets(tables: LedgerTables, particulars: str) -> list[Sheet]:
    """The balance from the whole down to the branches, its differences one a line, and the leads of annual reports.

    A difference names the member, who is on a roster or in a letter; a lead names nobody (guard-rails 1 and 4).
    """
    return [
        Sheet(TITLE, "党员增减平衡表", particulars, _BALANCE_COLUMNS, _balance(tables), n_frozen=3),
        *split(Sheet(DIFFERENCES_TITLE, DIFFERENCES_TITLE, particulars, _DIFFERENCE_COLUMNS, _differences(tables)),
               "township"),
        *split(Sheet(LEADS_TITLE, LEADS_TITLE, particulars, _LEAD_COLUMNS, _leads(tables)), "township"),
    ]  # fmt: skip


def _balance(tables: LedgerTables) -> pd.DataFrame:
    rows = tables.balance.assign(_order=tables.balance["level"].map(_ORDER))
    rows = rows.sort_values(["_order", "area", "township", "branch"], kind="stable", ignore_index=True)
    rows["level_label"] = said(rows["level"], _LEVELS)
    rows["basis"] = rows["is_opening_stated"].map({True: "上报", False: "推算"}).astype(object)
    return rows


def _differences(tables: LedgerTables) -> pd.DataFrame:
    names = with_columns(tables.members, ["person_id", "name"]).drop_duplicates("person_id")[["person_id", "name"]]
    rows = tables.balance_differences.merge(names, on="person_id", how="left")
    rows["kind_label"] = said(rows["kind"], KINDS)
    return _numbered(rows)


def _leads(tables: LedgerTables) -> pd.DataFrame:
    return _numbered(tables.report_leads)


def _numbered(rows: pd.DataFrame) -> pd.DataFrame:
    rows = without_nan(rows.reset_index(drop=True))
    rows["seq"], rows["answer"] = rows.index + 1, None
    return rows
