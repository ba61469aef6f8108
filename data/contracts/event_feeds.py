"""Feeds whose rows are events of members: letters of introduction, organisation life, search attempts, decisions.

The letter's fields: domain rules §1.7; the search log: §1.2; movement kinds: §1.8 and §3.4.
"""

from __future__ import annotations

from data.contracts.code_systems import EVENT_LABELS
from data.contracts.field import FeedContract, Field, ValueType, coded, words
from data.contracts.person_fields import BRANCH, ID_NO, MOBILE, NAME, REMARK, SEX
from data.model import FeedKind

TRANSFERS = FeedContract(
    FeedKind.TRANSFERS,
    "党员组织关系介绍信登记",
    (
        Field(
            "letter_no",
            "介绍信编号",
            ValueType.TEXT,
            words("编号 介绍信号 字号 介绍信号码 介绍信编码 介绍信字号 信号 介绍信序号"),
        ),
        NAME,
        SEX,
        ID_NO,
        MOBILE,
        Field(
            "from_org",
            "转出党组织",
            ValueType.TEXT,
            words(
                "由 转出单位 转出支部 原党组织 转出组织 转出党支部 转出支部名称 原支部 原党支部 原所在支部 "
                "原所在党支部 原所在党组织 转出党组织名称 转出地党组织 原单位党组织"
            ),
            is_required=True,
        ),
        Field(
            "to_org",
            "转入党组织",
            ValueType.TEXT,
            words(
                "去 转入单位 转入支部 接收党组织 转入组织 转入党支部 转入支部名称 接收支部 接收党支部 "
                "接收单位 接收组织 去向 去往党组织 转往党组织 拟转入党组织 转入党组织名称 转入地党组织 "
                "接收党组织名称"
            ),
            is_required=True,
        ),
        Field(
            "issued_on",
            "开具日期",
            ValueType.DATE,
            words(
                "介绍信日期 开信日期 转出日期 开具时间 开出日期 开出时间 开信时间 转出时间 介绍信开具日期 "
                "介绍信开具时间 开具介绍信日期 开具介绍信时间 介绍信时间 签发日期"
            ),
            is_required=True,
        ),
        Field(
            "valid_days",
            "有效期(天)",
            ValueType.INTEGER,
            words("有效期 有效天数 有效期限 有效期天数 介绍信有效期"),
        ),
        Field(
            "received_on",
            "接收日期",
            ValueType.DATE,
            words("转入日期 落实日期 接收时间 转入时间 落实时间 接收落实日期 报到日期 报到时间 接转日期"),
        ),
        Field(
            "receipt_on",
            "回执日期",
            ValueType.DATE,
            words("收到回执日期 回执时间 回执收到日期 回执收到时间 收到回执时间 回执联日期"),
        ),
        Field(
            "assigned_branch",
            "落实支部",
            ValueType.TEXT,
            words("落实党支部 编入支部 编入党支部 分配支部 安排支部"),
        ),
        Field(
            "assigned_on",
            "编入支部日期",
            ValueType.DATE,
            words("编入党支部日期 编入支部时间 分配支部日期 落实支部日期 落实支部时间 安排支部日期"),
        ),
        Field(
            "filed_on",
            "回执归档日期",
            ValueType.DATE,
            words("回执存档日期 回执粘贴日期 回执归档时间 回执存档时间"),
        ),
        Field("rejected_on", "退回日期", ValueType.DATE, words("拒收日期 退回时间 拒收时间 退信日期 不予接收日期")),
        Field("reject_reason", "退回原因", ValueType.TEXT, words("拒收原因 退回理由 拒收理由 不予接收原因 退信原因")),
        Field("lost_on", "遗失日期", ValueType.DATE, words("介绍信遗失日期 遗失时间 报失日期 挂失日期")),
        Field("voided_on", "作废日期", ValueType.DATE, words("撤销日期 撤回日期 作废时间 撤销时间 撤回时间 注销日期")),
        Field(
            "replaces_no",
            "原介绍信编号",
            ValueType.TEXT,
            words("补开原编号 原介绍信号 补开自 原信编号 原编号 代替介绍信编号 重开原编号"),
        ),
        Field(
            "mode",
            "转接方式",
            ValueType.CODE,
            words("转接形式 办理方式 介绍信类型 介绍信形式 转接类型"),
            codes=coded(
                paper="纸质 纸质介绍信 线下 书面 纸质转接",
                electronic="电子 网上转接 线上 系统转接 电子介绍信 网上 系统内转接 省内系统转接",
            ),
        ),
        Field(
            "is_letter_in_hand",
            "本人持有介绍信",
            ValueType.YES_NO,
            words("介绍信在本人手中 介绍信是否在本人手中 是否本人持有介绍信 本人持信 是否持有介绍信 介绍信在手"),
        ),
        REMARK,
    ),
    needs_one_of=(("name",), ("issued_on",)),
)

