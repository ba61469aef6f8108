"""The summary counts everything once, and what differs between two equal runs is named."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from reports.outputs import OutputTables
from reports.summary import VOLATILE_KEYS, RunFacts, SourceCounts, StepTime, build_summary, stable_part, write_summary
from tests.reports.builders import AS_OF, output_tables

SOURCES = [SourceCounts("roster", "member_roster", ("rosters/乙.xlsx", "rosters/甲.xlsx"), 10, 8, 2, 3)]


def summary(run_id: str = "r1", seconds: float = 1.0, tables: OutputTables | None = None) -> dict[str, Any]:
    start = datetime(2016, 6, 16, 2, tzinfo=UTC) + timedelta(seconds=seconds)
    run = RunFacts(
        run_id,
        AS_OF,
        "469005",
        start,
        start + timedelta(seconds=seconds),
        {"model": "m1", "rules": "RS-2006", "code": "0.1.0"},
        [StepTime("read", seconds, 100 * seconds)],
    )
    return build_summary(run, SOURCES, tables or output_tables(), {"name": 2, "mobile": 0})


def test_counts() -> None:
    made = summary()
    assert made["as_of"] == "2016-06-16"
    assert made["counts"] == {"roster": {"accepted": 8, "dropped": 3, "read": 10, "rejected": 2}}
    assert made["sources"]["roster"] == {"files": ["rosters/乙.xlsx", "rosters/甲.xlsx"], "kind": "member_roster"}
    assert made["classes"]["small_enterprise"] == {
        "lost": 1,
        "pocket": 0,
        "floating": 0,
        "hidden": 0,
        "normal": 1,
        "unknown": 0,
    }
    assert set(made["classes"]) == {"small_enterprise", "household_business", "market", "elsewhere"}
    assert made["findings"] == {"F04": 2}
    assert made["false_entries"] == {"F04": 2}
    assert made["n_false_entries"] == 2
    assert made["n_members"] == 2
    assert made["queue"] == {
        "match": 2,
        "false_entry": 2,
        "conflict": 0,
        "cluster": 0,
        "classification": 1,
        "formation": 0,
    }
    assert made["pairs"] == {"by_grade": {"certain": 0, "possible": 2}, "by_rule": {"mobile": 0, "name": 2}}
    assert made["steps"] == [{"name": "read", "seconds": 1.0, "peak_mb": 100.0}]


def test_an_entry_struck_for_two_reasons_is_one_false_entry() -> None:
    tables = output_tables()
    tables.findings["rule_code"], tables.findings["unique_id"] = ["F04", "F11"], "a1"
    made = summary(tables=tables)
    assert made["false_entries"] == {"F04": 1, "F11": 1}
    assert made["n_false_entries"] == 1


def test_only_the_volatile_keys_differ_between_two_runs() -> None:
    one, two = summary("r1", 1.0), summary("r2", 7.5)
    assert one != two
    assert stable_part(one) == stable_part(two)
    text = json.dumps(stable_part(one))
    assert not any(f'"{key}"' in text for key in VOLATILE_KEYS)
    assert {"as_of", "area", "counts", "classes", "findings", "versions", "steps"} <= set(stable_part(one))


def test_the_file_is_the_document(tmp_path: Path) -> None:
    path = write_summary(tmp_path, summary())
    text = path.read_text(encoding="utf-8")
    assert path == tmp_path / "summary.json"
    assert json.loads(text) == summary()
    assert list(json.loads(text)) == sorted(json.loads(text))
    assert "rosters/甲.xlsx" in text
