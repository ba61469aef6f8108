"""Feeds about enterprises and organisations: registration and party organisations.

Field names of registration systems: domain rules §4.2; the organisation form: §3.1.
"""

from __future__ import annotations

from data.contracts.code_systems import ORG_KIND_LABELS
from data.contracts.enterprise_codes import STATUS_CODES
from data.contracts.field import FeedContract, Field, ValueType, words
from data.model import FeedKind

ENTERPRISE_REGISTRATION = FeedContract(
    FeedKind.ENTERPRISE_REGISTRATION,
    "市场主体登记",
    (
        Field(
            "uscc",
            "统一社会信用代码",
            ValueType.CREDIT_CODE,
            words(
                "UNISCID 信用代码 社会信用代码 统一信用代码 统一代码 UNICODE 信用代码证号 "
                "统一社会信用代码/注册号 注册号/统一社会信用代码 统一社会信用代码或注册号"
            ),
        ),
        Field(
            "reg_no",
            "注册号",
            ValueType.REG_NO,
            words(
                "REGNO 工商注册号 营业执照注册号 注册号码 企业注册号 营业执照号 营业执照号码 营业执照编号 "
                "执照号 执照注册号 登记注册号 工商登记号"
            ),
        ),
        Field(
            "entity_name",
            "名称",
            ValueType.TEXT,
            words(
                "ENTNAME 企业名称 主体名称 字号名称 TRANAME 单位名称 市场主体名称 商事主体名称 经营主体名称 "
                "个体工商户名称 个体户名称 企业字号名称 字号 公司名称 机构名称 商户名称 企业全称 单位全称"
            ),
        ),
        Field("former_name", "曾用名", ValueType.TEXT, words("曾用名称 原名称 原企业名称 曾用企业名称 原名")),
        Field(
            "entity_type",
            "市场主体类型",
            ValueType.TEXT,
            words(
                "ENTTYPE 类型代码 企业类型 主体类型 市场主体类别 主体类别 市场主体类型名称 企业类型名称 类型 "
                "类型名称 企业机构类型 ENTTYPE_CN"
            ),
        ),
        Field(
            "reg_status",
            "登记状态",
            ValueType.CODE,
            words(
                "REGSTATE 经营状态 状态 登记状态名称 企业状态 主体状态 市场主体状态 存续状态 企业登记状态 "
                "经营状态名称 REGSTATE_CN"
            ),
            codes=STATUS_CODES,
        ),
        Field(
            "operator",
            "法定代表人",
            ValueType.NAME,
            words(
                "LEREP NAME 经营者 负责人 法定代表人(经营者) 法定代表人姓名 经营者姓名 负责人姓名 法人 法人代表 "
                "法人姓名 法人代表姓名 企业负责人 执行事务合伙人 投资人 业主 业主姓名 企业法定代表人"
            ),
        ),
        Field(
            "address",
            "住所",
            ValueType.TEXT,
            words(
                "OPLOC 经营场所 DOM 主要经营场所 地址 住所地址 注册地址 登记地址 企业地址 企业住所 登记住所 "
                "经营地址 经营地点 经营场所地址 营业地址 实际经营地址 详细地址 企业注册地址"
            ),
        ),
        Field(
            "township",
            "所在乡镇",
            ValueType.TEXT,
            words(
                "乡镇 管辖单位 工商所 所属乡镇 所属镇 所在镇 所在乡 镇 乡镇名称 乡镇街道 镇街 所在镇街 "
                "所属镇街 街道 所在街道 所属街道 所属工商所 管辖工商所 所属监管所 监管所 市场监管所 "
                "市场监督管理所 所属市场监管所 管辖所"
            ),
        ),
        Field(
            "industry",
            "行业门类",
            ValueType.TEXT,
            words(
                "INDUSTRYPHY 行业 行业代码 行业名称 所属行业 行业类别 行业大类 行业分类 国民经济行业 "
                "INDUSTRYCO INDUSTRYPHY_CN"
            ),
        ),
        Field(
            "established_on",
            "成立日期",
            ValueType.DATE,
            words("ESTDATE 注册日期 登记日期 成立时间 注册时间 登记时间 开业日期 开业时间 设立日期 设立时间"),
        ),
        Field(
            "ended_on",
            "注销日期",
            ValueType.DATE,
            words(
                "CANCEL_DATE 吊销日期 注销/吊销日期 注吊销日期 注销时间 吊销时间 注销吊销日期 注吊销时间 "
                "REVOKE_DATE CANDATE REVDATE"
            ),
        ),
        Field(
            "entity_phone",
            "联系电话",
            ValueType.PHONE,
            words(
                "TEL 电话 电话号码 联系手机 手机 手机号 手机号码 企业电话 企业联系电话 联系人电话 联系方式 "
                "移动电话 MOBTEL"
            ),
        ),
        Field(
            "market_name",
            "所属市场",
            ValueType.TEXT,
            words("专业市场 市场名称 所在市场 所属专业市场 所在专业市场 市场"),
        ),
        # Whether one was sent, not who: the name goes no further than this row.
        Field(
            "instructor",
            "党建指导员",
            ValueType.TEXT,
            words("选派党建指导员 是否选派党建指导员 党建工作指导员 党建联络员 党建指导员姓名"),
        ),
        # Of the sixth survey only this: may a branch meet here? Nothing about anybody's thinking (guard-rail 5).
        Field(
            "agrees_to_host",
            "是否同意建立党组织",
            ValueType.YES_NO,
            words("同意建立党组织 是否支持建立党组织 是否同意组建党组织 是否支持组建党组织"),
        ),
    ),
    # A household business may have no name: the number is what identifies it (domain rules §4.1).
    needs_one_of=(("uscc", "reg_no"),),
)

