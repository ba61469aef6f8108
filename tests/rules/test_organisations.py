"""What an organisation covers, as letters name it."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from data.model import FeedKind
from rules.case import Case
from rules.examples.build import Row, roster
from rules.facts import facts_of
from rules.organisations import are_on_rosters, are_same_or_above
from rules.params import load_params

AS_OF = date(2016, 6, 16)
TABLE: list[Row] = [
    {"org_name": "红海村党支部", "parent": "龙楼镇农村党总支", "township": "龙楼镇"},
    {"org_name": "龙楼镇农村党总支", "parent": "中共文昌市龙楼镇委员会", "township": "龙楼镇"},
    {"org_name": "甲党支部", "parent": "乙党总支"},
    {"org_name": "乙党总支", "parent": "甲党支部"},
]
CASE = Case(facts_of(frozenset(FeedKind), {"entries": [roster()], "organizations": TABLE}), AS_OF, load_params(AS_OF))


@pytest.mark.parametrize(
    ("org", "expected"),
    [
        ("红海村党支部", True),
        ("文昌市龙楼镇红海村支部", True),
        ("龙楼镇农村党总支", True),
        ("文昌市龙楼镇委员会", True),
        ("龙楼镇党委", True),
        ("中共文昌市委组织部", True),
        ("文城镇红海村党支部", False),
        ("宝陵村党支部", False),
        ("文城镇党委", False),
        ("中共海口市委组织部", False),
        (None, False),
    ],
)
def test_same_or_above(org: str | None, expected: bool) -> None:
    places = pd.DataFrame({"branch": ["红海村党支部"], "township": ["龙楼镇"], "area": ["469005"]})
    orgs = pd.Series([org], dtype=object)
    assert are_same_or_above(CASE, orgs, places).tolist() == [expected]
    assert are_on_rosters(CASE, orgs).tolist() == [expected]


def test_a_circle_in_the_table_ends() -> None:
    places = pd.DataFrame({"branch": ["甲党支部"], "township": [None], "area": [None]}, dtype=object)
    assert are_same_or_above(CASE, pd.Series(["丙党支部"], dtype=object), places).tolist() == [False]
