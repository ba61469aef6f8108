"""Examples of the five classes, all judged on 2016-06-16."""

from __future__ import annotations

from data.model import FeedKind
from rules.examples.build import ALL_FEEDS, Row, fires, holds_back, lacks_data, member, work


def life(held_on: str, **known: object) -> Row:
    """A meeting of 红海村党支部 that p1 took part in."""
    return {
        "person_id": "p1",
        "branch": "红海村党支部",
        "held_on": held_on,
        "event": "meeting",
        "is_present": "yes",
        **known,
    }


def tried(tried_on: str, channel: str, outcome: str = "not_reached") -> Row:
    """An attempt to reach p1."""
    return {"person_id": "p1", "tried_on": tried_on, "channel": channel, "outcome": outcome, "contacted_by": "符二心"}


def _letter(**known: object) -> Row:
    base = {
        "person_id": "p1",
        "unique_id": "t1",
        "letter_no": "第7号",
        "from_org": "红海村党支部",
        "to_org": "海口市某街道党工委",
    }
    return {**base, "issued_on": "2016-01-04", "valid_days": "30", **known}


def _report(**known: object) -> Row:
    return {"entity_id": "E1", "report_year": "2015", "n_party_members": "0", **known}


_SEARCHED = (tried("2016-03-01", "phone"), tried("2016-04-01", "visit"))

LOST = (
    fires("满 6 个月当日，两种方式查找未果", "six months full on the day, two channels failed", {"p1": False},
          members=(member(),), org_life=(life("2015-12-16"),), contacts=_SEARCHED),
    holds_back("差一天不满 6 个月", "one day short of six months",
               members=(member(),), org_life=(life("2015-12-17"),), contacts=_SEARCHED),
    holds_back("只用了一种方式", "one channel only", members=(member(),), org_life=(life("2015-06-01"),),
               contacts=(tried("2016-03-01", "phone"), tried("2016-04-01", "phone"))),
    holds_back("查找中联系上了", "reached during the search", members=(member(),), org_life=(life("2015-06-01"),),
               contacts=(*_SEARCHED, tried("2016-04-02", "family", "reached"))),
    holds_back("本人拒绝也是联系上了", "a refusal is a contact", members=(member(),), org_life=(life("2015-06-01"),),
               contacts=(*_SEARCHED, tried("2016-04-02", "family", "refused"))),
    holds_back("只有一次查找", "one attempt", members=(member(),), org_life=(life("2015-06-01"),),
               contacts=_SEARCHED[:1]),
    lacks_data("没有组织生活和党费记录", "no record of organisation life or dues", members=(member(),),
        contacts=_SEARCHED),
    lacks_data("查找记录没有写明谁查找", "the log does not say who tried", members=(member(),),
               org_life=(life("2015-06-01"),), contacts=tuple({**one, "contacted_by": None} for one in _SEARCHED)),
    lacks_data("没有查找记录", "no record of a search", members=(member(),), org_life=(life("2015-06-01"),)),
)  # fmt: skip

POCKET = (
    fires("介绍信过期未被接收", "the letter expired, nobody received it", {"p1": False},
          members=(member(),), transfers=(_letter(),)),
    fires("本人称介绍信在手中", "the member says to hold the letter", {"p1": False},
          members=(member(),), transfers=(_letter(issued_on="2016-06-10", is_letter_in_hand="yes"),)),
    fires("没有写有效期，超过 90 天", "no validity stated, more than 90 days", {"p1": False},
          members=(member(),), transfers=(_letter(issued_on="2016-03-17", valid_days=None),)),
    holds_back("有效期最后一天", "last day of validity", members=(member(),),
        transfers=(_letter(issued_on="2016-05-17"),)),
    holds_back("已被接收", "received", members=(member(),), transfers=(_letter(received_on="2016-01-20"),)),
    holds_back("旧信作废，新信已被接收", "an old letter replaced by one that was received", members=(member(),),
               transfers=(_letter(), _letter(unique_id="t2", issued_on="2016-03-01", received_on="2016-03-05"))),
    lacks_data("没有写有效期，按最长 90 天", "no validity stated: the longest, 90 days",
               members=(member(),), transfers=(_letter(issued_on="2016-03-18", valid_days=None),)),
)  # fmt: skip

