from __future__ import annotations

import pandas as pd

from matching.explain import match_key, match_keys
from matching.spec import load_spec

SPEC = load_spec()


def pair(**levels_and_bits: tuple[int, float]) -> dict[str, float]:
    row: dict[str, float] = {}
    for name in SPEC.names():
        row[f"gamma_{name}"], row[f"mw_{name}"] = levels_and_bits.get(name, (-1, 0.0))
    return row


def test_key_says_what_speaks_for_and_against() -> None:
    row = pair(name=(5, 8.0), id_no=(5, 16.0), sex=(1, 1.0), mobile=(0, -1.5), place=(1, -1.0))
    assert match_key(row, SPEC) == "+姓名(音同)+证件(错一位或换位)+性别-手机-乡镇(同市县)"
    assert match_key(pair(name=(7, 10.0)), SPEC) == "+姓名"
    slips = pair(name=(4, 3.0), id_no=(3, 9.0), home=(1, 0.5))
    assert match_key(slips, SPEC) == "+姓名(音近)+证件(错两位)+住址(同村异号)"
    assert match_key(pair(id_no=(2, 6.0), home=(2, 4.0)), SPEC) == "+证件(均有效差两位)+住址(缺门牌)"
    assert match_key(pair(), SPEC) == ""


def test_the_sign_is_that_of_the_bar() -> None:
    assert match_key(pair(name=(2, 0.5)), SPEC) == "+姓名(差一字)"
    assert match_key(pair(name=(2, -0.5)), SPEC) == "-姓名(差一字)"


def test_keys_of_a_frame_follow_its_rows() -> None:
    rows = [pair(name=(7, 9.0)), pair(mobile=(2, 18.0)), pair(name=(7, 9.0))]
    frame = pd.DataFrame(rows, index=[7, 8, 9])
    assert match_keys(frame, SPEC).to_dict() == {7: "+姓名", 8: "+手机", 9: "+姓名"}
    assert match_keys(frame.iloc[:0], SPEC).tolist() == []
