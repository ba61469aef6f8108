"""Events of members, claims and leads: letters of introduction, organisation life, search attempts, decisions."""

from __future__ import annotations

from datetime import date

from data.model import FeedKind
from tests.corpus.case import Case
from tests.corpus.people import CHEN, FU, HAN, LI, LIN, WANG, WU, Rows
from tests.corpus.text import delimited
from tests.corpus.workbook import Page, xlsx


def _book(name: str, *rows: list[object] | tuple[object, ...], title: str | None = None) -> bytes:
    body: Rows = [[title], *rows] if title else list(rows)  # type: ignore[list-item,assignment]
    width = "ABCDEFGHIJKLMN"[len(rows[0]) - 1]
    return xlsx(Page(name, body, (f"A1:{width}1",) if title else ()))


def _letters() -> bytes:
    return _book(
        "介绍信",
        ("编号", "姓名", "身份证号", "由", "去", "开具日期", "有效期", "接收日期", "回执日期"),
        ["001", FU.name, FU.id_no, "龙楼社区党支部", "东郊镇党委", date(2016, 3, 1), "90天", date(2016, 3, 20), date(2016, 4, 2)],
        ["002", CHEN.name, CHEN.id_no, "龙楼社区党支部", "深圳市某公司党委", date(2015, 12, 1), 30.0, None, None],
        ["003", WANG.name, WANG.id_no, "龙楼社区党支部", "龙楼社区党支部", date(2016, 2, 1), 180.0, date(2016, 1, 15), None],
        ["004", LI.name, LI.id_no, "龙楼社区党支部", None, "待定", None, None, None],
        title="党员组织关系介绍信登记簿",
    )


def _letters_text() -> bytes:
    header = ("介绍信编号", "姓名", "转出支部", "转入支部", "介绍信日期", "介绍信在本人手中", "备注")
    people: Rows = [
        ["甲1", LIN.name, "铺前社区党支部", "锦山镇党委", "2015.11", "是", "本人说放在家里"],
        ["甲2", WU.name, "铺前社区党支部", "锦山镇党委", "2016年5月3日", "否", "无"],
    ]
    return delimited([header, *people], "gb18030")


def _life() -> bytes:
    return _book(
        "组织生活",
        ("日期", "活动类型", "姓名", "身份证号", "是否参加", "所在支部"),
        [date(2016, 3, 15), "支部党员大会", FU.name, FU.id_no, "√", "龙楼社区党支部"],
        [date(2016, 3, 15), "支部党员大会", CHEN.name, CHEN.id_no, "请假", "龙楼社区党支部"],
        [date(2016, 4, 8), "交纳党费", FU.name, FU.id_no, 1.0, "龙楼社区党支部"],
        [date(2016, 4, 8), "春游", WANG.name, WANG.id_no, "×", "龙楼社区党支部"],
        [None, "党课", LI.name, LI.id_no, "到会", "龙楼社区党支部"],
    )


def _life_text() -> bytes:
    header = ("时间", "事项", "姓名", "身份证号码", "到会")
    records: Rows = [
        ["2016-05-10 09:00:00", "主题党日", HAN.name, HAN.id_no, "出席"],
        ["20160510", "主题党日", LI.name, LI.id_no, "缺席"],
        ["2016.5", "党费", LI.name, LI.id_no, ""],
    ]
    return delimited([header, *records], delimiter="\t")


def _search() -> bytes:
    return _book(
        "联系记录",
        ("姓名", "身份证号", "查找日期", "查找方式", "查找人", "联系结果", "备注"),
        [FU.name, FU.id_no, date(2016, 5, 4), "电话联系", "李丽", "停机", None],
        [FU.name, FU.id_no, "2016.5.20", "入户走访", "李丽", "已搬离（去向不明）", "邻居说去了海口"],
        [CHEN.name, CHEN.id_no, "2016-05-04", "托人捎话", "王明", "取得联系", None],
        [WANG.name, WANG.id_no, None, "电话", "王明", "空号", None],
    )


