"""The ledgers as the office opens them: everybody once, numbers masked, hidden members nowhere named."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data.contracts.frames import empty_frame
from reports.ledger_tables import LedgerTables
from reports.ledgers import write_ledgers
from tests.reports.builders import AS_OF, classification, classifications, frame, ledger_tables, members, wenchang
from tests.reports.sheets import all_text, column, holds_number_of_a_person, page, values

MEMBERS, DEVELOPMENT, ORGANIZATIONS, TASKS = "党员信息台账", "发展党员台账", "党组织工作台账", "本支部联系任务"
RELATIONS = "组织关系台账"


def ledgers(folder: Path, tables: LedgerTables, as_of: date = AS_OF) -> dict[str, Path]:
    return {path.stem: path for path in write_ledgers(folder, tables, as_of, "文昌市")}


def people(*rows: dict[str, Any]) -> pd.DataFrame:
    """Golden records P1, P2 ... of members."""
    given = {"name": "王小明", "category": "formal", "party_status": "normal"}
    return frame({"employer": None}, [{**given, "person_id": f"P{i}", **row} for i, row in enumerate(rows, start=1)])


def of(golden: pd.DataFrame, **tables: pd.DataFrame) -> LedgerTables:
    """Tables in which every golden record is a classified member unless told otherwise."""
    classified = tables.pop("classifications", None)
    if classified is None:
        classified = classifications(*(classification(person_id) for person_id in golden["person_id"]))
    return ledger_tables(classified, members=golden, **tables)


def life(*rows: tuple[str, str, str, str | None]) -> pd.DataFrame:
    """person_id, held_on, event, is_present."""
    return pd.DataFrame(rows, columns=["person_id", "held_on", "event", "is_present"], dtype=object)


def test_the_county_of_the_report(tmp_path: Path) -> None:
    paths = ledgers(tmp_path, ledger_tables(wenchang()))
    classes = pd.Series(column(paths[MEMBERS], MEMBERS, "类别")).value_counts()
    assert classes.to_dict() == {"正常过组织生活": 400, "流动党员": 99, "失联党员": 10, "口袋党员": 5}
    rows = pd.DataFrame(values(paths[ORGANIZATIONS], ORGANIZATIONS))
    sums = rows[["党员数", "正式党员", "预备党员", "流动", "口袋", "失联", "正常", "情况不明"]].sum()
    assert sums.tolist() == [514, 503, 11, 99, 5, 10, 400, 0]
    assert column(paths[DEVELOPMENT], DEVELOPMENT, "状态") == ["预备期内"] * 11
    assert values(paths[TASKS], TASKS) == []


def test_a_line_of_the_members_ledger(tmp_path: Path) -> None:
    tables = ledger_tables(classifications(classification("P1", "lost", entity_id="E7", reason="查找两次均未联系上")))
    path = ledgers(tmp_path, tables)[MEMBERS]
    assert values(path, MEMBERS) == [
        {
            "序号": 1.0,
            "姓名": "王小明",
            "性别": "男",
            "公民身份号码": "469005********1239",
            "出生年月": "1900-01",
            "人员类别": "预备党员",
            "所在党支部": "龙楼镇商会党支部",
            "乡镇": "龙楼镇",
            "工作单位": "文昌龙楼第7海鲜餐饮服务有限公司",
            "主体类型": "小微企业",
            "类别": "失联党员",
            "依据": "查找两次均未联系上",
            "手机": "129****0001",
            "确认状态": "待确认",
            "核实结果": "",
            "备注": "",
            "记录键": "P1",
        }
    ]
    sheet = page(path, MEMBERS)
    assert sheet["A2"].value == "填报单位：文昌市    截止日期：2016年6月16日"
    assert sheet.freeze_panes == "C4"
    assert sheet["D4"].number_format == "@"
    assert sheet.data_validations.dataValidation[0].formula1 == '"属实,信息有变,不属实,联系不上"'


def test_no_number_in_any_ledger_and_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    tables = ledger_tables(wenchang())
    turned = LedgerTables(**{f.name: getattr(tables, f.name).iloc[::-1] for f in dataclasses.fields(tables)})
    one, two = ledgers(tmp_path / "one", tables), ledgers(tmp_path / "two", turned)
    assert list(one) == [MEMBERS, DEVELOPMENT, ORGANIZATIONS, TASKS, RELATIONS]
    for name, path in one.items():
        assert path.read_bytes() == two[name].read_bytes()
        assert not holds_number_of_a_person(path)


def test_a_member_without_a_matched_entity_shows_the_employer_as_written(tmp_path: Path) -> None:
    path = ledgers(tmp_path, of(people({"employer": "渔家乐"})))[MEMBERS]
    assert column(path, MEMBERS, "工作单位") == ["渔家乐"]


def test_suspended_members_say_so(tmp_path: Path) -> None:
    path = ledgers(tmp_path, of(people({"party_status": "suspended"}, {"party_status": None})))[MEMBERS]
    assert sorted(map(str, column(path, MEMBERS, "备注"))) == ["", "停止党籍"]


def test_hidden_members_look_like_the_others(tmp_path: Path) -> None:
    """Guard-rail 4: nothing in the three ledgers tells a hidden member from a regular one of the same record."""
    kinds = [("hidden", "hidden|normal"), ("normal", "normal"), ("hidden", "contact_overdue|hidden"), ("unknown", "")]
    rows = [classification(f"P{i}", c, reason=f"依据{c}", flags=flags) for i, (c, flags) in enumerate(kinds, start=1)]
    held = life(("P1", "2016-05-20", "meeting", "yes"), ("P2", "2016-05-20", "meeting", "yes"),
                ("P3", "2015-11-01", "dues", None), ("P4", "2015-11-01", "dues", None))  # fmt: skip
    golden = people(*({"name": "王小明"} for _ in rows))
    paths = ledgers(tmp_path, of(golden, classifications=classifications(*rows), org_life=held))
    shown = {row["记录键"]: (row["类别"], row["依据"]) for row in values(paths[MEMBERS], MEMBERS)}
    assert shown["P1"] == shown["P2"] == ("正常过组织生活", "最近组织生活或党费：2016-05-20")
    assert shown["P3"] == shown["P4"] == ("情况不明", "最近组织生活或党费：2015-11-01")
    for name in (MEMBERS, DEVELOPMENT, ORGANIZATIONS, TASKS):
        assert "隐形" not in all_text(paths[name])
        assert "hidden" not in "".join(str(row) for row in values(paths[name], name))
    counts = values(paths[ORGANIZATIONS], ORGANIZATIONS)[0]
    assert (counts["正常"], counts["情况不明"]) == (2, 2)


def test_the_private_task_names_no_employer_and_starts_a_page_for_each_branch(tmp_path: Path) -> None:
    rows = [
        classification(f"P{i}", "hidden", branch=branch, entity_id="E1") for i, branch in enumerate("乙甲乙", start=1)
    ]
    path = ledgers(tmp_path, of(people({}, {}, {}), classifications=classifications(*rows)))[TASKS]
    assert column(path, TASKS, "所在党支部") == ["乙", "乙", "甲"]
    assert "海鲜" not in all_text(path)
    sheet = page(path, TASKS)
    assert len(sheet.row_breaks.brk) == 1
    assert "不得告知用人单位" in str(sheet["A2"].value)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"category": "probationary", "join_on": "2015-06-17"}, ("2016-06-17", "预备期内", "")),
        ({"category": "probationary", "join_on": "2015-06-16"}, ("2016-06-16", "预备期已满待转正", "")),
        ({"category": "probationary", "join_on": "2015-06"}, ("2016-06", "预备期内", "")),
        ({"category": "probationary", "join_on": "2015-05"}, ("2016-05", "预备期已满待转正", "")),
        ({"category": "probationary", "join_on": "2014-06-15"},
         ("2015-06-15", "预备期已满待转正", "预备期满已超过一年，未见转正或延长的决定")),
        ({"category": "probationary", "join_on": "2012-02-29"},
         ("2013-02-28", "预备期已满待转正", "预备期满已超过一年，未见转正或延长的决定")),
        ({"category": "probationary", "join_on": None}, ("", "预备期内", "未填入党日期")),
        ({"join_on": "2014-07-01", "full_on": "2015-06-17"}, ("2015-07-01", "已转正", "")),
        ({"join_on": "2014-07-01", "full_on": "2015-06"}, ("2015-07-01", "已转正", "")),
        ({"join_on": "2014-07-01", "full_on": "2015-06-16"}, None),
        ({"join_on": "2001-07", "full_on": "2002-07"}, None),
        ({"join_on": "2001-07", "full_on": None}, None),
    ],
)  # fmt: skip
def test_probation(tmp_path: Path, row: dict[str, Any], expected: tuple[str, str, str] | None) -> None:
    path = ledgers(tmp_path, of(people(row)))[DEVELOPMENT]
    found = [(line["预备期满日"], line["状态"], line["备注"]) for line in values(path, DEVELOPMENT)]
    assert found == ([] if expected is None else [expected])


def test_who_is_not_yet_admitted_is_listed_once(tmp_path: Path) -> None:
    golden = people({"name": "甲", "category": "activist"}, {"name": "乙"}, {"name": "丙", "category": "formal"})
    claims = frame({}, [
        {"unique_id": "u1", "person_id": "P1", "name": "甲", "category": "activist"},
        {"unique_id": "u2", "person_id": None, "name": "丁", "category": "applicant"},
        {"unique_id": "u3", "person_id": None, "name": "戊", "category": "not_member"},
        {"unique_id": "u4", "person_id": "P2", "name": "乙", "category": "activist"},
    ])  # fmt: skip
    tables = of(golden, classifications=classifications(classification("P2")), claims=claims)
    path = ledgers(tmp_path, tables)[DEVELOPMENT]
    rows = [(row["姓名"], row["状态"], row["备注"], row["记录键"]) for row in values(path, DEVELOPMENT)]
    assert rows == [
        ("丁", "入党申请人", "见摸底名单，尚未入党", "u2"),
        ("甲", "入党积极分子", "见花名册，尚未入党", "P1"),
    ]


def test_organisation_life_of_the_half_year(tmp_path: Path) -> None:
    held = life(
        ("P1", "2016-06-16", "meeting", "yes"),
        ("P1", "2016-03-01", "meeting", None),
        ("P2", "2016-03-01", "meeting", "yes"),
        ("P3", "2016-03-02", "meeting", "no"),  # not there
        ("P3", "2016-03-03", "dues", "yes"),  # dues are no meeting
        ("P4", "2015-12-16", "meeting", "yes"),  # six months to the day: over
        ("P4", "2016-06-17", "meeting", "yes"),  # not yet
    )
    row = values(ledgers(tmp_path, of(people({}, {}, {}, {}), org_life=held))[ORGANIZATIONS], ORGANIZATIONS)[0]
    assert (row["近半年组织生活次数"], row["最近一次组织生活"], row["半年参加率"]) == (2, "2016-06-16", 0.5)


def test_every_member_is_counted_in_some_organisation(tmp_path: Path) -> None:
    rows = [
        classification("P1"),
        classification("P2", branch=None),
        classification("P3", branch="野支部"),
        classification("P4", branch="旧支部"),
    ]
    orgs = frame({"secretary": None}, [
        {"org_name": "龙楼镇商会党支部", "org_kind": "non_public", "township": "龙楼镇", "dissolved_on": None},
        {"org_name": "空支部", "org_kind": "village", "township": "龙楼镇", "dissolved_on": None},
        {"org_name": "已撤支部", "org_kind": "village", "township": "龙楼镇", "dissolved_on": "2015-01-01"},
        {"org_name": "旧支部", "org_kind": "village", "township": "龙楼镇", "dissolved_on": "2015-01-01"},
    ])  # fmt: skip
    tables = of(people({}, {}, {}, {}), classifications=classifications(*rows), organizations=orgs)
    lines = values(ledgers(tmp_path, tables)[ORGANIZATIONS], ORGANIZATIONS)
    found = {row["党组织名称"]: (row["党员数"], row["备注"], row["组织类别"]) for row in lines}
    assert found == {
        "龙楼镇商会党支部": (1, "", "非公有制企业"),
        "空支部": (0, "", "农村"),
        "旧支部": (1, "已于2015-01-01撤销，仍有党员", "农村"),
        "野支部": (1, "未在党组织名册", ""),
        "（未填所在党支部）": (1, "未在党组织名册", ""),
    }
    assert next(row for row in lines if row["党组织名称"] == "空支部")["半年参加率"] == ""


def test_nobody_at_all(tmp_path: Path) -> None:
    empty = LedgerTables(
        members(wenchang())[:0],
        classifications(),
        empty_frame(["entity_id", "entity_name"]),
        empty_frame(["org_name"]),
        empty_frame(["person_id", "held_on", "event", "is_present"]),
        empty_frame(["unique_id", "person_id", "name", "category"]),
    )
    for name, path in ledgers(tmp_path, empty).items():
        assert values(path, name) == []


def test_no_code_of_a_program_is_shown_to_an_office(tmp_path: Path) -> None:
    """Categories, classes and populations appear in words."""
    paths = ledgers(tmp_path, ledger_tables(wenchang()))
    for name in (MEMBERS, DEVELOPMENT, ORGANIZATIONS):
        for row in values(paths[name], name):
            words = [str(v) for k, v in row.items() if k != "记录键" and not isinstance(v, float | np.floating)]
            assert not [word for word in words if word.isascii() and word.replace("_", "").isalpha()]
