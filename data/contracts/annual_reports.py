"""The feed of annual reports: head-counts and the party block, whose codes depend on the system a feed comes from.

Items and the block: domain rules §4.4. Branches of enterprises do not see the block at all, so blank is never 0.
"""

from __future__ import annotations

from data.contracts.code_systems import BODY_LABELS, FORM_LABELS, YES_NO_LABELS
from data.contracts.field import FeedContract, Field, ValueType, words
from data.model import FeedKind

#: The number of an entity, whichever of its two it is.
ENTITY_NUMBERS = words(
    "统一社会信用代码 REGNO UNISCID 工商注册号 企业注册号 营业执照注册号 注册号码 信用代码 社会信用代码 统一信用代码 "
    "注册号/信用代码 注册号/统一社会信用代码 统一社会信用代码/注册号 统一社会信用代码或注册号 UNICODE"
)

_HEAD_COUNTS = (
    Field(
        "n_employees",
        "从业人数",
        ValueType.INTEGER,
        words(
            "EMPNUM 从业人员人数 从业人员数 从业人员总数 从业人员 职工人数 员工人数 用工人数 职工总数 从业人员数量 "
            "从业人员合计"
        ),
    ),
    # The operator counts among the employees, so the four groups are those of the hired (AR3).
    Field(
        "n_graduates",
        "高校毕业生雇员人数",
        ValueType.INTEGER,
        words("COLEMPLNUM 雇员中高校毕业生人数 高校毕业生雇员 高校毕业生人数雇员 雇员高校毕业生人数"),
    ),
    Field(
        "n_veterans",
        "退役士兵雇员人数",
        ValueType.INTEGER,
        words("RETEMPLNUM 雇员中退役士兵人数 退役士兵雇员 退役士兵人数雇员 雇员退役士兵人数"),
    ),
    Field(
        "n_disabled",
        "残疾人雇员人数",
        ValueType.INTEGER,
        words("DISEMPLNUM 雇员中残疾人人数 残疾人雇员 残疾人人数雇员 雇员残疾人人数 残疾人员雇员人数"),
    ),
    Field(
        "n_reemployed",
        "再就业雇员人数",
        ValueType.INTEGER,
        words(
            "UNEEMPLNUM 雇员中失业人员再就业人数 失业人员再就业雇员人数 再就业雇员 失业人员再就业人数雇员 "
            "雇员失业人员再就业人数 下岗失业人员再就业雇员人数"
        ),
    ),
)

#: Both in ten thousand yuan; many do not publish them (domain rules §4.4, §6).
_ACCOUNTS = (
    Field(
        "revenue",
        "营业总收入",
        ValueType.AMOUNT,
        words("VENDINC 营业收入 营业总收入金额 营业额 营业额或营业收入 销售额或营业收入 主营业务收入合计 年营业收入"),
    ),
    Field(
        "assets",
        "资产总额",
        ValueType.AMOUNT,
        words("ASSGRO 资产总计 总资产 资产合计 资产总额金额 期末资产总额"),
    ),
)

_PARTY_BLOCK = (
    Field(
        "n_party_members",
        "党员人数",
        ValueType.INTEGER,
        words(
            "NUMPARM PARTY_NUMBER 中共党员人数 党员（含预备）人数 党员数 党员总数 中共党员数 中共党员总数 "
            "从业人员中党员人数 中共党员 中共党员（包括预备党员）人数 党员人数合计 从业人员中中共党员人数"
        ),
    ),
    Field(
        "has_party_body",
        "是否建立党组织",
        ValueType.CODE,
        words(
            "ESTPARSIGN ESTORGSIGN HAS_PARTY 是否成立党组织 是否组建党组织 是否已建立党组织 是否已成立党组织 "
            "是否有党组织 是否已独立或联合建立党支部 PARTORGIS 建立党组织标志 党组织建立情况"
        ),
        codes=YES_NO_LABELS,
    ),
    Field(
        "party_body",
        "党组织建制",
        ValueType.CODE,
        words("PARINS PAR_INS 党组织建制情况 党组织情况 党组织类型 党建情况 党组织建制类型 党组织建制名称"),
        codes=BODY_LABELS,
    ),
    Field(
        "party_body_form",
        "党组织组建方式",
        ValueType.CODE,
        words("PARORGW PAR_ORG_W 组建方式 党组织组建形式 组建形式 党支部组建方式"),
        codes=FORM_LABELS,
    ),
    Field(
        "party_body_on",
        "党组织组建时间",
        ValueType.DATE,
        words("PARSETTIME PAR_SET_TIME SETUPTIME 组建时间 党组织组建日期 党组织成立时间 党组织成立日期 党组织建立时间"),
    ),
    Field(
        "is_party_body_new",
        "本年度组建标志",
        ValueType.CODE,
        words("ANORGPARSIGN AN_ORG_PAR_SIGN 是否本年度组建 本年度是否组建党组织 本年度组建 本年度组建党组织标志"),
        codes=YES_NO_LABELS,
    ),
    Field(
        "representative_is_member",
        "法定代表人是否党员",
        ValueType.CODE,
        words(
            "RESPARMSIGN RES_PAR_M_SIGN 经营者是否党员 法定代表人是否为党员 负责人是否党员 负责人是否为党员 "
            "经营者是否为党员 法人是否党员 法人是否为党员 法定代表人是否中共党员 经营者是否中共党员 投资人是否党员 "
            "执行事务合伙人是否党员 法定代表人是否是党员 经营者是否是党员 法定代表人党员标志"
        ),
        codes=YES_NO_LABELS,
    ),
    Field(
        "representative_is_secretary",
        "法定代表人是否党组织书记",
        ValueType.CODE,
        words(
            "RESPARSECSIGN RES_PAR_SEC_SIGN 法定代表人是否任党组织书记 法定代表人是否担任党组织书记 "
            "经营者是否党组织书记 经营者是否任党组织书记 经营者是否担任党组织书记 "
            "负责人是否党组织书记 负责人是否担任党组织书记 是否任党组织书记 是否党组织书记 法人是否党组织书记"
        ),
        codes=YES_NO_LABELS,
    ),
)

ANNUAL_REPORTS = FeedContract(
    FeedKind.ANNUAL_REPORTS,
    "年度报告",
    (
        Field("entity_no", "注册号", ValueType.REG_NO, ENTITY_NUMBERS, is_required=True),
        Field(
            "report_year",
            "年报年度",
            ValueType.INTEGER,
            words("年度 报告年度 ANCHEYEAR 年份 年报年份 报送年度 填报年度 所属年度 年度报告年度"),
            is_required=True,
        ),
        *_HEAD_COUNTS,
        *_ACCOUNTS,
        *_PARTY_BLOCK,
        Field(
            "filed_on",
            "填报日期",
            ValueType.DATE,
            words("年报日期 ANCHEDATE 填报时间 报送日期 报送时间 年报时间 公示日期 公示时间"),
        ),
    ),
    needs_one_of=(("entity_no",), ("report_year",)),
)