ORG_LIFE = FeedContract(
    FeedKind.ORG_LIFE,
    "组织生活与党费记录",
    (
        NAME,
        ID_NO,
        BRANCH,
        Field(
            "held_on",
            "日期",
            ValueType.DATE,
            words(
                "活动日期 参加日期 时间 活动时间 参加时间 会议日期 会议时间 开展日期 开展时间 交纳日期 "
                "交纳时间 缴纳日期 缴纳时间 缴费日期 交费日期 发生日期"
            ),
            is_required=True,
        ),
        Field(
            "event",
            "类型",
            ValueType.CODE,
            words("活动类型 组织生活类型 事项 活动类别 组织生活形式 组织生活类别 会议类型 会议类别 记录类型"),
            codes=coded(
                meeting="党员大会 支部党员大会 支部大会 支委会 支部委员会 党小组会 党小组会议 三会一课 组织生活会 "
                "组织生活 民主评议 民主评议党员 党课 上党课 主题党日 主题党日活动 党日活动 学习会",
                dues="交纳党费 缴纳党费 交党费 缴党费 党费 党费交纳 党费缴纳",
            ),
        ),
        Field(
            "is_present",
            "是否参加",
            ValueType.YES_NO,
            words("到会 出席 是否到会 是否出席 到会情况 出席情况 参会情况 参加情况 考勤 是否参会"),
        ),
    ),
    needs_one_of=(("name", "id_no"), ("held_on",)),
)

CONTACT_LOG = FeedContract(
    FeedKind.CONTACT_LOG,
    "联系查找记录",
    (
        NAME,
        ID_NO,
        BRANCH,
        Field(
            "tried_on",
            "联系日期",
            ValueType.DATE,
            words("查找日期 日期 联系时间 查找时间 时间 走访日期 走访时间"),
            is_required=True,
        ),
        Field(
            "channel",
            "联系方式",
            ValueType.CODE,
            words("查找方式 渠道 联系方法 查找方法 联系渠道 查找渠道 查找途径 联系途径"),
            codes=coded(
                phone="电话 电话联系 打电话 手机 短信 微信",
                visit="走访 上门走访 走访上门 入户走访 上门 入户 实地走访",
                family="亲属邻居 亲友 亲属 邻居 家属 询问亲属 询问邻居 询问家属",
                employer="工作单位 单位 用人单位",
                organization="党组织 发函 协查函 流入地党组织 村委会 居委会",
            ),
        ),
        Field(
            "contacted_by",
            "联系人",
            ValueType.NAME,
            words("查找人 经办人 查找人姓名 经办人姓名 联系人员 查找人员 责任人"),
        ),
        Field(
            "outcome",
            "结果",
            ValueType.CODE,
            words("联系结果 查找结果 联系情况 查找情况 查找联系结果"),
            codes=coded(
                reached="联系上 已联系上 已联系 取得联系 已取得联系 找到 已找到 联系到本人 本人确认",
                not_reached="未联系上 联系不上 无法联系 未取得联系 未找到 查找未果 无人接听 无法接通 打不通 停机 空号 "
                "关机 错号 号码错误 无人在家 已搬离 去向不明 下落不明",
                refused="拒绝 拒绝联系 本人拒绝 不愿联系",
                left_work="已离职 已不在该单位 不在该单位 不在此工作 单位无此人 已离开单位 查无此职工",
            ),
        ),
        REMARK,
    ),
    needs_one_of=(("name", "id_no"), ("tried_on",)),
)

STATUS_EVENTS = FeedContract(
    FeedKind.STATUS_EVENTS,
    "党员身份变动",
    (
        NAME,
        ID_NO,
        BRANCH,
        Field(
            "event",
            "变动类型",
            ValueType.CODE,
            words("类型 变动情况 事项 变动类别 变动种类 变化类型 变更类型 事件 事件类型 减少类型 处理结果 处置结果"),
            is_required=True,
            codes=EVENT_LABELS,
        ),
        Field(
            "decided_on",
            "批准日期",
            ValueType.DATE,
            words(
                "日期 生效日期 变动日期 批准时间 变动时间 生效时间 决定日期 决定时间 处分日期 处理日期 "
                "处理时间 去世日期 去世时间 死亡日期 死亡时间 时间"
            ),
        ),
        Field(
            "document",
            "依据",
            ValueType.TEXT,
            words("依据文件 文号 文件号 依据文号 批准文号 文件名称 批准文件 决定文号"),
        ),
        REMARK,
    ),
    needs_one_of=(("name", "id_no"), ("event",)),
)
