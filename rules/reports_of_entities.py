"""AR9-AR12: what the latest annual report of an entity says against the register and the rosters (domain rules §4.4).

The subject is the report, nobody is named, and nothing is proved: a report is self-declared and of last December.
A report that counts fewer members than the rosters know makes no finding: that is the private matter of HIDDEN
(guard-rail 4). A block left blank says nothing; branches of enterprises do not even see it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.model import EvidenceGrade
from data.words import tr
from rules.case import Case
from rules.clocks import NO_DAY, first_days, last_days
from rules.firings import fill, firings, joined, row_evidence
from rules.populations import active_employments

Mask = npt.NDArray[np.bool_]

#: Who speaks for an entity.
REPRESENTATIVES = ("legal_representative", "operator")


def find_set_up_too_early(case: Case) -> pd.DataFrame:
    """AR9: the party organisation is older than the entity. An entity with a former name may have been converted."""
    reports = case.once(latest_filings)
    reports = reports[reports["party_body_on"].notna().to_numpy()]
    reports = reports.merge(case.facts.entities[["entity_id", "established_on", "former_name"]], on="entity_id")
    formed, established = last_days(reports["party_body_on"]), first_days(reports["established_on"])
    is_known = (formed != NO_DAY) & (established != NO_DAY)
    is_early = is_known & (formed < established) & reports["former_name"].isna().to_numpy()
    message = fill(
        tr("年报的党组织组建时间 {} 早于成立日期 {}：若非改制或变更登记而来，请核对",
           "the report has the party organisation formed on {}, the entity established on {}: check unless converted"),
        _texts(reports["party_body_on"][is_early]), _texts(reports["established_on"][is_early]),
    )  # fmt: skip
    return _fired(reports[is_early], message)


def find_gap(case: Case) -> pd.DataFrame:
    """AR10: more members reported than the rosters know at the entity, where they know some or it has a body."""
    reports = case.once(_with_roster_counts)
    is_more = (reports["n_members"] > reports["n_listed"]).to_numpy() & ~_is_lead(reports)
    found = reports[is_more & _rosters_speak(case)]
    message = fill(
        tr("年报填报党员 {} 人，名册上截至当年年底在此从业的有 {} 人：请核对是名册不全还是年报过时",
           "the report counts {} members, the rosters know {} here at the end of that year: which is out of date?"),
        _texts(found["n_members"]), _texts(found["n_listed"]),
    )  # fmt: skip
    return _fired(found, message)


def find_lead(case: Case) -> pd.DataFrame:
    """AR11: members reported, no party organisation, and nobody of any roster there: a lead for 年报工作找."""
    reports = case.once(_with_roster_counts)
    found = reports[_is_lead(reports) & _rosters_speak(case)]
    message = fill(
        tr("年报填报党员 {} 人，没有党组织，名册上无人在此从业：列为“年报工作找”的线索",
           "the report counts {} members, no party organisation, and no roster knows anybody here: a lead to follow"),
        _texts(found["n_members"]),
    )  # fmt: skip
    return _fired(found, message)


def find_representative(case: Case) -> pd.DataFrame:
    """AR12: the entity says that its representative is a member, and no roster knows one in that place: a lead.

    The statement makes nobody a member; whoever is meant is not named and not kept (guard-rails 1 and 2).
    """
    reports = case.once(latest_filings)
    jobs = active_employments(case.facts.employments, case.as_of)
    known = jobs.loc[jobs["role"].isin(REPRESENTATIVES), "entity_id"]
    says = (reports["representative_is_member"] == "yes").to_numpy() & ~reports["entity_id"].isin(known).to_numpy()
    found = reports[says & _rosters_speak(case)]
    message = tr(
        "年报填报法定代表人（经营者）是党员，名册上无人在此任该职：列为“年报工作找”的线索，由本人向组织说明",
        "the report says that its representative is a member, no roster knows one in that place: a lead to follow",
    )
    return _fired(found, np.full(len(found), message, dtype=object))


def find_unreported(case: Case) -> pd.DataFrame:
    """AR10P: members at an entity that counts some members, but fewer than the rosters know there: one of them is not
    counted. Never a finding: a private task of each member's own branch, like HIDDEN (guard-rail 4)."""
    jobs = case.once(_jobs_at_year_end)
    reports = case.once(_with_roster_counts)
    is_fewer = ((reports["n_members"] > 0) & (reports["n_members"] < reports["n_listed"])).to_numpy(dtype=bool)
    running = active_employments(case.facts.employments, case.as_of)
    here = jobs[jobs["entity_id"].isin(reports.loc[is_fewer, "entity_id"])][["person_id", "entity_id"]]
    still = here.merge(running[["person_id", "entity_id"]].drop_duplicates(), on=["person_id", "entity_id"])
    members = case.facts.members
    found = members.loc[members["person_id"].isin(still["person_id"]), ["person_id"]]
    message = tr("所在单位年报党员数少于名册；请所在支部单独联系本人",
                 "the report counts fewer members than the rosters; a private contact by the own branch")  # fmt: skip
    return firings(found, message=message)


