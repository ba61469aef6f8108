"""Evidence as JSON text: what a reader of JSON gets back, whatever the values hold."""

from __future__ import annotations

import json

import pandas as pd

from rules.firings import document_evidence, joined, record_evidence, row_evidence

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
