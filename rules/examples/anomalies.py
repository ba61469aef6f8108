"""Examples of F16, F18, F20-F23 and COMBINED, all judged on 2016-06-16. Records are named e1, e2 ... in order."""

from __future__ import annotations

from data.model import FeedKind, IdStatus
from rules.examples.build import (
    ALL_FEEDS,
    MAN_1900,
    Row,
    claim,
    fires,
    holds_back,
    lacks_data,
    member,
    roster,
    work,
)

_ENTITY: Row = {"entity_id": "E1", "entity_name": "文昌海风商行", "status": "active", "is_non_public": True}


def _resolved(entry: str = "e1") -> Row:
    return {"unique_id": entry, "entity_id": "E1", "grade": "certain", "how": "name"}


def _visit(outcome: str = "left_work", on: str = "2016-06-01") -> Row:
    return {"person_id": "p1", "tried_on": on, "channel": "employer", "outcome": outcome}


def _report(n_employees: str | None) -> Row:
    return {"unique_id": "r1", "entity_id": "E1", "report_year": "2015", "n_employees": n_employees}


_CLAIM = claim(claimed_on="2016-05-20")

NOT_WORKING_THERE = (
    fires("登记的离职在摸底之前", "the employment had ended before the claim", {"e1": False}, entries=(_CLAIM,
        roster()),
          employments=(work(until_on="2016-05-19"),), entities=(_ENTITY,), claim_entities=(_resolved(),)),
    fires("走访得知已离职", "a visit found that he has left", {"e1": False}, entries=(_CLAIM,), contacts=(_visit(),),
          entities=(_ENTITY,), claim_entities=(_resolved(),)),
    fires("一人的单位有两人填报", "two claim to work where one does", {"e1": False, "e2": False},
          entries=(_CLAIM, claim("p2", name="韩三木")), entities=(_ENTITY,),
          claim_entities=(_resolved(), _resolved("e2")), annual_reports=(_report("1"),)),
    holds_back("摸底之后才离职", "left after the claim", entries=(_CLAIM, roster()),
               employments=(work(until_on="2016-05-20"),), entities=(_ENTITY,), claim_entities=(_resolved(),)),
    holds_back("离职后又入职", "left, and came back", entries=(_CLAIM, roster()),
               employments=(work(until_on="2015-05-19"), work(unique_id="w2")), entities=(_ENTITY,),
                   claim_entities=(_resolved(),)),
    holds_back("走访在摸底之前", "the visit came before the claim", entries=(_CLAIM,),
               contacts=(_visit(on="2016-05-19"),), entities=(_ENTITY,), claim_entities=(_resolved(),)),
    holds_back("人数够", "enough employees", entries=(_CLAIM,), annual_reports=(_report("1"),), entities=(_ENTITY,),
        claim_entities=(_resolved(),)),
    lacks_data("年报没有从业人数", "no head-count reported", entries=(_CLAIM,), annual_reports=(_report(None),),
        entities=(_ENTITY,), claim_entities=(_resolved(),)),
)  # fmt: skip

_PHONE = "12900000001"
_HOME = "龙楼镇红海村12号"


def _many(n: int, **same: object) -> tuple[Row, ...]:
    names = ("符一心", "韩三木", "林五石", "陈七水", "黄九火", "云十土")
    return tuple(claim(f"p{place + 1}", name=names[place], **same) for place in range(n))


def _numbered(*sequence: str) -> tuple[Row, ...]:
    return tuple(
        claim(f"p{place}", name=name, id_no=f"46900519000101{digits}X", id_status=IdStatus.CHECKSUM.value)
        for place, (digits, name) in enumerate(zip(sequence, ("符一心", "韩三木", "林五石", "陈七水"), strict=False), 1)
    )


_THREE, _FIVE = ({f"e{n}": False for n in range(1, last + 1)} for last in (3, 5))

