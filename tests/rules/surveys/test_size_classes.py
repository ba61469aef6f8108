"""Sizes by the vectors of the rule, every bound from both sides, and what stays open when a measure is missing."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from rules.params import load_params
from rules.surveys.industries import read_industry
from rules.surveys.size_classes import SizeClass, size_classes
from tests.county import AS_OF

NAN = float("nan")
PARAMS = load_params(AS_OF)
#: An industry that is the sector and no other.
CODES = {
    "agriculture": "A", "industry": "C", "construction": "E", "wholesale": "51", "retail": "52", "transport": "54",
    "storage": "59", "post": "60", "lodging": "61", "catering": "62", "information": "63", "software": "65",
    "real_estate": "701", "property": "702", "leasing": "L", "other": "O",
}  # fmt: skip
HUGE = 1e9


def sized(industry: str | None, staff: float = NAN, revenue: float = NAN, assets: float = NAN,
          as_of: date = AS_OF) -> tuple[str, str | None]:  # fmt: skip
    frame = pd.DataFrame({"industry": [industry], "staff": [staff], "revenue": [revenue], "assets": [assets]})
    found = size_classes(frame.astype({"industry": object}), as_of, load_params(as_of)).iloc[0]
    return found["size_class"], found["at_most"]


@pytest.mark.parametrize(
    ("industry", "staff", "revenue", "expected"),
    [
        ("62", 50, 5000, "small"),
        ("62", 400, 5000, "medium"),
        ("62", 300, 10000, "large"),
        ("62", 9, 5000, "micro"),
        ("51", 5, 1000, "small"),
        ("51", 5, 999, "micro"),
        ("C", 300, 2000, "medium"),
        ("C", 299, 39999, "small"),
    ],
)
def test_vectors_of_the_rule(industry: str, staff: float, revenue: float, expected: str) -> None:
    assert sized(industry, staff, revenue)[0] == expected


@pytest.mark.parametrize("sector", CODES)
def test_every_bound_is_inclusive(sector: str) -> None:
    assert PARAMS.sizes is not None
    cuts = PARAMS.sizes.sectors()[sector]
    for measure in ("staff", "revenue", "assets"):
        if (bounds := getattr(cuts, measure)) is None:
            continue
        below = {"small": "micro", "medium": "small", "large": "medium"}
        for name, lower in below.items():
            value = getattr(bounds, name).value
            others = dict.fromkeys(("staff", "revenue", "assets"), HUGE)
            assert sized(CODES[sector], **{**others, measure: value})[0] == name
            assert sized(CODES[sector], **{**others, measure: value - 1})[0] == lower


def test_a_missing_measure_may_leave_the_class_certain_or_open() -> None:
    assert sized("62", 9) == ("micro", "micro")
    assert sized("62", 50) == ("unknown", "small")
    assert sized("62", revenue=99) == ("micro", "micro")
    assert sized("62") == ("unknown", "large")


def test_a_letter_that_leaves_sectors_open_gives_the_class_they_share() -> None:
    assert sized("F", 4, 50)[0] == "micro"
    assert sized("F", 20, 800) == ("unknown", "small")


def test_not_covered_or_not_stated() -> None:
    assert sized("J", 5, 5, 5) == (SizeClass.EXCLUDED, None)
    assert sized("53", 5, 5, 5) == (SizeClass.EXCLUDED, None)
    assert sized(None, 5, 5, 5) == (SizeClass.UNKNOWN, None)
    assert sized("某行业", 5, 5, 5) == (SizeClass.UNKNOWN, None)


def test_before_the_rule_there_is_no_size() -> None:
    assert sized("62", 9, 9, as_of=date(2010, 1, 1)) == (SizeClass.UNKNOWN, None)


@pytest.mark.parametrize(
    ("text", "edition", "section"),
    [
        ("F", "2011", "F"), ("F5112", "2011", "F"), ("5112", "2017", "F"), ("批发业", "2011", "F"),
        ("批发和零售业", "2011", "F"), ("住宿餐饮业", "2011", "H"), ("79", "2011", "O"), ("79", "2017", "N"),
        ("82", "2011", "P"), ("82", "2017", "O"), ("A5112", "2011", "A"), ("00", "2011", None), ("99", "2017", None),
        ("其他", "2011", None), ("居民服务、修理和其他服务业", "2011", "O"),
    ],
)  # fmt: skip
def test_industries_as_registers_write_them(text: str, edition: str, section: str | None) -> None:
    assert read_industry(text, edition).section == section


def test_rows_keep_their_order() -> None:
    frame = pd.DataFrame({"industry": ["62", "J"], "staff": [9.0, 1.0], "revenue": NAN, "assets": NAN}, index=[7, 3])
    assert size_classes(frame, AS_OF, PARAMS)["size_class"].to_dict() == {7: "micro", 3: "excluded"}
    assert np.isnan(frame["revenue"]).all()
