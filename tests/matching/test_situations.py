"""The situations in which counties mistake people, each through the whole of matching: who is one person, who is not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from data.model import IdStatus
from matching.explain_person import person_of
from tests.matching.builders import SHOP, grade_of, id_number, judge, match, record

A, B = id_number("1900-01-01", 1), id_number("1903-05-07", 24)
TWIN = id_number("1900-01-01", 3)
CUT = {"id_no": A[:15] + "***", "id_status": IdStatus.PRECISION_LOSS}
SHOP_OF = {"employer": "文昌龙楼阿奇小吃店", "township": "龙楼镇"}
HOME = {"home": "龙楼镇好圣村51号", "township": "龙楼镇"}
PHONE = {"mobile": "13700000001"}
HE = {"name": "符阿奇", "sex": "男", **PHONE, **HOME}


@dataclass(frozen=True)
class Situation:
    """Records x1, x2 ... and who of them is one person: groups of numbers; review: pairs an analyst must see."""

    rows: list[dict[str, Any]]
    persons: list[set[int]]
    review: list[tuple[int, int]] = field(default_factory=list)
    judgements: list[tuple[str, str, str]] = field(default_factory=list)


def r(**values: object) -> dict[str, Any]:
    return values


SITUATIONS = {
    "twins, each in both lists": Situation(
        [
            r(**HE | {"name": "陈伟明", "id_no": A, "birth": "1900-01-01"}),
            r(**HE | {"name": "陈伟强", "id_no": TWIN, "birth": "1900-01-01"}, source_row=3),
            r(**HE | {"name": "陈伟明", "id_no": A}, **SHOP),
            r(**HE | {"name": "陈伟强", "id_no": TWIN}, **SHOP),
        ],
        [{1, 3}, {2, 4}],
    ),
    "twins whose numbers a spreadsheet cut": Situation(
        [
            r(**HE | {"name": "陈伟明", "birth": "1900-01-01"} | CUT),
            r(**HE | {"name": "陈伟强", "birth": "1900-01-01"} | CUT, **SHOP),
        ],
        [{1}, {2}],
    ),
    "father and son with one telephone, house and shop": Situation(
        [
            r(**HE | {"name": "陈明", "birth": "1900-01-01"} | SHOP_OF),
            r(**HE | {"name": "陈伟明", "birth": "1909-06-05"} | SHOP_OF, **SHOP),
        ],
        [{1}, {2}],
    ),
    "father and son, the son's name shortened, births known": Situation(
        [
            r(**HE | {"name": "陈国明", "id_no": A}),
            r(**HE | {"name": "陈明", "birth": "1909-06-05"}, **SHOP),
        ],
        [{1}, {2}],
    ),
    "namesakes in one township": Situation(
        [
            r(name="陈小妹", sex="女", township="龙楼镇", id_no=A),
            r(name="陈小妹", sex="女", township="龙楼镇", **SHOP),
            r(name="陈小妹", sex="女", township="龙楼镇", id_no=B, source_row=3),
        ],
        [{1}, {2}, {3}],
    ),
    "namesakes of one village, each with the own number at work": Situation(
        [
            r(name="陈小妹", sex="女", **HOME, id_no=A),
            r(name="陈小妹", sex="女", **HOME, id_no=B, source_row=3),
            r(name="陈小妹", sex="女", township="龙楼镇", id_no=A, **SHOP),
            r(name="陈小妹", sex="女", township="龙楼镇", id_no=B, **SHOP),
        ],
        [{1, 3}, {2, 4}],
    ),
    "the operator's wife on the same licence": Situation(
        [
            r(**HE | SHOP_OF, id_no=A),
            r(name="陈小妹", sex="女", **PHONE, **SHOP_OF, home=HOME["home"], **SHOP),
            r(name="符阿奇", sex="男", **PHONE, **SHOP_OF, **SHOP),
        ],
        [{1, 3}, {2}],
    ),
    "the wife's line bears the husband's number": Situation(
        [
            r(name="符阿奇", sex="男", id_no=A, **PHONE),
            r(name="陈小妹", sex="女", id_no=A, **PHONE, **SHOP_OF, **SHOP),
        ],
        [{1}, {2}],
        review=[(1, 2)],
    ),
    "one row of a shop fits two rows of a roster equally": Situation(
        [
            r(name="陈小妹", birth="1900-01-01", township="龙楼镇"),
            r(name="陈小妹", birth="1900-01-01", township="龙楼镇", source_row=3),
            r(name="陈小妹", birth="1900-01-01", township="龙楼镇", **SHOP),
        ],
        [{1}, {2}, {3}],
        review=[(1, 3), (2, 3)],
    ),
    "one row of a shop fits one of two namesakes clearly better": Situation(
        [
            r(name="陈小妹", birth="1900-01-01", township="龙楼镇", id_no=A),
            r(name="陈小妹", birth="1900-01-01", township="龙楼镇", source_row=3),
            r(name="陈小妹", birth="1900-01-01", township="龙楼镇", id_no=A, **SHOP),
        ],
        [{1, 3}, {2}],
    ),
    "a member entered twice in a list that promises one row": Situation(
        [r(**HE, id_no=A), r(**HE, id_no=A, source_row=9), r(**HE, **SHOP)], [{1, 2, 3}]
    ),
    "a negative judgement splits": Situation(
        [r(**HE, id_no=A), r(**HE, id_no=A, **SHOP)], [{1}, {2}], judgements=[("x1", "x2", "negative")]
    ),
    "a negative judgement splits through a third record": Situation(
        [r(**HE, birth="1900-01-01"), r(**HE, birth="1900-01-01", **SHOP), r(**HE, source="roster2")],
        [{1}, {2}],
        judgements=[("x1", "x2", "negative")],
    ),
    "a positive judgement joins what the records part": Situation(
        [r(**HE, id_no=A), r(**HE, id_no=B, **SHOP)], [{1, 2}], judgements=[("x1", "x2", "positive")]
    ),
    "a positive judgement joins the other records of the person too": Situation(
        [r(**HE, id_no=A), r(name="王美丽", sex="女", **SHOP), r(**HE, id_no=A, **SHOP)],
        [{1, 2, 3}],
        judgements=[("x1", "x2", "positive")],
    ),
    "two positive judgements join three rows of a list that promises one row a person": Situation(
        [r(name="陈伟明"), r(name="陈伟明", source_row=3), r(name="陈小妹", source_row=4)],
        [{1, 2, 3}],
        judgements=[("x1", "x2", "positive"), ("x1", "x3", "positive")],
    ),
    "contradicting judgements: the negative one stands, and all is for review": Situation(
        [r(**HE), r(**HE, **SHOP), r(**HE, source="roster2")],
        [{1}, {2}],
        judgements=[("x1", "x2", "negative"), ("x1", "x3", "positive"), ("x2", "x3", "positive")],
    ),
    "unsure leaves a pair to the analyst however sure the model is": Situation(
        [r(**HE, id_no=A), r(**HE, id_no=A, **SHOP)], [{1}, {2}], [(1, 2)], [("x1", "x2", "unsure")]
    ),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_situation(name: str) -> None:
    situation = SITUATIONS[name]
    rows = [record(f"x{i}", **row) for i, row in enumerate(situation.rows, start=1)]
    result = match(*rows, judgements=judge(*situation.judgements))
    found = {i: person_of(result.links, f"x{i}")[1] for i in range(1, len(rows) + 1)}
    for group in situation.persons:
        for i in group:
            assert {f"x{j}" for j in group} <= set(found[i]), f"x{i} is with {found[i]}"
        for other in set().union(*situation.persons) - group:
            assert f"x{other}" not in found[min(group)]
    for left, right in situation.review:
        assert grade_of(result, f"x{left}", f"x{right}") == "possible"


def test_contradicting_judgements_are_reported() -> None:
    situation = SITUATIONS["contradicting judgements: the negative one stands, and all is for review"]
    rows = [record(f"x{i}", **row) for i, row in enumerate(situation.rows, start=1)]
    result = match(*rows, judgements=judge(*situation.judgements))
    assert set(result.conflicts["reason"]) == {"negative_judgement"}
    assert "x3" in {*result.conflicts["unique_id_l"], *result.conflicts["unique_id_r"]}
