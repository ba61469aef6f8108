"""Claims of townships, and leads to people who may be members."""

from __future__ import annotations

from datetime import date

from data.model import FeedKind
from tests.corpus.event_files import book, event
from tests.corpus.people import CHEN, FU, HAN, LI, LIN, WANG, WU, Rows
from tests.corpus.text import delimited


def _claims() -> bytes:
    return book(
        "摸底",
        ("序号", "姓名", "性别", "身份证号", "工作单位", "注册号", "联系电话", "党员类别", "摸底日期", "备注"),
        [
            1.0,
            FU.name,
            "男",
            FU.id_no,
            "文昌海味加工厂",
            469905000001007.0,
            14220160000.0,
            "正式",
            date(2016, 5, 9),
            None,
        ],
        [2.0, CHEN.name, "女", CHEN.id_no, "清澜渔具店", "469905600007007", CHEN.mobile, "正式", "2016.5.9", "自称"],
        [3.0, "王明（重复）", "男", WANG.id_no, "清澜渔具店", None, None, "积极分子", None, None],
        title="龙楼镇“小个专”党员摸底名单",
    )


def _claims_text() -> bytes:
    header = ("姓名", "身份证号码", "单位名称", "统一社会信用代码", "手机号", "填报日期")
    people: Rows = [
        [LI.name, LI.id_no, "龙楼观海民宿", "92469905MA0005000H", LI.mobile, "2016/5/10"],
        [LIN.name, "", "", "", "同上", "2016/5/10"],
        ["", WU.id_no, "龙楼观海民宿", "", "", "2016/5/10"],
    ]
    return delimited([header, *people], "gb18030")


def _leads() -> bytes:
    return book(
        "线索",
        (
            "线索编号",
            "六找",
            "渠道",
            "发现日期",
            "姓名",
            "身份证号",
            "联系电话",
            "市场主体名称",
            "注册号",
            "是否同意",
            "核实结果",
        ),
        [
            "X1",
            "企业登记找",
            "注册登记平台",
            date(2016, 5, 3),
            FU.name,
            FU.id_no,
            FU.mobile,
            "文昌海味加工厂",
            "469905000001007",
            None,
            "是党员",
        ],
        ["X2", "电话联系找", "电话访问", date(2016, 5, 4), None, None, CHEN.mobile, None, None, None, "无人接听"],
        ["X3", "党员互动找", "流动党员联络站", date(2016, 5, 5), WANG.name, None, None, None, None, "否", "待核实"],
        ["X4", "托梦", "宣传发动", date(2016, 5, 6), LI.name, LI.id_no, None, None, None, None, "否认"],
        ["X5", "走访上门找", "征询组织部门", date(2016, 5, 7), None, None, None, None, None, None, None],
        title="“六找”党员线索登记表",
    )


def _leads_text() -> bytes:
    header = ("线索来源", "线索渠道", "登记日期", "党员姓名", "手机号码", "提供人", "处理结果")
    found: Rows = [
        ["年报", "年报系统", "2016-04-11", LIN.name, LIN.mobile, "经营者", "经核实不是党员"],
        ["日常巡查", "联络站", "2016-04-12", HAN.name, HAN.mobile, "本人", "转办"],
    ]
    return delimited([header, *found])


CASES = (
    event(
        "claims.xlsx",
        "the list of a township: a registration number and a phone as numbers, a note beside a name, an activist",
        FeedKind.CLAIMS,
        _claims,
        tables=("摸底",),
        accepted=3,
        notes=("W310 5 name",),
        rows={
            3: {"entity_no": "469905000001007", "mobile": FU.mobile, "claimed_on": "2016-05-09", "township": "龙楼镇"},
            4: {"entity_no": "469905600007007", "remark": "自称"},
            5: {"name": "王明", "category": "activist", "entity_no": None},
        },
    ),
    event(
        "claims.csv",
        "claims with credit codes; one without a name",
        FeedKind.CLAIMS,
        _claims_text,
        accepted=2,
        rejected=("E401 4 name",),
        rows={2: {"entity_no": "92469905MA0005000H", "claimed_on": "2016-05-10"}, 3: {"id_no": None, "mobile": None}},
    ),
    event(
        "leads.xlsx",
        "four of the six ways and one that is none; a lead with a phone alone; one with nobody; one without consent",
        FeedKind.LEADS,
        _leads,
        tables=("线索",),
        accepted=4,
        rejected=("E401 7 name",),
        notes=("W420 5 has_consented", "W307 6 way"),
        rows={
            3: {
                "way": "registration",
                "channel": "registration_platform",
                "outcome": "confirmed",
                "found_on": "2016-05-03",
            },
            4: {"way": "phone", "channel": "calls", "name": None, "mobile": CHEN.mobile, "outcome": "not_reached"},
            5: {"way": "member_referral", "channel": "service_point", "has_consented": "no", "outcome": "open"},
            6: {"way": None, "channel": "publicity", "outcome": "denied"},
        },
    ),
    event(
        "leads.csv",
        "other headers: 线索来源, 线索渠道, 提供人, 处理结果",
        FeedKind.LEADS,
        _leads_text,
        accepted=2,
        rows={
            2: {
                "way": "annual_report",
                "channel": "registration_platform",
                "informant": "employer",
                "outcome": "excluded",
            },
            3: {"way": "market_supervision", "channel": "service_point", "informant": "self", "outcome": "handed_over"},
        },
    ),
)
