"""The CSV files: contract columns first, sorted, masked, the same bytes whatever the order of the rows."""

from __future__ import annotations

import csv
import dataclasses
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from data.contracts.tables import PROVENANCE
from data.values.coded import Coded
from reports.outputs import (
    OUTPUT_FILES,
    RECORD_KEYS_FILE,
    STATISTICS_FILE,
    OutputTables,
    write_outputs,
)
from tests.reports.builders import MEMBER_ID, MEMBER_MOBILE, output_tables

#: The command line's contract, word for word (design: the command line, frozen).
CONTRACT = {
    "links.csv": "source, source_file, source_sheet, source_row, unique_id, person_id",
    "pairs.csv": "unique_id_l, unique_id_r, match_weight, match_probability, grade, decided_by",
    "classifications.csv": "person_id, primary_class, flags, area, branch",
    "findings.csv": "finding_id, rule_code, evidence_grade, unique_id, person_id, message, evidence",
    "rejected_rows.csv": "source, source_file, source_sheet, source_row, field, reason_code, message",
    "review_queue.csv": "item_id, kind, unique_id, candidates, priority, reason",
    "balance.csv": "level, area, township, branch, is_opening_stated, opening",
    "balance_differences.csv": "kind, area, township, branch, unique_id, person_id",
    "report_leads.csv": "unique_id, rule_code, entity_id, entity_name, township, area, message",
}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_the_files_and_columns_of_the_contract(tmp_path: Path) -> None:
    paths = write_outputs(tmp_path, output_tables())
    assert sorted(path.name for path in paths) == sorted([*CONTRACT, STATISTICS_FILE, RECORD_KEYS_FILE])
    assert sorted(contents(tmp_path)) == sorted(path.name for path in paths)
    for name, columns in CONTRACT.items():
        expected = columns.split(", ")
        assert rows_of(tmp_path / name)[0][: len(expected)] == expected


def test_utf8_without_mark_and_unix_lines(tmp_path: Path) -> None:
    write_outputs(tmp_path, output_tables())
    for name in CONTRACT:
        raw = (tmp_path / name).read_bytes()
        assert not raw.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in raw
        assert raw.endswith(b"\n")
        raw.decode("utf-8")


def test_values_are_written_one_way(tmp_path: Path) -> None:
    write_outputs(tmp_path, output_tables())
    pairs = pd.read_csv(tmp_path / "pairs.csv", dtype=str)
    assert pairs["match_probability"].tolist() == ["0.666666667", "0.666666667"]
    assert pairs["mw_name"].tolist() == ["0.100000000", "0.000000000"]  # never minus zero
    assert pairs["gamma_name"].tolist() == ["2", "3"]
    findings = pd.read_csv(tmp_path / "findings.csv", dtype=str, keep_default_na=False)
    assert findings["is_false_entry"].tolist() == ["true", "true"]
    assert findings["person_id"].tolist() == ["P1", ""]


def test_sorted_by_key_and_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    tables = output_tables()
    names = [field.name for field in dataclasses.fields(tables) if field.name != "forming"]
    turned = OutputTables(**{name: getattr(tables, name)[::-1] for name in names})
    write_outputs(tmp_path / "one", tables)
    write_outputs(tmp_path / "two", turned)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert pd.read_csv(tmp_path / "one" / "findings.csv")["finding_id"].tolist() == ["f1", "f2"]
    places = pd.read_parquet(tmp_path / "one" / RECORD_KEYS_FILE)
    names = ["source", "source_file", "source_sheet", "source_row", "unique_id", "block_name"]
    assert list(places) == names, "keys and positions, never values"
    assert places["unique_id"].tolist() == ["b1", "c1", "a1"]
    assert places["block_name"].dropna().tolist() == [7, 7]


def test_record_keys_are_sorted_by_place_whether_their_texts_are_coded_or_not(tmp_path: Path) -> None:
    tables = output_tables()
    places = [("b", "2.xlsx", "乙", 3), ("a", "9.csv", None, 2), ("b", "2.xlsx", "甲", 9), ("b", "10.xlsx", None, 2)]
    keys = pd.DataFrame(places, columns=[*PROVENANCE], dtype=object).astype({"source_row": "int64"})
    keys = keys.assign(unique_id=list("wxyz"), block_name=np.array([4, -1, 0, 5], dtype=np.int32))
    names = [*PROVENANCE[:-1], "unique_id"]
    coded = keys.assign(**{name: Coded.of(keys[name]).series(keys.index) for name in names})
    bare = keys.assign(source_sheet=None)
    for name, table in (("plain", keys), ("coded", coded), ("bare", bare)):
        write_outputs(tmp_path / name, dataclasses.replace(tables, record_keys=table))
    plain, other, without = (tmp_path / name / RECORD_KEYS_FILE for name in ("plain", "coded", "bare"))
    assert plain.read_bytes() == other.read_bytes()
    found = pq.read_table(plain)
    assert found["unique_id"].to_pylist() == ["x", "z", "w", "y"]
    assert found["source_sheet"].to_pylist() == [None, None, "乙", "甲"]
    assert found["block_name"].to_pylist() == [None, 5, 4, 0]
    assert pq.read_table(without)["source_sheet"].to_pylist() == [None] * 4


def test_no_number_of_a_person_leaves(tmp_path: Path) -> None:
    tables = output_tables()
    assert MEMBER_ID in tables.findings["message"].str.cat(), (
        "the tables must hold a number for the test to mean anything"
    )
    write_outputs(tmp_path, tables)
    for name, raw in contents(tmp_path).items():
        text = raw.decode("utf-8", errors="replace")
        assert not re.search(r"\d{17}[\dX]", text), name
        assert MEMBER_MOBILE not in text, name


def test_the_tables_are_left_alone(tmp_path: Path) -> None:
    tables = output_tables()
    before = {file.name: file.table(tables).copy() for file in OUTPUT_FILES}
    write_outputs(tmp_path, tables)
    for file in OUTPUT_FILES:
        pd.testing.assert_frame_equal(file.table(tables), before[file.name])


def test_a_missing_column_writes_nothing(tmp_path: Path) -> None:
    tables = dataclasses.replace(output_tables(), findings=output_tables().findings.drop(columns="evidence"))
    with pytest.raises(KeyError, match="evidence"):
        write_outputs(tmp_path / "out", tables)
    assert list(tmp_path.iterdir()) == []


def test_empty_tables_give_headers(tmp_path: Path) -> None:
    tables = output_tables()
    names = [field.name for field in dataclasses.fields(tables) if field.name != "forming"]
    empty = OutputTables(**{name: getattr(tables, name)[:0] for name in names})
    write_outputs(tmp_path, empty)
    for name in CONTRACT:
        assert len(rows_of(tmp_path / name)) == 1
