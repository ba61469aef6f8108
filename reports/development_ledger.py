"""发展党员台账: who is on the way to membership, from applicant to conversion, as rosters and claims state it."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.values.columns import map_unique
from data.values.dates import add_months, earliest, latest
from reports.columns import chosen, first_known, with_columns
from reports.ledger_tables import CATEGORY_LABELS, LedgerTables, holds, said
from reports.members_ledger import masked_values
from reports.workbook import Column, Sheet, split

TITLE = "发展党员台账"

#: Steps before admission, as the category column of a roster or a claim names them (domain rules §1.8).
BEFORE_ADMISSION = ("applicant", "activist", "development_target")

PROBATION_MONTHS = 12  # from the vote on admission (party constitution, article 7)
RECENT_MONTHS = 12  # how long a conversion stays in this ledger

IN_PROBATION, PROBATION_OVER, CONVERTED = "预备期内", "预备期已满待转正", "已转正"

_COLUMNS = (
    Column("序号", "seq", 5.5, "count"),
    Column("姓名", "name", 9, "code"),
    Column("性别", "sex", 5, "code"),
    Column("公民身份号码", "id_masked", 20, "code"),
    Column("出生年月", "birth_month", 9, "code"),
    Column("所在党支部", "branch", 28),
    Column("乡镇", "township", 9, "code"),
    Column("工作单位", "employer", 26),
    Column("入党日期", "join_on", 11, "code"),
    Column("预备期满日", "due_on", 11, "code"),
    Column("转正日期", "full_on", 11, "code"),
    Column("状态", "state", 17, "code"),
    Column("手机", "mobile_masked", 13, "code"),
    Column("备注", "remark", 20),
    Column("记录键", "key", 16, "code", is_hidden=True),
)
_FIELDS = (
    "person_id",
    "name",
    "sex",
    "id_no",
    "birth",
    "category",
    "branch",
    "township",
    "employer",
    "mobile",
    "join_on",
    "full_on",
)  # fmt: skip
_STATE_ORDER = (*(CATEGORY_LABELS[code] for code in BEFORE_ADMISSION), IN_PROBATION, PROBATION_OVER, CONVERTED)


def development_sheets(tables: LedgerTables, members: pd.DataFrame, as_of: date, particulars: str) -> list[Sheet]:
    """Members on probation or converted in the last 12 months (from `shown_members`), then who is not yet admitted."""
    rows = pd.concat([_probation(members, as_of), _before_admission(tables)], ignore_index=True)
    rows["order"] = rows["state"].map({state: i for i, state in enumerate(_STATE_ORDER)})
    rows = rows.sort_values(["order", "township", "branch", "name", "key"], ignore_index=True)
    rows = masked_values(rows)
    return split(Sheet(TITLE, TITLE, particulars, _COLUMNS, rows), "township")


def _probation(members: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Status by dates; a partial date counts as its last possible day before anybody is called late."""
    is_full = holds(members["full_on"], lambda iso: earliest(iso) <= as_of)
    since = add_months(as_of, -RECENT_MONTHS)
    is_recent = holds(members["full_on"], lambda iso: latest(iso) > since)
    rows = members[(is_full & is_recent) | (~is_full & (members["category"] == "probationary"))]
    rows = rows.assign(employer=rows["entity_name"], key=rows["person_id"])
    rows["due_on"] = map_unique(rows["join_on"], _due_on)
    is_over = holds(rows["due_on"], lambda iso: latest(iso) <= as_of)
    rows["state"] = chosen(is_full.loc[rows.index], CONVERTED, chosen(is_over, PROBATION_OVER, IN_PROBATION))
    is_stale = holds(rows["due_on"], lambda iso: add_months(latest(iso), 12) < as_of)
    late = is_stale & (rows["state"] == PROBATION_OVER)
    remark = chosen(late, "预备期满已超过一年，未见转正或延长的决定", None)
    rows["remark"] = chosen(rows["join_on"].isna(), "未填入党日期", remark)
    return rows[[*_FIELDS, "due_on", "state", "remark", "key"]]


def _due_on(join_on: str) -> str:
    """A year after the vote, as precise as the date it comes from."""
    return add_months(earliest(join_on), PROBATION_MONTHS).isoformat()[: len(join_on)]


def _before_admission(tables: LedgerTables) -> pd.DataFrame:
    """Applicants, activists and development targets: one line a person, the roster's before the claim's."""
    members = with_columns(tables.members, _FIELDS)[[*_FIELDS]]
    listed = members[~members["person_id"].isin(tables.classifications["person_id"])].assign(source="花名册")
    claims = with_columns(tables.claims, _FIELDS)[[*_FIELDS, "unique_id"]].assign(source="摸底名单")
    claims = claims[~claims["person_id"].isin(tables.classifications["person_id"])]
    rows = pd.concat([listed, claims], ignore_index=True)
    rows = rows[rows["category"].isin(BEFORE_ADMISSION)]
    rows["key"] = first_known(rows["person_id"], rows["unique_id"])
    rows = rows.drop_duplicates("key")
    rows["state"] = said(rows["category"], CATEGORY_LABELS)
    rows["remark"] = "见" + rows["source"] + "，尚未入党"
    return rows[[*_FIELDS, "state", "remark", "key"]]
