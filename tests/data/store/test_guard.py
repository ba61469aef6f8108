"""Numbers of people are masked, numbers of enterprises and keys of records stay whole."""

from __future__ import annotations

import json

import pytest

from data.store.guard import carries_number, masked, masked_json


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11010519491231002X", "110105********002X"),
        ("证号11010519491231002x，已故", "证号110105********002x，已故"),
        ("460025850701507", "460025*****1507"),
        ("电话13800001234。", "电话138****1234。"),
        ('{"a":"13800001234"}', '{"a":"138****1234"}'),
    ],
)
def test_masks(text: str, expected: str) -> None:
    assert masked(text) == expected
    assert carries_number(text)
    assert masked(expected) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2016年6月16日",
        "91460000MA5RC1XX0G",
        "914600006200000000",
        "110105194913310022",  # no such month
        "ab13800001234cd567890",  # a key of a record
        "P460025198507011234",
        "469005000012345",  # a registration number
        "12345678901",
        "138000012345",
    ],
)
def test_leaves_alone(text: str) -> None:
    assert masked(text) == text
    assert not carries_number(text)


def test_json_stays_json() -> None:
    value = {"13800001234": [11010519491231002, "460025198507011234", 460025198507011234, None, True, 2.5, 7]}
    clean = masked_json(value)
    assert clean == {"138****1234": [11010519491231002, "460025********1234", "460025********1234", None, True, 2.5, 7]}
    assert json.loads(json.dumps(clean)) == clean
