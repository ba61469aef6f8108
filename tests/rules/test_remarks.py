"""Remarks of clerks: what is a status of the row itself, and what only sounds like one."""

from __future__ import annotations

from datetime import date

import pytest

from data.model import StatusEvent
from rules.remarks import is_flow_in, status_of_remark

AS_OF = date(2016, 6, 16)


@pytest.mark.parametrize(
    ("remark", "event", "on"),
    [
        ("已去世", "deceased", None),
        ("去世", "deceased", None),
        ("2014年3月因病去世", "deceased", "2014-03"),
        ("该同志已于2013.5.2病故", "deceased", "2013-05-02"),
        ("2015.3转出", "transferred_out", "2015-03"),
        ("组织关系已转出至海口市", "transferred_out", None),
        ("2015年8月组织关系转往琼海市嘉积镇", "transferred_out", "2015-08"),
        ("已开除党籍", "expelled", None),
        ("2012年被开除党籍", "expelled", "2012"),
        ("除名", "removed", None),
        ("自行脱党除名", "removed", None),
        ("停止党籍", "suspended", None),
        ("2014.1停止党籍，2015.6恢复党籍", "restored", "2015-06"),
        ("2014.1转出，2015.6转回", "restored", "2015-06"),
        ("取消预备党员资格", "probation_cancelled", None),
        ("经核实为非党员", "never_admitted", None),
        ("去世（2014年3月）", "deceased", "2014-03"),
        ("去世时间：2014.3", "deceased", "2014-03"),
        ("2014.3，因车祸死亡", "deceased", "2014-03"),
        ("2015年12月病亡", "deceased", "2015-12"),
        ("本人已过世", "deceased", None),
        ("因贩毒被开除党籍", "expelled", None),
        ("2012年因受贿被开除党籍", "expelled", "2012"),
        ("2013.5受开除党籍处分", "expelled", "2013-05"),
        ("因长期不参加组织生活予以除名", "removed", None),
        ("2014年按自行脱党除名", "removed", "2014"),
        ("劝退", "removed", None),
        ("取消其预备党员资格", "probation_cancelled", None),
        ("2015年失联，2016年1月停止党籍", "suspended", "2016-01"),
        ("2015.3转至海口市美兰区某支部", "transferred_out", "2015-03"),
        ("2015.3转到广东省湛江市", "transferred_out", "2015-03"),
        ("组织关系2015.3转出到三亚市", "transferred_out", "2015-03"),
        ("转出时间：2015年3月", "transferred_out", "2015-03"),
        ("2015.3，转出", "transferred_out", "2015-03"),
        ("已转出（2015.3）", "transferred_out", "2015-03"),
    ],
)
def test_a_status_is_read(remark: str, event: str, on: str | None) -> None:
    found = status_of_remark(remark, AS_OF)
    assert found is not None
    assert (found.event, found.on) == (StatusEvent(event), on)


@pytest.mark.parametrize(
    "remark",
    [
        "父亲去世", "其母2015年去世", "拟转出", "未转出", "待转出",
        "转出手续办理中", "申请转出", "2015.3转入", "由海口转入", "组织关系未转",
        "2015年3月组织关系转至本支部", "2015.3转到我支部", "建议除名", "不予除名", "被单位开除",
        "退党申请未批", "户口已迁出", "2017.3转出", "外出务工", "",
        "困难党员", "老党员，2015年慰问", "转出至本镇后又转入",
        "已转出，未落实", "已转出（未报到）", "2015.3转出，至今未接收", "2015年转到广州工作", "转到海口居住",
        "户口迁出", "其父已去世", "岳母病故", "未去世", "因病未去世", "去世父亲之子", "配偶2014年去世",
        "建议开除党籍", "未开除党籍", "开除公职", "被学校开除", "拟停止党籍", "未停止党籍", "转正2014.3",
        "入党时间2014.3", "2016年8月去世", "去世（2017年）", "组织关系转接中", "未被除名", "曾受警告处分",
    ],
)  # fmt: skip
def test_what_only_sounds_like_a_status_says_nothing(remark: str) -> None:
    assert status_of_remark(remark, AS_OF) is None


@pytest.mark.parametrize(
    ("remark", "expected"),
    [
        ("流入党员", True),
        ("流入，正式组织关系在海口", True),
        ("临时组织关系", True),
        ("非流动党员", False),
        ("转入", False),
    ],
)
def test_rows_of_incoming_floating_members(remark: str, expected: bool) -> None:
    assert is_flow_in(remark) is expected


def test_where_to_is_told_too() -> None:
    found = status_of_remark("2015.3转至海口市美兰区某支部", AS_OF)
    assert found is not None
    assert found.to == "海口市美兰区某支部"
    alone = status_of_remark("已转出", AS_OF)
    assert alone is not None
    assert alone.to is None
