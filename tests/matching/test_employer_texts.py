from __future__ import annotations

import pandas as pd
import pytest

from data.values.coded import as_texts
from matching.employer_texts import employer_texts
from tests.matching.employer_cases import register

REGISTER = register(
    [
        {"entity_id": "E1", "entity_name": "文昌鑫源商行", "reg_no": "469905600000011", "operator": "陈小明"},
        {"entity_id": "E2", "entity_name": "文昌佳美商行", "reg_no": "469905600000020", "operator": None},
    ]
)
MEMBERS = pd.DataFrame(
    {
        "unique_id": ["a", "b", "c", "d"],
        "name": ["陈小明", "王芳", "林海", "符强"],
        "employer": ["鑫源商行", None, "佳美商行", "务农"],
        "entity_no": [None] * 4,
        "township": ["龙楼镇"] * 4,
        "area": ["469005"] * 4,
    },
    dtype=object,
)
GONE = pd.DataFrame(
    {"unique_id": ["a", "b", "c"], "is_floating": ["yes", "no", None], "flow_to": ["文昌市东阁镇", "广东省", "海口市"]},
    dtype=object,
)
#: The person of record a is listed at both entities, once at one of them by a number on no register.
AT_WORK = pd.DataFrame(
    {
        "unique_id": ["w1", "w2", "w3", "w4"],
        "entity_no": ["469905600000020", "469905600000011", "469905600000038", "469905600000011"],
    },
    dtype=object,
)
LINKS = pd.DataFrame(
    {"unique_id": ["a", "w1", "w2", "w3", "b", "c"], "person_id": ["P1", "P1", "P1", "P1", "P2", "P3"]}, dtype=object
)


@pytest.mark.parametrize(
    ("column", "wanted"),
    [
        ("operator", ["陈小明", None, None, None]),
        ("flow_to", ["文昌市东阁镇", None, "海口市", None]),
        ("registered_at", ["E1 E2", None, None, None]),
        ("employer", ["鑫源商行", None, "佳美商行", "务农"]),
    ],
)
def test_what_is_known_beside_the_text(column: str, wanted: list[str | None]) -> None:
    asked = as_texts(employer_texts(MEMBERS, GONE, AT_WORK, LINKS, REGISTER))
    assert asked["unique_id"].tolist() == ["a", "b", "c", "d"]
    assert asked[column].tolist() == wanted


def test_a_register_without_persons() -> None:
    asked = as_texts(employer_texts(MEMBERS, GONE.iloc[:0], AT_WORK.iloc[:0], LINKS, REGISTER))
    assert asked["registered_at"].tolist() == asked["flow_to"].tolist() == [None] * 4