FLOATING = (
    fires("名册登记，流出满 6 个月", "marked on the roster, away six months", {"p1": False},
          members=(member(is_floating="yes", flow_since="2015-12-16"),)),
    fires("工作地在另一镇满 6 个月", "works in another township for six months", {"p1": False},
          members=(member(),), employments=(work(township="文城镇", since_on="2015-01-01"),)),
    holds_back("流出不满 6 个月", "away for less than six months",
        members=(member(is_floating="yes", flow_since="2015-12-17"),)),
    fires("流出后回支部参加过一次活动", "came home once since", {"p1": False}, sets=("RS-2006", "RS-2016", "RS-2019"),
          members=(member(is_floating="yes", flow_since="2015-01-01"),), org_life=(life("2016-01-05"),)),
    holds_back("须连续：回支部参加过一次活动", "not consecutive: came home once", sets=("RS-2024",),
               members=(member(is_floating="yes", flow_since="2015-01-01"),), org_life=(life("2016-01-05"),)),
    holds_back("须连续，未写流出时间", "not consecutive, no day of leaving", sets=("RS-2024",),
               members=(member(is_floating="yes"),), org_life=(life("2016-01-05"),)),
    fires("交党费不是参加活动", "a payment is no attendance", {"p1": False},
          members=(member(is_floating="yes", flow_since="2015-01-01"),),
          org_life=(life("2016-01-05", event="dues"),)),
    holds_back("县直机关党组织覆盖全县", "a county-level organisation covers the county",
               members=(member(org_kind="government"),), employments=(work(township="文城镇", since_on="2015-01-01"),)),
    holds_back("组织关系已被外地接收", "the relation was received elsewhere since",
        members=(member(is_floating="yes", flow_since="2015-01-01"),),
               transfers=(_letter(received_on="2016-01-20"),)),
    lacks_data("不知何时开始在外工作", "no start of the work elsewhere, no event at home",
               members=(member(),), employments=(work(township="文城镇"),)),
)  # fmt: skip

HIDDEN = (
    fires("年报填报党员 0 人", "the report counts no member", {"p1": False},
          members=(member(),), employments=(work(),), annual_reports=(_report(),)),
    fires("法定代表人填报不是党员", "the representative is reported as no member", {"p1": False}, members=(member(),),
          employments=(work(role="legal_representative"),),
          annual_reports=(_report(n_party_members="2", representative_is_member="no"),)),
    holds_back("年报填报有党员", "the report counts members",
               members=(member(),), employments=(work(),), annual_reports=(_report(n_party_members="1"),)),
    holds_back("年报之后才入职", "came after the day the report speaks of",
               members=(member(),), employments=(work(since_on="2016-03-01"),), annual_reports=(_report(),)),
    lacks_data("年报没有党建信息", "a report without the party block",
               members=(member(),), employments=(work(),), annual_reports=(_report(n_party_members=None),)),
    lacks_data("没有年报", "no report", members=(member(),), employments=(work(),)),
)  # fmt: skip

NORMAL = (
    fires("半年内参加过组织生活", "took part within the half-year", {"p1": False},
          members=(member(),), org_life=(life("2015-12-17"),)),
    fires("半年内交纳过党费", "paid dues within the half-year", {"p1": False},
          members=(member(),), org_life=(life("2016-02", event="dues", is_present=None),)),
    holds_back("未到会", "was not there", members=(member(),), org_life=(life("2016-05-01", is_present="no"),)),
    holds_back("满半年", "half a year ago", members=(member(),), org_life=(life("2015-12-16"),)),
    lacks_data("未提供组织生活记录", "no organisation-life feed", feeds=ALL_FEEDS - {FeedKind.ORG_LIFE},
        members=(member(),)),
)  # fmt: skip
