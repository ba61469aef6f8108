"""What do the rules read? The frames of one run, with their columns; built by the flow, checked once at the door.

Text is object with None for null, dates are ISO text of day, month or year precision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache

import pandas as pd

from data.model import FeedKind

#: Columns of every frame; key and row meaning are on `Facts`.
FACT_COLUMNS: dict[str, tuple[str, ...]] = {
    "members": (
        "person_id", "name", "id_no", "id_status", "sex", "birth", "category", "party_status", "branch", "org_township",
        "org_kind", "area", "township", "is_floating", "flow_to", "flow_since", "is_lost", "lost_since", "join_on",
        "full_on", "dues_to", "registered_on", "remark", "n_branches", "unique_id",
    ),
    "entries": (
        "unique_id", "kind", "source", "source_file", "source_sheet", "source_row", "person_id", "name", "sex", "id_no",
        "id_status", "birth", "category", "branch", "join_on", "full_on", "employer", "entity_no", "mobile",
        "party_status", "is_floating", "remark", "claimed_on", "registered_on", "township", "area", "home",
        "has_application", "is_irregular", "signature",
    ),
    "employments": (
        "person_id", "unique_id", "entity_id", "entity_name", "population", "status", "ended_on", "is_non_public",
        "township", "area", "role", "since_on", "until_on", "how",
    ),
    "entities": (
        "entity_id", "uscc", "reg_no", "entity_name", "former_name", "population", "is_non_public", "status",
        "ended_on",
        "established_on", "operator", "address", "township", "area", "industry",
    ),
    "claim_entities": ("unique_id", "entity_id", "match_weight", "grade", "how"),
    "transfers": (
        "person_id", "unique_id", "letter_no", "name", "id_no", "from_org", "to_org", "issued_on", "valid_days",
        "received_on", "receipt_on", "is_letter_in_hand", "remark", "assigned_branch", "assigned_on", "filed_on",
        "rejected_on", "reject_reason", "lost_on", "voided_on", "replaces_no", "mode", "area",
    ),
    "org_life": ("person_id", "branch", "held_on", "event", "is_present"),
    "contacts": ("person_id", "tried_on", "channel", "outcome", "contacted_by"),
    "status_events": ("person_id", "unique_id", "name", "id_no", "event", "decided_on", "document", "branch"),
    "leads": (
        "person_id", "unique_id", "way", "channel", "found_on", "informant", "entity_id", "outcome", "township", "area",
    ),
    "annual_reports": (
        "unique_id", "entity_id", "report_year", "n_party_members", "has_party_body", "party_body", "party_body_on",
        "representative_is_member", "filed_on", "n_employees", "source", "source_file", "source_sheet", "source_row",
    ),
    "organizations": (
        "org_name", "org_kind", "parent", "township", "unit_name", "dissolved_on", "n_last_year", "area", "has_venue",
    ),
    "pairs": ("unique_id_l", "unique_id_r", "match_weight", "match_probability", "grade", "decided_by"),
}  # fmt: skip

_DTYPES = {"source_row": "int64", "n_branches": "int64", "match_weight": "float64", "match_probability": "float64",
           "is_non_public": "bool"}  # fmt: skip


@lru_cache(maxsize=len(FACT_COLUMNS))
def _frame(table: str) -> pd.DataFrame:
    # Facts are never changed, so that all runs may share one empty frame.
    return frame_of(table, [])


@dataclass(frozen=True)
class Facts:
    """Everything known at a run, one frame a subject; frames may be empty but always have their columns.

    members: one row a person on at least one roster; key person_id. entries: one row a roster or claim record; key
    unique_id. employments: one row a person at an entity. claim_entities: what the employer of a claim resolves to.
    transfers, org_life, contacts, status_events: events, person_id null when nobody was found for them.
    leads: one row a lead, without any name or number; person_id only where it speaks of a member. A lead never makes
    anybody a member. annual_reports: one row a filing of a known entity; key unique_id.
    pairs: graded pairs of records. feeds: the kinds of feed that were supplied (silence of the others means nothing).
    Raises ValueError at construction when a frame lacks a column.
    """

    members: pd.DataFrame = field(default_factory=lambda: _frame("members"))
    entries: pd.DataFrame = field(default_factory=lambda: _frame("entries"))
    employments: pd.DataFrame = field(default_factory=lambda: _frame("employments"))
    entities: pd.DataFrame = field(default_factory=lambda: _frame("entities"))
    claim_entities: pd.DataFrame = field(default_factory=lambda: _frame("claim_entities"))
    transfers: pd.DataFrame = field(default_factory=lambda: _frame("transfers"))
    org_life: pd.DataFrame = field(default_factory=lambda: _frame("org_life"))
    contacts: pd.DataFrame = field(default_factory=lambda: _frame("contacts"))
    status_events: pd.DataFrame = field(default_factory=lambda: _frame("status_events"))
    leads: pd.DataFrame = field(default_factory=lambda: _frame("leads"))
    annual_reports: pd.DataFrame = field(default_factory=lambda: _frame("annual_reports"))
    organizations: pd.DataFrame = field(default_factory=lambda: _frame("organizations"))
    pairs: pd.DataFrame = field(default_factory=lambda: _frame("pairs"))
    feeds: frozenset[FeedKind] = frozenset()

    def __post_init__(self) -> None:
        for item in fields(self):
            if item.name in FACT_COLUMNS:
                missing = set(FACT_COLUMNS[item.name]) - set(getattr(self, item.name).columns)
                if missing:
                    raise ValueError(f"facts.{item.name} lacks the columns {sorted(missing)}")


def frame_of(table: str, rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """A frame of `table` from rows that name only what they know; the rest is None, or zero for numbers.

    Raises ValueError for a column the table does not have.
    """
    listed = list(rows)
    unknown = {name for row in listed for name in row} - set(FACT_COLUMNS[table])
    if unknown:
        raise ValueError(f"facts.{table} has no columns {sorted(unknown)}")
    columns = {name: _column([row.get(name) for row in listed], name) for name in FACT_COLUMNS[table]}
    return pd.DataFrame(columns)


def _column(values: list[object], name: str) -> pd.Series:
    kind = _DTYPES.get(name, "object")
    if kind == "bool":
        values = [True if value is None else value for value in values]
    elif kind != "object":
        values = [0 if value is None else value for value in values]
    return pd.Series(values, dtype=kind)


def empty_facts(feeds: Iterable[FeedKind] = ()) -> Facts:
    """Facts that know nothing: every frame empty, every column there."""
    return Facts(feeds=frozenset(feeds))


def facts_of(feeds: Iterable[FeedKind], tables: Mapping[str, Iterable[Mapping[str, object]]]) -> Facts:
    """Facts from small tables written by hand: the examples of the rules and the tests use it.

    Entries get a unique_id `e1, e2 ...`, a row number and a source when they name none.
    """
    given = {name: list(rows) for name, rows in tables.items()}
    if "entries" in given:
        given["entries"] = [
            {"unique_id": f"e{n}", "source": row.get("kind"), "source_file": "example.xlsx", "source_sheet": "Sheet1",
             "source_row": n + 1, **row}
            for n, row in enumerate(given["entries"], start=1)
        ]  # fmt: skip
    frames = {name: frame_of(name, rows) for name, rows in given.items()}
    return Facts(feeds=frozenset(feeds), **frames)
