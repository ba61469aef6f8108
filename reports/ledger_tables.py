"""What do the ledgers need, and how is a code said in Chinese? Shared by the workbooks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from data.contracts.enterprise_feeds import ORGANIZATIONS
from data.contracts.field import Field
from data.contracts.frames import empty_frame, without_nan
from data.contracts.person_feeds import CATEGORY, PARTY_STATUS
from data.contracts.tables import BALANCE, BALANCE_DIFFERENCES, REPORT_LEADS
from data.model import CLASS_TITLES, POPULATION_TITLES, PrimaryClass
from data.values.columns import map_unique
from data.values.dates import add_months, latest
from reports.columns import chosen, first_known, latest_of, looked_up, with_columns

#: Months without organisation life after which a member no longer counts as regular (domain rules §1.5).
REGULAR_LIFE_MONTHS = 6

_MEMBER_FIELDS = (
    *("name", "sex", "id_no", "birth", "category", "employer"),
    *("mobile", "join_on", "full_on", "party_status"),
)
#: What the ledgers show of golden records, of entities and of organisation life; the rest need not be handed over.
MEMBER_COLUMNS = ("person_id", *_MEMBER_FIELDS, "branch", "township")
ENTITY_COLUMNS = ("entity_id", "entity_name")
LIFE_COLUMNS = ("person_id", "held_on", "event", "is_present")

NO_BRANCH = "（未填所在党支部）"


def labels(source: Field) -> dict[str, str]:
    """Canonical code -> the first (official) label of the contract."""
    return {code: label for label, code in reversed(source.codes)}


CATEGORY_LABELS = labels(CATEGORY)
PARTY_STATUS_LABELS = labels(PARTY_STATUS)
ORG_KIND_LABELS = labels(next(f for f in ORGANIZATIONS.fields if f.name == "org_kind"))
CLASS_LABELS = {str(name): title for name, title in CLASS_TITLES.items()}
POPULATION_LABELS = {str(name): title for name, title in POPULATION_TITLES.items()}


@dataclass(frozen=True)
class LedgerTables:
    """The frames behind the ledgers; a column that is absent counts as null.

    members: golden records, one row a person on a roster (person_id, name, sex, id_no, birth, category, branch,
    township, employer, mobile, join_on, full_on, party_status). classifications: CLASSIFICATIONS, one row a member.
    entities: ENTITIES. organizations: org_name, org_kind, township, secretary, dissolved_on. org_life: person_id,
    held_on, event, is_present. claims: unique_id, person_id (null when unlinked), columns of the claims contract.
    """

    members: pd.DataFrame
    classifications: pd.DataFrame
    entities: pd.DataFrame
    organizations: pd.DataFrame
    org_life: pd.DataFrame
    claims: pd.DataFrame
    balance: pd.DataFrame = field(default_factory=lambda: empty_frame(BALANCE.columns))
    balance_differences: pd.DataFrame = field(default_factory=lambda: empty_frame(BALANCE_DIFFERENCES.columns))
    report_leads: pd.DataFrame = field(default_factory=lambda: empty_frame(REPORT_LEADS.columns))


def said(codes: pd.Series, words: Mapping[str, str]) -> pd.Series:
    """Every code in words; an unknown code stays as it is, null stays None."""
    return first_known(looked_up(codes, pd.Series(words)), codes)


def attended(org_life: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Who took part in what by `as_of`: person_id, held_on, event. No word on presence is presence."""
    rows = with_columns(org_life, LIFE_COLUMNS)
    was_there = ~rows["is_present"].isin(["no", False])
    in_time = rows["held_on"].fillna("9999") <= as_of.isoformat()
    return rows.loc[was_there & in_time & rows["person_id"].notna(), ["person_id", "held_on", "event"]]


def holds(texts: pd.Series, test: Callable[[str], bool]) -> pd.Series:
    """Where the text (a date, codes) is known and the test says yes (bool, same index)."""
    return map_unique(texts, test).eq(True)


def is_recent(held_on: str, as_of: date) -> bool:
    """Within the half-year: a gap of six months to the day is over it."""
    return add_months(latest(held_on), REGULAR_LIFE_MONTHS) > as_of


def shown_members(tables: LedgerTables, as_of: date) -> pd.DataFrame:
    """One row a classified member: golden record, `shown_class`, `shown_reason`, `last_held_on`, `entity_name`.

    Nobody is shown as hidden (guard-rail 4): such a member is shown with the class that comes next, normal (by the flag
    of that name) or unknown, and the reason of both is worded from organisation life alone, the same for all, so that
    the ledger cannot be read backwards.
    """
    members = tables.members.drop(columns=["area", "township", "branch", "population"], errors="ignore")
    members = with_columns(members, _MEMBER_FIELDS)
    rows = without_nan(tables.classifications.merge(members, on="person_id", how="left", validate="one_to_one"))
    names = tables.entities.set_index("entity_id")["entity_name"]
    rows["entity_name"] = first_known(looked_up(rows["entity_id"], names), rows["employer"])
    there = attended(tables.org_life, as_of)
    last = latest_of(there["person_id"], there["held_on"])
    rows["last_held_on"] = looked_up(rows["person_id"], last)
    is_hidden = rows["primary_class"] == PrimaryClass.HIDDEN
    is_regular = holds(rows["flags"], lambda flags: PrimaryClass.NORMAL in flags.split("|"))
    as_others = chosen(is_regular, str(PrimaryClass.NORMAL), str(PrimaryClass.UNKNOWN))
    rows["shown_class"] = chosen(is_hidden, as_others, rows["primary_class"])
    is_plain = rows["shown_class"].isin([PrimaryClass.NORMAL, PrimaryClass.UNKNOWN])
    rows["shown_reason"] = chosen(
        is_plain, map_unique(rows["last_held_on"], "最近组织生活或党费：{}".format), rows["reason"]
    )
    return rows.sort_values(["township", "branch", "name", "person_id"], na_position="last", ignore_index=True)
