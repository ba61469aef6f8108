"""Examples of the false-entry rules F09-F19, all judged on 2016-06-16. Records are named e1, e2 ... in order."""

from __future__ import annotations

from data.model import FeedKind, IdStatus
from rules.examples.build import (
    ALL_FEEDS,
    MAN_1900,
    WOMAN_1901,
    Row,
    claim,
    fires,
    holds_back,
    lacks_data,
    roster,
)

_BROKEN = {"id_no": "469005190001010013", "id_status": IdStatus.CHECKSUM.value}


def _entity(**known: object) -> Row:
    return {
        "entity_id": "E1",
        "entity_name": "文昌海风商行",
        "status": "active",
        "is_non_public": True,
        "area": "469005",
        **known,
    }


def _resolved(**known: object) -> Row:
    return {"unique_id": "e1", "entity_id": "E1", "grade": "certain", "how": "name", **known}


IMPOSSIBLE = (
    fires("校验码不符且不在名册", "the check digit fails and no roster lists him", {"e1": True},
        entries=(claim(**_BROKEN),)),
    fires("名册上同名者只差一位：笔误", "one digit from a roster row of that name: a slip", {"e1": False},
          entries=(claim(**_BROKEN), roster(person="p2", id_no=MAN_1900))),
    fires("名册已确认此人：更正", "a roster confirms the person: corrected", {"e1": False},
        entries=(claim(**_BROKEN), roster())),
    holds_back("号码有效", "a valid number", entries=(claim(id_no=MAN_1900),)),
    lacks_data("没有号码", "no number", entries=(claim(),)),
)  # fmt: skip

DAMAGED = (
    fires("数值单元格", "a numeric cell", {"e1": False},
          entries=(claim(id_no="469005190001010***", id_status=IdStatus.PRECISION_LOSS.value),)),
    holds_back("号码完好", "an intact number", entries=(claim(id_no=MAN_1900),)),
    lacks_data("没有号码", "no number", entries=(claim(),)),
)  # fmt: skip

IMPERSONATED = (
    fires("号码属于名册上另一人", "the number is another person's on the roster", {"e1": True},
          entries=(claim(id_no=MAN_1900, sex="女", birth="1980-05"),
                   roster(person="p2", name="韩三木", id_no=MAN_1900, sex="男", birth="1900-01-01"))),
    fires("性别出生都相符，可能是曾用名", "sex and birth agree: perhaps a former name", {"e1": False},
          entries=(claim(id_no=MAN_1900, sex="男", birth="1900-01-01"),
                   roster(person="p2", name="韩三木", id_no=MAN_1900, sex="男", birth="1900-01-01"))),
    holds_back("姓名只差一字", "the names differ in one character",
               entries=(claim(id_no=MAN_1900), roster(person="p2", name="符一新", id_no=MAN_1900))),
    lacks_data("没有号码", "no number", entries=(claim(), roster(person="p2", name="韩三木", id_no=MAN_1900))),
)  # fmt: skip

MISMATCH = (
    fires("性别与号码矛盾，不在名册", "sex contradicts the number, on no roster", {"e1": True},
          entries=(claim(id_no=MAN_1900, sex="女"),)),
    fires("名册已确认：更正", "on a roster: corrected", {"e1": False},
        entries=(claim(id_no=MAN_1900, birth="1980-05"), roster())),
    holds_back("出生年月与号码一致", "year and month agree with the number",
        entries=(claim(id_no=MAN_1900, sex="男", birth="1900-01"),)),
    lacks_data("没有性别和出生日期", "neither sex nor birth", entries=(claim(id_no=MAN_1900),)),
)  # fmt: skip

NAMESAKE = (
    fires("所填支部的同名党员是另一人", "the named branch's member of that name is another", {"e1": True},
          entries=(claim(id_no=WOMAN_1901, branch="龙楼镇红海村支部"), roster(person="p2", id_no=MAN_1900))),
    fires("没填支部，同镇只有一名同名党员", "no branch named, one member of that name in the township", {"e1": True},
          entries=(claim(id_no=WOMAN_1901), roster(person="p2", id_no=MAN_1900))),
    holds_back("另一支部的同名者", "the namesake is of another branch",
               entries=(claim(id_no=WOMAN_1901, branch="文建市场党支部"), roster(person="p2", id_no=MAN_1900))),
    holds_back("名册中有本人", "a roster lists the person", entries=(claim(id_no=WOMAN_1901, branch="红海村党支部"),
               roster(id_no=WOMAN_1901, branch="文建市场党支部"), roster(person="p2", id_no=MAN_1900))),
    lacks_data("名单没有号码", "the claim has no number",
               entries=(claim(branch="红海村党支部"), roster(person="p2", id_no=MAN_1900))),
)  # fmt: skip

