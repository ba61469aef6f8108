from __future__ import annotations

import pytest

from matching.addresses import Address, parse_address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("文昌市龙楼镇好圣村12号", Address("文昌", "龙楼", " hao sheng ", "", "12", "")),
        ("海南省文昌市龙楼镇好圣村民委员会 十二号", Address("文昌", "龙楼", " hao sheng ", "", "12", "")),
        ("文昌龙楼好圣村12", Address("文昌", "龙楼", " hao sheng ", "", "12", "")),
        ("龙楼镇好圣村第三村民小组8号", Address("", "龙楼", " hao sheng ", "3", "8", "")),
        ("好圣村二十一队", Address("", "", " hao sheng ", "21", "", "")),
        # A village that is named as another county's township.
        ("椰林村51号", Address("", "", " ye lin ", "", "51", "")),
        ("文城镇文中路1号3栋201室", Address("", "文城", " wen zhong lu ", "", "1", "3-201")),
        ("海口市美兰区海府街道蓝天路12之3", Address("海口", "海府", " lan tian lu ", "", "12-3", "")),
        ("海南路3号", Address("", "", " hai nan lu ", "", "3", "")),
        ("龙楼镇", Address("", "龙楼", "", "", "", "")),
        ("", Address("", "", "", "", "", "")),
    ],
)
def test_parse(text: str, expected: Address) -> None:
    assert parse_address(text) == expected
