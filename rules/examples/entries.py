"""Examples of the false-entry rules F01-F08, all judged on 2016-06-16. Records are named e1, e2 ... in order."""

from __future__ import annotations

from data.model import FeedKind
from rules.examples.build import ALL_FEEDS, MAN_1900, MAN_1902, Row, claim, fires, holds_back, lacks_data, roster

_NO_ROSTER = ALL_FEEDS - {FeedKind.MEMBER_ROSTER}


def _event(event: str, **known: object) -> Row:
    base = {"person_id": "p1", "unique_id": "s1", "name": "符一心", "id_no": MAN_1900, "event": event}
    return {**base, "decided_on": "2015-03-02", "document": "文组〔2015〕3号", **known}


def _letter(**known: object) -> Row:
    base = {
        "person_id": "p1",
        "unique_id": "t1",
        "letter_no": "第7号",
        "from_org": "红海村党支部",
        "to_org": "海口市某街道党工委",
    }
    return {**base, "issued_on": "2016-01-04", "received_on": "2016-01-20", **known}


NEVER_ADMITTED = (
    fires("摸底名单写明积极分子", "the claim says activist", {"e1": True}, entries=(claim(category="activist"),)),
    fires("名册写明发展对象，名单写党员", "the roster says development target, the claim says member",
        {"e1": True, "e2": True},
          entries=(roster(category="development_target"), claim())),
    fires("组织核实非党员", "the organisation verified that he is no member", {"e1": True, "e2": True},
          entries=(roster(id_no=MAN_1900), claim(id_no=MAN_1900)), status_events=(_event("never_admitted"),)),
    holds_back("核实之后入党", "admitted after that check", entries=(roster(id_no=MAN_1900, join_on="2015-12-01"),),
               status_events=(_event("never_admitted"),)),
    holds_back("预备党员是党员", "a probationary member is a member", entries=(roster(category="probationary"),)),
    lacks_data("没有写人员类别", "no category", entries=(claim(category=None),)),
)  # fmt: skip

UNLISTED = (
    fires("名册中没有此人", "no roster lists the person", {"e1": False}, entries=(claim(),)),
    holds_back("名册中有此人", "a roster lists the person", entries=(claim(), roster())),
    lacks_data("没有提供名册", "no roster was supplied", feeds=_NO_ROSTER, entries=(claim(),)),
)  # fmt: skip

DUPLICATE = (
    fires("名单中同一人两行", "one person twice in the list", {"e2": True},
          entries=(claim(id_no=MAN_1900), claim(id_no=MAN_1900))),
    fires("两个支部的名册，后登记的保留", "two rosters, the later registration stays", {"e1": True},
          entries=(roster(id_no=MAN_1900, registered_on="2010-05-01"),
                   roster(id_no=MAN_1900, registered_on="2014-05-01", branch="文建市场党支部"))),
    fires("两个支部的名册，接收介绍信的保留", "two rosters, the one that received the letter stays", {"e1": True},
          entries=(roster(id_no=MAN_1900), roster(id_no=MAN_1900, branch="文建市场党支部", township="文城镇")),
          transfers=(_letter(to_org="文昌市文城镇文建市场党支部"),)),
    fires("无法判断正式组织关系所在，只核实", "nothing tells where the relation is: to be checked", {"e2": False},
          entries=(roster(id_no=MAN_1900), roster(id_no=MAN_1900, branch="文建市场党支部"))),
    holds_back("一行是流入登记", "one row registers an incoming floating member",
               entries=(roster(id_no=MAN_1900), roster(id_no=MAN_1900, branch="文建市场党支部", remark="流入党员"))),
    lacks_data("记录没有归到同一人", "the records belong to no one person",
        entries=(claim(person=None), claim(person=None))),
)  # fmt: skip

