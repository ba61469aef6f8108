"""组织关系台账: the balance from the whole down, differences by name, leads without one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from data.contracts.tables import BALANCE, BALANCE_NUMBERS
from reports.ledgers import write_ledgers
from reports.relations_ledger import relation_sheets
from tests.reports.builders import AS_OF, frame, ledger_tables, wenchang


def _line(level: str, **known: object) -> dict[str, object]:
    return {"level": level, "area": "", "township": "", "branch": "", "is_opening_stated": False,
            **dict.fromkeys(BALANCE_NUMBERS, 0), "listed": 2, "expected": 1, **known}  # fmt: skip


def test_sheets_and_their_lines(tmp_path: Path) -> None:
    tables = ledger_tables(wenchang())
    person = tables.members["person_id"].iloc[0]
    place = {"area": "469005", "township": "龙楼镇", "branch": "红海村党支部"}
    lines = [_line("branch", **place), _line("total")]
    listed = {"kind": "double", **place, "unique_id": "r1", "person_id": person}
    unknown = {"kind": "uncounted", **place, "unique_id": "t1", "person_id": None}
    lead = {"unique_id": "a1", "rule_code": "AR11", "entity_id": "E1", "entity_name": "文昌海风商行", **place}
    tables = replace(
        tables,
        balance=pd.DataFrame(lines)[list(BALANCE.columns)],
        balance_differences=frame({}, [listed, unknown]),
        report_leads=frame({}, [{**lead, "message": "年报填报党员 2 人"}]),
    )
    balance, differences, leads = (sheet.rows for sheet in relation_sheets(tables, "文昌市"))
    assert balance[["level_label", "listed", "basis"]].to_numpy().tolist() == [["合计", 2, "推算"], ["支部", 2, "推算"]]
    assert differences["kind_label"].tolist() == ["重复统计", "漏统"]
    assert differences["name"].tolist() == [tables.members["name"].iloc[0], None]
    assert "name" not in leads.columns
    assert "组织关系台账.xlsx" in [path.name for path in write_ledgers(tmp_path, tables, AS_OF, "文昌市")]
