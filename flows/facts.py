"""Step 10's ground: everything the rules may look at, as frames keyed by person or record."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.contracts.entities import entity_ids
from data.contracts.frames import without_nan
from data.model import FeedKind
from flows.intake import Taken
from matching.references import resolve_references
from rules.facts import FACT_COLUMNS, Facts

ENTRY_COLUMNS = list(FACT_COLUMNS["entries"])
EMPLOYMENT_COLUMNS = list(FACT_COLUMNS["employments"])


@dataclass(frozen=True)
class Linked:
    """What steps 2 to 9 hand on.

    records: PERSON_RECORDS of linked records and of possible pairs. record_keys: unique_id and provenance of every
    record, no value of it. links: LINKS. employers: one row an employer match. golden_records: one row a person.
    """

    records: pd.DataFrame
    record_keys: pd.DataFrame
    entities: pd.DataFrame
    links: pd.DataFrame
    pairs: pd.DataFrame
    employers: pd.DataFrame
    golden_records: pd.DataFrame


def gather_facts(taken: Taken, linked: Linked) -> Facts:
    """Bring the feeds of events to persons and the persons to their workplaces."""
    entries = _entries(taken, linked.links)
    return Facts(
        members=_members(taken, linked.golden_records),
        entries=entries,
        employments=_employments(taken, linked),
        entities=linked.entities,
        claim_entities=linked.employers[
            linked.employers["unique_id"].isin(entries.loc[entries["kind"] == FeedKind.CLAIMS, "unique_id"])
        ].reset_index(drop=True),
        transfers=_events(taken, linked, FeedKind.TRANSFERS, branch="from_org"),
        org_life=_events(taken, linked, FeedKind.ORG_LIFE, branch="branch"),
        contacts=_events(taken, linked, FeedKind.CONTACT_LOG, branch="branch"),
        status_events=_events(taken, linked, FeedKind.STATUS_EVENTS, branch="branch"),
        leads=_leads(taken, linked),
        annual_reports=_annual_reports(taken, linked.entities),
        organizations=taken.rows(FeedKind.ORGANIZATIONS).reindex(columns=[*FACT_COLUMNS["organizations"], "secretary"]),
        pairs=linked.pairs,
        feeds=taken.feeds,
    )


def _entries(taken: Taken, links: pd.DataFrame) -> pd.DataFrame:
    """One row a roster or claim row, with the person it belongs to."""
    frames = []
    for kind in (FeedKind.MEMBER_ROSTER, FeedKind.CLAIMS):
        rows = taken.rows(kind)
        if len(rows):
            frames.append(rows.assign(kind=kind.value).reindex(columns=[c for c in ENTRY_COLUMNS if c != "person_id"]))
    if not frames:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in ENTRY_COLUMNS})
    entries = pd.concat(frames, ignore_index=True).merge(links, on="unique_id", how="left")
    return without_nan(entries.reindex(columns=ENTRY_COLUMNS))


def _members(taken: Taken, golden_records: pd.DataFrame) -> pd.DataFrame:
    """Golden records of members, with township and kind of the organisation that counts them."""
    orgs = taken.rows(FeedKind.ORGANIZATIONS).drop_duplicates("org_name")
    orgs = orgs[["org_name", "township", "org_kind"]].set_axis(["branch", "org_township", "org_kind"], axis=1)
    members = golden_records[golden_records["is_member"]].drop(columns=["org_township", "org_kind"], errors="ignore")
    return without_nan(members.merge(orgs, on="branch", how="left").reset_index(drop=True))


def _employments(taken: Taken, linked: Linked) -> pd.DataFrame:
    """Where members work: persons at enterprises linked to them, and employer texts of rosters that found an entity."""
    members = set(linked.golden_records.loc[linked.golden_records["is_member"], "person_id"])
    of_members = linked.links[linked.links["person_id"].isin(members)]
    register = taken.rows(FeedKind.ENTERPRISE_PERSONS)[["unique_id", "entity_no", "role", "since_on", "until_on"]]
    register = of_members.merge(register, on="unique_id")
    register = register.assign(entity_id=entity_ids(register["entity_no"], linked.entities), how="register")
    certain = linked.employers[linked.employers["grade"] == "certain"][["unique_id", "entity_id"]]
    rosters = linked.records.loc[linked.records["kind"] == FeedKind.MEMBER_ROSTER, ["unique_id"]]
    by_text = of_members.merge(certain.merge(rosters, on="unique_id"), on="unique_id").assign(how="employer_text")
    both = pd.concat([register.drop(columns="entity_no"), by_text], ignore_index=True)
    both = both[both["entity_id"].notna()].merge(linked.entities, on="entity_id", how="left")
    both = both.sort_values(["person_id", "how", "entity_id", "unique_id"], ascending=[True, False, True, True])
    both = both.drop_duplicates(["person_id", "entity_id"])
    return without_nan(both.reindex(columns=EMPLOYMENT_COLUMNS).reset_index(drop=True))


def _events(taken: Taken, linked: Linked, kind: FeedKind, *, branch: str) -> pd.DataFrame:
    """Rows of an event feed with the person they speak of; person_id is null where that stays open."""
    rows = taken.rows(kind)
    who = pd.DataFrame({"unique_id": rows["unique_id"], "name": rows["name"], "id_no": rows["id_no"]})
    who["mobile"], who["area"] = rows.get("mobile"), rows["area"]
    who["branch"] = rows[branch]
    found = resolve_references(who, linked.records, linked.links)
    return without_nan(rows.merge(found[["unique_id", "person_id"]], on="unique_id", how="left"))


def _leads(taken: Taken, linked: Linked) -> pd.DataFrame:
    """Leads with the member and the entity they speak of; names and numbers go no further, whoever is meant."""
    found = _events(taken, linked, FeedKind.LEADS, branch="branch")
    members = set(linked.golden_records.loc[linked.golden_records["is_member"], "person_id"])
    found["person_id"] = found["person_id"].mask(~found["person_id"].isin(members))
    found["entity_id"] = entity_ids(found["entity_no"], linked.entities)
    return without_nan(found.reindex(columns=list(FACT_COLUMNS["leads"])))


def _annual_reports(taken: Taken, entities: pd.DataFrame) -> pd.DataFrame:
    rows = taken.rows(FeedKind.ANNUAL_REPORTS)
    reports = rows.assign(entity_id=entity_ids(rows["entity_no"], entities))
    reports = reports[reports["entity_id"].notna()]
    return reports.reindex(columns=list(FACT_COLUMNS["annual_reports"])).reset_index(drop=True)
