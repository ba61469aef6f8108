"""隐形: a confirmed member works at an entity whose latest annual report says otherwise (domain rules §1.4).

Membership comes from a roster, never from the report. The only outcome is a private task for the member's own branch.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.words import tr
from rules.case import Case
from rules.clocks import first_days
from rules.firings import firings
from rules.populations import active_employments

_REPRESENTATIVES = ("legal_representative", "operator")


def find(case: Case) -> pd.DataFrame:
    """Members at an entity reporting no member, or whose own statement as its representative says no.

    The report speaks of 31 December of its year: who came later is not contradicted by it. A missing report, or a
    report without the party block, contradicts nobody.
    """
    work = active_employments(case.facts.employments, case.as_of)
    work = work.merge(latest_reports(case, work["entity_id"]), on="entity_id")
    year_end = (work["report_year"].astype(str) + "-12-31").astype(object)
    cutoff = first_days(year_end)
    was_there = (first_days(work["since_on"]) <= cutoff) & (
        first_days(case.of_members("join_on", work["person_id"])) <= cutoff
    )
    represents = work["role"].isin(_REPRESENTATIVES) & (work["representative"] == "no")
    reports_none = (work["n_members"] == 0).to_numpy() & was_there
    denies = represents.to_numpy() & was_there
    members = case.facts.members
    at_silent = members["person_id"].isin(work["person_id"][reports_none]).to_numpy()
    is_hidden = at_silent | members["person_id"].isin(work["person_id"][denies]).to_numpy()
    none_reported = tr("所在单位最近年报填报党员 0 人；请所在支部单独联系本人",
                       "the latest annual report counts no member; a private contact by the own branch")  # fmt: skip
    denied = tr("所在单位最近年报填报负责人不是党员；请所在支部单独联系本人",
                "the latest annual report denies its representative; a private contact by the own branch")  # fmt: skip
    return firings(
        members.loc[is_hidden, ["person_id"]],
        message=np.where(at_silent[is_hidden], none_reported, denied).astype(object),
    )


def latest_reports(case: Case, entities: pd.Series) -> pd.DataFrame:
    """Of each of these entities the latest report year before `as_of`: n_members (greatest filed; NaN unknown),
    representative.

    Two filings of one year that differ are read in the member's favour: the greater count, a yes before a no.
    """
    reports = case.facts.annual_reports
    reports = reports[reports["entity_id"].isin(entities.dropna().unique()).to_numpy()]
    year = pd.to_numeric(reports["report_year"], errors="coerce")
    count = pd.to_numeric(reports["n_party_members"], errors="coerce")
    says = reports["representative_is_member"].map({"no": 0, "yes": 1}).astype("float64")
    reports = reports.assign(year=year, n_members=count, says=says)[(year < case.as_of.year).to_numpy()]
    entity, reporting = pd.factorize(reports["entity_id"])
    is_latest = (reports["year"] == reports["year"].groupby(entity).transform("max")).to_numpy()
    columns = reports.loc[is_latest, ["year", "n_members", "says"]].rename(columns={"year": "report_year"})
    best = columns.groupby(entity[is_latest]).max()
    best.insert(0, "entity_id", reporting)
    representative = best["says"].map({0.0: "no", 1.0: "yes"})
    return best.assign(report_year=best["report_year"].astype("int64"), representative=representative)
