"""Examples of AR9-AR12, all judged on 2016-06-16. The subject is a report by its unique_id; nobody is named."""

from __future__ import annotations

from data.model import FeedKind
from rules.examples.build import ALL_FEEDS, Row, fires, holds_back, lacks_data, member, work


def _report(**known: object) -> Row:
    base = {"unique_id": "r1", "entity_id": "E1", "report_year": "2015", "filed_on": "2016-03-01"}
    return {**base, "n_party_members": "2", "party_body": "none", **known}


def _entity(**known: object) -> Row:
    return {"entity_id": "E1", "entity_name": "文昌海风商行", "established_on": "2010-05-01", **known}


_OLD = _report(party_body="branch", party_body_on="2010-04")

SET_UP_TOO_EARLY = (
    fires("组建早于成立", "formed before the entity", {"r1": False}, annual_reports=(_OLD,), entities=(_entity(),)),
    holds_back("同月，可能在成立之后", "the same month, perhaps after it", entities=(_entity(),),
               annual_reports=(_report(party_body="branch", party_body_on="2010-05"),)),
    holds_back("有曾用名，可能由改制而来", "a former name: perhaps converted", annual_reports=(_OLD,),
               entities=(_entity(former_name="文昌海风供销社"),)),
    holds_back("后一年的年报已更正", "corrected in a later report", entities=(_entity(),),
               annual_reports=({**_OLD, "report_year": "2014"}, _report(unique_id="r2", party_body_on="2012-04"))),
    lacks_data("登记没有成立日期", "no date of establishment", annual_reports=(_OLD,),
               entities=(_entity(established_on=None),)),
    lacks_data("年报没有组建时间", "no date of formation", annual_reports=(_report(),), entities=(_entity(),)),
)  # fmt: skip

GAP = (
    fires("填报二人，名册一人", "two reported, one on a roster", {"r1": False}, annual_reports=(_report(),),
          members=(member(),), employments=(work(),)),
    fires("填报三人并建有支部，名册无人", "three and a branch reported, none on a roster", {"r1": False},
          annual_reports=(_report(n_party_members="3", party_body="branch"),)),
    fires("名册上的人年底之后才来", "the one on the roster came after the year's end", {"r1": False},
          annual_reports=(_report(party_body="branch"),), members=(member(),),
          employments=(work(since_on="2016-01-01"),)),
    fires("名册上的人年底之前已离开", "the one on the roster left before the year's end", {"r1": False},
          annual_reports=(_report(n_party_members="1", party_body="branch"),), members=(member(),),
          employments=(work(until_on="2015-12-31"),)),
    holds_back("人数相同", "equal numbers", annual_reports=(_report(n_party_members="1"),), members=(member(),),
               employments=(work(since_on="2015-12-31"),)),
    holds_back("年报少于名册：属单独联系，不列出", "fewer than the roster: a private matter, not listed",
               annual_reports=(_report(n_party_members="0"),), members=(member(),), employments=(work(),)),
    lacks_data("年报没有填党建信息", "the block was left blank",
               annual_reports=(_report(n_party_members=None, party_body=None),), members=(member(),),
               employments=(work(),)),
    lacks_data("没有提供名册", "no roster was supplied", feeds=ALL_FEEDS - {FeedKind.MEMBER_ROSTER},
               annual_reports=(_report(party_body="branch"),)),
)  # fmt: skip

LEAD = (
    fires("填报有党员、没有党组织，名册无人", "members, no organisation, none on a roster", {"r1": False},
          annual_reports=(_report(),)),
    fires("只填了没有建立党组织", "only the sign says that there is none", {"r1": False},
          annual_reports=(_report(party_body=None, has_party_body="no"),)),
    holds_back("名册有人在此从业", "a roster knows somebody there", annual_reports=(_report(),), members=(member(),),
               employments=(work(),)),
    holds_back("没有党员", "no member", annual_reports=(_report(n_party_members="0"),)),
    holds_back("后一年填报没有党员", "a later report counts none",
               annual_reports=(_report(report_year="2014"), _report(unique_id="r2", n_party_members="0"))),
    lacks_data("没有填是否建立党组织", "not stated whether there is an organisation",
               annual_reports=(_report(party_body=None),)),
    lacks_data("没有提供名册", "no roster was supplied", feeds=ALL_FEEDS - {FeedKind.MEMBER_ROSTER},
               annual_reports=(_report(),)),
)  # fmt: skip

_SAYS_MEMBER = _report(n_party_members="1", representative_is_member="yes")

REPRESENTATIVE = (
    fires("年报称负责人是党员，名册无此任职", "reported as a member, no roster knows one there", {"r1": False},
          annual_reports=(_SAYS_MEMBER,)),
    fires("名册上的人只是雇员", "the one on a roster is an employee", {"r1": False}, annual_reports=(_SAYS_MEMBER,),
          members=(member(),), employments=(work(),)),
    holds_back("名册上有人任该职", "a roster knows one in that place", annual_reports=(_SAYS_MEMBER,),
               members=(member(),), employments=(work(role="operator"),)),
    holds_back("年报称不是党员", "reported as no member",
               annual_reports=(_report(representative_is_member="no"),)),
    lacks_data("没有填", "not stated", annual_reports=(_report(),)),
    lacks_data("没有提供名册", "no roster was supplied", feeds=ALL_FEEDS - {FeedKind.MEMBER_ROSTER},
               annual_reports=(_SAYS_MEMBER,)),
)  # fmt: skip

_BOTH = (member(), member(person_id="p2", unique_id="e2"))
_JOBS = (work(), work(person_id="p2", unique_id="w2"))

UNREPORTED = (
    fires("名册二人，年报一人：单独联系", "two on rosters, one reported: private contacts", {"p1": False, "p2": False},
          annual_reports=(_report(n_party_members="1"),), members=_BOTH, employments=_JOBS),
    holds_back("人数相同", "equal numbers", annual_reports=(_report(n_party_members="2"),), members=_BOTH,
        employments=_JOBS),
    holds_back("年报没有党员：属隐形党员一类", "none reported: that is the hidden class",
               annual_reports=(_report(n_party_members="0"),), members=_BOTH, employments=_JOBS),
    lacks_data("年报没有填党员人数", "no number stated", annual_reports=(_report(n_party_members=None),),
        members=_BOTH, employments=_JOBS),
)  # fmt: skip
