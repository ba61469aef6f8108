"""The feed of leads: somebody was found who may be a member, in which of the six ways (六找) and over which channel.

The six ways are Ledong's; of the five channels of Wenchang the source lost the names of the first two, so the codes
name what its remaining words and figures show (domain rules §9). A lead is an indication: it never makes anybody a
member (guard-rail 1), and of persons on no roster nothing is kept but counts (guard-rail 2).
"""

from __future__ import annotations

from dataclasses import replace

from data.contracts.annual_reports import ENTITY_NUMBERS
from data.contracts.field import FeedContract, Field, ValueType, coded, words
from data.contracts.person_fields import BRANCH, EMPLOYER, ID_NO, MOBILE, NAME, REMARK, SEX, TOWNSHIP
from data.model import FeedKind

LEAD_WAYS = coded(
    registration="企业登记找 企业登记 登记找 注册登记 登记注册 注册登记找",
    annual_report="年报工作找 年报找 年报工作 年报 年度报告 企业年报",
    market_supervision="市场监管找 市场监管 监管找 日常监管 执法检查 市场巡查 日常巡查",
    phone="电话联系找 电话找 电话联系 电话 电话摸排",
    visit="走访上门找 上门走访找 走访找 走访上门 上门走访 走访 入户走访 实地走访",
    member_referral="党员互动找 互动找 党员互动 党员介绍 党员推荐 党员找党员",
)
LEAD_CHANNELS = coded(
    registration_platform="注册登记平台 登记平台 登记窗口 办事窗口 注册登记窗口 登记注册平台 年报系统 登记系统",
    calls="逐户访问 逐人访问 访问 走访 上门走访 走访上门 电话 电话联系 电话访问 走访和电话",
    organization="征询党委和组织部门 征询属地党委和组织部门 征询组织部门 征询党委 组织部门 党组织 属地党委 组织部",
    service_point="流动党员联络站 联络站 党建咨询台 咨询台 联络站(咨询台) 站点 设立站点 服务点 党员服务站",
    publicity="宣传发动 宣传 宣传活动 公告 短信 广播电视 宣传咨询 媒体宣传",
)
_INFORMANTS = coded(
    self="本人 党员本人 自己 本人报告 本人申报 自报",
    member="党员 其他党员 党员互动 支部党员 同支部党员",
    employer="经营者 负责人 法定代表人 单位负责人 业主 店主 单位",
    colleague="同事 员工 从业人员 职工",
    family="亲属 家属 亲友 邻居 亲属邻居",
    organization="党组织 党支部 支部书记 组织部门 党委 村委会 居委会 村(居)委会 社区",
    official="工作人员 工商所 监管所 执法人员 指导员 联络员 干部 登记人员",
    records="登记资料 年报资料 系统比对 系统 资料",
    anonymous="匿名 不愿透露",
    other="其他 群众",
)
LEAD_OUTCOMES = coded(
    open="待核实 线索 未核实 核实中 待查 正在核实 待确认 待处理",
    confirmed="确认 已确认 属实 确认是党员 确认为党员 核实是党员 是党员 已核实 经核实是党员",
    excluded="排除 不属实 已排除 不是党员 非党员 经核实不是党员 查无此人 重复",
    denied="否认 本人否认 不承认",
    refused="拒绝 本人拒绝 拒绝核实 不愿联系 不配合",
    not_reached="未联系上 联系不上 无人接听 停机 空号 关机 已搬离 去向不明 错号 号码错误",
    handed_over="移交 已移交 转办 已转办 移交党组织 移交组织部门",
)

LEADS = FeedContract(
    FeedKind.LEADS,
    "党员线索登记",
    (
        Field("lead_no", "线索编号", ValueType.TEXT, words("线索号 登记编号 线索序号")),
        Field(
            "way",
            "找寻方式",
            ValueType.CODE,
            words("六找 查找方式 找的方式 寻找方式 找党员方式 六找方式 发现方式 线索来源 来源方式 查找途径 寻找途径"),
            is_required=True,
            codes=LEAD_WAYS,
        ),
        Field(
            "channel",
            "渠道",
            ValueType.CODE,
            words("线索渠道 发现渠道 来源渠道 查找渠道 五种渠道 渠道名称 排查渠道 摸排渠道 获取渠道"),
            codes=LEAD_CHANNELS,
        ),
        Field(
            "found_on",
            "发现日期",
            ValueType.DATE,
            words(
                "线索日期 登记日期 日期 发现时间 线索时间 登记时间 时间 查找日期 查找时间 受理日期 获取日期 排查日期"
            ),
            is_required=True,
        ),
        Field(
            "informant",
            "提供人身份",
            ValueType.CODE,
            words("线索提供人 提供人 提供人类别 信息提供人 提供者 线索提供者 反映人 反映人身份 提供线索人 提供人类型"),
            codes=_INFORMANTS,
        ),
        replace(NAME, is_required=False),
        SEX,
        ID_NO,
        MOBILE,
        BRANCH,
        Field("entity_no", "注册号", ValueType.REG_NO, ENTITY_NUMBERS),
        replace(EMPLOYER, name="entity_name", title="市场主体名称"),
        TOWNSHIP,
        Field(
            "has_consented",
            "本人是否同意",
            ValueType.YES_NO,
            words("是否同意 本人同意 是否征得本人同意 征得本人同意 本人是否知情同意 是否本人同意"),
        ),
        Field(
            "outcome",
            "核实结果",
            ValueType.CODE,
            words("结果 处理结果 核查结果 核实情况 线索结果 核查情况 处理情况 查找结果 核实结论 结论"),
            codes=LEAD_OUTCOMES,
        ),
        REMARK,
    ),
    needs_one_of=(("found_on",), ("name", "id_no", "mobile", "entity_no", "entity_name")),
)