def _search_text() -> bytes:
    header = ("姓名", "所在党支部", "联系时间", "查找渠道", "联系人", "结果")
    records: Rows = [
        [LIN.name, "铺前社区党支部", "2016年5月", "亲友", "吴多福", "联系上"],
        [WU.name, "铺前社区党支部", "2016年5月6日", "发函", "吴多福", "石沉大海"],
    ]
    return delimited([header, *records], "gb18030")


def _status() -> bytes:
    return _book(
        "变动",
        ("姓名", "身份证号", "变动类型", "批准日期", "依据文件", "备注"),
        [FU.name, FU.id_no, "去世", "2015.8", "死亡证明", None],
        [CHEN.name, CHEN.id_no, "自行脱党除名", date(2016, 4, 12), "文组发〔2016〕8号", None],
        [WANG.name, WANG.id_no, "停薪留职", date(2016, 1, 4), None, None],
        [LI.name, LI.id_no, None, date(2016, 1, 5), None, None],
    )


def _status_codes() -> bytes:
    header = ("姓名", "公民身份号码", "减少类型", "生效日期")
    return delimited([header, [HAN.name, HAN.id_no, "211", "2016-01-20"], [WU.name, WU.id_no, "12", "201512"]])


def _claims() -> bytes:
    return _book(
        "摸底",
        ("序号", "姓名", "性别", "身份证号", "工作单位", "注册号", "联系电话", "党员类别", "摸底日期", "备注"),
        [1.0, FU.name, "男", FU.id_no, "文昌海味加工厂", 469905000001007.0, 14220160000.0, "正式", date(2016, 5, 9), None],
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
    return _book(
        "线索",
        ("线索编号", "六找", "渠道", "发现日期", "姓名", "身份证号", "联系电话", "市场主体名称", "注册号", "是否同意", "核实结果"),
        ["X1", "企业登记找", "注册登记平台", date(2016, 5, 3), FU.name, FU.id_no, FU.mobile, "文昌海味加工厂", "469905000001007", None, "是党员"],
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


def _case(file: str, why: str, kind: FeedKind, build: object, **more: object) -> Case:
    by = "XlsxWriter" if file.endswith("xlsx") else "text"
    return Case(f"events/{file}", why, by, build, kind=kind, **more)  # type: ignore[arg-type]


CASES = (
    _case(
        "transfers.xlsx",
        "letters: received, on the way, to the branch it comes from and received before it was issued, no date",
        FeedKind.TRANSFERS,
        _letters,
        tables=("介绍信",),
        accepted=3,
        rejected=("E401 6 issued_on",),
        notes=("W419 5 to_org", "W417 5 valid_days", "W416 5 received_on"),
        rows={
            3: {"letter_no": "001", "valid_days": "90", "issued_on": "2016-03-01", "received_on": "2016-03-20"},
            4: {"to_org": "深圳市某公司党委", "valid_days": "30", "received_on": None},
        },
    ),
    _case(
        "transfers.csv",
        "letters in the hands of their owners",
        FeedKind.TRANSFERS,
        _letters_text,
        accepted=2,
        rows={2: {"issued_on": "2015-11", "is_letter_in_hand": "yes"}, 3: {"is_letter_in_hand": "no", "remark": None}},
    ),
    _case(
        "org_life.xlsx",
        "√, 请假, 1 and × for who was there; a kind of event nobody listed; an event without a day",
        FeedKind.ORG_LIFE,
        _life,
        tables=("组织生活",),
        accepted=4,
        rejected=("E401 6 held_on",),
        notes=("W307 5 event",),
        rows={
            2: {"held_on": "2016-03-15", "event": "meeting", "is_present": "yes"},
            3: {"is_present": "no"},
            4: {"event": "dues", "is_present": "yes"},
            5: {"event": None, "is_present": "no"},
        },
    ),
    _case(
        "org_life.tsv",
        "tabs, a time of day, days run together, a month",
        FeedKind.ORG_LIFE,
        _life_text,
        accepted=3,
        rows={
            2: {"held_on": "2016-05-10", "is_present": "yes"},
            3: {"held_on": "2016-05-10", "is_present": "no"},
            4: {"held_on": "2016-05", "event": "dues", "is_present": None},
        },
    ),
    _case(
        "org_life_none.csv",
        "a header without events: there may be none",
        FeedKind.ORG_LIFE,
        lambda: delimited([("时间", "事项", "姓名", "身份证号码", "到会")]),
        accepted=0,
    ),
    _case(
        "contact_log.xlsx",
        "attempts over several channels, one channel nobody listed, one attempt without a day",
        FeedKind.CONTACT_LOG,
        _search,
        tables=("联系记录",),
        accepted=3,
        rejected=("E401 5 tried_on",),
        notes=("W307 4 channel",),
        rows={
            2: {"channel": "phone", "outcome": "not_reached", "tried_on": "2016-05-04"},
            3: {"channel": "visit", "outcome": "not_reached", "remark": "邻居说去了海口", "tried_on": "2016-05-20"},
            4: {"channel": None, "outcome": "reached"},
        },
    ),
    _case(
        "contact_log.csv",
        "other headers, a month, an outcome nobody listed",
        FeedKind.CONTACT_LOG,
        _search_text,
        accepted=2,
        notes=("W307 3 outcome",),
        rows={2: {"channel": "family", "outcome": "reached", "tried_on": "2016-05"}, 3: {"channel": "organization", "outcome": None}},
    ),
    _case(
        "status_events.xlsx",
        "deaths and decisions; a kind that is none leaves a row that says nothing",
        FeedKind.STATUS_EVENTS,
        _status,
        tables=("变动",),
        accepted=2,
        rejected=("E401 4 event", "E401 5 event"),
        rows={
            2: {"event": "deceased", "decided_on": "2015-08"},
            3: {"event": "removed", "decided_on": "2016-04-12", "document": "文组发〔2016〕8号"},
        },
    ),
    _case(
        "status_events_codes.csv",
        "the codes of the half-year statistics, declared as such",
        FeedKind.STATUS_EVENTS,
        _status_codes,
        accepted=2,
        options={"code_system": "statistics"},
        rows={2: {"event": "deceased", "decided_on": "2016-01-20"}, 3: {"event": "suspended", "decided_on": "2015-12"}},
    ),
    _case(
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
    _case(
        "claims.csv",
        "claims with credit codes; one without a name",
        FeedKind.CLAIMS,
        _claims_text,
        accepted=2,
        rejected=("E401 4 name",),
        rows={2: {"entity_no": "92469905MA0005000H", "claimed_on": "2016-05-10"}, 3: {"id_no": None, "mobile": None}},
    ),
    _case(
        "leads.xlsx",
        "four of the six ways and one that is none; a lead with a phone alone; one with nobody; one without consent",
        FeedKind.LEADS,
        _leads,
        tables=("线索",),
        accepted=4,
        rejected=("E401 7 name",),
        notes=("W420 5 has_consented", "W307 6 way"),
        rows={
            3: {"way": "registration", "channel": "registration_platform", "outcome": "confirmed", "found_on": "2016-05-03"},
            4: {"way": "phone", "channel": "calls", "name": None, "mobile": CHEN.mobile, "outcome": "not_reached"},
            5: {"way": "member_referral", "channel": "service_point", "has_consented": "no", "outcome": "open"},
            6: {"way": None, "channel": "publicity", "outcome": "denied"},
        },
    ),
    _case(
        "leads.csv",
        "other headers: 线索来源, 线索渠道, 提供人, 处理结果",
        FeedKind.LEADS,
        _leads_text,
        accepted=2,
        rows={
            2: {"way": "annual_report", "channel": "registration_platform", "informant": "employer", "outcome": "excluded"},
            3: {"way": "market_supervision", "channel": "service_point", "informant": "self", "outcome": "handed_over"},
        },
    ),
)
