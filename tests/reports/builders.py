"""A county in small, made by hand: the members of the 2016 report (186 + 328), shown in every table the reports read.

Identity numbers are of persons born in 1900, phones of an unused prefix: nobody's.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from data.contracts.frames import empty_frame, without_nan
from data.contracts.tables import (
    CLASSIFICATIONS,
    ENTITIES,
    FINDINGS,
    GRADED_PAIRS,
    PERSON_RECORDS,
    REJECTED_ROWS,
)
from reports.ledger_tables import LedgerTables
from reports.outputs import OutputTables
from reports.queue import review_queue

AS_OF = date(2016, 6, 16)

#: The partition of the report: population -> class -> members.
WENCHANG = {
    "small_enterprise": {"pocket": 5, "floating": 48, "lost": 6, "normal": 127},
    "household_business": {"floating": 51, "lost": 4, "normal": 273},
}
TOWNS = ("文城镇", "龙楼镇", "会文镇", "铺前镇")

MEMBER_ID = "469005190001011239"
MEMBER_MOBILE = "12900000001"


def frame(columns: Mapping[str, Any], rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows that name only what they know, as a frame with all columns; the rest is None."""
    if not rows:
        return empty_frame(columns)
    made = pd.DataFrame([{name: row.get(name) for name in (*columns, *row)} for row in rows])
    return without_nan(made.astype({name: object for name in made.columns if made[name].isna().any()}))


def record(unique_id: str, kind: str = "member_roster", **values: object) -> dict[str, Any]:
    """One person record."""
    given = {
        "name": "王小明",
        "source": "roster",
        "source_file": "rosters/龙楼镇.xlsx",
        "source_sheet": "党员",
        "source_row": 5,
    }
    return {**given, "unique_id": unique_id, "kind": kind, "id_status": "valid", **values}


def records(*rows: dict[str, Any]) -> pd.DataFrame:
    """PERSON_RECORDS."""
    return frame(PERSON_RECORDS.columns, list(rows))


def pair(left: str, right: str, **values: object) -> dict[str, Any]:
    """One graded pair, `possible` unless told otherwise."""
    given = {"match_weight": 1.0, "match_probability": 2 / 3, "grade": "possible", "decided_by": "model"}
    given |= {"match_key": "+姓名", "marks": "[]", "bars": "[]", "left_out": ""}
    return {"unique_id_l": left, "unique_id_r": right, "blocking_rule": "name", **given, **values}


def pairs(*rows: dict[str, Any]) -> pd.DataFrame:
    """GRADED_PAIRS without the patterns of levels and bars."""
    return frame({name: None for name in GRADED_PAIRS.columns if "+" not in name}, list(rows))


def finding(number: int, **values: object) -> dict[str, Any]:
    """One finding, a false entry of grade A unless told otherwise."""
    given = {"rule_code": "F04", "evidence_grade": "A", "is_false_entry": True, "message": "已去世", "evidence": "{}"}
    return {"finding_id": f"f{number}", **given, **values}


def findings(*rows: dict[str, Any]) -> pd.DataFrame:
    """FINDINGS."""
    return frame(FINDINGS.columns, list(rows)).astype({"is_false_entry": bool})


def classification(person_id: str, primary_class: str = "normal", **values: object) -> dict[str, Any]:
    """One classified member."""
    given = {"population": "small_enterprise", "flags": "", "reason": "依据", "area": "469005", "township": "龙楼镇"}
    return {**given, "person_id": person_id, "primary_class": primary_class, "branch": "龙楼镇商会党支部", **values}


def classifications(*rows: dict[str, Any]) -> pd.DataFrame:
    """CLASSIFICATIONS."""
    return frame(CLASSIFICATIONS.columns, list(rows))


def wenchang() -> pd.DataFrame:
    """The 514 members of the report, spread over four towns and eight branches."""
    cells = [(p, c) for p, classes in WENCHANG.items() for c, n in classes.items() for _ in range(n)]
    return classifications(
        *(
            classification(
                f"P{i:012x}",
                name,
                population=population,
                township=TOWNS[i % 4],
                branch=f"{TOWNS[i % 4]}商会第{'一二'[i % 8 // 4]}党支部",
                entity_id=f"E{i % 40}",
            )
            for i, (population, name) in enumerate(cells)
        )
    )


