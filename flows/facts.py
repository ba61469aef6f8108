"""Step 10's ground: everything the rules may look at, as frames keyed by person or record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.contracts.entities import entity_ids
from data.contracts.feeds import CONTRACTS
from data.contracts.frames import empty_frame, stacked, without_nan
from data.contracts.tables import PROVENANCE
from data.model import FeedKind
from data.values.columns import Objects, spread
from flows.intake import Taken
from matching.references import References
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
#: Of the largest feed of events only what is asked: the unique_id and what the rules read.
_LIFE_COLUMNS = ["unique_id", *(name for name in FACT_COLUMNS["org_life"] if name != "person_id")]
_REFERENT = ["unique_id", "name", "id_no", "mobile", "area", "branch"]


@dataclass(frozen=True)
class Linked:
    """What steps 2 to 9 hand on.

    records: PERSON_RECORDS of linked records and of possible pairs. record_keys: unique_id and provenance of every
    record, coded, no value of it. links: LINKS. employers: one row an employer match. golden_records: one row a person.
    """

    records: pd.DataFrame
    record_keys: pd.DataFrame
    entities: pd.DataFrame
    links: pd.DataFrame
    pairs: pd.DataFrame
    employers: pd.DataFrame
    golden_records: pd.DataFrame


@pd.option_context("mode.copy_on_write", True)
def gather_facts(taken: Taken, linked: Linked, recorded: pd.DataFrame | None = None) -> Facts:
    """Bring the feeds of events to persons and the persons to their workplaces.

    recorded: attempts that people recorded at the desk (data.store.contacts), beside those of the feed.
    """
    entries = _entries(taken, linked.links)
    events = _events(taken, linked)
    return Facts(
        members=_members(taken, linked.golden_records),
        entries=entries,
        employments=_employments(taken, linked),
        entities=linked.entities,
        claim_entities=linked.employers[
            linked.employers["unique_id"].isin(entries.loc[entries["kind"] == FeedKind.CLAIMS, "unique_id"])
        ].reset_index(drop=True),
        transfers=events[FeedKind.TRANSFERS],
        org_life=events[FeedKind.ORG_LIFE][[*_LIFE_COLUMNS, "person_id"]],
        contacts=_contacts(events[FeedKind.CONTACT_LOG], recorded, linked.links),
        status_events=events[FeedKind.STATUS_EVENTS],
        leads=_leads(events[FeedKind.LEADS], linked),
        annual_reports=_annual_reports(taken, linked.entities),
        organizations=taken.rows(FeedKind.ORGANIZATIONS).reindex(columns=[*FACT_COLUMNS["organizations"], "secretary"]),
        pairs=linked.pairs,
        feeds=taken.feeds,
    )


def _rows(taken: Taken, kind: FeedKind, wanted: Sequence[str]) -> pd.DataFrame:
    """Rows of a kind of feed with just these columns; None in those that the kind does not have."""
    told = _columns_of(kind)
    rows = taken.rows(kind, [name for name in wanted if name in told])
    nothing = np.full(len(rows), None, dtype=object)
    return pd.DataFrame({name: rows[name].to_numpy() if name in told else nothing for name in wanted}, copy=False)


def _columns_of(kind: FeedKind) -> frozenset[str]:
    """What accepted rows of a kind of feed have."""
    names = CONTRACTS[kind].names()
    return frozenset({"unique_id", *PROVENANCE, "area", *names, *(["id_status"] if "id_no" in names else [])})


def _found(column: pd.Series, keys: pd.Index, values: pd.Series) -> Objects:
    """For each key of the column the value beside it among `keys`; None where it is not there."""
    return spread(values.to_numpy(dtype=object), keys.get_indexer(pd.Index(column)))


def _entries(taken: Taken, links: pd.DataFrame) -> pd.DataFrame:
    """One row a roster or claim row, with the person it belongs to."""
    kinds = (FeedKind.MEMBER_ROSTER, FeedKind.CLAIMS)
    frames = [_rows(taken, kind, ENTRY_COLUMNS).assign(kind=kind.value) for kind in kinds]
    filled = [frame for frame in frames if len(frame)]
    if not filled:
        return empty_frame(ENTRY_COLUMNS)
    entries = stacked(filled)
    return entries.assign(person_id=_found(entries["unique_id"], pd.Index(links["unique_id"]), links["person_id"]))


def _members(taken: Taken, golden_records: pd.DataFrame) -> pd.DataFrame:
    """Golden records of members, with township and kind of the organisation that counts them; which record each value
    comes from is not asked here."""
    orgs = taken.rows(FeedKind.ORGANIZATIONS, ["org_name", "township", "org_kind"]).drop_duplicates("org_name")
    columns = [name for name in golden_records if not str(name).endswith("_from")]
    members = golden_records.loc[golden_records["is_member"], columns]
    names = pd.Index(orgs["org_name"])
    township, kind = (_found(members["branch"], names, orgs[name]) for name in ("township", "org_kind"))
    return members.reset_index(drop=True).assign(org_township=township, org_kind=kind)


def _employments(taken: Taken, linked: Linked) -> pd.DataFrame:
    """Where members work: persons at enterprises linked to them, and employer texts of rosters that found an entity."""
    members = linked.golden_records.loc[linked.golden_records["is_member"], "person_id"]
    of_members = linked.links[linked.links["person_id"].isin(members)]
    columns = ["unique_id", "entity_no", "role", "since_on", "until_on"]
    register = taken.rows(FeedKind.ENTERPRISE_PERSONS, columns, of_members["unique_id"])
    register = of_members.merge(register, on="unique_id")
    register = register.assign(entity_id=entity_ids(register["entity_no"], linked.entities), how="register")
    certain = linked.employers.loc[linked.employers["grade"] == "certain", ["unique_id", "entity_id"]]
    is_roster = linked.records["kind"] == FeedKind.MEMBER_ROSTER
    certain = certain[certain["unique_id"].isin(linked.records.loc[is_roster, "unique_id"])]
    by_text = of_members.merge(certain, on="unique_id").assign(how="employer_text")
    both = pd.concat([register.drop(columns="entity_no"), by_text], ignore_index=True)
    known = linked.entities[linked.entities["entity_id"].isin(both["entity_id"].dropna())]
    both = both[both["entity_id"].notna()].merge(known, on="entity_id", how="left")
    both = both.sort_values(["person_id", "how", "entity_id", "unique_id"], ascending=[True, False, True, True])
    both = both.drop_duplicates(["person_id", "entity_id"])
    return without_nan(both.reindex(columns=EMPLOYMENT_COLUMNS).reset_index(drop=True))


def _events(taken: Taken, linked: Linked) -> dict[FeedKind, pd.DataFrame]:
    """Rows of every feed of events with the person they speak of; null where that stays open."""
    known = _columns_of(FeedKind.ORG_LIFE)
    life = list(dict.fromkeys([*_LIFE_COLUMNS, *(name for name in _REFERENT if name in known)]))
    rows = {kind: taken.rows(kind, life if kind is FeedKind.ORG_LIFE else None) for kind in _EVENTS}
    who = _who_is_meant(rows, linked)
    return {kind: frame.assign(person_id=who[kind]) for kind, frame in rows.items()}


def _who_is_meant(rows: Mapping[FeedKind, pd.DataFrame], linked: Linked) -> dict[FeedKind, Objects]:
    """The person that each row of the feeds of events speaks of; None where that stays open.

    All feeds at once: the members' side is then made ready once and not for each of them.
    """
    events = stacked([_referents(frame, kind) for kind, frame in rows.items()])
    references = References(events, linked.records, linked.links)
    found = references.persons()
    still_open = (found["person_id"].isna() & events["of_member"]).to_numpy(dtype=bool)
    if still_open.any():
        again = references.persons(_listed(events.loc[still_open, "name"], linked))
        found.loc[still_open, "person_id"] = again["person_id"].to_numpy(dtype=object)[still_open]
    ends = np.cumsum([len(frame) for frame in rows.values()])
    return dict(zip(rows, np.split(found["person_id"].to_numpy(dtype=object), ends[:-1]), strict=True))


def _referents(rows: pd.DataFrame, kind: FeedKind) -> pd.DataFrame:
    """Whom the rows name; None in what the feed does not have."""
    nothing = np.full(len(rows), None, dtype=object)
    named = {name: _EVENTS[kind] if name == "branch" else name for name in _REFERENT}
    told = {name: rows[column].to_numpy() if column in rows else nothing for name, column in named.items()}
    return pd.DataFrame(told, copy=False).assign(of_member=kind is not FeedKind.LEADS)


def _listed(names: pd.Series, linked: Linked) -> pd.Series:
    """Persons of these names on rosters, asked once more: a namesake whom only a list of claims names makes no tie.

    Leads are not asked again: they may well speak of somebody on no roster.
    """
    records, links = linked.records, linked.links
    rosters = records.loc[records["kind"] == FeedKind.MEMBER_ROSTER, ["unique_id", "name"]]
    named = rosters.loc[rosters["name"].isin(names.dropna()), "unique_id"]
    return links.loc[links["unique_id"].isin(named), "person_id"]


def _contacts(of_feed: pd.DataFrame, recorded: pd.DataFrame | None, links: pd.DataFrame) -> pd.DataFrame:
    """Attempts of the feed and of the desk; those go to whoever has the record now, else to the person it was then."""
    if recorded is None or recorded.empty:
        return of_feed
    columns = list(FACT_COLUMNS["contacts"])
    now = recorded["unique_id"].map(links.set_index("unique_id")["person_id"]).astype(object)
    then = recorded["person_id"].where(recorded["person_id"].isin(links["person_id"]))
    own = recorded.assign(person_id=now.where(now.notna(), then))
    return without_nan(pd.concat([of_feed.reindex(columns=columns), own[columns]], ignore_index=True))


def _leads(found: pd.DataFrame, linked: Linked) -> pd.DataFrame:
    """Leads with the member and the entity they speak of; names and numbers go no further, whoever is meant."""
    members = linked.golden_records.loc[linked.golden_records["is_member"], "person_id"]
    found = found.assign(
        person_id=found["person_id"].where(found["person_id"].isin(members)),
        entity_id=entity_ids(found["entity_no"], linked.entities),
    )
    return without_nan(found.reindex(columns=list(FACT_COLUMNS["leads"])))


def _annual_reports(taken: Taken, entities: pd.DataFrame) -> pd.DataFrame:
    columns = list(FACT_COLUMNS["annual_reports"])
    rows = _rows(taken, FeedKind.ANNUAL_REPORTS, [*columns, "entity_no"])
    reports = rows.assign(entity_id=entity_ids(rows["entity_no"], entities))
    return reports.loc[reports["entity_id"].notna(), columns].reset_index(drop=True)
