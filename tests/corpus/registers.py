"""Registers of enterprises, persons at enterprises, party organisations."""

from __future__ import annotations

from data.model import FeedKind
from tests.corpus.case import Case
from tests.corpus.people import CHEN, FU, LI, WANG, Rows
from tests.corpus.text import delimited
from tests.corpus.workbook import Page, xlsx

_REGISTER = (
    "注册号",
    "统一社会信用代码",
    "名称",
    "市场主体类型",
    "登记状态",
    "法定代表人",
    "住所",
    "成立日期",
    "联系电话",
    "注册资本",
)
_FIRM = "文昌清澜海味加工有限公司"


def _registration() -> bytes:
    rows: Rows = [
        _REGISTER,
        [
            469905000001007.0,
            "91469905MA0003005M",
            _FIRM,
            "1130",
            "存续（在营、开业、在册）",
            "符海生",
            "清澜港路1号",
            "2011-3-8",
            "0898-93330022",
            50.0,
        ],
        [469905600007007.0, None, None, "9500", "开业", "陈小虹", "文城镇文建路", "2013.5", 14320161357.0, None],
        [469905600007008.0, None, "东郊椰子店", "9500", "注销", "王明", "东郊镇", None, None, None],
        [
            None,
            "92469905MA0005000H",
            "龙楼观海民宿",
            "9500",
            "在营",
            "李丽",
            "龙楼镇",
            "2016-01-04",
            "14220164071",
            None,
        ],
        [None, None, "无照店", "9500", "开业", "林文雄", None, None, None, None],
    ]
    return xlsx(Page("登记", rows))


_SYSTEM = (
    "PRIPID",
    "UNISCID",
    "REGNO",
    "ENTNAME",
    "ENTTYPE",
    "REGSTATE",
    "LEREP",
    "DOM",
    "ESTDATE",
    "INDUSTRYPHY",
    "TEL",
    "REGCAP",
    "OPSCOPE",
)


def _system_export() -> bytes:
    rows: Rows = [
        _SYSTEM,
        [
            "p1",
            "91469905MA0003013G",
            "469905000001015",
            _FIRM,
            "1130",
            "1",
            "符海生",
            "清澜港",
            "2011-03-08 00:00:00",
            "C",
            "93330022",
            "50",
            "海产加工",
        ],
        ["p2", "null", "469905600007015", "东郊椰子店", "9500", "4", "王明", "东郊镇", "20130501", "F", "", "", ""],
        ["p3", "91469905MA0003O21B", "", "龙楼渔具店", "4540", "在业", "李丽", "龙楼镇", "2012/5/1", "F", "", "", ""],
    ]
    return delimited(rows, "gb18030")


def _system_persons() -> bytes:
    rows: Rows = [
        ("UNISCID", "姓名", "CERNO", "人员身份", "联系电话", "任职日期"),
        ["91469905MA0003005M", FU.name, FU.id_no, "法定代表人", FU.mobile, "2011-03-08"],
        ["469905600007007", CHEN.name, CHEN.id_no.lower(), "经营者", CHEN.mobile, "2013-05"],
        ["", WANG.name, WANG.id_no, "雇员", "", ""],
    ]
    return delimited(rows, "utf-8-sig")


def _persons_book() -> bytes:
    rows: Rows = [
        ["2016年5月市场主体从业人员"],
        ("注册号", "姓名", "性别", "身份证号", "人员类别", "手机", "民族", "家庭住址"),
        ["469905000001007", WANG.name, "男", WANG.id_no, "从业人员", 15420162714.0, "汉", "文城镇"],
        ["469905000001007", LI.name, "女", 469905198507080000.0, "雇员", "14220164071", "黎", None],
        ["469905000001007", None, None, FU.id_no, "雇员", None, None, None],
    ]
    return xlsx(Page("人员", rows, ("A1:H1",)))


def _organizations() -> bytes:
    rows: Rows = [
        ["文昌市基层党组织名册（截至2016年5月底）"],
        ("序号", "党组织名称", "组织类别", "上级党组织", "所在镇", "党组织所在单位", "书记", "成立时间"),
        [1.0, "龙楼社区党支部", "街道社区", "龙楼镇党委", "龙楼镇", None, "符海生", "1998.7"],
        [2.0, "清澜海味公司联合党支部", "非公有制企业", "文城镇党委", "文城", _FIRM, "陈 小 虹", "2014年7月"],
        [3.0, "县渔业站党支部", "机关事业", "文城镇党委", "文城镇", None, None, None],
        ["合计", "3个"],
    ]
    return xlsx(Page("党组织", rows, ("A1:H1",)))


_KIND = FeedKind.ENTERPRISE_REGISTRATION

