from __future__ import annotations

import json
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest

from data.model import IdStatus
from matching.explain import Bar, bars_of, match_key, match_keys
from matching.spec import load_spec
from tests.matching.builders import SHOP, id_number, match, record

SPEC = load_spec()
A = id_number("1900-01-01", 1)
SWAPPED = A[:11] + A[12] + A[11] + A[13:]


def pair(bits: Mapping[str, float], **levels: str) -> dict[str, float]:
    """A pair with the levels and bars given, everything else missing."""
    row = {f"gamma_{name}": -1.0 for name in SPEC.names()} | {f"mw_{name}": 0.0 for name in SPEC.names()}
    row |= {f"gamma_{name}": float(SPEC.comparison(name).level(level)) for name, level in levels.items()}
    return row | {f"mw_{name}": value for name, value in bits.items()}


def test_key_says_what_speaks_for_and_against() -> None:
    row = pair({"mobile": -1.5}, name="same_reading", id_no="exact", mobile="different", place="same_area")
    assert match_key(row, SPEC) == "+姓名(音同)+证件-手机+乡镇(同市县)"
    assert match_key(row, SPEC, {"id_no": "15位升18位"}) == "+姓名(音同)+证件(15位升18位)-手机+乡镇(同市县)"
    assert match_key(pair({}), SPEC) == ""


def test_the_sign_is_that_of_the_bar() -> None:
    for_, against = pair({"place": 0.25}, place="same_area"), pair({"place": -0.25}, place="same_area")
    assert (match_key(for_, SPEC)[0], match_key(against, SPEC)[0]) == ("+", "-")


def test_keys_of_a_frame_follow_its_rows() -> None:
    rows = [pair({}, name="exact"), pair({}, mobile="exact"), pair({}, name="exact")]
    frame = pd.DataFrame(rows, index=[7, 8, 9])
    assert match_keys(frame, SPEC).to_dict() == {7: "+姓名", 8: "+手机", 9: "+姓名"}
    words = {"name": np.array(["繁简", "", ""], dtype=object)}
    assert match_keys(frame, SPEC, words).to_dict() == {7: "+姓名(繁简)", 8: "+手机", 9: "+姓名"}
    assert match_keys(frame.iloc[:0], SPEC).tolist() == []


@pytest.fixture(scope="module")
def found() -> dict[str, object]:
    """A member and the same man at a shop: another form, a homophone, two digits of his number swapped."""
    result = match(
        record("x1", name="陈小明", sex="男", id_no=A, mobile="13700000001"),
        record("x2", name="陳晓明", sex="男", id_no=SWAPPED, id_status=IdStatus.CHECKSUM, mobile="13700000001", **SHOP),
    )
    row = result.pairs[result.pairs["unique_id_l"] == "x1"].iloc[0]
    return {str(name): value for name, value in row.items()}


def test_a_pair_says_how_its_values_relate(found: dict[str, object]) -> None:
    assert str(found["match_key"]).startswith("+姓名(音同)+证件(换位)")
    assert "+手机" in str(found["match_key"])
    marks = json.loads(str(found["marks"]))
    assert ["id_no", 11, 12, "换位", "r"] in marks
    assert ["name", 1, 1, "音同", None] in marks


def test_bars_sum_to_the_weight_and_name_every_comparison(found: dict[str, object]) -> None:
    bars = bars_of(found, SPEC)
    assert sum(bar.bits for bar in bars) == sum(bar.bits for bar in reversed(bars)) == found["match_weight"]
    by_name = {bar.comparison: bar for bar in bars}
    assert by_name["id_no"] == Bar("id_no", "证件", "one_slip", "换位", "换位", by_name["id_no"].bits)
    assert by_name["prior"].title == "先验"
    assert by_name["mobile"].word == ""
    assert "home" not in by_name
    # What was written with nine decimals comes back exactly.
    written = {name: round(value, 9) if isinstance(value, float) else value for name, value in found.items()}
    assert bars_of(written, SPEC) == bars


def test_no_digit_of_a_number_is_in_an_explanation(found: dict[str, object]) -> None:
    told = f"{found['match_key']}{found['marks']}{bars_of(found, SPEC)}"
    assert A not in told
    assert A[6:14] not in told
    assert "13700000001" not in told
