"""What an analyst sees of a candidate: masked, and explained in one line."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.candidates import candidate_ids, candidate_json, shown, turned_marks
from tests.reports.builders import MEMBER_ID, MEMBER_MOBILE, record, records


def test_shown_is_masked_and_complete() -> None:
    row = record(
        "a",
        id_no=MEMBER_ID,
        birth="1900-01-01",
        mobile=MEMBER_MOBILE,
        employer="“渔家”\\店",
        township="龙楼镇",
        area="469005",
    )
    assert json.loads(shown(records(row))["a"]) == {
        "name": "王小明",
        "id": "469005********1239",
        "birth": "1900-01",
        "mobile": "129****0001",
        "employer": "“渔家”\\店",
        "area": "469005",
        "township": "龙楼镇",
        "source_file": "rosters/龙楼镇.xlsx",
        "sheet": "党员",
        "row": 5,
    }


@pytest.mark.parametrize(
    ("values", "birth"),
    [
        ({"birth": "1985"}, "1985"),
        ({"birth": None, "id_no": MEMBER_ID}, "1900-01"),
        ({"birth": None, "id_no": MEMBER_ID, "id_status": "checksum"}, None),
        ({"birth": "1985-07", "id_no": MEMBER_ID}, "1985-07"),
        ({"birth": None, "id_no": None, "id_status": "missing"}, None),
    ],
)
def test_birth_is_as_stated_else_from_a_valid_number(values: dict[str, Any], birth: str | None) -> None:
    assert json.loads(shown(records(record("a", **values)))["a"])["birth"] == birth


@given(st.text(max_size=12), st.one_of(st.none(), st.text(max_size=12)))
@settings(max_examples=50, deadline=None)
def test_any_text_gives_valid_json(name: str, employer: str | None) -> None:
    rows = records(record("a", name=name, employer=employer), record("b"))
    made = json.loads(shown(rows)["a"])
    assert (made["name"], made["employer"]) == (name, employer)


def test_marks_are_told_from_the_side_of_the_record_asked_about() -> None:
    marks = pd.Series(['[["name",1,null,"缺字",null],["id_no",14,14,"错一位","l"]]', "[]"], dtype=object)
    turned = turned_marks(marks)
    assert json.loads(turned[0]) == [["name", None, 1, "多字", None], ["id_no", 14, 14, "错一位", "r"]]
    assert turned[1] == "[]"
    assert json.loads(turned_marks(turned)[0]) == json.loads(marks[0])


@given(st.lists(st.lists(st.sampled_from(["a", "b1", '{"unique_id":"x"}', '"unique_id":"', "\\"]), max_size=3)))
@settings(max_examples=50, deadline=None)
def test_the_ids_of_candidates_are_found_whatever_a_cell_says(told: list[list[str]]) -> None:
    texts = []
    for names in told:
        rows = records(*(record(f"u{n}", name=name) for n, name in enumerate(names))) if names else None
        other = [f"u{n}" for n in range(len(names))]
        frame = pd.DataFrame(
            {"other_id": other, "match_weight": 1.5, "match_probability": 0.5}, index=range(len(other))
        )
        frame = frame.assign(match_key="", marks="[]", bars='[["姓名",null,1.5]]', former=None)
        frame["other_shown"] = [] if rows is None else shown(rows).to_list()
        texts.append("[" + ",".join(candidate_json(frame)) + "]" if names else "[]")
    found = candidate_ids(pd.Series(texts, dtype=object))
    assert found.to_list() == [row["unique_id"] for text in texts for row in json.loads(text)]