CASES = (
    Case(
        "registers/registration.xlsx",
        "15-digit numbers stored as numbers keep every digit; a household without a name; a row without any number",
        "XlsxWriter",
        _registration,
        kind=_KIND,
        tables=("登记",),
        accepted=4,
        rejected=("E401 6 uscc",),
        notes=("W303 4 reg_no",),
        rows={
            2: {
                "reg_no": "469905000001007",
                "uscc": "91469905MA0003005M",
                "reg_status": "active",
                "entity_phone": "0898-93330022",
            },
            3: {
                "reg_no": "469905600007007",
                "entity_name": None,
                "operator": "陈小虹",
                "established_on": "2013-05",
                "entity_phone": CHEN.mobile,
            },
            4: {"reg_no": "469905600007008", "reg_status": "cancelled", "entity_name": "东郊椰子店"},
            5: {"reg_no": None, "uscc": "92469905MA0005000H", "township": None},
        },
    ),
    Case(
        "registers/registration_system.csv",
        "English headers of a registration system, its codes, times of day, null words, an O that no credit code has",
        "text",
        _system_export,
        kind=_KIND,
        accepted=3,
        notes=("W319 4 uscc", "W321 4 uscc"),
        rows={
            2: {
                "uscc": "91469905MA0003013G",
                "reg_no": "469905000001015",
                "entity_name": _FIRM,
                "reg_status": "active",
                "established_on": "2011-03-08",
                "entity_phone": "93330022",
            },
            3: {"uscc": None, "reg_status": "cancelled", "established_on": "2013-05-01", "industry": "F"},
            4: {"uscc": "91469905MA0003O21B", "reg_status": "active", "operator": "李丽"},
        },
    ),
    Case(
        "registers/register_utf8.csv",
        "names and former names, a status nobody listed",
        "text",
        lambda: delimited(
            [
                (
                    "统一社会信用代码/注册号",
                    "企业名称",
                    "曾用名",
                    "企业状态",
                    "经营者",
                    "所属工商所",
                    "所属市场",
                    "注销日期",
                ),
                ["469905600007023", "会文佛珠店", "会文珠串店", "迁出", "符海生", "会文工商所", "会文佛珠市场", ""],
                ["91469905MA0003021B", "铺前糟粕醋店", "", "异常待查", "陈小虹", "铺前镇", "", "2016年5月"],
            ]
        ),
        kind=_KIND,
        accepted=2,
        notes=("W307 3 reg_status",),
        rows={
            2: {
                "former_name": "会文珠串店",
                "reg_status": "moved_out",
                "township": "会文镇",
                "market_name": "会文佛珠市场",
            },
            3: {"reg_status": None, "ended_on": "2016-05", "township": "铺前镇"},
        },
    ),
    Case(
        "registers/persons.xlsx",
        "people at enterprises: a phone and an identity number stored as numbers, a row without a name",
        "XlsxWriter",
        _persons_book,
        kind=FeedKind.ENTERPRISE_PERSONS,
        tables=("人员",),
        accepted=2,
        rejected=("E401 5 name",),
        notes=("W301 4 id_no",),
        rows={
            3: {"name": "王明", "entity_no": "469905000001007", "mobile": WANG.mobile, "role": "employee"},
            4: {"name": "李丽", "id_no": "469905198507080***", "role": "employee", "home": None},
        },
    ),
    Case(
        "registers/persons_system.csv",
        "UNISCID and CERNO; both kinds of numbers in one column; a row without one",
        "text",
        _system_persons,
        kind=FeedKind.ENTERPRISE_PERSONS,
        accepted=2,
        rejected=("E401 4 entity_no",),
        rows={
            2: {
                "entity_no": "91469905MA0003005M",
                "id_no": FU.id_no,
                "role": "legal_representative",
                "since_on": "2011-03-08",
            },
            3: {"entity_no": "469905600007007", "id_no": CHEN.id_no, "role": "operator", "since_on": "2013-05"},
        },
    ),
    Case(
        "registers/organizations.xlsx",
        "a list of branches with a title, a kind nobody listed and a total",
        "XlsxWriter",
        _organizations,
        kind=FeedKind.ORGANIZATIONS,
        tables=("党组织",),
        accepted=3,
        dropped={"trailer": 1},
        notes=("W307 5 org_kind",),
        rows={
            3: {"org_name": "龙楼社区党支部", "org_kind": "community", "founded_on": "1998-07", "secretary": "符海生"},
            4: {
                "org_kind": "non_public",
                "township": "文城镇",
                "unit_name": _FIRM,
                "secretary": "陈小虹",
                "founded_on": "2014-07",
            },
        },
    ),
    Case(
        "registers/organizations.csv",
        "other headers for the same: 支部名称, 隶属党委, 书记姓名, 撤销时间",
        "text",
        lambda: delimited(
            [
                ("支部名称", "隶属党委", "书记姓名", "批准成立时间", "撤销时间"),
                ["东郊椰林村党支部", "东郊镇党委", "李丽", "2001-7-1", "—"],
                ["东郊冷冻厂党支部", "东郊镇党委", "无", "一九九五年七月", "2015.12"],
            ],
            "gb18030",
        ),
        kind=FeedKind.ORGANIZATIONS,
        accepted=2,
        rows={
            2: {"org_name": "东郊椰林村党支部", "parent": "东郊镇党委", "dissolved_on": None},
            3: {"secretary": None, "founded_on": "1995-07", "dissolved_on": "2015-12"},
        },
    ),
)
