"""党员信息台账: one line a member, for the bureau; and the private contact tasks of the members' own branches."""

from __future__ import annotations

import pandas as pd

from data.model import PrimaryClass
from data.privacy import mask_id, mask_phone
from data.values.columns import map_unique
from reports.columns import chosen
from reports.ledger_tables import (
    CATEGORY_LABELS,
    CLASS_LABELS,
    PARTY_STATUS_LABELS,
    POPULATION_LABELS,
    holds,
    said,
)
from reports.workbook import Column, Sheet, split

TITLE = "党员信息台账"
TASKS_TITLE = "本支部联系任务"

#: What a person who checks a line may answer; read back by the record key.
ANSWERS = ("属实", "信息有变", "不属实", "联系不上")

_COLUMNS = (
    Column("序号", "seq", 5.5, "count"),
    Column("姓名", "name", 9, "code"),
    Column("性别", "sex", 5, "code"),
    Column("公民身份号码", "id_masked", 20, "code"),
    Column("出生年月", "birth_month", 9, "code"),
    Column("人员类别", "category_label", 9.5, "code"),
    Column("所在党支部", "branch", 24),
    Column("乡镇", "township", 8.5, "code"),
    Column("工作单位", "entity_name", 26),
    Column("主体类型", "population_label", 11, "code"),
    Column("类别", "class_label", 15, "code"),
    Column("依据", "shown_reason", 34),
    Column("手机", "mobile_masked", 13, "code"),
    Column("确认状态", "confirmation", 9, "code"),
    Column("核实结果", "answer", 10, "code", choices=ANSWERS),
    Column("备注", "remark", 12),
    Column("记录键", "person_id", 16, "code", is_hidden=True),
)

_TASK_COLUMNS = (
    Column("序号", "seq", 5.5, "count"),
    Column("姓名", "name", 9, "code"),
    Column("所在党支部", "branch", 30),
    Column("乡镇", "township", 9, "code"),
    Column("手机", "mobile_masked", 13, "code"),
    Column("任务", "task", 46),
    Column("联系人", "contact", 10, "code"),
    Column("联系日期", "contacted_on", 11, "code"),
    Column("联系结果", "answer", 11, "code", choices=ANSWERS),
    Column("记录键", "person_id", 16, "code", is_hidden=True),
)


def member_sheets(members: pd.DataFrame, particulars: str) -> list[Sheet]:
    """The ledger of all members (`shown_members`), one sheet, or one a township where a sheet cannot hold them."""
    rows = masked_values(members)
    rows["category_label"] = said(rows["category"], CATEGORY_LABELS)
    rows["population_label"] = said(rows["population"], POPULATION_LABELS)
    rows["class_label"] = said(rows["shown_class"], CLASS_LABELS)
    rows["confirmation"], rows["answer"] = "待确认", None
    status = said(rows["party_status"], PARTY_STATUS_LABELS)
    rows["remark"] = chosen(rows["party_status"] == "normal", None, status)
    return split(Sheet(TITLE, TITLE, particulars, _COLUMNS, rows), "township")


def task_sheet(members: pd.DataFrame, particulars: str) -> Sheet:
    """Contact tasks for members whose workplace reports otherwise: each branch on a page of its own (guard-rail 4).

    Hidden members, and members in contact whose workplace counts fewer members than the rosters know there.

    The task says what to ask, not what the machine concluded; the employer is not named.
    """
    is_task = holds(members["flags"], lambda flags: "private_contact_task" in flags.split("|"))
    is_task &= members["primary_class"].isin([PrimaryClass.NORMAL, PrimaryClass.UNKNOWN, PrimaryClass.FLOATING])
    rows = masked_values(members[is_task | (members["primary_class"] == PrimaryClass.HIDDEN)])
    rows = rows.sort_values(["branch", "name", "person_id"], ignore_index=True)
    rows["seq"] = rows.groupby(rows["branch"].fillna("")).cumcount() + 1
    rows["task"] = "由支部专人与本人单独联系，了解其工作情况，核对本人登记信息，征求本人意愿。"
    rows["contact"] = rows["contacted_on"] = rows["answer"] = None
    warning = "仅供本支部联系本人使用：不得公开，不得告知用人单位"
    return Sheet(
        TASKS_TITLE,
        TASKS_TITLE,
        f"{particulars}    {warning}",
        _TASK_COLUMNS,
        rows,
        footer=warning,
        breaks_by="branch",
    )


def masked_values(members: pd.DataFrame) -> pd.DataFrame:
    """A numbered copy with `id_masked`, `mobile_masked` and `birth_month`, without the numbers themselves."""
    rows = members.reset_index(drop=True)
    rows["seq"] = rows.index + 1
    rows["id_masked"] = map_unique(rows["id_no"], mask_id)
    rows["birth_month"] = map_unique(rows["birth"], lambda iso: iso[:7])
    rows["mobile_masked"] = map_unique(rows["mobile"], mask_phone)
    return rows.drop(columns=["id_no", "mobile"])
