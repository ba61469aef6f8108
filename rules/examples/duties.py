"""Examples of the duties beside the classes. Those of 2019 are judged on 2020-06-16, for every set that has them."""

from __future__ import annotations

from datetime import date

from rules.examples.build import Row, fires, holds_back, lacks_data, member, work
from rules.examples.classes import life, tried

_LATER = date(2020, 6, 16)


def _abroad(**known: object) -> Row:
    return member(is_floating="yes", flow_to="美国留学", **known)


FOUND_AGAIN = (
    fires("满 6 个月当日联系上", "reached six months after, to the day", {"p1": False},
          members=(member(),), org_life=(life("2015-11-16"),), contacts=(tried("2016-05-16", "phone", "reached"),)),
    fires("拒绝也是联系上了", "a refusal is a contact too", {"p1": False},
          members=(member(),), org_life=(life("2015-01-05"),), contacts=(tried("2016-05-16", "visit", "refused"),)),
    holds_back("差一天不满 6 个月就联系上", "reached one day before", members=(member(),),
               org_life=(life("2015-11-17"),), contacts=(tried("2016-05-16", "phone", "reached"),)),
    holds_back("联系上之后又参加了组织生活", "took part again afterwards", members=(member(),),
               org_life=(life("2015-01-05"), life("2016-06-01")), contacts=(tried("2016-05-16", "phone", "reached"),)),
    lacks_data("不知最近一次组织生活", "no last sign of life", members=(member(),),
               contacts=(tried("2016-05-16", "phone", "reached"),)),
)  # fmt: skip

TRANSFER_DUE = (
    fires("在外地从业满 6 个月", "has worked elsewhere for six months", {"p1": False}, as_of=_LATER,
          members=(member(),), employments=(work(township="文城镇", since_on="2019-12-16"),)),
    holds_back("差一天", "one day short", as_of=_LATER,
               members=(member(),), employments=(work(township="文城镇", since_on="2019-12-17"),)),
    holds_back("流动，没有固定从业地", "floating without a fixed place of work", as_of=_LATER,
               members=(member(is_floating="yes", flow_since="2018-01-01"),)),
    lacks_data("不知从业起始时间", "no start of the work", as_of=_LATER,
               members=(member(is_floating="yes", flow_since="2018-01-01"),),
               employments=(work(township="文城镇"),)),
)  # fmt: skip

ABROAD_CONTACT = (
    fires("半年没有联系", "no contact for half a year", {"p1": False}, as_of=_LATER,
          members=(_abroad(flow_since="2018-09-01"),), org_life=(life("2019-12-15", event="dues"),)),
    fires("出国以来没有联系", "no contact since leaving", {"p1": False}, as_of=_LATER,
          members=(_abroad(flow_since="2018-09-01"),)),
    holds_back("满半年当日", "half a year, to the day", as_of=_LATER,
               members=(_abroad(flow_since="2018-09-01"),), org_life=(life("2019-12-16", event="dues"),)),
    holds_back("最近联系上", "reached lately", as_of=_LATER, members=(_abroad(flow_since="2018-09-01"),),
               contacts=(tried("2020-03-01", "phone", "reached"),)),
    holds_back("务工不是学习", "work, not study", as_of=_LATER,
               members=(member(is_floating="yes", flow_to="日本务工", flow_since="2018-09-01"),)),
    lacks_data("不知何时出国，没有联系记录", "no day of leaving, no contact", as_of=_LATER, members=(_abroad(),)),
)  # fmt: skip

ABROAD_LONG = (
    fires("学习超过五年", "studies for over five years", {"p1": False}, as_of=_LATER,
          members=(_abroad(flow_since="2015-06-15"),)),
    fires("国外定居", "settled abroad", {"p1": False}, as_of=_LATER,
          members=(member(is_floating="yes", flow_to="加拿大定居"),)),
    holds_back("满五年当日", "five years, to the day", as_of=_LATER, members=(_abroad(flow_since="2015-06-16"),)),
    holds_back("已经回来", "back by now", as_of=_LATER,
               members=(member(is_floating="no", flow_to="美国留学", flow_since="2010-09-01"),)),
    lacks_data("不知何时出国", "no day of leaving", as_of=_LATER, members=(_abroad(),)),
)  # fmt: skip

SCHOOL_RETENTION = (
    fires("毕业超过两年", "graduated over two years ago", {"p1": False}, as_of=_LATER,
          members=(member(org_kind="school", remark="2018年6月15日毕业"),)),
    holds_back("满两年当日", "two years, to the day", as_of=_LATER,
               members=(member(org_kind="school", remark="2018年6月16日毕业"),)),
    holds_back("不在学校", "not at a school", as_of=_LATER, members=(member(remark="2010年毕业"),)),
    holds_back("说的是别人", "about somebody else", as_of=_LATER,
               members=(member(org_kind="school", remark="其子2010年毕业"),)),
    lacks_data("没有毕业时间", "no day of graduation", as_of=_LATER,
               members=(member(org_kind="school", remark="毕业生"),)),
)  # fmt: skip
