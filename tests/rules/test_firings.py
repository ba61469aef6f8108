"""Evidence as JSON text: what a reader of JSON gets back, whatever the values hold."""

from __future__ import annotations

import hashlib
import json

import numpy as np
import pandas as pd

from data.digests import spelled
from rules.firings import (
    as_findings,
    document_evidence,
    finding_ids,
    firings,
    joined,
    record_evidence,
    row_evidence,
)

ODD = 'a"b\\c\n名册'


def test_row_evidence_points_to_the_row() -> None:
    rows = pd.DataFrame(
        {"source": ["r", "r"], "source_file": [ODD, "b.xlsx"], "source_sheet": ["", None], "source_row": [2, 30]}
    )
    told = [json.loads(one) for one in row_evidence(rows, "看“这”行")]
    assert told == [
        {"source": "r", "file": ODD, "sheet": "", "row": 2, "what": "看“这”行"},
        {"source": "r", "file": "b.xlsx", "sheet": None, "row": 30, "what": "看“这”行"},
    ]
    assert list(told[0]) == ["source", "file", "sheet", "row", "what"]
    assert row_evidence(rows[:0], "nothing") == []


def test_records_and_documents_keep_their_texts_and_nulls() -> None:
    assert json.loads(record_evidence(pd.Series(["e1"]), [ODD])[0]) == {"unique_id": "e1", "what": ODD}
    found = document_evidence(pd.Series([None, "文〔2016〕1号"], dtype=object), ["no paper", "decided"])
    assert [json.loads(one) for one in joined(found)] == [
        [{"document": None, "what": "no paper"}],
        [{"document": "文〔2016〕1号", "what": "decided"}],
    ]


def test_a_list_of_one_object_or_of_none() -> None:
    assert joined(['{"a": 1}', ""]) == ['[{"a": 1}]', "[]"]
    assert joined(["1", ""], ["2", "3"]) == ["[1, 2]", "[3]"]


def test_findings_have_an_id_by_rule_and_subject_and_no_number_of_a_person() -> None:
    subjects = pd.DataFrame(
        {"unique_id": [f"e{n}" for n in range(400)] + [None], "person_id": ["p"] * 401}, dtype=object
    )
    messages = np.array(["13900000001", "电话13900000001。", "2016年"] + ["0123456789"] * 398, dtype=object)
    found = as_findings("F99", firings(subjects, message=messages))
    digest = hashlib.blake2b(b"F99\x1fe7", digest_size=8).hexdigest()
    assert found["finding_id"][7] == "F" + spelled(digest)
    assert found["finding_id"][400] == finding_ids("F99", pd.Series(["p"]))[0]
    assert found["finding_id"].is_unique
    assert found["finding_id"].str.len().eq(17).all()
    assert not found["finding_id"].str.contains("[0-9]{8}").any()
    assert found["message"].tolist()[:4] == ["139****0001", "电话139****0001。", "2016年", "0123456789"]
    assert as_findings("F99", firings(subjects[:0], message="")).empty
