"""Feeds whose rows are people: member rosters, claims, persons at enterprises."""

from __future__ import annotations

from data.contracts.field import FeedContract, Field, ValueType, coded, words
from data.contracts.person_fields import (
    BIRTH,
    BRANCH,
    CATEGORY,
    CHECKS,
    EMPLOYER,
    FULL_ON,
    HOME,
    ID_NO,
    JOIN_ON,
    MOBILE,
    NAME,
    PARTY_STATUS,
    REMARK,
    SEX,
    TOWNSHIP,
)
from data.model import FeedKind

__all__ = ["CATEGORY", "CLAIMS", "ENTERPRISE_PERSONS", "MEMBER_ROSTER", "PARTY_STATUS"]

_ENTITY_NUMBERS = words(
    "统一社会信用代码 UNISCID REGNO 注册号/信用代码 营业执照号 社会信用代码 信用代码 统一信用代码 "
    "工商注册号 企业注册号 营业执照注册号 营业执照号码 营业执照编号 注册号码 执照号 登记证号"
)

MEMBER_ROSTER = FeedContract(
    FeedKind.MEMBER_ROSTER,
    "党员花名册",
    (
        NAME,
        SEX,
        ID_NO,
        BIRTH,
        CATEGORY,
        BRANCH,
        JOIN_ON,
        FULL_ON,
        Field("post", "工作岗位", ValueType.TEXT, words("岗位 职业 从事职业 现从事职业 岗位名称")),
        EMPLOYER,
        Field(
            "duty",
            "党内职务",
            ValueType.TEXT,
            words("职务 党内外职务 党内职务名称 党内任职 支部职务 党支部职务 党组织职务 现任党内职务"),
        ),
        MOBILE,
        Field(
            "tel",
            "固定电话",
            ValueType.PHONE,
            words("座机 办公电话 固话 固定电话号码 座机号码 座机电话 家庭电话 住宅电话 宅电 单位电话 办公室电话"),
        ),
        HOME,
        Field("native", "籍贯", ValueType.TEXT, words("祖籍")),
        TOWNSHIP,
        PARTY_STATUS,
        Field(
            "is_lost",
            "是否失联党员",
            ValueType.YES_NO,
            words("失联 是否失联 失联党员 失联情况 是否为失联党员 是否失去联系 是否失联人员"),
        ),
        Field(
            "lost_since",
            "失去联系日期",
            ValueType.DATE,
            words("失联时间 失去联系年月 失去联系时间 失联日期 失联年月 失联起始时间 失联起始日期"),
        ),
        Field(
            "is_floating",
            "是否流动党员",
            ValueType.YES_NO,
            words("流动党员 是否流动 是否为流动党员 是否属流动党员 是否属于流动党员 是否外出 是否外出流动党员"),
        ),
        Field(
            "flow_to",
            "外出流向",
            ValueType.TEXT,
            words("流向 外出地点 流动去向 流出方向 流出地点 外出去向 外出地 外出所在地 流动地点 流入地"),
        ),
        Field(
            "flow_since",
            "流出时间",
            ValueType.DATE,
            words(
                "外出时间 流出日期 外出日期 流出年月 外出年月 流动时间 流动日期 外出起始时间 流动起始时间 外出年月日"
            ),
        ),
        Field(
            "dues_to",
            "党费交至年月",
            ValueType.DATE,
            words(
                "党费缴至 党费交到 党费缴至年月 党费缴纳至 党费交纳至 党费已交至 党费已缴至 党费交至 "
                "党费缴至日期 党费交纳截止 党费缴纳截止 党费缴纳截止日期 党费交至何时 党费缴至月份 "
                "党费交纳至年月"
            ),
            may_be_future=True,
        ),
        Field(
            "registered_on",
            "党员注册时间",
            ValueType.DATE,
            words(
                "转入时间 转入日期 登记时间 党员登记时间 进入支部日期 进入支部时间 进入党支部日期 "
                "进入当前支部日期 转入支部时间 转入本支部时间 转入本支部日期 转入年月 注册时间"
            ),
        ),
        *CHECKS,
        REMARK,
    ),
    needs_one_of=(("name",),),
)

CLAIMS = FeedContract(
    FeedKind.CLAIMS,
    "“小个专”党员摸底名单",
    (
        NAME,
        SEX,
        ID_NO,
        BIRTH,
        CATEGORY,
        BRANCH,
        JOIN_ON,
        FULL_ON,
        EMPLOYER,
        Field("entity_no", "注册号", ValueType.REG_NO, _ENTITY_NUMBERS),
        MOBILE,
        HOME,
        TOWNSHIP,
        Field(
            "claimed_on",
            "登记日期",
            ValueType.DATE,
            words(
                "摸底日期 填报日期 采集日期 登记时间 摸底时间 填表日期 填表时间 填报时间 采集时间 排查日期 "
                "排查时间 调查日期 调查时间 摸排日期 摸排时间 申报日期"
            ),
        ),
        *CHECKS,
        REMARK,
    ),
    needs_one_of=(("name",),),
)

ENTERPRISE_PERSONS = FeedContract(
    FeedKind.ENTERPRISE_PERSONS,
    "市场主体人员",
    (
        NAME,
        SEX,
        ID_NO,
        MOBILE,
        Field(
            "entity_no",
            "注册号",
            ValueType.REG_NO,
            _ENTITY_NUMBERS,
            is_required=True,
        ),
        Field(
            "role",
            "人员身份",
            ValueType.CODE,
            words("身份 职务 人员类型 人员身份类别 人员类别 身份类型 任职 角色"),
            codes=coded(
                legal_representative="法定代表人 负责人",
                investor="投资人 股东",
                operator="经营者",
                family="家庭成员 参加经营的家庭成员",
                employee="从业人员 雇员",
                liaison="联络员",
            ),
        ),
        Field(
            "since_on",
            "任职日期",
            ValueType.DATE,
            words("入职日期 参加工作日期 从业起始日期 任职时间 入职时间 到岗日期 受雇日期 参加工作时间"),
        ),
        Field(
            "until_on",
            "离职日期",
            ValueType.DATE,
            words("离任日期 离职时间 离任时间 离岗日期 退出日期"),
            may_be_future=True,
        ),
        HOME,
    ),
    needs_one_of=(("name",), ("entity_no",)),
)
