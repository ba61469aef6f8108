"""What is asked of a person in every feed? The columns that rosters, claims and registers share, with their headers.

Headers and synonyms: domain rules §3.1-3.3 (the 2017 collection form and exports met in practice).
"""

from __future__ import annotations

from data.contracts.code_systems import CATEGORY_LABELS, STATUS_LABELS
from data.contracts.field import Field, ValueType, coded, words

NAME = Field(
    "name",
    "姓名",
    ValueType.NAME,
    words(
        "党员姓名 名字 人员姓名 自然人姓名 本人姓名 成员姓名 党员名称 人员名称 从业人员姓名 职工姓名 员工姓名 中文姓名"
    ),
    is_required=True,
)
SEX = Field("sex", "性别", ValueType.SEX, words("男女 男/女 性别代码 SEX"))
ID_NO = Field(
    "id_no",
    "公民身份号码",
    ValueType.ID_NO,
    words(
        "身份证号 身份证号码 公民身份证号 公民身份证号码 身份证 证件号码 证件号 身份号码 身份证件号码 "
        "身份证件号 居民身份证号 居民身份证号码 居民身份证 居民身份号码 公民身份证 公民身份号 "
        "身份证编号 有效身份证件号码 证件编号 身份证明号码 党员身份证号 党员身份证号码 本人身份证号 "
        "本人身份证号码 个人身份证号 二代身份证号 二代身份证号码 CERNO"
    ),
)
BIRTH = Field(
    "birth",
    "出生日期",
    ValueType.DATE,
    words("出生年月 出生年月日 生日 出生时间 出生 出生日 生年月日 出生年份 身份证出生日期"),
)
MOBILE = Field(
    "mobile",
    "手机号码",
    ValueType.PHONE,
    words(
        "联系电话 电话 手机 手机号 联系方式 移动电话 注册手机号 电话号码 联系手机 联系手机号 "
        "联系手机号码 手机电话 联系电话号码 手机联系电话 移动电话号码 移动手机 本人电话 本人手机 "
        "本人手机号 本人联系电话 个人电话 个人联系电话 党员联系电话 党员电话 联系号码 常用电话 "
        "常用手机号 通讯电话 通讯方式 联络电话"
    ),
)
HOME = Field(
    "home",
    "家庭住址",
    ValueType.TEXT,
    words(
        "现居住地 住址 家庭地址 联系地址 现住址 居住地 现居住地址 居住地址 现住地址 现家庭住址 "
        "现家庭地址 常住地址 常住地 家庭详细住址 家庭详细地址 家庭居住地址 详细住址 详细地址 通讯地址 "
        "通信地址 联系住址 实际居住地 实际居住地址 现居地 现居住地详细地址 居住地点"
    ),
)
EMPLOYER = Field(
    "employer",
    "工作单位",
    ValueType.TEXT,
    words(
        "单位 工作单位及职务 所在单位 现工作单位及职务 现工作单位 单位名称 企业名称 从业单位 "
        "单位及职务 单位职务 单位和职务 工作单位名称 工作单位和职务 务工单位 就业单位 任职单位 "
        "现任职单位 从业单位名称 现单位 现从业单位 现就业单位 现务工单位 所在企业 所在企业名称 "
        "所在单位名称 单位全称 现工作单位名称 用工单位 服务单位 受雇单位 经营单位 工作学习单位 "
        "学习工作单位 公司名称 企业全称 市场主体名称 经营主体名称 个体工商户名称 个体户名称 商户名称 "
        "店铺名称 字号名称 字号 店名 工作单位全称"
    ),
)
TOWNSHIP = Field(
    "township",
    "所在乡镇",
    ValueType.TEXT,
    words(
        "乡镇 所属乡镇 镇 工商所 所属镇 所在镇 所在乡 所属乡 乡镇名称 镇名 乡镇街道 镇街 所在镇街 "
        "所属镇街 所在街道 所属街道 街道 所在乡镇街道 所属乡镇街道 镇街道 乡 镇区 所属工商所 "
        "管辖工商所 所属监管所 监管所 市场监管所 市场监督管理所 所属市场监管所 辖区所"
    ),
)
BRANCH = Field(
    "branch",
    "所在党支部",
    ValueType.TEXT,
    words(
        "所在支部 支部名称 党支部 组织关系所在党支部 支部 所属支部 所属党支部 隶属支部 隶属党支部 "
        "党支部名称 所在支部名称 所在党支部名称 党员所在支部 党员所在党支部 现所在支部 现所在党支部 "
        "组织关系所在支部 组织关系所在支部名称 正式组织关系所在党支部 支部全称 党组织名称 所属党组织 "
        "隶属党组织 所在党组织 党组织 组织关系所在党组织 所在党组织名称 所属党组织名称 党组织全称"
    ),
)
CATEGORY = Field(
    "category",
    "人员类别",
    ValueType.CODE,
    words(
        "党员类别 党员类型 类别 政治面貌 党员身份 党员性质 人员类型 身份类别 正式/预备 正式或预备 正式预备 党员类别名称"
    ),
    codes=CATEGORY_LABELS,
)
JOIN_ON = Field(
    "join_on",
    "加入党组织日期",
    ValueType.DATE,
    words(
        "入党时间 入党日期 入党年月 加入中共组织日期 入党年月日 入党日 入党年份 加入党组织时间 "
        "加入党组织年月 加入中国共产党时间 加入中国共产党日期 加入中共时间 加入中共日期 "
        "参加党组织时间 何时入党 批准入党时间 批准入党日期 成为预备党员日期 成为预备党员时间 "
        "接收为预备党员日期 接收预备党员时间"
    ),
)
FULL_ON = Field(
    "full_on",
    "转为正式党员日期",
    ValueType.DATE,
    words(
        "转正时间 转正日期 转正年月 转正年月日 转正日 转为正式党员时间 转为正式党员年月 "
        "转为正式党员年月日 成为正式党员日期 成为正式党员时间 转正式党员时间 转正式党员日期 "
        "批准转正时间 批准转正日期 按期转正时间"
    ),
)
PARTY_STATUS = Field(
    "party_status",
    "党籍状态",
    ValueType.CODE,
    words("状态 党员状态 党籍 党籍情况 党籍状况 党员状况"),
    codes=STATUS_LABELS,
)
#: What tables of checks ask about the admission and the form (domain rules §8): they are indications, not decisions.
CHECKS = (
    Field(
        "has_application",
        "是否有入党志愿书",
        ValueType.YES_NO,
        words("有无入党志愿书 入党志愿书 志愿书 有无志愿书 是否有志愿书 入党志愿书有无"),
    ),
    Field(
        "is_irregular",
        "是否存在违规入党或假党员情况",
        ValueType.YES_NO,
        words("是否违规入党 是否存在违规入党 是否假党员 是否违规入党或假党员 违规入党或假党员"),
    ),
    Field(
        "signature",
        "本人签字确认",
        ValueType.CODE,
        words("本人签字 签字确认 是否签字 是否本人签字 本人确认 签名确认 签字情况 本人签名 是否签字确认"),
        codes=coded(
            signed="是 已签字 已签 本人签字 本人已签 已确认 签字 有",
            unsigned="否 未签字 未签 没有签字 未确认 无签字 没签",
            by_other="代签 他人代签 笔迹相同 笔迹雷同 同一笔迹 笔迹一致",
        ),
    ),
)
REMARK = Field(
    "remark",
    "备注",
    ValueType.TEXT,
    words("说明 备注说明 备考 附注 备注信息 备注栏 注 其他说明 情况说明 需要说明的情况"),
)
