"""Every kind of feed and its contract: the list to read first when a file is refused."""

from __future__ import annotations

from data.contracts.annual_reports import ANNUAL_REPORTS
from data.contracts.enterprise_feeds import ENTERPRISE_REGISTRATION, ORGANIZATIONS
from data.contracts.event_feeds import CONTACT_LOG, ORG_LIFE, STATUS_EVENTS, TRANSFERS
from data.contracts.field import FeedContract
from data.contracts.lead_feed import LEADS
from data.contracts.person_feeds import CLAIMS, ENTERPRISE_PERSONS, MEMBER_ROSTER
from data.model import FeedKind

CONTRACTS: dict[FeedKind, FeedContract] = {
    contract.kind: contract
    for contract in (
        ENTERPRISE_REGISTRATION,
        ENTERPRISE_PERSONS,
        ANNUAL_REPORTS,
        ORGANIZATIONS,
        MEMBER_ROSTER,
        TRANSFERS,
        ORG_LIFE,
        CONTACT_LOG,
        LEADS,
        STATUS_EVENTS,
        CLAIMS,
    )
}

#: Feeds of events may truly have none; a roster or a register without a row is an export that failed.
MAY_BE_EMPTY = (
    FeedKind.TRANSFERS,
    FeedKind.ORG_LIFE,
    FeedKind.CONTACT_LOG,
    FeedKind.LEADS,
    FeedKind.STATUS_EVENTS,
)