DECEASED = (
    fires("去世登记，姓名和号码一致", "a death record, name and number agree", {"e1": True, "e2": True},
          entries=(roster(id_no=MAN_1900), claim(id_no=MAN_1900)), status_events=(_event("deceased"),)),
    fires("名册备注已去世", "the roster's remark says so", {"e1": True}, entries=(roster(remark="2014年3月因病去世"),)),
    fires("去世之后参加过组织生活：只核实", "seen after the death: to be checked", {"e1": False},
          entries=(roster(id_no=MAN_1900),), status_events=(_event("deceased"),),
          org_life=({"person_id": "p1", "held_on": "2016-05-01", "event": "meeting", "is_present": "yes"},)),
    holds_back("同名，号码是另一人", "the same name, another number",
               entries=(roster(id_no=MAN_1902),), status_events=(_event("deceased"),)),
    holds_back("备注说的是父亲", "the remark is about the father", entries=(roster(remark="父亲去世"),)),
    lacks_data("去世登记找不到对应的人", "nobody was found for the record",
               entries=(roster(id_no=MAN_1900),), status_events=(_event("deceased", person_id=None),)),
)  # fmt: skip

REMOVED = (
    fires("开除党籍", "expelled", {"e1": True}, entries=(roster(id_no=MAN_1900),), status_events=(_event("expelled"),)),
    fires("名册状态为除名", "the roster says removed", {"e1": True}, entries=(roster(party_status="removed"),)),
    holds_back("后来恢复党籍", "restored later", entries=(roster(id_no=MAN_1900),),
               status_events=(_event("removed"), _event("restored", unique_id="s2", decided_on="2015-09-01"))),
    holds_back("批准日期在核对日期之后", "decided after the day of the check", entries=(roster(id_no=MAN_1900),),
               status_events=(_event("expelled", decided_on="2016-06-17"),)),
    lacks_data("没有党籍状态", "no party status", entries=(roster(party_status=None),)),
)  # fmt: skip

PROBATION_CANCELLED = (
    fires("取消预备党员资格", "probation cancelled", {"e1": True},
          entries=(roster(id_no=MAN_1900, category="probationary"),), status_events=(_event("probation_cancelled"),)),
    holds_back("预备期未满", "still on probation", entries=(roster(category="probationary"),)),
    lacks_data("没有人员变动记录", "no status events", entries=(roster(id_no=MAN_1900),)),
)  # fmt: skip

SUSPENDED = (
    fires("停止党籍：保留", "suspended: kept", {"e1": False}, entries=(roster(id_no=MAN_1900),),
        status_events=(_event("suspended"),)),
    holds_back("已恢复党籍", "restored", entries=(roster(id_no=MAN_1900),),
               status_events=(_event("suspended"), _event("restored", unique_id="s2", decided_on="2016-01-05"))),
    lacks_data("没有党籍状态", "no party status", entries=(roster(party_status=None),)),
)  # fmt: skip

TRANSFERRED_OUT = (
    fires("已被外地接收", "received elsewhere", {"e1": True, "e2": True},
          entries=(roster(), claim(branch="红海村党支部")), transfers=(_letter(),)),
    fires("名册状态为转出", "the roster says transferred out", {"e1": True},
        entries=(roster(party_status="transferred_out"),)),
    holds_back("介绍信还在路上，仍由原支部管理", "the letter is on its way: the sender still counts him",
               entries=(roster(party_status="transferred_out"),), transfers=(_letter(received_on=None),)),
    holds_back("转出后又转回", "transferred back", entries=(roster(),),
               transfers=(_letter(),
                   _letter(unique_id="t2", issued_on="2016-03-01", received_on="2016-03-09",
                   to_org="文昌市龙楼镇红海村党支部"))),
    holds_back("拟转出", "an intention", entries=(roster(remark="拟转出"),)),
    holds_back("2015年转入", "an arrival", entries=(roster(remark="2015.3转入"),)),
    lacks_data("没有介绍信登记", "no letters", entries=(roster(),)),
)  # fmt: skip
