from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from matching.grading import (
    CERTAIN,
    CERTAINLY_NOT,
    NEGATIVE,
    NOT_JUDGED,
    POSITIVE,
    POSSIBLE,
    UNSURE,
    Sides,
    grade_pairs,
    judged_pairs,
)
from matching.spec import load_spec
from matching.vectors import Patterns

SPEC = load_spec()


def grade(
    weight: float, judgement: int = NOT_JUDGED, *, is_one_source: bool = False, is_held: bool = False, **levels: str
) -> int:
    row = [SPEC.comparison(name).level(levels[name]) if name in levels else -1 for name in SPEC.names()]
    patterns = Patterns(np.array([row], dtype=np.int8), np.array([0]))
    sides = Sides(np.array([is_one_source]), np.array([is_held]))
    return int(grade_pairs(patterns, np.array([weight]), sides, np.array([judgement]), SPEC)[0])


@pytest.mark.parametrize(
    ("levels", "weight", "expected"),
    [
        ({"name": "exact", "id_no": "exact"}, 20, CERTAIN),
        ({"name": "exact", "id_no": "exact"}, SPEC.link_threshold - 0.1, POSSIBLE),
        ({"name": "one_of_many", "id_no": "exact"}, 20, CERTAIN),
        ({"name": "one_of_many", "id_no": "one_slip"}, 20, POSSIBLE),
        # One number under two names: never certain, never passed over.
        ({"name": "same_surname", "id_no": "exact"}, 30, POSSIBLE),
        ({"name": "different", "id_no": "exact"}, -8, POSSIBLE),
        # Two valid numbers: never certain, but the same name with more in common is a finding.
        ({"name": "exact", "id_no": "really_different", "mobile": "exact", "birth": "same_day"}, 30, POSSIBLE),
        ({"name": "exact", "id_no": "really_different"}, -4, CERTAINLY_NOT),
        ({"name": "same_reading", "id_no": "neighbour", "employer": "equal", "sex": "same"}, 30, POSSIBLE),
        ({"name": "exact", "id_no": "neighbour"}, -4, CERTAINLY_NOT),
        # A couple with one telephone and one shop; twins.
        ({"name": "same_surname", "id_no": "really_different", "mobile": "exact", "home": "same"}, 30, CERTAINLY_NOT),
        ({"name": "one_of_many", "id_no": "neighbour", "mobile": "exact", "home": "same"}, 30, CERTAINLY_NOT),
        # Two slips in a number that fails its checks.
        ({"name": "exact", "id_no": "two_slips", "sex": "same"}, 12, CERTAIN),
        ({"name": "same_reading", "id_no": "two_slips", "birth": "same_month", "place": "same_township"}, 12, CERTAIN),
        ({"name": "same_reading", "id_no": "two_slips", "birth": "same_day", "place": "same_area"}, 12, POSSIBLE),
        ({"name": "same_reading", "id_no": "two_slips", "sex": "same"}, 12, POSSIBLE),
        ({"name": "one_of_many", "id_no": "two_slips", "sex": "same", "birth": "same_day"}, 30, POSSIBLE),
        # Without a number: employer, house, mobile.
        ({"name": "variant", "sex": "same", "employer": "equal"}, 12, CERTAIN),
        ({"name": "same_reading", "sex": "same", "employer": "equal"}, 12, POSSIBLE),
        ({"name": "variant", "sex": "same", "employer": "region_missing", "place": "same_township"}, 12, CERTAIN),
        ({"name": "variant", "sex": "same", "employer": "region_missing", "place": "same_area"}, 12, POSSIBLE),
        ({"name": "variant", "sex": "different", "employer": "equal", "place": "same_township"}, 12, POSSIBLE),
        ({"name": "same_reading", "sex": "same", "employer": "equal", "home": "similar"}, 12, CERTAIN),
        ({"name": "same_reading", "sex": "same", "employer": "equal", "home": "other_house"}, 12, POSSIBLE),
        ({"name": "variant", "sex": "same", "home": "same"}, 12, CERTAIN),
        ({"name": "variant", "sex": "same", "home": "similar", "place": "same_township"}, 12, POSSIBLE),
        ({"name": "variant", "sex": "same", "mobile": "one_slip"}, 12, CERTAIN),
        ({"name": "one_missing", "sex": "same", "mobile": "one_slip", "home": "same"}, 12, POSSIBLE),
        (
            {"name": "near_reading", "sex": "same", "birth": "same_month", "employer": "region_missing"},
            12,
            CERTAIN,
        ),
        ({"name": "one_missing", "sex": "same", "employer": "equal", "home": "same"}, 30, POSSIBLE),
        ({"name": "one_missing", "id_no": "compatible", "employer": "region_missing"}, 12, CERTAIN),
        # The name alone, however rare.
        ({"name": "exact"}, 30, POSSIBLE),
        ({"name": "exact", "place": "same_township", "sex": "same"}, 30, POSSIBLE),
        ({"name": "exact", "mobile": "exact"}, 12, CERTAIN),
        ({"name": "exact", "birth": "same_day", "place": "same_township"}, 12, CERTAIN),
        ({"name": "exact", "birth": "same_day", "place": "same_area"}, 12, POSSIBLE),
        # A family in one business: telephone, address, employer and surname agree, the given name does not.
        (
            {"name": "one_of_many", "mobile": "exact", "employer": "equal", "home": "same", "birth": "same_day"},
            30,
            POSSIBLE,
        ),
        # Twins with numbers that a spreadsheet cut off behind the part they share.
        ({"name": "one_of_many", "id_no": "compatible", "mobile": "exact"}, 30, POSSIBLE),
        ({"name": "exact"}, -1, POSSIBLE),
        ({"name": "exact"}, -1.1, CERTAINLY_NOT),
    ],
)
def test_grade(levels: dict[str, str], weight: float, expected: int) -> None:
    assert grade(weight, **levels) == expected


