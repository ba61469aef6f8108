"""What a run hands over, in as few words as a test needs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime

import pandas as pd

from data.model import QueueKind
from data.store.publish import PublishTables
from data.store.runs import RunInfo

AREA = "469005"
NOW = datetime(2016, 6, 17, 2, 0, tzinfo=UTC)


def run(run_id: str = "run-1", area: str = AREA) -> RunInfo:
    return RunInfo(
        run_id=run_id,
        area=area,
        as_of=date(2016, 6, 16),
        started_at=NOW,
        code_version="0.1.0",
        model_digest="m1",
        rules_digest="r1",
        sources={"roster": "d1"},
        counts={"records": 3},
    )


def persons(*ids: str) -> pd.DataFrame:
    return pd.DataFrame(
        {"person_id": pd.Series(ids, dtype=object), "is_member": pd.Series([True] * len(ids), dtype=bool)}
    )


def links(of: Mapping[str, str]) -> pd.DataFrame:
    """From unique_id -> person_id."""
    return pd.DataFrame({"unique_id": list(of), "person_id": list(of.values())}, dtype=object)


def classifications(of: Mapping[str, str]) -> pd.DataFrame:
    """From person_id -> primary_class."""
    rows = [
        {
            "person_id": person_id,
            "primary_class": name,
            "flags": "",
            "population": "small_enterprise",
            "area": AREA,
            "township": None,
            "branch": "龙楼镇第一支部",
            "entity_id": None,
            "reason": "r",
        }
        for person_id, name in of.items()
    ]
    return pd.DataFrame(rows, columns=_CLASS_COLUMNS, dtype=object)


_CLASS_COLUMNS = [
    "person_id",
    "primary_class",
    "flags",
    "population",
    "area",
    "township",
    "branch",
    "entity_id",
    "reason",
]


def finding(finding_id: str = "f1", **changed: object) -> dict[str, object]:
    return {
        "finding_id": finding_id,
        "rule_code": "F04",
        "evidence_grade": "A",
        "unique_id": "a",
        "person_id": "P1",
        "is_false_entry": True,
        "message": "已去世",
        "evidence": '{"decided_on":"2015-01-01"}',
        **changed,
    }


def findings(*rows: Mapping[str, object]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=list(finding()), dtype=object)
    return frame.astype({"is_false_entry": bool})


def candidate(unique_id: str, **changed: object) -> dict[str, object]:
    shown = {"name": "王小明", "id": "460025********1234"}
    return {"unique_id": unique_id, "weight": 3.5, "probability": 0.9, "match_key": "+姓名", "shown": shown, **changed}


def item(item_id: str = "q1", *candidates: Mapping[str, object], **changed: object) -> dict[str, object]:
    """A match item about record `a` unless told otherwise."""
    return {
        "item_id": item_id,
        "kind": str(QueueKind.MATCH),
        "unique_id": "a",
        "person_id": "P1",
        "shown": json.dumps({"name": "王晓明"}, ensure_ascii=False),
        "candidates": json.dumps(list(candidates), ensure_ascii=False),
        "priority": 500,
        "reason": "有 1 个可能的对应记录",
        "area": AREA,
        "township": "龙楼镇",
        **changed,
    }


def queue(*rows: Mapping[str, object]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=list(item()), dtype=object)
    return frame.astype({"priority": "int64"})


def handed(
    of: Mapping[str, str] | None = None,
    *,
    classes: Mapping[str, str] | None = None,
    found: tuple[Mapping[str, object], ...] = (),
    asked: tuple[Mapping[str, object], ...] = (),
) -> PublishTables:
    """A night: records -> persons, persons -> classes, findings, queue items. By default a and b are P1, c is P2."""
    of = {"a": "P1", "b": "P1", "c": "P2"} if of is None else of
    ids = sorted(set(of.values()))
    classes = dict.fromkeys(ids, "normal") if classes is None else classes
    return PublishTables(persons(*ids), links(of), classifications(classes), findings(*found), queue(*asked))
