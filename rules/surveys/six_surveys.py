"""The six surveys (六个摸清) of the report as counts by enterprise, member or organisation, each of which adds up.

基本情况 · 建立党组织情况 · 发展党员情况 · 开展活动情况 · 活动场所情况 · 出资人思想状况. Of the last only one thing is
asked, of the enterprise and not of a person: may a branch be set up there (guard-rail 5)? How many enterprises have an
organisation stands in the coverage rates alone, so that two tables cannot be held against each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.contracts.frames import without_nan
from rules.clocks import NO_DAY, both_days, last_days, plus_months
from rules.facts import Facts
from rules.forming.run import Formed
from rules.forming.units import NON_PUBLIC_KINDS
from rules.params import Params

SURVEYS = {
    "basics": "基本情况",
    "organizations": "建立党组织情况",
    "development": "发展党员情况",
    "activities": "开展活动情况",
    "venues": "活动场所情况",
    "consent": "出资人思想状况（仅问是否同意建立党组织）",
}
_ON_THE_WAY = ("applicant", "activist", "development_target")
_RECENT_MONTHS = 12
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Indicator:
    """One number of a survey. is_about_members: small counts of it are withheld where it is published."""

    code: str
    survey: str
    title: tuple[str, str]
    subject: str
    is_about_members: bool = False


INDICATORS: tuple[Indicator, ...] = (
    Indicator("n_entities", "basics", ("在册非公主体", "active non-public entities"), "entities"),
    Indicator("n_reporting", "basics", ("已报年报的主体", "entities with an annual report"), "entities"),
    Indicator("n_staff", "basics", ("年报从业人数", "staff by annual reports"), "entities"),
    Indicator("n_members_at_work", "basics", ("在此工作的党员（经确认）", "members at work"), "workers", True),
    Indicator("n_instructed", "organizations", ("选派了党建指导员的主体", "entities with an instructor"), "entities"),
    Indicator("n_branches", "organizations", ("非公有制企业党组织", "organisations of enterprises"), "organizations"),
    Indicator("n_on_the_way", "development", ("申请人、积极分子、发展对象", "applicants to targets"), "entries", True),
    Indicator("n_probationary", "development", ("预备党员", "probationary members"), "members", True),
    Indicator("n_converted", "development", ("近12个月转正的党员", "converted in twelve months"), "members", True),
    Indicator("n_alive_branches", "activities", ("近半年有组织生活的", "with organisation life in the half-year"),
              "organizations"),
    Indicator("n_silent_branches", "activities", ("近半年没有组织生活记录的", "without any"), "organizations"),
    Indicator("n_present", "activities", ("近半年参加过组织生活的党员", "members present in it"), "members", True),
    Indicator("n_with_venue", "venues", ("有活动场所的党组织", "organisations with a venue"), "organizations"),
    Indicator("n_without_venue", "venues", ("无活动场所的党组织", "organisations without"), "organizations"),
    Indicator("n_venue_unknown", "venues", ("场所情况未填的党组织", "venue not stated"), "organizations"),
    Indicator("n_agreeing", "consent", ("同意建立党组织的主体", "entities that agree to a branch"), "entities"),
    Indicator("n_refusing", "consent", ("不同意的主体", "entities that do not"), "entities"),
    Indicator("n_consent_unknown", "consent", ("未表态的主体", "entities that have not said"), "entities"),
)  # fmt: skip


def surveyed(formed: Formed, facts: Facts, classifications: pd.DataFrame, as_of: date, params: Params) -> pd.DataFrame:
    """One row an indicator and subject that counts: indicator, area, township, population (of entities and workers,
    else None), n. Sums over any of the columns give the indicator of a township, county or province.

    Organisations are those of non-public enterprises in force; members and entries are counted where their
    organisation lies.
    """
    entities = _entities(formed)
    places = formed.register.set_index("entity_id")[["area", "township", "population"]]
    at_work = formed.workers.join(places, on="entity_id")
    at_work = at_work.assign(n_members_at_work=1)
    present = _present(facts, as_of, params.normal.max_gap_months.value)
    tables = [
        entities,
        at_work[at_work["area"].notna()],
        _organizations(formed, classifications, present),
        _members(facts, classifications, as_of, present),
        _entries(facts),
    ]
    counts = pd.concat([_long(table) for table in tables], ignore_index=True)
    order = {one.code: place for place, one in enumerate(INDICATORS)}
    by = ["indicator", "area", "township", "population"]
    found = counts.groupby(by, dropna=False, sort=False)["n"].sum().reset_index()
    found = found.assign(_order=found["indicator"].map(order)).sort_values(["_order", *by[1:]], na_position="last")
    n = found["n"].astype("int64")
    return without_nan(found[by].astype(object)).assign(n=n).reset_index(drop=True)


def _long(table: pd.DataFrame) -> pd.DataFrame:
    """Indicator columns as rows, summed by place."""
    codes = [one.code for one in INDICATORS if one.code in table]
    by = ["area", "township", "population"]
    sums = table.reindex(columns=[*by, *codes]).groupby(by, dropna=False, sort=True)[codes].sum().reset_index()
    return sums.melt(id_vars=by, var_name="indicator", value_name="n").astype({"n": "int64"})


def _entities(formed: Formed) -> pd.DataFrame:
    rows = formed.register
    answer = rows["agrees_to_host"]
    return rows.assign(
        n_entities=1,
        n_reporting=rows["has_report"].astype("int64"),
        n_staff=rows["staff"].fillna(0).astype("int64"),
        n_instructed=rows["has_instructor"].astype("int64"),
        n_agreeing=answer.eq("yes").astype("int64"),
        n_refusing=answer.eq("no").astype("int64"),
        n_consent_unknown=answer.isna().astype("int64"),
    )


def _organizations(formed: Formed, classifications: pd.DataFrame, present: pd.Series) -> pd.DataFrame:
    rows = formed.organizations[formed.organizations["org_kind"].isin(NON_PUBLIC_KINDS)]
    alive = classifications.loc[classifications["person_id"].isin(present), "branch"]
    is_alive = rows["org_name"].isin(alive).to_numpy()
    venue = rows["has_venue"]
    return rows.assign(
        population=None,
        n_branches=1,
        n_alive_branches=is_alive.astype("int64"),
        n_silent_branches=(~is_alive).astype("int64"),
        n_with_venue=venue.eq("yes").astype("int64"),
        n_without_venue=venue.eq("no").astype("int64"),
        n_venue_unknown=venue.isna().astype("int64"),
    )


def _members(facts: Facts, classifications: pd.DataFrame, as_of: date, present: pd.Series) -> pd.DataFrame:
    rows = facts.members[["person_id", "category", "full_on"]].merge(
        classifications[["person_id", "area", "township"]], on="person_id"
    )
    full = last_days(rows["full_on"])
    is_recent = (full != NO_DAY) & (full <= as_of.toordinal()) & (plus_months(full, _RECENT_MONTHS) > as_of.toordinal())
    return rows.assign(
        population=None,
        n_probationary=rows["category"].eq("probationary").astype("int64"),
        n_converted=is_recent.astype("int64"),
        n_present=rows["person_id"].isin(present).astype("int64"),
    )


def _entries(facts: Facts) -> pd.DataFrame:
    """People on the way, each once whoever lists them; they are no members, and never counted among them."""
    rows = facts.entries[facts.entries["category"].isin(_ON_THE_WAY)].sort_values("unique_id")
    someone = rows["person_id"].where(rows["person_id"].notna(), rows["unique_id"])
    rows = rows[~someone.duplicated()]
    return rows.assign(population=None, n_on_the_way=1)


def _present(facts: Facts, as_of: date, months: int) -> pd.Series:
    """Members who took part in organisation life (meetings, not dues) within the half-year up to `as_of`."""
    life = facts.org_life
    life = life[(life["event"] == "meeting").to_numpy() & (life["is_present"] != "no").to_numpy()]
    first, last = both_days(life["held_on"])
    is_in: Mask = (first <= as_of.toordinal()) & (plus_months(last, months) > as_of.toordinal())
    return life.loc[is_in, "person_id"].dropna()
