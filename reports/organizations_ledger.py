"""党组织工作台账: one line a party organisation: members, classes, organisation life of the half-year."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.contracts.frames import without_nan
from data.model import PrimaryClass
from data.values.columns import map_unique
from reports.columns import chosen, latest_of, with_columns
from reports.ledger_tables import NO_BRANCH, ORG_KIND_LABELS, LedgerTables, attended, holds, is_recent, said
from reports.workbook import Column, Sheet, split

TITLE = "党组织工作台账"
NOT_LISTED = "未在党组织名册"

_FIELDS = ["org_name", "org_kind", "township", "secretary", "dissolved_on"]
_COUNTS = {
    "n_formal": "正式党员",
    "n_probationary": "预备党员",
    "n_floating": "流动",
    "n_pocket": "口袋",
    "n_lost": "失联",
    "n_normal": "正常",
    "n_unknown": "情况不明",
}
_COLUMNS = (
    Column("序号", "seq", 5.5, "count"),
    Column("党组织名称", "org_name", 36),
    Column("组织类别", "kind_label", 15, "code"),
    Column("乡镇", "township", 9, "code"),
    Column("书记", "secretary", 9, "code"),
    Column("党员数", "n_members", 8, "count"),
    *(Column(title, name, 8 if len(title) < 4 else 9.5, "count") for name, title in _COUNTS.items()),
    Column("近半年组织生活次数", "n_meetings", 11, "count"),
    Column("最近一次组织生活", "last_held_on", 12, "code"),
    Column("半年参加率", "attendance", 9, "rate"),
    Column("备注", "remark", 14),
)


def organization_sheets(tables: LedgerTables, members: pd.DataFrame, as_of: date, particulars: str) -> list[Sheet]:
    """Every organisation in force, then branches that members name but no list has; the counts add up to all members.

    Organisation life is meetings (dues are not); the attendance rate is the share of members present at least once in
    the half-year up to `as_of`.
    """
    members = members.assign(org_name=members["branch"].fillna(NO_BRANCH))
    counts = _counts(members).join(_meetings(tables, members, as_of))
    rows = _organizations(tables, as_of, counts.index)
    rows = rows.merge(counts, left_on="org_name", right_index=True, how="left")
    numbers = ["n_members", *_COUNTS, "n_meetings", "n_present"]
    rows[numbers] = rows[numbers].fillna(0).astype("int64")
    rows["attendance"] = (rows["n_present"] / rows["n_members"]).where(rows["n_members"] > 0)
    rows["kind_label"] = said(rows["org_kind"], ORG_KIND_LABELS)
    rows["seq"] = rows.index + 1
    if rows["n_members"].sum() != len(members):
        raise ValueError(f"{rows['n_members'].sum()} members in the organisations' ledger, {len(members)} classified")
    return split(Sheet(TITLE, TITLE, particulars, _COLUMNS, rows), "township")


def _counts(members: pd.DataFrame) -> pd.DataFrame:
    """Members by organisation; hidden members count with the class they are shown with."""
    names = members["org_name"]
    table = pd.DataFrame({"n_members": members.groupby("org_name").size()})
    for category in ("formal", "probationary"):
        table[f"n_{category}"] = (members["category"] == category).groupby(names).sum()
    for name in ("floating", "pocket", "lost", "normal", "unknown"):
        table[f"n_{name}"] = (members["shown_class"] == PrimaryClass(name)).groupby(names).sum()
    return table


def _meetings(tables: LedgerTables, members: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """n_meetings (days with a meeting) and n_present (members at one) within the half-year, last_held_on ever."""
    rows = attended(tables.org_life, as_of)
    rows = rows[rows["event"] == "meeting"].merge(members[["person_id", "org_name"]], on="person_id")
    recent = rows[holds(rows["held_on"], lambda iso: is_recent(iso, as_of))]
    return pd.DataFrame(
        {
            "n_meetings": recent.groupby("org_name")["held_on"].nunique(),
            "n_present": recent.groupby("org_name")["person_id"].nunique(),
            "last_held_on": latest_of(rows["org_name"], rows["held_on"]),
        }
    )


def _organizations(tables: LedgerTables, as_of: date, named: pd.Index) -> pd.DataFrame:
    """org_name, org_kind, township, secretary, remark: the listed (in force or with members), then the unlisted."""
    listed = with_columns(tables.organizations, _FIELDS)[_FIELDS]
    listed = listed.sort_values(["township", "org_name", "org_kind", "secretary"], na_position="last")
    listed = listed.drop_duplicates("org_name")
    is_over = listed["dissolved_on"].fillna("9999") <= as_of.isoformat()
    listed = listed[~is_over | listed["org_name"].isin(named)]
    over = map_unique(listed["dissolved_on"], "已于{}撤销，仍有党员".format)
    remark = chosen(is_over.reindex(listed.index), over, None)
    unlisted = sorted(named.difference(pd.Index(listed["org_name"])))
    others = pd.DataFrame({"org_name": unlisted, "remark": NOT_LISTED}, dtype=object)
    rows = pd.concat([listed.assign(remark=remark), others], ignore_index=True)
    return without_nan(rows)
