"""Events of members: letters of introduction, organisation life, search attempts, decisions."""

from __future__ import annotations

from datetime import date

from data.model import FeedKind
from tests.corpus.event_files import book, event
from tests.corpus.people import CHEN, FU, HAN, LI, LIN, WANG, WU, Rows
from tests.corpus.text import delimited


def _letters() -> bytes:
    return book(
        "介绍信",
        ("编号", "姓名", "身份证号", "由", "去", "开具日期", "有效期", "接收日期", "回执日期"),
        [
            "001",
            FU.name,
            FU.id_no,
            "龙楼社区党支部",
            "东郊镇党委",
            date(2016, 3, 1),
            "90天",
            date(2016, 3, 20),
            date(2016, 4, 2),
        ],
        ["002", CHEN.name, CHEN.id_no, "龙楼社区党支部", "深圳市某公司党委", date(2015, 12, 1), 30.0, None, None],
        [
            "003",
            WANG.name,
            WANG.id_no,
            "龙楼社区党支部",
            "龙楼社区党支部",
            date(2016, 2, 1),
            180.0,
            date(2016, 1, 15),
            None,
        ],
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
    return book(
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
    return book(
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
    return book(
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


CASES = (
    event(
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
    event(
        "transfers.csv",
        "letters in the hands of their owners",
        FeedKind.TRANSFERS,
        _letters_text,
        accepted=2,
        rows={2: {"issued_on": "2015-11", "is_letter_in_hand": "yes"}, 3: {"is_letter_in_hand": "no", "remark": None}},
    ),
    event(
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
    event(
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
    event(
        "org_life_none.csv",
        "a header without events: there may be none",
        FeedKind.ORG_LIFE,
        lambda: delimited([("时间", "事项", "姓名", "身份证号码", "到会")]),
        accepted=0,
    ),
    event(
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
    event(
        "contact_log.csv",
        "other headers, a month, an outcome nobody listed",
        FeedKind.CONTACT_LOG,
        _search_text,
        accepted=2,
        notes=("W307 3 outcome",),
        rows={
            2: {"channel": "family", "outcome": "reached", "tried_on": "2016-05"},
            3: {"channel": "organization", "outcome": None},
        },
    ),
    event(
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
    event(
        "status_events_codes.csv",
        "the codes of the half-year statistics, declared as such",
        FeedKind.STATUS_EVENTS,
        _status_codes,
        accepted=2,
        options={"code_system": "statistics"},
        rows={2: {"event": "deceased", "decided_on": "2016-01-20"}, 3: {"event": "suspended", "decided_on": "2015-12"}},
    ),
)
