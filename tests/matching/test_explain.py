from __future__ import annotations

import pandas as pd

from matching.explain import match_key, match_keys
from matching.spec import load_spec

SPEC = load_spec()
NOTHING = dict.fromkeys(SPEC.names(), -1)


def test_key_says_what_speaks_for_and_against() -> None:
    levels = NOTHING | {"name": 4, "id_no": 3, "mobile": 0, "place": 1, "sex": 1}
    assert match_key(levels, SPEC) == "+姓名(音同)+证件(错一位或换位)+性别-手机-乡镇(同市县)"
    assert match_key(NOTHING | {"name": 6}, SPEC) == "+姓名"
    assert match_key(NOTHING | {"name": 1}, SPEC) == "-姓名(仅同姓)"
    assert match_key(NOTHING, SPEC) == ""


def test_keys_of_a_frame_follow_its_rows() -> None:
    rows = [NOTHING | {"name": 6}, NOTHING | {"mobile": 2}, NOTHING | {"name": 6}]
    frame = pd.DataFrame([{f"gamma_{k}": v for k, v in row.items()} for row in rows], index=[7, 8, 9]).astype("int8")
    keys = match_keys(frame, SPEC)
    assert keys.to_dict() == {7: "+姓名", 8: "+手机", 9: "+姓名"}
    assert match_keys(frame.iloc[:0], SPEC).tolist() == []
