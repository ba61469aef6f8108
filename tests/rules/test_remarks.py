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
