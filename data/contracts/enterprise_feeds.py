"""Feeds about enterprises and organisations: registration, annual reports, party organisations.

Field names of registration systems: domain rules §4.2; the party block and its code systems: §4.4.
"""

from __future__ import annotations

from data.contracts.field import FeedContract, Field, ValueType
from data.model import FeedKind

_STATUS_CODES = (
    ("1", "active"),
    ("存续", "active"),
    ("存续(在营、开业、在册)", "active"),
    ("在营", "active"),
    ("开业", "active"),
    ("在册", "active"),
    ("在业", "active"),
    ("正常", "active"),
    ("登记成立", "active"),
    ("2", "revoked"),
    ("吊销", "revoked"),
    ("吊销,未注销", "revoked"),
    ("3", "revoked_cancelled"),
    ("吊销,已注销", "revoked_cancelled"),
    ("4", "cancelled"),
    ("注销", "cancelled"),
    ("已注销", "cancelled"),
    ("5", "withdrawn"),
    ("撤销", "withdrawn"),
    ("6", "moved_out"),
    ("迁出", "moved_out"),
    ("9", "other"),
    ("其他", "other"),
)

ENTERPRISE_REGISTRATION = FeedContract(
    FeedKind.ENTERPRISE_REGISTRATION,
    "市场主体登记",
    (
        Field("uscc", "统一社会信用代码", ValueType.CREDIT_CODE, ("UNISCID", "信用代码", "社会信用代码")),
        Field("reg_no", "注册号", ValueType.REG_NO, ("REGNO", "工商注册号", "营业执照注册号")),
        Field("entity_name", "名称", ValueType.TEXT, ("ENTNAME", "企业名称", "主体名称", "字号名称", "TRANAME")),
        Field("former_name", "曾用名", ValueType.TEXT, ("曾用名称", "原名称")),
        Field("entity_type", "市场主体类型", ValueType.TEXT, ("ENTTYPE", "类型代码", "企业类型")),
        Field("reg_status", "登记状态", ValueType.CODE, ("REGSTATE", "经营状态", "状态"), codes=_STATUS_CODES),
        Field("operator", "法定代表人", ValueType.NAME, ("LEREP", "经营者", "负责人", "法定代表人(经营者)")),
        Field("address", "住所", ValueType.TEXT, ("OPLOC", "经营场所", "DOM", "主要经营场所", "地址")),
        Field("township", "所在乡镇", ValueType.TEXT, ("乡镇", "管辖单位", "工商所")),
        Field("industry", "行业门类", ValueType.TEXT, ("INDUSTRYPHY", "行业", "行业代码")),
        Field("established_on", "成立日期", ValueType.DATE, ("ESTDATE", "注册日期", "登记日期")),
        Field("ended_on", "注销日期", ValueType.DATE, ("CANCEL_DATE", "吊销日期", "注销/吊销日期", "注吊销日期")),
        Field("entity_phone", "联系电话", ValueType.PHONE, ("TEL", "电话")),
        Field("market_name", "所属市场", ValueType.TEXT, ("专业市场", "市场名称")),
    ),
    # A household business may have no name: the number is what identifies it (domain rules §4.1).
    needs_one_of=(("uscc", "reg_no"),),
)

#: The party block's codes mean opposite things in two real systems, so each feed names its own (domain rules §4.4).
YES_NO_CODES: dict[str, tuple[tuple[str, str], ...]] = {
    "text": (("是", "yes"), ("否", "no")),
    "zhejiang": (("1", "yes"), ("0", "no")),
    "national": (("1", "yes"), ("2", "no")),
}
PARTY_BODY_CODES: dict[str, tuple[tuple[str, str], ...]] = {
    "text": (
        ("党支部", "branch"),
        ("党总支", "general_branch"),
        ("党委", "committee"),
        ("未成立党组织", "none"),
        ("未组建", "none"),
    ),
    "zhejiang": (("0", "none"), ("1", "branch"), ("2", "general_branch"), ("3", "committee")),
    "national": (("9", "none"), ("3", "branch"), ("2", "general_branch"), ("1", "committee")),
}

ANNUAL_REPORTS = FeedContract(
    FeedKind.ANNUAL_REPORTS,
    "年度报告",
    (
        Field("entity_no", "注册号", ValueType.REG_NO, ("统一社会信用代码", "REGNO", "UNISCID"), is_required=True),
        Field("report_year", "年报年度", ValueType.INTEGER, ("年度", "报告年度", "ANCHEYEAR"), is_required=True),
        Field("n_employees", "从业人数", ValueType.INTEGER, ("EMPNUM", "从业人员人数")),
        Field("n_party_members", "党员人数", ValueType.INTEGER, ("NUMPARM", "中共党员人数", "党员（含预备）人数")),
        Field("party_body", "党组织建制", ValueType.CODE, ("PARINS", "PAR_INS")),
        Field("representative_is_member", "法定代表人是否党员", ValueType.CODE, ("RESPARMSIGN", "经营者是否党员")),
        Field("filed_on", "填报日期", ValueType.DATE, ("年报日期", "ANCHEDATE")),
    ),
    needs_one_of=(("entity_no",), ("report_year",)),
)

ORGANIZATIONS = FeedContract(
    FeedKind.ORGANIZATIONS,
    "党组织名册",
    (
        Field("org_name", "党组织名称", ValueType.TEXT, ("组织名称", "支部名称", "党支部"), is_required=True),
        Field(
            "org_kind",
            "组织类别",
            ValueType.CODE,
            ("党组织类别", "类别"),
            codes=(
                ("国有企业", "state_enterprise"),
                ("非公有制企业", "non_public"),
                ("非公企业", "non_public"),
                ("农村", "village"),
                ("党政机关", "government"),
                ("机关", "government"),
                ("学校", "school"),
                ("其他事业单位", "institution"),
                ("事业单位", "institution"),
                ("街道社区", "community"),
                ("社区", "community"),
                ("社会组织", "social_organization"),
                ("其他", "other"),
            ),
        ),
        Field("parent", "上级党组织", ValueType.TEXT, ("上级党委", "隶属党组织")),
        Field("township", "所在乡镇", ValueType.TEXT, ("乡镇",)),
        Field("unit_name", "所在单位", ValueType.TEXT, ("党组织所在单位", "单位名称")),
        Field("secretary", "书记", ValueType.NAME, ("党支部书记", "书记姓名")),
        Field("founded_on", "成立日期", ValueType.DATE, ("成立时间", "批准成立日期")),
        Field("dissolved_on", "撤销日期", ValueType.DATE, ("撤销时间",)),
    ),
    needs_one_of=(("org_name",),),
)