def members(classified: pd.DataFrame, **values: object) -> pd.DataFrame:
    """Golden records of the classified members."""
    rows = [
        {
            "person_id": person_id,
            "name": f"{'王陈林符黄'[i % 5]}{'小大文'[i % 3]}{'明芳海'[i % 7 % 3]}",
            "sex": "男女"[i % 2],
            "id_no": MEMBER_ID,
            "birth": "1900-01-01",
            "category": "probationary" if i % 50 == 0 else "formal",
            "mobile": MEMBER_MOBILE,
            "join_on": "2015-07-01" if i % 50 == 0 else "2001-07",
            "full_on": None if i % 50 == 0 else "2002-07",
            "party_status": "normal",
            **values,
        }
        for i, person_id in enumerate(classified["person_id"])
    ]
    return frame({"person_id": None, "employer": None}, rows)


def ledger_tables(classified: pd.DataFrame, **tables: pd.DataFrame) -> LedgerTables:
    """Tables for the ledgers; what is not given is made to fit."""
    entities = [
        {"entity_id": f"E{i}", "entity_name": f"文昌龙楼第{i}海鲜餐饮服务有限公司", "population": "small_enterprise"}
        for i in range(40)
    ]
    branches = sorted(classified["branch"].dropna().unique())
    orgs = [
        {"org_name": name, "org_kind": "non_public", "township": name[:3], "secretary": "林书记"} for name in branches
    ]
    life = [
        {"person_id": row.person_id, "held_on": "2016-05-20", "event": "meeting", "is_present": "yes"}
        for row in classified.itertuples()
        if row.primary_class == "normal"
    ]
    given = {
        "members": members(classified),
        "classifications": classified,
        "entities": frame(ENTITIES.columns, entities),
        "organizations": frame({"org_name": None, "dissolved_on": None}, orgs),
        "org_life": frame(dict.fromkeys(("person_id", "held_on", "event", "is_present")), life),
        "claims": empty_frame(["unique_id", "person_id", "name", "category"]),
    }
    return LedgerTables(**{**given, **tables})


def output_tables() -> OutputTables:
    """A run in small with something in every table."""
    people = records(
        record("a1", id_no=MEMBER_ID, mobile=MEMBER_MOBILE, birth="1900-01"),
        record("b1", "claims", source="claims", source_row=9, employer=f"渔家乐 {MEMBER_MOBILE}"),
        record("c1", "enterprise_persons", source="persons", name="=王小明"),
    )
    graded = pairs(
        pair("a1", "c1", gamma_name=np.int8(3), mw_name=-0.0), pair("a1", "b1", gamma_name=np.int8(2), mw_name=0.1)
    )
    found = findings(
        finding(2, unique_id="b1", message=f"号码 {MEMBER_ID} 属于他人"), finding(1, unique_id="a1", person_id="P1")
    )
    links = frame({}, [{**record("a1"), "person_id": "P1"}])
    classified = classifications(
        classification("P2"), classification("P1", "lost", reason=f"电话 {MEMBER_MOBILE} 停机")
    )
    refused = {
        "source": "roster",
        "source_file": "rosters/甲.xlsx",
        "source_sheet": "Sheet1",
        "source_row": 7,
        "field": "name",
    }
    queue = review_queue(
        graded, people, links, found, classified, empty_frame(["unique_id_l", "unique_id_r", "reason"])
    )
    rejected = frame(REJECTED_ROWS.columns, [{**refused, "reason_code": "E301", "message": "缺少姓名"}])
    keys = people[["source", "source_file", "source_sheet", "source_row", "unique_id"]]
    keys = keys.assign(block_name=np.array([7, 7, -1], dtype=np.int32))
    return OutputTables(links, graded, classified, found, rejected, queue, keys)
