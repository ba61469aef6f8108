"""Tables of forming: what may leave withholds small cells, what stays inside is complete, hidden members are nowhere."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from data.contracts.tables import REVIEW_QUEUE
from reports.forming_files import FORMING_FILES
from reports.forming_tables import (
    FormingTables,
    coverage_table,
    formation_items,
    forming_summary,
    proposal_reasons,
    survey_table,
)
from reports.forming_workbook import write_forming_book
from tests.reports.builders import AS_OF

RATES = [
    ("ORG_ALL", "covered", "covered|members_only|others"),
    ("ORG_MEMBERS", "covered", "covered|members_only"),
    ("WORK_ALL", "reached", "reached|unreached"),
]


def tables(members_only: int = 20) -> FormingTables:
    """Two towns; in the first the number of enterprises with members only is as given."""
    proposal = {"proposal_id": "P1", "state_key": "P1.a", "form": "area_joint", "is_blocked": True, "blocks": "floating",
                "area": "469005", "township": "龙楼镇", "level": "village", "n_units": 2, "n_members": 4, "n_formal": 3,
                "n_ready": 2, "host": None, "units": "E1|E2", "members": "p1|p2", "unit_names": "甲、乙",
                "citation": "条例"}  # fmt: skip
    nearest = {"person_id": "p3", "why": "floating", "area": "469005", "township": "龙楼镇", "branch": "红海村党支部",
               "host": None, "level": None}  # fmt: skip
    towns = [("文城镇", 50, members_only, 100), ("龙楼镇", 40, 30, 90), ("会文镇", 30, 20, 60)]
    parts = pd.DataFrame([
        {"breakdown": "township", "row": town, "covered": a, "members_only": b, "others": c, "reached": a + 9, "unreached": b + c - 9}
        for town, a, b, c in towns
    ])  # fmt: skip
    rates = pd.DataFrame([
        {"code": code, "version": "1", "title": code, "numerator": top, "denominator": below, "numerator_words": "甲",
         "denominator_words": "乙", "citation": "本项目口径"} for code, top, below in RATES
    ])  # fmt: skip
    surveys = pd.DataFrame([
        {"survey": "basics", "survey_title": "基本情况", "indicator": name, "title": name, "is_about_members": about,
         "area": "469005", "township": town, "population": None, "n": n}
        for name, about in (("n_entities", False), ("n_members_at_work", True))
        for town, n in (("文城镇", 3), ("龙楼镇", 40), ("会文镇", 50))
    ])  # fmt: skip
    sizes = pd.DataFrame({"population": ["market"], "section": ["F"], "size_class": ["micro"], "n": [1]})
    frames = [pd.DataFrame([row]).astype({"host": object, "level": object}) for row in (proposal, nearest)]
    return FormingTables(frames[0], frames[1], parts, rates, surveys, sizes)


def cell(table: pd.DataFrame, coverage: str, row: str) -> tuple[str, str, str]:
    line = table[(table["coverage"] == coverage) & (table["row"] == row)].iloc[0]
    return line["numerator"], line["denominator"], line["rate"]


def test_rates_with_their_parts() -> None:
    table = coverage_table(tables())
    assert cell(table, "ORG_ALL", "文城镇") == ("50", "170", "0.2941")
    assert cell(table, "ORG_MEMBERS", "total") == ("120", "190", "0.6316")
    assert cell(table, "WORK_ALL", "龙楼镇") == ("49", "160", "0.3063")


def test_a_small_part_is_withheld_wherever_it_could_be_worked_out() -> None:
    table = coverage_table(tables(members_only=2))
    assert cell(table, "ORG_MEMBERS", "文城镇") == ("*", "*", "*")
    # The reached are the covered and the instructed: they would give the covered away.
    assert cell(table, "ORG_ALL", "文城镇") == ("*", "152", "*")
    assert cell(table, "WORK_ALL", "文城镇") == ("*", "152", "*")
    # A second town is withheld too, else its column's total would tell.
    assert "*" in (cell(table, "ORG_MEMBERS", "龙楼镇")[1], cell(table, "ORG_MEMBERS", "会文镇")[1])


def test_small_counts_of_members_are_withheld_and_of_enterprises_not() -> None:
    table = survey_table(tables()).set_index(["indicator", "breakdown", "row"])["n"]
    assert table["n_entities", "township", "文城镇"] == "3"
    assert table["n_members_at_work", "township", "文城镇"] == "<5"
    assert table["n_members_at_work", "township", "龙楼镇"] == "*"
    assert table["n_members_at_work", "township", "total"] == "93"
    assert table["n_entities", "area", "total"] == "93"


def test_a_proposal_is_a_question_that_names_nobody() -> None:
    items = formation_items(tables().proposals)
    REVIEW_QUEUE.validate(items)
    assert list(items["kind"]) == ["formation"]
    assert list(items["unique_id"]) == ["P1.a"]
    assert list(items["person_id"]) == [None]
    assert list(proposal_reasons(tables().proposals)) == [
        "区域联建：甲、乙（同一村（社区）），正式党员 3 名，其中无待决事项 2 名，党员共 4 名；须先解决：有流动党员，须先转接组织关系"
    ]


def test_summary_counts_forms_blocks_and_seekers() -> None:
    found = forming_summary(tables())
    assert found["proposals"]["area_joint"] == found["blocked"]["area_joint"] == found["blocks"]["floating"] == 1
    assert found["proposals"]["own"] == found["blocks"]["letter_open"] == 0
    assert found["nearest"] == {"no_branch": 0, "branch_unlisted": 0, "letter_open": 0, "floating": 1}


@pytest.mark.parametrize("file", FORMING_FILES, ids=lambda file: file.name)
def test_every_file_has_its_columns(file: object) -> None:
    made = file.table(tables())  # type: ignore[attr-defined]
    assert set(file.columns) <= set(made.columns)  # type: ignore[attr-defined]
    assert len(made)


def test_the_workbook_marks_what_stays_inside(tmp_path: Path) -> None:
    members = pd.DataFrame({"person_id": ["p1", "p2", "p3"], "name": ["符一心", "陈二", "林三"]})
    path = write_forming_book(tmp_path, tables(), members, {"F": "批发和零售业"}, AS_OF, "文昌市")
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["覆盖率", "六个摸清", "规模和行业", "组建建议", "就近安排"]
    text = {name: str(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names}
    assert "符一心、陈二" in text["组建建议"]
    assert "林三" in text["就近安排"]
    for name in book.sheet_names[:3]:
        assert "符一心" not in text[name]
        assert "内部使用" not in text[name]
    assert all("内部使用" in text[name] for name in book.sheet_names[3:])
    assert "F 批发和零售业" in text["规模和行业"]
