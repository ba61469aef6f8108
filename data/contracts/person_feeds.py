"""Feeds whose rows are people: member rosters, claims, persons at enterprises.

Headers and synonyms: domain rules §3.1-3.3 (the 2017 collection form and exports met in practice).
"""

from __future__ import annotations

from data.contracts.field import FeedContract, Field, ValueType
from data.model import FeedKind

NAME = Field("name", "姓名", ValueType.NAME, ("党员姓名", "名字", "人员姓名"), is_required=True)
SEX = Field("sex", "性别", ValueType.SEX)
ID_NO = Field(
    "id_no",
    "公民身份号码",
    ValueType.ID_NO,
    ("身份证号", "身份证号码", "公民身份证号", "公民身份证号码", "身份证", "证件号码", "证件号", "身份号码"),
)
BIRTH = Field("birth", "出生日期", ValueType.DATE, ("出生年月", "出生年月日", "生日"))
MOBILE = Field(
    "mobile", "手机号码", ValueType.PHONE, ("联系电话", "电话", "手机", "手机号", "联系方式", "移动电话", "注册手机号")
)
HOME = Field("home", "家庭住址", ValueType.TEXT, ("现居住地", "住址", "家庭地址", "联系地址", "现住址", "居住地"))
EMPLOYER = Field(
    "employer",
    "工作单位",
    ValueType.TEXT,
    ("单位", "工作单位及职务", "所在单位", "现工作单位及职务", "现工作单位", "单位名称", "企业名称", "从业单位"),
)
TOWNSHIP = Field("township", "所在乡镇", ValueType.TEXT, ("乡镇", "所属乡镇", "镇", "工商所"))
BRANCH = Field(
    "branch",
    "所在党支部",
    ValueType.TEXT,
    ("所在支部", "支部名称", "党支部", "组织关系所在党支部", "党组织名称", "所属党组织", "隶属党组织", "所在党组织"),
)
CATEGORY = Field(
    "category",
    "人员类别",
    ValueType.CODE,
    ("党员类别", "党员类型", "类别", "政治面貌"),
    codes=(
        ("正式党员", "formal"),
        ("中共党员", "formal"),
        ("党员", "formal"),
        ("正式", "formal"),
        ("预备党员", "probationary"),
        ("中共预备党员", "probationary"),
        ("预备", "probationary"),
        ("入党积极分子", "activist"),
        ("积极分子", "activist"),
        ("发展对象", "development_target"),
        ("入党申请人", "applicant"),
        ("共青团员", "not_member"),
        ("团员", "not_member"),
        ("群众", "not_member"),
    ),
)
JOIN_ON = Field(
    "join_on", "加入党组织日期", ValueType.DATE, ("入党时间", "入党日期", "入党年月", "加入中共组织日期")
)
FULL_ON = Field("full_on", "转为正式党员日期", ValueType.DATE, ("转正时间", "转正日期"))
PARTY_STATUS = Field(
    "party_status",
    "党籍状态",
    ValueType.CODE,
    ("状态", "党员状态"),
    codes=(
        ("正常", "normal"),
        ("停止党籍", "suspended"),
        ("停止", "suspended"),
        ("恢复", "normal"),
        ("恢复党籍", "normal"),
        ("开除党籍", "expelled"),
        ("开除", "expelled"),
        ("除名", "removed"),
        ("退党", "removed"),
        ("自行脱党", "removed"),
        ("劝退", "removed"),
        ("取消预备党员资格", "probation_cancelled"),
        ("死亡", "deceased"),
        ("去世", "deceased"),
        ("已去世", "deceased"),
        ("已转出", "transferred_out"),
        ("转出", "transferred_out"),
    ),
)
REMARK = Field("remark", "备注", ValueType.TEXT, ("说明", "备注说明"))

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
        Field("post", "工作岗位", ValueType.TEXT, ("岗位", "职业")),
        EMPLOYER,
        Field("duty", "党内职务", ValueType.TEXT, ("职务", "党内外职务")),
        MOBILE,
        Field("tel", "固定电话", ValueType.PHONE, ("座机", "办公电话")),
        HOME,
        Field("native", "籍贯", ValueType.TEXT, ("祖籍",)),
        TOWNSHIP,
        PARTY_STATUS,
        Field("is_lost", "是否失联党员", ValueType.YES_NO, ("失联", "是否失联")),
        Field("lost_since", "失去联系日期", ValueType.DATE, ("失联时间", "失去联系年月")),
        Field("is_floating", "是否流动党员", ValueType.YES_NO, ("流动党员", "是否流动")),
        Field("flow_to", "外出流向", ValueType.TEXT, ("流向", "外出地点")),
        Field("flow_since", "流出时间", ValueType.DATE, ("外出时间", "流出日期", "外出日期")),
        Field("dues_to", "党费交至年月", ValueType.DATE, ("党费缴至", "党费交到", "党费缴至年月")),
        Field("registered_on", "党员注册时间", ValueType.DATE, ("转入时间", "转入日期", "登记时间")),
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
        Field("entity_no", "注册号", ValueType.REG_NO, ("统一社会信用代码", "注册号/信用代码", "营业执照号")),
        MOBILE,
        HOME,
        TOWNSHIP,
        Field("claimed_on", "登记日期", ValueType.DATE, ("摸底日期", "填报日期", "采集日期")),
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
            ("统一社会信用代码", "REGNO", "UNISCID", "注册号/信用代码"),
            is_required=True,
        ),
        Field(
            "role",
            "人员身份",
            ValueType.CODE,
            ("身份", "职务", "人员类型"),
            codes=(
                ("法定代表人", "legal_representative"),
                ("负责人", "legal_representative"),
                ("投资人", "investor"),
                ("股东", "investor"),
                ("经营者", "operator"),
                ("家庭成员", "family"),
                ("参加经营的家庭成员", "family"),
                ("从业人员", "employee"),
                ("雇员", "employee"),
                ("联络员", "liaison"),
            ),
        ),
        Field("since_on", "任职日期", ValueType.DATE, ("入职日期", "参加工作日期", "从业起始日期")),
        Field("until_on", "离职日期", ValueType.DATE, ("离任日期",)),
        HOME,
    ),
    needs_one_of=(("name",), ("entity_no",)),
)