UNREGISTERED = (
    fires("登记中没有该单位，不在名册", "the register does not know the employer, on no roster", {"e1": True},
          entries=(claim(employer="文昌蓝鲸海产品商行"),), entities=(_entity(),)),
    fires("名册已确认：更正", "on a roster: corrected", {"e1": False},
          entries=(claim(employer="文昌蓝鲸海产品商行"), roster()), entities=(_entity(),)),
    fires("名称刚好四个汉字", "a name of just four Han characters", {"e1": True},
          entries=(claim(employer="蓝鲸商行"),), entities=(_entity(),)),
    lacks_data("名称太短", "a name too short", entries=(claim(employer="海鲜档"),), entities=(_entity(),)),
    holds_back("已对应到登记主体", "resolved to an entity", entries=(claim(employer="海风商行"),),
               entities=(_entity(),), claim_entities=(_resolved(),)),
    holds_back("外省单位不在本登记范围", "a place this register does not cover",
               entries=(claim(employer="广东省湛江市蓝鲸商行"),), entities=(_entity(),)),
    lacks_data("只写了个体经营", "only a way of earning a living", entries=(claim(employer="个体经营"),),
        entities=(_entity(),)),
    lacks_data("没有提供登记", "no register was supplied", feeds=ALL_FEEDS - {FeedKind.ENTERPRISE_REGISTRATION},
               entries=(claim(employer="文昌蓝鲸海产品商行"),)),
)  # fmt: skip

CLOSED = (
    fires("登记前已注销，不在名册", "closed before the claim, on no roster", {"e1": True},
        entries=(claim(claimed_on="2016-05-20"),),
          entities=(_entity(status="cancelled", ended_on="2016-05-19"),), claim_entities=(_resolved(),)),
    fires("名册已确认：党员身份不变", "on a roster: the membership stands", {"e1": False},
          entries=(claim(claimed_on="2016-05-20"), roster()),
          entities=(_entity(status="cancelled", ended_on="2016-05-19"),), claim_entities=(_resolved(),)),
    fires("吊销未注销：只核实", "revoked, not cancelled: to be checked", {"e1": False}, entries=(claim(),),
          entities=(_entity(status="revoked", ended_on="2014-01-01"),), claim_entities=(_resolved(),)),
    holds_back("登记当日注销", "closed on the day of the claim", entries=(claim(claimed_on="2016-05-20"),),
               entities=(_entity(status="cancelled", ended_on="2016-05-20"),), claim_entities=(_resolved(),)),
    holds_back("同名主体重新登记", "registered anew under the name", entries=(claim(claimed_on="2016-05-20"),),
               entities=(_entity(status="cancelled", ended_on="2016-01-01"), _entity(entity_id="E2")),
               claim_entities=(_resolved(),)),
    lacks_data("单位没有对应到登记主体", "the employer is resolved to no entity", entries=(claim(),),
               entities=(_entity(status="cancelled", ended_on="2014-01-01"),)),
)  # fmt: skip

OUT_OF_SCOPE = (
    fires("单位是公有主体", "the employer is a public entity", {"e1": True}, entries=(claim(), roster()),
          entities=(_entity(is_non_public=False),), claim_entities=(_resolved(),)),
    fires("单位是学校", "the employer is a school", {"e1": True}, entries=(claim(employer="龙楼中学教师"),),
          organizations=({"org_name": "龙楼中学党支部", "org_kind": "school", "unit_name": "龙楼中学"},)),
    holds_back("学校旁边的商店", "a shop beside the school", entries=(claim(employer="龙楼中学小卖部"),),
               organizations=({"org_name": "龙楼中学党支部", "org_kind": "school", "unit_name": "龙楼中学"},)),
    lacks_data("没有写工作单位", "no employer", entries=(claim(),),
               organizations=({"org_name": "龙楼中学党支部", "org_kind": "school", "unit_name": "龙楼中学"},)),
)  # fmt: skip

IMPOSSIBLE_DATES = (
    fires("不满 18 周岁入党", "admitted before 18", {"e1": True},
        entries=(claim(birth="1980-07-02", join_on="1998-07-01"),)),
    fires("转正早于入党，名册已确认：更正", "full before admission, on a roster: corrected", {"e1": False},
          entries=(claim(join_on="1998-07", full_on="1997-07"), roster())),
    fires("入党日期在核对之后", "admitted after the check", {"e1": True}, entries=(claim(join_on="2016-06-17"),)),
    holds_back("18 周岁生日当天", "on the 18th birthday", entries=(claim(birth="1980-07-01", join_on="1998-07-01"),)),
    holds_back("只写年份，按最宽读", "a year only, read in the person's favour",
        entries=(claim(birth="1980-07-02", join_on="1998"),)),
    holds_back("入党即转正（1969-1977）", "no probation (1969-1977)",
        entries=(claim(birth="1950-01", join_on="1970-07", full_on="1970-07"),)),
    lacks_data("没有入党日期", "no date of admission", entries=(claim(birth="1980-07-02"),)),
)  # fmt: skip
