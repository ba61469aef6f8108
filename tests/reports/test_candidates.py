"""What an analyst sees of a candidate: masked, and explained in one line."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.candidates import match_keys, shown
from tests.reports.builders import MEMBER_ID, MEMBER_MOBILE, pair, pairs, record, records


def test_shown_is_masked_and_complete() -> None:
    row = record(
        "a", id_no=MEMBER_ID, birth="1900-01-01", mobile=MEMBER_MOBILE, employer="“渔家”\\店", township="龙楼镇"
    )
    assert json.loads(shown(records(row))["a"]) == {
        "name": "王小明",
        "id": "469005********1239",
        "birth": "1900-01",
        "mobile": "129****0001",
        "employer": "“渔家”\\店",
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


def test_a_match_key_says_what_speaks_for_and_against() -> None:
    levels = {"gamma_name": 3, "gamma_mobile": 0, "gamma_employer": 1, "gamma_id_no": -1, "gamma_own_rule": 1}
    bars = {
        "mw_name": 8.0,
        "mw_mobile": -3.0,
        "mw_employer": 0.4,
        "mw_id_no": 0.0,
        "mw_own_rule": 1.0,
        "mw_prior": -9.0,
    }
    table = pairs(pair("a", "b", **{name: np.int8(level) for name, level in levels.items()}, **bars))
    assert match_keys(table).tolist() == ["+姓名 -手机 ~单位 +own_rule"]


def test_nothing_compared_gives_an_empty_key() -> None:
    table = pairs(pair("a", "b", gamma_name=np.int8(-1), mw_name=0.0))
    assert match_keys(table).tolist() == [""]
