from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from data.values.coded import Coded
from matching.golden_record import FIELDS, golden_records
from tests.matching.builders import frame, id_number, record

ID_NO = id_number("1901-02-03", 1)
ROSTER = (
    "category",
    "party_status",
    "is_floating",
    "flow_to",
    "flow_since",
    "is_lost",
    "lost_since",
    "dues_to",
    "registered_on",
    "remark",
    "full_on",
)


def _records(*rows: dict[str, Any]) -> pd.DataFrame:
    plain = [{name: value for name, value in row.items() if name not in ROSTER} for row in rows]
    out = frame(*(record(**row) for row in plain))
    for name in ROSTER:
        out[name] = pd.Series([row.get(name) for row in rows], dtype=object)
    return out


def _golden(*rows: dict[str, Any]) -> pd.Series:
    records = _records(*rows)
    links = pd.DataFrame({"unique_id": records["unique_id"], "person_id": "P1"}, dtype=object)
    found = golden_records(records, links)
    assert len(found) == 1
    return found.iloc[0]


def test_later_registration_holds_the_formal_relation() -> None:
    found = _golden(
        {
            "unique_id": "a",
            "name": "陈小明",
            "branch": "旧支部",
            "registered_on": "2010",
            "is_lost": "yes",
            "lost_since": "2014",
        },
        {"unique_id": "b", "name": "陈小明", "branch": "新支部", "registered_on": "2015-03-01", "is_lost": "no"},
    )
    assert (found["branch"], found["unique_id"], found["n_branches"]) == ("新支部", "b", 2)
    assert (found["is_lost"], found["lost_since"], found["lost_since_from"]) == ("no", None, None)


def test_row_that_has_let_go_is_no_anchor() -> None:
    found = _golden(
        {
            "unique_id": "a",
            "name": "陈小明",
            "branch": "旧支部",
            "registered_on": "2016",
            "party_status": "transferred_out",
        },
        {"unique_id": "b", "name": "陈小明", "branch": "新支部", "registered_on": "2015", "party_status": "normal"},
    )
    assert (found["branch"], found["party_status"], found["n_branches"]) == ("新支部", "normal", 1)


def test_terminal_status_wins_unless_admitted_anew() -> None:
    normal = {"unique_id": "b", "name": "陈小明", "registered_on": "2015", "party_status": "normal", "join_on": "1990"}
    for status in ("deceased", "expelled", "removed", "probation_cancelled"):
        left = {"unique_id": "a", "name": "陈小明", "registered_on": "2001", "party_status": status, "join_on": "1990"}
        found = _golden(left, normal)
        assert (found["party_status"], found["party_status_from"]) == (status, "a")
        anew = _golden(left, {**normal, "join_on": "2012"})
        assert anew["party_status"] == ("deceased" if status == "deceased" else "normal")


def test_valid_number_before_invalid_whoever_wrote_it() -> None:
    found = _golden(
        {"unique_id": "a", "name": "陈小明", "id_no": ID_NO[:-1] + "0", "id_status": "checksum"},
        {"unique_id": "b", "name": "陈小明", "id_no": ID_NO, "id_status": "valid", "kind": "enterprise_persons"},
    )
    assert (found["id_no"], found["id_status"], found["id_no_from"], found["id_status_from"]) == (
        ID_NO,
        "valid",
        "b",
        "b",
    )


def test_facts_roster_first_then_whole_then_majority() -> None:
    found = _golden(
        {"unique_id": "a", "name": "陈小?", "birth": "1901", "sex": "男"},
        {"unique_id": "b", "name": "陈小明", "birth": "1901-02", "sex": "女"},
        {"unique_id": "c", "name": "陈晓明", "sex": "男"},
        {"unique_id": "d", "name": "陈晓明", "kind": "claims", "birth": "1901-02-03"},
        {"unique_id": "e", "name": "陈晓明", "kind": "enterprise_persons"},
    )
    assert (found["name"], found["birth"], found["sex"]) == ("陈晓明", "1901-02", "男")


def test_members_and_claims_only() -> None:
    records = _records(
        {"unique_id": "a", "name": "陈小明", "kind": "claims"},
        {"unique_id": "b", "name": "王芳"},
        {"unique_id": "c", "name": "林海", "kind": "enterprise_persons"},
    )
    links = pd.DataFrame({"unique_id": ["a", "b"], "person_id": ["P2", "P1"]}, dtype=object)
    found = golden_records(records, links)
    assert found["person_id"].tolist() == ["P1", "P2"]
    assert found["is_member"].tolist() == [True, False]
    assert found["id_status"].tolist() == ["missing", "missing"]
    assert found["n_branches"].tolist() == [0, 0]


def test_coded_columns_say_the_same() -> None:
    records = _records(
        {"unique_id": "a", "name": "陈小明", "birth": "1901", "party_status": "expelled", "join_on": "1990"},
        {"unique_id": "b", "name": "陈小?", "birth": "1901-02", "party_status": "normal", "join_on": "2001"},
        {"unique_id": "c", "name": "林海", "id_no": ID_NO},
    )
    links = pd.DataFrame({"unique_id": ["a", "b", "c"], "person_id": ["P1", "P1", "P2"]}, dtype=object)
    coded = records.assign(**{name: Coded.of(records[name]).series() for name in records if name in FIELDS})
    pd.testing.assert_frame_equal(golden_records(coded, links), golden_records(records, links))


def test_no_persons() -> None:
    found = golden_records(
        _records({"unique_id": "a", "name": "陈小明"}), pd.DataFrame({"unique_id": [], "person_id": []}, dtype=object)
    )
    assert found.empty
    assert {"is_member", "n_branches", *FIELDS, *(f"{field}_from" for field in FIELDS)} <= set(found.columns)


VALUES: dict[str, list[Any]] = {
    "name": ["陈小明", "陈小?", "陈晓明"],
    "kind": ["member_roster", "claims", "enterprise_persons"],
    "birth": [None, "1901", "1901-02-03"],
    "branch": [None, "甲支部", "乙支部"],
    "party_status": [None, "normal", "transferred_out", "deceased"],
    "registered_on": [None, "2010", "2015-03"],
    "id_no": [None, ID_NO, ID_NO[:-1] + "1"],
}
ROWS = st.lists(
    st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VALUES.items()}), min_size=1, max_size=7
)


@settings(max_examples=40, deadline=None)
@given(ROWS, st.integers(0, 1000))
def test_order_of_records_does_not_matter_and_values_come_from_records(rows: list[dict[str, Any]], seed: int) -> None:
    records = _records(*({"unique_id": f"u{i}", **row} for i, row in enumerate(rows)))
    links = pd.DataFrame(
        {"unique_id": records["unique_id"], "person_id": [f"P{i % 2}" for i in range(len(rows))]}, dtype=object
    )
    found = golden_records(records, links)
    turned = np.random.default_rng(seed).permutation(len(rows))
    pd.testing.assert_frame_equal(found, golden_records(records.iloc[turned], links.iloc[turned[::-1]]))
    by_id = records.set_index("unique_id")
    for field in ("name", "birth", "branch", "party_status", "id_no"):
        for value, source in zip(found[field], found[f"{field}_from"], strict=True):
            assert (value is None) == (source is None)
            assert value is None or by_id.loc[source, field] == value