FABRICATED = (
    fires("三人一个手机号码", "three persons, one mobile number", _THREE, entries=_many(3, mobile=_PHONE)),
    fires("五人一个门牌", "five persons, one address", _FIVE, entries=_many(5, home=_HOME)),
    fires("顺序码三人相连", "three numbers in sequence", _THREE, entries=_numbered("001", "003", "004")),
    fires("代签，且没有别的", "signed by another hand, and nothing else", {"e1": False},
          entries=(claim(signature="by_other"),)),
    fires("没有签字，日期也不可能：聚集", "unsigned, and impossible dates: a cluster", {"e1": False},
          entries=(claim(signature="unsigned", birth="1990-07-02", join_on="1998-07-01"),)),
    holds_back("夫妻同号", "a couple with one number", entries=_many(2, mobile=_PHONE)),
    holds_back("同一人登记三次", "one person three times", entries=(_many(1, mobile=_PHONE) * 3)),
    holds_back("四人同住", "four at one address", entries=_many(4, home=_HOME)),
    holds_back("住址没有门牌", "an address without a number", entries=_many(6, home="龙楼镇红海村")),
    holds_back("双胞胎", "twins", entries=_numbered("001", "003")),
    holds_back("顺序码隔开", "a gap in the sequence", entries=_numbered("001", "004", "007")),
    holds_back("只是没有签字", "only unsigned", entries=(claim(signature="unsigned"),)),
    lacks_data("没有电话、住址和号码", "no phone, address or number", entries=_many(6)),
)  # fmt: skip


def _event(**known: object) -> Row:
    base = {"person_id": "p1", "unique_id": "s1", "name": "符一心", "id_no": MAN_1900, "event": "irregular_admission"}
    return {**base, "decided_on": "2015-03-02", "document": "文纪〔2015〕3号", **known}


IRREGULAR = (
    fires("有结论", "a decision", {"e1": True}, entries=(roster(id_no=MAN_1900),), status_events=(_event(),)),
    fires("核查表上勾选：只核实", "a tick in a check table: to be checked", {"e1": False},
          entries=(roster(is_irregular="yes"),)),
    holds_back("此后重新入党", "admitted again since", entries=(roster(id_no=MAN_1900),),
               status_events=(_event(), _event(event="readmitted", unique_id="s2", decided_on="2016-01-05"))),
    holds_back("核查表勾选否", "the table says no", entries=(roster(is_irregular="no"),)),
    lacks_data("没有核查栏和结论", "neither a tick nor a decision", entries=(roster(),)),
)  # fmt: skip


def _life(on: str) -> Row:
    return {"person_id": "p1", "held_on": on, "event": "meeting", "is_present": "yes"}


_OTHERS = (roster("p2", name="韩三木", mobile=_PHONE), roster("p3", name="林五石", mobile=_PHONE))

STALE_CONTACT = (
    fires("没有电话，一年零一天没有确认", "no phone, a year and a day since the last sign", {"e1": False},
          entries=(roster(),), members=(member(),), org_life=(_life("2015-06-15"),)),
    fires("电话与另外两人共用", "the phone is shared with two others", {"e1": False},
          entries=(roster(mobile=_PHONE), *_OTHERS), members=(member(),), org_life=(_life("2014-06-15"),)),
    holds_back("满一年当日", "a year to the day", entries=(roster(),), members=(member(),),
               org_life=(_life("2015-06-16"),)),
    fires("一年零一个月没有确认", "a year and a month since the last sign", {"e1": False},
          entries=(roster(),), members=(member(),), org_life=(_life("2015-05-16"),)),
    holds_back("有本人电话", "a phone of his own", entries=(roster(mobile=_PHONE),), members=(member(),),
               org_life=(_life("2014-06-15"),)),
    holds_back("半年内联系上", "reached within the half-year", entries=(roster(),), members=(member(),),
               org_life=(_life("2014-06-15"),), contacts=(_visit("reached"),)),
    lacks_data("没有组织生活记录", "no record of organisation life", entries=(roster(),), members=(member(),)),
)  # fmt: skip

