"""Step 10's ground: everything the rules may look at, as frames keyed by person or record."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.contracts.entities import entity_ids
from data.contracts.feeds import CONTRACTS
from data.contracts.frames import without_nan
from data.model import FeedKind
from flows.intake import Taken
from matching.references import resolve_references
from rules.facts import FACT_COLUMNS, Facts

ENTRY_COLUMNS = list(FACT_COLUMNS["entries"])
EMPLOYMENT_COLUMNS = list(FACT_COLUMNS["employments"])
#: Feeds of events, with the column that names the branch of whom they speak.
_EVENTS = {
    FeedKind.TRANSFERS: "from_org",
    FeedKind.ORG_LIFE: "branch",
    FeedKind.CONTACT_LOG: "branch",
    FeedKind.STATUS_EVENTS: "branch",
    FeedKind.LEADS: "branch",
}
_REFERENT = ["unique_id", "name", "id_no", "mobile", "area", "branch"]


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


def gather_facts(taken: Taken, linked: Linked, recorded: pd.DataFrame | None = None) -> Facts:
    """Bring the feeds of events to persons and the persons to their workplaces.

    recorded: attempts that people recorded at the desk (data.store.contacts), beside those of the feed.
    """
    entries = _entries(taken, linked.links)
    who = _who_is_meant(taken, linked)
    return Facts(
        members=_members(taken, linked.golden_records),
        entries=entries,
        employments=_employments(taken, linked),
        entities=linked.entities,
        claim_entities=linked.employers[
            linked.employers["unique_id"].isin(entries.loc[entries["kind"] == FeedKind.CLAIMS, "unique_id"])
        ].reset_index(drop=True),
        transfers=_events(taken, FeedKind.TRANSFERS, who),
        org_life=_events(taken, FeedKind.ORG_LIFE, who),
        contacts=_contacts(_events(taken, FeedKind.CONTACT_LOG, who), recorded, linked.links),
        status_events=_events(taken, FeedKind.STATUS_EVENTS, who),
        leads=_leads(taken, linked, who),
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
    columns = ["unique_id", "entity_no", "role", "since_on", "until_on"]
    register = taken.rows(FeedKind.ENTERPRISE_PERSONS, columns, of_members["unique_id"])
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


def _who_is_meant(taken: Taken, linked: Linked) -> pd.DataFrame:
    """unique_id of every row of the feeds of events, with the person it speaks of; null where that stays open.

    All feeds at once: the members' side is then made ready once and not for each of them.
    """
    asked = []
    for kind, branch in _EVENTS.items():
        columns = [name for name in ("mobile",) if name in CONTRACTS[kind].names()]
        rows = taken.rows(kind, ["unique_id", "name", "id_no", "area", branch, *columns])
        rows = rows.rename(columns={branch: "branch"}).reindex(columns=_REFERENT)
        asked.append(rows.assign(of_member=kind is not FeedKind.LEADS))
    events = pd.concat(asked, ignore_index=True)
    found = resolve_references(events, linked.records, linked.links)
    still_open = (found["person_id"].isna() & events["of_member"]).to_numpy(dtype=bool)
    if still_open.any():
        again = _among_listed(events[still_open], linked)
        found.loc[still_open, "person_id"] = again["person_id"].to_numpy(dtype=object)
    return found[["unique_id", "person_id"]]


def _among_listed(events: pd.DataFrame, linked: Linked) -> pd.DataFrame:
    """Whom the events mean among persons on rosters: a namesake whom only a list of claims names makes no tie there.

    Leads are not asked again: they may well speak of somebody on no roster.
    """
    records, links = linked.records, linked.links
    rosters = records.loc[records["kind"] == FeedKind.MEMBER_ROSTER, ["unique_id", "name"]]
    named = rosters.loc[rosters["name"].isin(events["name"].dropna()), "unique_id"]
    persons = links.loc[links["unique_id"].isin(named), "person_id"]
    return resolve_references(events, records, links[links["person_id"].isin(persons)])


def _events(taken: Taken, kind: FeedKind, who: pd.DataFrame) -> pd.DataFrame:
    """Rows of an event feed with the person they speak of."""
    return without_nan(taken.rows(kind).merge(who, on="unique_id", how="left"))


def _contacts(of_feed: pd.DataFrame, recorded: pd.DataFrame | None, links: pd.DataFrame) -> pd.DataFrame:
    """Attempts of the feed and of the desk; those go to whoever has the record now, else to the person it was then."""
    if recorded is None or recorded.empty:
        return of_feed
    columns = list(FACT_COLUMNS["contacts"])
    now = recorded["unique_id"].map(links.set_index("unique_id")["person_id"]).astype(object)
    then = recorded["person_id"].where(recorded["person_id"].isin(links["person_id"]))
    own = recorded.assign(person_id=now.where(now.notna(), then))
    return without_nan(pd.concat([of_feed.reindex(columns=columns), own[columns]], ignore_index=True))


def _leads(taken: Taken, linked: Linked, who: pd.DataFrame) -> pd.DataFrame:
    """Leads with the member and the entity they speak of; names and numbers go no further, whoever is meant."""
    found = _events(taken, FeedKind.LEADS, who)
    members = set(linked.golden_records.loc[linked.golden_records["is_member"], "person_id"])
    found["person_id"] = found["person_id"].mask(~found["person_id"].isin(members))
    found["entity_id"] = entity_ids(found["entity_no"], linked.entities)
    return without_nan(found.reindex(columns=list(FACT_COLUMNS["leads"])))


def _annual_reports(taken: Taken, entities: pd.DataFrame) -> pd.DataFrame:
    rows = taken.rows(FeedKind.ANNUAL_REPORTS)
    reports = rows.assign(entity_id=entity_ids(rows["entity_no"], entities))
    reports = reports[reports["entity_id"].notna()]
    return reports.reindex(columns=list(FACT_COLUMNS["annual_reports"])).reset_index(drop=True)
