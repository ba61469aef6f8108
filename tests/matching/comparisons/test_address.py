from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.comparisons.address import AddressComparison, AddressLevel

ADDRESSES = st.lists(
    st.tuples(
        st.sampled_from(["", "文昌市", "海南省文昌市", "琼海市"]),
        st.sampled_from(["", "龙楼镇", "会文镇"]),
        st.sampled_from(["", "好圣村", "好胜村委会", "东坡村", "好圣村委会东坡村", "文中路"]),
        st.sampled_from(["", "3队", "12号", "13", "12号3栋"]),
    ).map("".join),
    min_size=2,
    max_size=8,
)


def levels(left: list[str | None], right: list[str | None]) -> list[int]:
    columns = (pd.Series(left, dtype=object), pd.Series(right, dtype=object))
    return AddressComparison("home", "home")._compute_vectorized(*columns).tolist()


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("文昌市龙楼镇好圣村12号", "文昌市龙楼镇好圣村12号", AddressLevel.SAME),
        ("文昌市龙楼镇好圣村12号", "文昌市 龙楼镇 好圣村 12 号", AddressLevel.SAME),
        ("文昌市龙楼镇好圣村12号", "龙楼镇好圣村委会12", AddressLevel.SAME),
        ("龙楼镇好圣村12号", "好胜村十二号", AddressLevel.SAME),
        ("龙楼镇好圣村委会东坡村12号", "龙楼镇东坡村12号", AddressLevel.SAME),
        ("龙楼镇好圣村3队12号", "龙楼镇好圣村12号", AddressLevel.SAME),
        ("龙楼镇好圣村委会东坡村12号", "龙楼镇好圣村12号", AddressLevel.SIMILAR),
        ("龙楼镇好圣村12号", "龙楼镇好圣村", AddressLevel.SIMILAR),
        ("龙楼镇好圣村", "龙楼镇好圣村", AddressLevel.SIMILAR),
        ("文城镇文中路1号3栋201室", "文城镇文中路1号", AddressLevel.SIMILAR),
        ("文城镇椰林村51号", "文城镇椰林村57号", AddressLevel.OTHER_HOUSE),
        ("龙楼镇好圣村3队", "龙楼镇好圣村4队", AddressLevel.OTHER_HOUSE),
        ("文城镇文中路1号3栋201室", "文城镇文中路1号3栋301室", AddressLevel.OTHER_HOUSE),
        ("龙楼镇好圣村12号", "会文镇好圣村12号", AddressLevel.DIFFERENT),
        ("文昌市好圣村12号", "琼海市好圣村12号", AddressLevel.DIFFERENT),
        ("龙楼镇好圣村12号", "龙楼镇东坡村12号", AddressLevel.DIFFERENT),
        ("文昌市龙楼镇好圣村12号", "海口市美兰区蓝天路", AddressLevel.DIFFERENT),
        # Nothing below the township: no evidence.
        ("龙楼镇", "龙楼镇好圣村12号", -1),
        ("文昌市龙楼镇", "文昌市龙楼镇", -1),
        (None, "龙楼镇好圣村", -1),
    ],
)
def test_level(left: str | None, right: str | None, expected: int) -> None:
    assert levels([left], [right]) == [expected]
    assert levels([right], [left]) == [expected]


@given(ADDRESSES)
@settings(max_examples=40, deadline=None)
def test_symmetric_and_the_same_in_any_company(addresses: list[str]) -> None:
    left, right = list(addresses), list(reversed(addresses))
    together = levels(left, right)
    assert together == levels(right, left)
    assert together == [levels([a], [b])[0] for a, b in zip(left, right, strict=True)]