ORGANIZATIONS = FeedContract(
    FeedKind.ORGANIZATIONS,
    "党组织名册",
    (
        Field(
            "org_name",
            "党组织名称",
            ValueType.TEXT,
            words("组织名称 支部名称 党支部 支部 党组织 党支部名称 党组织全称 组织全称 支部全称 所在党支部"),
            is_required=True,
        ),
        Field(
            "org_kind",
            "组织类别",
            ValueType.CODE,
            words("党组织类别 类别 组织类型 党组织类型 所在单位类别 单位类别"),
            codes=ORG_KIND_LABELS,
        ),
        Field(
            "parent",
            "上级党组织",
            ValueType.TEXT,
            words("上级党委 隶属党组织 上级组织 上级党组织名称 所属党委 隶属党委 所属党组织 上级单位"),
        ),
        Field(
            "township",
            "所在乡镇",
            ValueType.TEXT,
            words(
                "乡镇 所属乡镇 所属镇 所在镇 所在乡 镇 乡镇名称 乡镇街道 镇街 所在镇街 所属镇街 街道 所在街道 "
                "所属街道 所属工商所 管辖工商所 所属监管所 监管所 市场监管所 市场监督管理所 所属市场监管所 "
                "管辖所"
            ),
        ),
        Field(
            "unit_name",
            "所在单位",
            ValueType.TEXT,
            words("党组织所在单位 单位名称 所在单位名称 依托单位 单位 党组织所在单位名称"),
        ),
        Field(
            "secretary",
            "书记",
            ValueType.NAME,
            words("党支部书记 书记姓名 党组织书记 支部书记 支部书记姓名 书记名字 党组织书记姓名 负责人"),
        ),
        Field(
            "has_venue",
            "有无活动场所",
            ValueType.YES_NO,
            words("活动场所 是否有活动场所 党员活动室 有无党员活动室 活动室 有无活动室 ACTIROOMSIGN"),
        ),
        Field(
            "n_last_year",
            "上年底党员总数",
            ValueType.INTEGER,
            words("上年底党员数 上年末党员总数 上年末党员数 上年年底党员数 去年年底党员数 年初党员数 期初党员数"),
        ),
        Field(
            "founded_on",
            "成立日期",
            ValueType.DATE,
            words("成立时间 批准成立日期 成立年月 批准成立时间 组建时间 组建日期 建立日期 建立时间"),
        ),
        Field(
            "dissolved_on",
            "撤销日期",
            ValueType.DATE,
            words("撤销时间 撤销年月 批准撤销日期 批准撤销时间 解散日期 注销日期"),
        ),
    ),
    needs_one_of=(("org_name",),),
)