UNSIGNED = (
    fires("没有签字", "not signed", {"e1": False}, entries=(claim(signature="unsigned"),)),
    holds_back("已签字", "signed", entries=(claim(signature="signed"),)),
    lacks_data("没有签字栏", "no column for it", entries=(claim(),)),
)  # fmt: skip


_NOWHERE = {"branch": "龙楼镇蓝天村党支部"}


def _organisation(name: str, **known: object) -> Row:
    return {"org_name": name, "org_kind": "village", "township": "龙楼镇", "area": "469005", **known}


_LISTED = (_organisation("文昌市龙楼镇红海村党支部"),)

BRANCH_NONEXISTENT = (
    fires("名册没有该支部", "not on the list", {"e1": False}, entries=(claim(branch="龙楼镇蓝天村党支部"),),
        organizations=_LISTED),
    fires("支部已撤销", "dissolved", {"e1": False}, entries=(roster(),),
          organizations=(_organisation("龙楼镇红海村党支部", dissolved_on="2016-06-16"),)),
    holds_back("写法不同的同一支部", "the same branch, written differently",
               entries=(claim(branch="中共龙楼镇红海村支部委员会"),), organizations=_LISTED),
    holds_back("名册上有三人在此支部：名册未列入而已", "three on its roster: the list is incomplete",
               entries=(claim("p9", **_NOWHERE), *(roster(f"p{n}", name=name, **_NOWHERE) for n, name in
                                                    enumerate(("韩三木", "林五石", "陈七水"), 1))),
                                                        organizations=_LISTED),
    fires("名册上只有两人", "two on rosters are no branch", {"e1": False, "e2": False, "e3": False},
          entries=(claim("p9", **_NOWHERE), *(roster(f"p{n}", name=name, **_NOWHERE) for n, name in
                                               enumerate(("韩三木", "林五石"), 1))), organizations=_LISTED),
    holds_back("次日才撤销", "dissolved the next day", entries=(roster(),),
               organizations=(_organisation("龙楼镇红海村党支部", dissolved_on="2016-06-17"),)),
    holds_back("外省支部不在本名册", "a branch of another province is on other lists",
               entries=(claim(branch="广东省湛江市某街道党支部"),), organizations=_LISTED),
    lacks_data("没有提供党组织名册", "no list of organisations was supplied",
        feeds=ALL_FEEDS - {FeedKind.ORGANIZATIONS},
               entries=(claim(branch="龙楼镇蓝天村党支部"),)),
)  # fmt: skip

_YOUNG = {"birth": "1990-07-02", "join_on": "1998-07-01"}
_WRONG = {"id_no": MAN_1900, "sex": "女"}

COMBINED = (
    fires("支部不存在，入党日期也不可能", "no such branch, and impossible dates", {"e1": True},
          entries=(claim(**_NOWHERE, **_YOUNG),), organizations=_LISTED),
    fires("没有名册可查，两项证据仍相互印证", "no roster to ask, and two items agree all the same", {"e1": True},
          feeds=ALL_FEEDS - {FeedKind.MEMBER_ROSTER}, entries=(claim(**_WRONG, **_NOWHERE),), organizations=_LISTED),
    fires("名册自己的一行：全面核对，不剔除", "a row of the roster itself: reviewed, not struck", {"e1": False},
          entries=(roster(**_NOWHERE, **_YOUNG),), organizations=_LISTED),
    holds_back("名册已确认此人：分别更正", "a roster confirms the person: each is corrected",
               entries=(claim(**_NOWHERE, **_YOUNG), roster()), organizations=_LISTED),
    holds_back("同一号码的两处矛盾只算一项", "two faults of one number are one item",
               entries=(claim(id_no=MAN_1900, sex="女", birth="1980-05"),), organizations=_LISTED),
    lacks_data("没有党组织名册，只剩一项", "no list of organisations: one item is left",
               entries=(claim(**_NOWHERE, **_YOUNG),)),
)  # fmt: skip
