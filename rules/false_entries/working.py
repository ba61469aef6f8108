"""F16: the person does not, or no longer, work where the claim says. The membership is not touched by it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.model import EvidenceGrade
from data.words import tr
from rules.case import Case
from rules.clocks import NO_DAY, first_days, last_days, latest_per_person
from rules.false_entries.employment import claims_at_entities
from rules.firings import fill, firings, joined, row_evidence, strongest_per_subject
from rules.reports_of_entities import latest_filings

#: Outcome of a search: the employer says that the person is not there.
LEFT_WORK = "left_work"


def find(case: Case) -> pd.DataFrame:
    """Claims whose person has left the entity (B), or whose entity reports fewer employees than it has claims (C)."""
    at_entities = case.once(claims_at_entities)
    return strongest_per_subject([_has_left(case, at_entities), _too_many(case, at_entities)])


def _has_left(case: Case, claims: pd.DataFrame) -> pd.DataFrame:
    """The register ended the employment before the claim, or the employer said so since the claim's own day."""
    asked = np.where(first_days(claims["claimed_on"]) == NO_DAY, case.today, first_days(claims["claimed_on"]))
    jobs = case.facts.employments[(case.facts.employments["how"] == "register").to_numpy()]
    ended = jobs.assign(_until=last_days(jobs["until_on"]))
    # Somebody with a running employment there has not left, whatever an older line says.
    ended = ended.assign(_until=np.where(ended["_until"] == NO_DAY, case.today + 1, ended["_until"]))
    last = ended.groupby(["person_id", "entity_id"])["_until"].max()
    keys = pd.MultiIndex.from_frame(claims[["person_id", "entity_id"]])
    until = last.reindex(keys).fillna(case.today + 1).to_numpy(dtype=np.int64)
    by_register = until < asked
    log = case.facts.contacts
    log = log[((log["outcome"] == LEFT_WORK) & (first_days(log["tried_on"]) <= case.today)).to_numpy()]
    told = latest_per_person(log["person_id"], last_days(log["tried_on"]), pd.Index(claims["person_id"].unique()))
    said = pd.Series(told, index=claims["person_id"].unique()).reindex(claims["person_id"]).to_numpy(dtype=np.int64)
    by_visit = (said != NO_DAY) & (said >= first_days(claims["claimed_on"])) & claims["person_id"].notna().to_numpy()
    found = claims[by_register | by_visit].reset_index(drop=True)
    message = tr(
        "已不在所填单位从业：党员身份不受影响，请核实现工作单位",
        "no longer works at the employer claimed: the membership stands, ask for the new workplace",
    )
    what = tr("登记的离职日期或走访结果", "end of the employment on the register, or what a visit found")
    evidence = joined(row_evidence(found, what))
    return firings(found, message=message, grade=EvidenceGrade.B, evidence=evidence)


def _too_many(case: Case, claims: pd.DataFrame) -> pd.DataFrame:
    """Entities whose latest annual report counts fewer employees than persons claim to work there."""
    reported = case.once(latest_filings).set_index("entity_id")["n_employees"]
    staff = pd.to_numeric(reported, errors="coerce").reindex(claims["entity_id"]).to_numpy(dtype=np.float64)
    person = claims["person_id"].where(claims["person_id"].notna(), claims["unique_id"])
    n_claimed = person.groupby(claims["entity_id"]).transform("nunique").to_numpy()
    is_more = n_claimed > staff  # an unknown head-count is NaN and exceeds nothing
    found = claims[is_more].reset_index(drop=True)
    if found.empty:
        return firings(found, message="")
    message = fill(
        tr("所填单位年报从业 {} 人，名单上却有 {} 人：请走访核实",
           "the employer reports {} employees, {} persons of the list claim to work there: visit it"),
        staff[is_more].astype(np.int64).astype(str).astype(object), n_claimed[is_more].astype(str).astype(object),
    )  # fmt: skip
    evidence = joined(row_evidence(found, tr("该行的工作单位", "employer of the row")))
    return firings(found, message=message, grade=EvidenceGrade.C, evidence=evidence)
