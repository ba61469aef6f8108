"""The feed of leads: the six ways, the five channels, and what a row must have."""

from __future__ import annotations

from pathlib import Path

from data.contracts.lead_feed import LEAD_CHANNELS, LEAD_WAYS
from data.model import MEMBER_SIDE, PERSON_SIDE, FeedKind
from tests.data.sources.builders import Cell, take, write_csv, write_xlsx

_HEADER: list[Cell] = ["找寻方式", "渠道", "发现日期", "提供人身份", "姓名", "联系电话", "单位名称", "核实结果", "备注"]


def _row(way: str, **cells: str) -> list[Cell]:
    row = {
        "渠道": "走访",
        "日期": "2016.6.1",
        "人": "本人",
        "姓名": "王明",
        "电话": "",
        "单位": "",
        "结果": "",
        "注": "",
    }
    return [way, *(row | cells).values()]


def test_six_ways_and_five_channels() -> None:
    assert len({value for _, value in LEAD_WAYS}) == 6
    assert len({value for _, value in LEAD_CHANNELS}) == 5
    six = ["企业登记找", "年报工作找", "市场监管找", "电话联系找", "走访上门找", "党员互动找"]
    assert len({dict(LEAD_WAYS)[label] for label in six}) == 6


def test_a_lead_is_of_nobody_until_a_roster_says_so() -> None:
    assert FeedKind.LEADS not in (*MEMBER_SIDE, *PERSON_SIDE)


def test_leads_as_an_office_writes_them(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["2016年6月党员线索登记表"],
        _HEADER,
        _row("电话找", 渠道="电话", 结果="确认是党员"),
        _row("走访", 渠道="联络站", 人="同事", 姓名="", 电话="13900001234", 结果="待核实"),
        _row("年报找", 渠道="登记窗口", 姓名="", 单位="文昌海风商行", 结果="移交", 注="年报填 2 人"),
    ]
    found = take(write_xlsx(tmp_path / "l.xlsx", {"线索": rows}), FeedKind.LEADS)
    columns = ["way", "channel", "found_on", "informant", "name", "mobile", "entity_name", "outcome", "remark"]
    assert found.rows[columns].to_numpy().tolist() == [
        ["phone", "calls", "2016-06-01", "self", "王明", None, None, "confirmed", None],
        ["visit", "service_point", "2016-06-01", "colleague", None, "13900001234", None, "open", None],
        [
            "annual_report",
            "registration_platform",
            "2016-06-01",
            "self",
            None,
            None,
            "文昌海风商行",
            "handed_over",
            "年报填 2 人",
        ],
    ]
    assert found.notes.empty


def test_a_lead_that_names_nobody_and_nothing_is_rejected_and_an_unknown_way_is_noted(tmp_path: Path) -> None:
    rows = [_HEADER, _row("走访", 姓名=""), _row("托梦"), _row("走访", 日期="")]
    found = take(write_csv(tmp_path / "l.csv", rows), FeedKind.LEADS)
    assert found.rows["source_row"].tolist() == [3]
    assert found.rows["way"].tolist() == [None]
    assert found.notes["reason_code"].tolist() == ["W307_CODE_UNKNOWN"]
    assert found.rejected["field"].tolist() == ["name", "found_on"]


def test_a_county_without_leads_may_deliver_an_empty_list(tmp_path: Path) -> None:
    assert take(write_csv(tmp_path / "l.csv", [_HEADER]), FeedKind.LEADS).rows.empty
