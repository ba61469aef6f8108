"""Feeds whose rows are events of members: letters of introduction, organisation life and dues, search attempts, decisions.

The letter's fields: domain rules §1.7; the search log: §1.2; movement kinds: §1.8 and §3.4.
"""

from __future__ import annotations

from data.contracts.field import FeedContract, Field, ValueType
from data.contracts.person_feeds import BRANCH, ID_NO, MOBILE, NAME, REMARK, SEX
from data.model import FeedKind

TRANSFERS = FeedContract(
    FeedKind.TRANSFERS,
    "党员组织关系介绍信登记",
    (
        Field("letter_no", "介绍信编号", ValueType.TEXT, ("编号", "介绍信号", "字号")),
        NAME,
        SEX,
        ID_NO,
        MOBILE,
        Field("from_org", "转出党组织", ValueType.TEXT, ("由", "转出单位", "转出支部", "原党组织"), is_required=True),
        Field("to_org", "转入党组织", ValueType.TEXT, ("去", "转入单位", "转入支部", "接收党组织"), is_required=True),
        Field("issued_on", "开具日期", ValueType.DATE, ("介绍信日期", "开信日期", "转出日期"), is_required=True),
        Field("valid_days", "有效期(天)", ValueType.INTEGER, ("有效期", "有效天数")),
        Field("received_on", "接收日期", ValueType.DATE, ("转入日期", "落实日期")),
        Field("receipt_on", "回执日期", ValueType.DATE, ("收到回执日期",)),
        Field("is_letter_in_hand", "本人持有介绍信", ValueType.YES_NO, ("介绍信在本人手中",)),
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
        Field("held_on", "日期", ValueType.DATE, ("活动日期", "参加日期", "时间"), is_required=True),
        Field(
            "event",
            "类型",
            ValueType.CODE,
            ("活动类型", "组织生活类型", "事项"),
            codes=(
                ("党员大会", "meeting"),
                ("支部党员大会", "meeting"),
                ("党小组会", "meeting"),
                ("组织生活会", "meeting"),
                ("民主评议", "meeting"),
                ("党课", "meeting"),
                ("主题党日", "meeting"),
                ("组织生活", "meeting"),
                ("交纳党费", "dues"),
                ("党费", "dues"),
            ),
        ),
        Field("is_present", "是否参加", ValueType.YES_NO, ("到会", "出席")),
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
        Field("tried_on", "联系日期", ValueType.DATE, ("查找日期", "日期"), is_required=True),
        Field(
            "channel",
            "联系方式",
            ValueType.CODE,
            ("查找方式", "渠道"),
            codes=(
                ("电话", "phone"),
                ("电话联系", "phone"),
                ("走访", "visit"),
                ("上门走访", "visit"),
                ("入户走访", "visit"),
                ("亲属邻居", "family"),
                ("亲友", "family"),
                ("询问亲属", "family"),
                ("工作单位", "employer"),
                ("党组织", "organization"),
                ("发函", "organization"),
            ),
        ),
        Field("contacted_by", "联系人", ValueType.NAME, ("查找人", "经办人")),
        Field(
            "outcome",
            "结果",
            ValueType.CODE,
            ("联系结果", "查找结果"),
            codes=(
                ("联系上", "reached"),
                ("已联系上", "reached"),
                ("取得联系", "reached"),
                ("未联系上", "not_reached"),
                ("无人接听", "not_reached"),
                ("停机", "not_reached"),
                ("空号", "not_reached"),
                ("关机", "not_reached"),
                ("无人在家", "not_reached"),
                ("已搬离", "not_reached"),
                ("去向不明", "not_reached"),
                ("拒绝", "refused"),
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
            ("类型", "变动情况", "事项"),
            is_required=True,
            codes=(
                ("去世", "deceased"),
                ("死亡", "deceased"),
                ("开除党籍", "expelled"),
                ("除名", "removed"),
                ("自行脱党除名", "removed"),
                ("退党除名", "removed"),
                ("劝退除名", "removed"),
                ("取消预备党员资格", "probation_cancelled"),
                ("停止党籍", "suspended"),
                ("恢复党籍", "restored"),
                ("转出", "transferred_out"),
                ("非党员", "never_admitted"),
                ("核实非党员", "never_admitted"),
            ),
        ),
        Field("decided_on", "批准日期", ValueType.DATE, ("日期", "生效日期", "变动日期")),
        Field("document", "依据", ValueType.TEXT, ("依据文件", "文号")),
        REMARK,
    ),
    needs_one_of=(("name", "id_no"), ("event",)),
)