def latest_filings(case: Case) -> pd.DataFrame:
    """Per entity the last filing of its latest year before `as_of`, with `year` and `n_members` (NaN: not stated).

    Of filings of one year the one filed last counts, then the greater count; case.once(latest_filings).
    """
    reports = case.facts.annual_reports
    year, n_members = (
        pd.to_numeric(reports[name], errors="coerce").to_numpy() for name in ("report_year", "n_party_members")
    )
    rows = np.flatnonzero(reports["entity_id"].notna().to_numpy() & (year < case.as_of.year))
    # Nearly every entity filed once: only the filings of the others are put in order.
    is_repeated = reports["entity_id"].iloc[rows].duplicated(keep=False).to_numpy()
    once, several = rows[~is_repeated], rows[is_repeated]
    told = reports[["entity_id", "filed_on", "unique_id"]].iloc[several]
    told = told.assign(
        year=year[several], _filed=last_days(told["filed_on"]), n_members=n_members[several], _row=several
    )
    order = ["entity_id", "year", "_filed", "n_members", "unique_id"]
    last = told.sort_values(order, kind="stable", na_position="first").drop_duplicates("entity_id", keep="last")
    kept = np.concatenate([once, last["_row"].to_numpy()])
    return reports.iloc[kept].assign(year=year[kept], n_members=n_members[kept]).reset_index(drop=True)


def _with_roster_counts(case: Case) -> pd.DataFrame:
    """The latest filings with `n_listed`: members of rosters who worked at the entity at the end of its year."""
    counts = case.once(_jobs_at_year_end).groupby("entity_id")["person_id"].nunique()
    reports = case.once(latest_filings)
    return reports.assign(n_listed=reports["entity_id"].map(counts).fillna(0).astype("int64"))


def _jobs_at_year_end(case: Case) -> pd.DataFrame:
    """Employments of members that ran, and whose person was admitted, on 31 December of the entity's latest report."""
    reports, jobs = case.once(latest_filings)[["entity_id", "year"]], case.facts.employments
    jobs = jobs.merge(reports[reports["entity_id"].isin(jobs["entity_id"].unique())], on="entity_id")
    admitted = first_days(case.of_members("join_on", jobs["person_id"]))
    year_end = first_days((jobs["year"].astype("int64").astype(str) + "-12-31").astype(object))
    until = last_days(jobs["until_on"])
    was_there = (first_days(jobs["since_on"]) <= year_end) & ((until == NO_DAY) | (until > year_end))
    return pd.DataFrame(jobs[was_there & (admitted <= year_end)].dropna(subset=["person_id"]))


def _is_lead(reports: pd.DataFrame) -> Mask:
    has_none = reports["party_body"].eq("none") | reports["has_party_body"].eq("no")
    return np.asarray((reports["n_members"] > 0) & (reports["n_listed"] == 0) & has_none, dtype=bool)


def _rosters_speak(case: Case) -> bool:
    """Without a roster nobody is missing from one."""
    return case.has_rosters


def _fired(reports: pd.DataFrame, message: npt.NDArray[np.object_]) -> pd.DataFrame:
    subjects = reports[["unique_id"]].assign(person_id=np.full(len(reports), None, dtype=object))
    evidence = joined(row_evidence(reports, tr("该年报的党建信息", "party block of the annual report")))
    return firings(subjects, message=message, evidence=evidence, grade=EvidenceGrade.C)


def _texts(column: pd.Series) -> npt.NDArray[np.object_]:
    """Counts as whole numbers, dates as they are."""
    if column.dtype == object:
        return column.to_numpy(dtype=object)
    return column.astype("int64").astype(str).to_numpy(dtype=object)
