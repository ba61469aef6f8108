"""Writes sources.toml: every feed of every county that was made, and the manifest that says the data is synthetic."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from data.model import FeedKind
from data.synthetic.feeds import CLAIMS, CLAIMS_FILE, PERSONS, ROSTER_COUNTY, ROSTER_TOWNS, Place

_HEAD = """\
# Synthetic data: no person, number or enterprise in these files exists. Made by `longlou generate`.
# 合成数据：文件中的人员、号码和市场主体均属虚构，由 longlou generate 生成。
area = "{area}"
as_of = {as_of}

[manifest]
controller = "合成数据，无数据控制者"
purpose = "rectify_roster"
legal_basis = "合成数据，不含任何真实个人的信息"
retention_on = 2099-12-31
contact = "docs/synthetic-data.md"
"""


def write_sources_toml(path: Path, area: str, as_of: date, places: Sequence[Place]) -> None:
    """One table per feed whose files are there; feeds that had nothing to tell are left out."""
    parts = [_HEAD.format(area=area, as_of=as_of.isoformat())]
    for place in places:
        parts += [_source(place, *feed) for feed in _feeds(place) if any(place.root.glob(place.prefix + feed[2]))]
    path.write_text("\n".join(parts), encoding="utf-8", newline="\n")


def _feeds(place: Place) -> list[tuple[str, FeedKind, str, str]]:
    """Name, kind, location and further settings of every feed of a county."""
    # The rosters of towns overlap: a member who moved may stand on two of them.
    overlap = "promises_one_row_per_person = false\n"
    return [
        ("enterprises", FeedKind.ENTERPRISE_REGISTRATION, place.registration, ""),
        (PERSONS, FeedKind.ENTERPRISE_PERSONS, place.persons, ""),
        ("annual_reports", FeedKind.ANNUAL_REPORTS, place.annual_reports, 'code_system = "national"\n'),
        ("organizations", FeedKind.ORGANIZATIONS, place.organizations, ""),
        (ROSTER_TOWNS, FeedKind.MEMBER_ROSTER, "rosters/*.xlsx", overlap),
        (ROSTER_COUNTY, FeedKind.MEMBER_ROSTER, place.county_roster, ""),
        ("transfers", FeedKind.TRANSFERS, place.transfers, ""),
        ("org_life", FeedKind.ORG_LIFE, place.org_life, ""),
        ("contact_log", FeedKind.CONTACT_LOG, place.contact_log, ""),
        ("leads", FeedKind.LEADS, place.leads, ""),
        ("status_events", FeedKind.STATUS_EVENTS, place.status_events, ""),
        (CLAIMS, FeedKind.CLAIMS, CLAIMS_FILE, ""),
    ]


def _source(place: Place, feed: str, kind: FeedKind, location: str, more: str) -> str:
    lines = f'[sources.{place.source(feed)}]\nkind = "{kind.value}"\nlocation = "{place.prefix}{location}"\n'
    return f'{lines}area = "{place.area}"\n{more}'
