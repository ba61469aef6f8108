"""What does the office work with? The three ledgers and the branches' private contact tasks, as formatted workbooks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from reports.development_ledger import TITLE as DEVELOPMENT
from reports.development_ledger import development_sheets
from reports.ledger_tables import LedgerTables, shown_members
from reports.members_ledger import TASKS_TITLE as TASKS
from reports.members_ledger import TITLE as MEMBERS
from reports.members_ledger import member_sheets, task_sheet
from reports.organizations_ledger import TITLE as ORGANIZATIONS
from reports.organizations_ledger import organization_sheets
from reports.relations_ledger import TITLE as RELATIONS
from reports.relations_ledger import relation_sheets
from reports.staging import staged
from reports.workbook import Sheet, open_workbook, write_sheet


def write_ledgers(out: Path, tables: LedgerTables, as_of: date, unit: str) -> list[Path]:
    """Write 党员信息台账, 发展党员台账, 党组织工作台账, 组织关系台账 and 本支部联系任务 into `out`, all or none.

    Gives their paths.

    `unit` is the reporting unit in words, such as 文昌市. Same tables, `as_of` and `unit`: the same bytes.
    """
    members = shown_members(tables, as_of)
    particulars = f"填报单位：{unit}    截止日期：{as_of.year}年{as_of.month}月{as_of.day}日"
    # One after the other: the lines of one are let go before those of the next are made.
    books: dict[str, Callable[[], Sequence[Sheet]]] = {
        MEMBERS: lambda: member_sheets(members, particulars),
        DEVELOPMENT: lambda: development_sheets(tables, members, as_of, particulars),
        ORGANIZATIONS: lambda: organization_sheets(tables, members, as_of, particulars),
        TASKS: lambda: [task_sheet(members, particulars)],
        RELATIONS: lambda: relation_sheets(tables, particulars),
    }
    names = {title: f"{title}.xlsx" for title in books}
    with staged(out) as folder:
        for title, sheets in books.items():
            with open_workbook(folder / names[title], as_of) as book:
                for sheet in sheets():
                    write_sheet(book, sheet)
    return [out / name for name in names.values()]
