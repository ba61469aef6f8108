"""What people said that cannot all be true is a conflict, and the path between them is named."""

from __future__ import annotations

from tests.matching.builders import SHOP, are_linked, id_number, judge, match, record

A, B = id_number("1900-01-01", 1), id_number("1903-05-07", 24)
APART = [
    record("x1", name="符阿奇", mobile="13700000001"),
    record("x2", name="王美丽", mobile="13700000002", **SHOP),
    record("x3", name="陈大文", mobile="13700000003", source="roster2"),
]
Conflict = tuple[str, str, str, str]


def found(*judgements: tuple[str, str, str], rows: list[dict[str, object]] | None = None) -> list[Conflict]:
    result = match(*(rows or APART), judgements=judge(*judgements))
    return [tuple(row) for row in result.conflicts.itertuples(index=False)]


def test_two_yes_and_a_no_between_three_records() -> None:
    said = (("x1", "x2", "positive"), ("x2", "x3", "positive"), ("x1", "x3", "negative"))
    conflicts = found(*said)
    # One of the two positive ones, and the negative one that it meets: nobody can tell which is wrong.
    pairs = [conflict[:2] for conflict in conflicts]
    assert ("x1", "x3") in pairs
    assert len(pairs) == 2
    assert {conflict[2] for conflict in conflicts} == {"negative_judgement"}
    assert {conflict[3] for conflict in conflicts} == {"x1 x2 x3"}
    result = match(*APART, judgements=judge(*said))
    assert not are_linked(result, "x1", "x3")


def test_a_no_against_the_machine_alone_is_not_in_question() -> None:
    rest = {"name": "符阿奇", "mobile": "13700000001", "birth": "1900-01-01", "township": "龙楼镇"}
    rows = [record("x1", **rest), record("x2", **rest, **SHOP), record("x3", **rest, source="roster2")]
    pairs = {conflict[:2] for conflict in found(("x1", "x2", "negative"), rows=rows)}
    assert pairs
    assert pairs <= {("x1", "x3"), ("x2", "x3")}


def test_the_weaker_pair_is_in_question_and_the_path_goes_through_it() -> None:
    rest = {"name": "符阿奇", "mobile": "13700000001"}
    closer = {"birth": "1900-01-01", "township": "龙楼镇", "home": "龙楼镇好圣村12号"}
    rows = [
        record("x1", **rest, **closer),
        record("x2", **rest, **closer, source="roster2"),
        record("x3", **rest, **SHOP),
    ]
    conflicts = found(("x1", "x3", "negative"), rows=rows)
    assert conflicts == [("x2", "x3", "negative_judgement", "x1 x2 x3")]
    numbers = [{**rows[0], "id_no": A, "id_status": "valid"}, rows[1], {**rows[2], "id_no": B, "id_status": "valid"}]
    assert found(rows=numbers) == [("x2", "x3", "different_numbers", "x1 x2 x3")]


def test_a_former_no_counts_as_one_until_somebody_answers() -> None:
    said = (("x1", "x2", "positive"), ("x2", "x3", "positive"), ("x1", "x3", "reopened_negative"))
    assert ("x1", "x3") in [conflict[:2] for conflict in found(*said)]
    assert found(*said[:2], ("x1", "x3", "reopened_positive")) == []


def test_judgements_that_make_one_person_of_two_numbers_nobody_compared() -> None:
    rows = [{**APART[0], "id_no": A, "id_status": "valid"}, APART[1], {**APART[2], "id_no": B, "id_status": "valid"}]
    said = (("x1", "x2", "positive"), ("x2", "x3", "positive"))
    assert found(*said, rows=rows) == [("x1", "x3", "judged_numbers", "x1 x2 x3")]
    # What people joined stays joined; who says of the two themselves that they are one person settles it.
    assert are_linked(match(*rows, judgements=judge(*said)), "x1", "x2", "x3")
    assert found(*said, ("x1", "x3", "positive"), rows=rows) == []
    assert {conflict[2] for conflict in found(*said, ("x1", "x3", "negative"), rows=rows)} >= {"negative_judgement"}


def test_nothing_to_tell() -> None:
    assert found() == []
    assert found(("x1", "x2", "positive"), ("x1", "x3", "negative")) == []