@pytest.mark.parametrize(
    ("judgement", "weight", "levels", "expected"),
    [
        (POSITIVE, -40, {"name": "different", "id_no": "really_different"}, CERTAIN),
        (NEGATIVE, 40, {"name": "exact", "id_no": "exact"}, CERTAINLY_NOT),
        (UNSURE, 40, {"name": "exact", "id_no": "exact"}, POSSIBLE),
    ],
)
def test_judgements_win(judgement: int, weight: float, levels: dict[str, str], expected: int) -> None:
    assert grade(weight, judgement, **levels) == expected
    assert grade(weight, judgement, is_one_source=True, **levels) == expected


def test_two_rows_of_a_promising_source_need_the_same_number() -> None:
    same_name = {"name": "exact", "birth": "same_day", "place": "same_township"}
    assert grade(20, is_one_source=True, **same_name) == POSSIBLE
    assert grade(20, is_one_source=True, id_no="exact", **same_name) == CERTAIN


def test_judgements_find_their_records() -> None:
    judgements = pd.DataFrame(
        {
            "unique_id_l": ["b", "a", "gone", "a"],
            "unique_id_r": ["a", "c", "a", "a"],
            "judgement": ["positive", "negative", "positive", "unsure"],
        },
        dtype=object,
    )
    judged = judged_pairs(judgements, pd.Series(["a", "b", "c"]))
    assert judged.left.tolist() == [0, 0]
    assert judged.right.tolist() == [1, 2]
    assert judged.judgement.tolist() == [POSITIVE, NEGATIVE]


def test_a_link_that_held_needs_less_but_no_guard_yields() -> None:
    between = (SPEC.hold_threshold + SPEC.link_threshold) / 2
    assert grade(between, name="exact", id_no="exact") == POSSIBLE
    assert grade(between, is_held=True, name="exact", id_no="exact") == CERTAIN
    assert grade(SPEC.hold_threshold - 0.1, is_held=True, name="exact", id_no="exact") == POSSIBLE
    assert grade(between, is_held=True, name="exact", place="same_township") == POSSIBLE
    assert grade(between, is_held=True, name="exact", id_no="really_different", mobile="exact") == POSSIBLE
    assert grade(between, UNSURE, is_held=True, name="exact", id_no="exact") == POSSIBLE
    assert grade(between, NEGATIVE, is_held=True, name="exact", id_no="exact") == CERTAINLY_NOT


def test_holding_never_asks_more_than_joining() -> None:
    numbers = SPEC.model_dump() | {"hold_threshold": SPEC.link_threshold + 1}
    with pytest.raises(ValueError, match="hold_threshold"):
        type(SPEC).model_validate(numbers)
